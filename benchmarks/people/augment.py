"""More training text from the annotated documents: other people's names, other capitals.

News of 1996 has few people named family-name-first and no headline In Title Case. Copies of
documents get new people (each person of the copy one new name in all forms that the document
uses) and some get their first line in capitals or with a capital on every word.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np

from .data import Document, Span

_CHINESE_FAMILY = [
    "li",
    "wang",
    "zhang",
    "liu",
    "chen",
    "yang",
    "huang",
    "zhao",
    "wu",
    "zhou",
    "xu",
    "sun",
    "ma",
    "zhu",
    "hu",
    "guo",
    "he",
    "lin",
    "gao",
    "luo",
    "zheng",
    "liang",
    "xie",
    "song",
    "tang",
    "han",
    "feng",
    "deng",
    "cao",
    "peng",
    "zeng",
    "xiao",
    "tian",
    "dong",
    "pan",
    "yuan",
    "cai",
    "jiang",
    "yu",
    "du",
    "ye",
    "cheng",
    "wei",
    "su",
    "lu",
    "ding",
    "ren",
    "yao",
    "shen",
    "zhong",
    "cui",
    "tan",
    "fan",
    "liao",
    "shi",
    "jin",
    "jia",
    "xia",
    "fu",
    "fang",
    "zou",
    "xiong",
    "bai",
    "meng",
    "qin",
    "qiu",
    "hou",
    "yin",
    "xue",
    "yan",
    "lei",
    "long",
    "tao",
    "mao",
    "hao",
    "gu",
    "gong",
    "shao",
    "wan",
    "qian",
    "dai",
    "xi",
    "lai",
    "bo",
    "hua",
    "pang",
    "ling",
    "qi",
    "ai",
    "ouyang",
    "sima",
]
_CHINESE_GIVEN = [
    "wei",
    "min",
    "jing",
    "li",
    "qiang",
    "lei",
    "jun",
    "yang",
    "yong",
    "yan",
    "jie",
    "juan",
    "tao",
    "ming",
    "chao",
    "xiu",
    "xia",
    "ping",
    "gang",
    "gui",
    "ying",
    "hua",
    "yu",
    "xin",
    "lan",
    "hong",
    "guo",
    "jian",
    "zhi",
    "xiang",
    "long",
    "hai",
    "bin",
    "bo",
    "cheng",
    "dong",
    "fang",
    "fei",
    "feng",
    "gao",
    "guang",
    "hao",
    "hui",
    "jia",
    "jin",
    "ke",
    "kun",
    "liang",
    "lin",
    "mei",
    "ning",
    "peng",
    "qing",
    "rong",
    "rui",
    "shan",
    "shu",
    "song",
    "tian",
    "ting",
    "wen",
    "xiao",
    "xue",
    "yi",
    "yuan",
    "yun",
    "ze",
    "zhen",
    "zhong",
    "zhou",
]
_KOREAN_FAMILY = [
    "kim",
    "lee",
    "park",
    "choi",
    "jung",
    "jeong",
    "kang",
    "cho",
    "yoon",
    "jang",
    "lim",
    "han",
    "oh",
    "seo",
    "shin",
    "kwon",
    "hwang",
    "ahn",
    "song",
    "hong",
    "moon",
    "bae",
    "roh",
    "ban",
    "yang",
    "ko",
    "nam",
    "ryu",
    "chung",
]
_KOREAN_GIVEN = [
    "min",
    "soo",
    "ji",
    "hyun",
    "young",
    "jae",
    "sung",
    "ho",
    "woo",
    "jin",
    "kyung",
    "seok",
    "il",
    "un",
    "hee",
    "jun",
    "seung",
    "won",
    "tae",
    "yong",
    "hwan",
    "sang",
    "chul",
    "dong",
    "geun",
    "hye",
]
_VIETNAMESE = [
    "nguyen",
    "tran",
    "le",
    "pham",
    "hoang",
    "phan",
    "vu",
    "dang",
    "bui",
    "do",
    "ho",
    "ngo",
    "duong",
    "ly",
]
_VIETNAMESE_GIVEN = [
    "van",
    "thi",
    "minh",
    "duc",
    "quang",
    "thanh",
    "tuan",
    "hung",
    "phuc",
    "trong",
    "xuan",
    "anh",
    "dung",
    "hai",
    "lan",
    "linh",
    "nam",
    "phuong",
]
_ARAB_GIVEN = [
    "mohammed",
    "mohamed",
    "ahmed",
    "ali",
    "hassan",
    "hussein",
    "omar",
    "khalid",
    "yousef",
    "ibrahim",
    "mahmoud",
    "abdullah",
    "abdel",
    "faisal",
    "saleh",
    "tariq",
    "salah",
    "nasser",
    "samir",
    "karim",
    "jamal",
    "mustafa",
    "bashar",
    "adel",
    "walid",
    "fatima",
    "leila",
    "nadia",
    "amal",
    "hanan",
    "rania",
]
_ARAB_FAMILY = [
    "masri",
    "hashimi",
    "rashid",
    "sadr",
    "maliki",
    "qahtani",
    "ghamdi",
    "zahrani",
    "najjar",
    "haddad",
    "khoury",
    "tikriti",
    "baghdadi",
    "mansour",
    "shami",
    "hariri",
    "assad",
    "jubeir",
    "rubaie",
    "abadi",
    "sistani",
    "jaafari",
    "saadi",
    "faraj",
    "hamdan",
    "sabah",
    "thani",
    "otaibi",
    "harbi",
]
_SINGLE = [
    "suharto",
    "sukarno",
    "wiranto",
    "boediono",
    "susilo",
    "megawati",
    "widodo",
    "hartono",
    "prabowo",
    "sutiyoso",
    "aung",
    "myint",
    "thein",
    "sudarto",
    "budiono",
    "yudhoyono",
    "supriyadi",
    "jokowi",
    "hatta",
    "subianto",
]

Name = tuple[str, str, str]  # full, alone (family), given


@cache
def _faker(locale: str, attribute: str) -> list[str]:
    provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    values: set[str] = set()
    for name in sorted(dir(provider)):
        found = getattr(provider, name)
        if name.startswith(attribute) and isinstance(found, (list, tuple, dict)):
            values |= {
                v for v in found if isinstance(v, str) and re.fullmatch(r"[^\W\d_]+(?:[-'][^\W\d_]+)?", v)
            }
    return sorted(values)


def _pick(random: np.random.Generator, values: Sequence[str]) -> str:
    return values[int(random.integers(len(values)))]


def _chinese(random: np.random.Generator) -> Name:
    family = _pick(random, _CHINESE_FAMILY).title()
    given = _pick(random, _CHINESE_GIVEN)
    if random.random() < 0.7:
        given += _pick(random, _CHINESE_GIVEN)
    return f"{family} {given.title()}", family, given.title()


def _korean(random: np.random.Generator) -> Name:
    family, first, second = (_pick(random, v) for v in (_KOREAN_FAMILY, _KOREAN_GIVEN, _KOREAN_GIVEN))
    given = f"{first.title()}-{second}" if random.random() < 0.6 else f"{first.title()} {second.title()}"
    return f"{family.title()} {given}", family.title(), given


def _vietnamese(random: np.random.Generator) -> Name:
    family, middle, given = (
        _pick(random, v).title() for v in (_VIETNAMESE, _VIETNAMESE_GIVEN, _VIETNAMESE_GIVEN)
    )
    return f"{family} {middle} {given}", given, given


def _arab(random: np.random.Generator) -> Name:
    given, family = _pick(random, _ARAB_GIVEN).title(), _pick(random, _ARAB_FAMILY).title()
    if random.random() < 0.6:
        family = _pick(random, ["al-", "al-", "Al-", "el-", "al "]) + family
    if random.random() < 0.3:
        return f"{given} {_pick(random, _ARAB_GIVEN).title()} {family}", family, given
    return f"{given} {family}", family, given


def _single(random: np.random.Generator) -> Name:
    name = _pick(random, _SINGLE).title()
    return name, name, name


def _spanish(random: np.random.Generator) -> Name:
    locale = _pick(random, ["es_ES", "es_MX", "es_CO", "es_AR", "pt_BR"])
    given, family, second = (
        _pick(random, _faker(locale, "first_name")),
        *(_pick(random, _faker(locale, "last_name")) for _ in range(2)),
    )
    full = f"{given} {family}"
    if random.random() < 0.4:
        full += f" {second}"
    if random.random() < 0.2:
        full = full.replace(" ", f" {_pick(random, _faker(locale, 'first_name'))} ", 1)
    return full, family, given


_LOCALES = [
    "en_US",
    "en_GB",
    "en_IN",
    "fr_FR",
    "de_DE",
    "it_IT",
    "pl_PL",
    "tr_TR",
    "id_ID",
    "nl_NL",
    "sv_SE",
    "fi_FI",
    "cs_CZ",
    "hu_HU",
    "ro_RO",
    "hr_HR",
    "en_NZ",
    "yo_NG",
    "zu_ZA",
    "tw_GH",
    "sw",
    "lt_LT",
    "lv_LV",
    "sk_SK",
    "da_DK",
    "no_NO",
    "es_ES",
    "fr_QC",
]


def _other(random: np.random.Generator) -> Name:
    locale = _pick(random, _LOCALES)
    try:
        given, family = _faker(locale, "first_name"), _faker(locale, "last_name")
    except ModuleNotFoundError:
        return _spanish(random)
    if not given or not family:
        return _spanish(random)
    first, last = _pick(random, given), _pick(random, family)
    if random.random() < 0.08:
        first += f" {_pick(random, list('ABCDEFGHJKLMPRSTW'))}."
    if random.random() < 0.04:
        last = _pick(random, ["van ", "de ", "von ", "van der ", "di ", "bin "]) + last
    return f"{first} {last}", last, first


_MAKERS: list[tuple[float, Callable[[np.random.Generator], Name]]] = [
    (0.22, _chinese),
    (0.08, _korean),
    (0.03, _vietnamese),
    (0.12, _arab),
    (0.03, _single),
    (0.17, _spanish),
    (0.35, _other),
]


def _new_name(random: np.random.Generator) -> Name:
    makers = [maker for _, maker in _MAKERS]
    return makers[int(random.choice(len(makers), p=[share for share, _ in _MAKERS]))](random)


def _compound(random: np.random.Generator) -> tuple[str, str]:
    """Now and then the halves around a name in a compound: "pro-X", "X-led"."""
    kind = random.random()
    if kind < 0.02:
        return _pick(random, ["pro-", "anti-", "ex-", "post-"]), ""
    if kind < 0.04:
        return "", _pick(random, ["-led", "-backed", "-era", "-style", "-appointed"])
    return "", ""


def rename(document: Document, random: np.random.Generator) -> Document | None:
    """The document with new people; None where it names nobody in full."""
    people: dict[str, Name] = {}
    forms: dict[str, str] = {}
    for span in document.spans:
        words = document.text[span.start : span.end].split()
        if span.kind == "PER" and len(words) > 1:
            full, family, given = people.setdefault(words[-1].lower(), _new_name(random))
            text = " ".join(words)
            forms.setdefault(text, full.upper() if text.isupper() else full)
            forms.setdefault(words[-1], family)
            forms.setdefault(words[0], given)
    if not forms:
        return None
    text, spans, position = "", [], 0
    for span in document.spans:
        old = document.text[span.start : span.end]
        new = forms.get(" ".join(old.split()), old) if span.kind == "PER" else old
        if span.start < position:  # nested in the one before: give up
            return None
        text += document.text[position : span.start]
        before, after = _compound(random) if span.kind == "PER" and " " not in new else ("", "")
        if document.text[span.end : span.end + 1] != " ":
            before = after = ""
        text += before
        spans.append(Span(len(text), len(text) + len(new), span.kind))
        text += new + after
        position = span.end
    return Document(f"{document.id}+names", text + document.text[position:], tuple(spans), document.typed)


def recase(document: Document, random: np.random.Generator) -> Document:
    """The document with its first line in capitals, or With Capitals On Every Word."""
    end = document.text.find("\n")
    if not 15 < end < 160:
        return document
    line = document.text[:end]
    if random.random() < 0.4:
        line = line.upper()
    else:
        line = re.sub(r"(?<![\w'’.-])[a-z](?=[a-z]{3})", lambda match: match[0].upper(), line)
    if len(line) != end:
        return document
    return document._replace(id=f"{document.id}+case", text=line + document.text[end:])


def copies(documents: Sequence[Document], share: float, seed: int) -> list[tuple[int, Document]]:
    """New documents made from a share of the given ones, each with the number of its original."""
    random = np.random.default_rng([seed, 17])
    made = []
    for number, document in enumerate(documents):
        if random.random() < share:
            new = rename(document, random)
            if new is not None:
                made.append((number, recase(new, random) if random.random() < 0.4 else new))
    return made
