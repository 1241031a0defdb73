"""Small invented articles, understood by a few words of rules, for tests of what is stored."""

import hashlib
import re

from corpus_db import stories
from corpus_db.identity import identify
from corpus_db.models import (
    Annotation,
    Article,
    DateSpan,
    LocalPerson,
    Mention,
    ParsedDocument,
    PlaceRecord,
    RoleClaim,
    SourceDocument,
)
from corpus_db.store import sums
from corpus_db.store.database import open_database, transaction
from corpus_db.store.writer import Writer, content_hash

COUNTRIES = {"Kenya": "KE", "Peru": "PE", "France": "FR"}
PLACES = {"Lima": "PE", "Lyon": "FR"}
FORMS = re.compile(
    r"President (?=Ana)|Ana Torres|Torres|Ben Okafor|the visitor|Kenya|Peru|France|Lima|Lyon|LYON"
)


DAYS = re.compile(r"flew|ended")  # not dates, but where they stand in these articles


class Country:
    """A record as `Writer.ensure_countries` takes it."""

    def __init__(self, code, name):
        self.code, self.name, self.alpha3 = code, name, f"{code}X"
        self.region, self.subregion, self.latitude, self.longitude = "Somewhere", None, 1.5, -2.5


def countries():
    return [Country(code, name) for name, code in COUNTRIES.items()] + [Country("ZZ", "Nowhere")]


def understand(article):
    """Mentions, persons and claims of an article, by rules that only these tests need."""
    mentions, persons, claims, role = [], {}, [], None
    full = {}
    title = "" if article.title_origin == "lead" else article.title
    for field, text in (("title", title), ("body", article.body)):
        for match in FORMS.finditer(text):
            start, end, words = match.start(), match.end(), match.group()
            if words.startswith("President"):
                role = (field, start, start + len("President"))
            elif words in COUNTRIES or words.title() in PLACES:
                kind = "name" if words in COUNTRIES else ("dateline" if words.isupper() else "place")
                code = COUNTRIES.get(words) or PLACES[words.title()]
                place = None if kind == "name" else words.title()
                mentions.append(
                    Mention(
                        field,
                        start,
                        end,
                        words,
                        "country",
                        kind,
                        "list",
                        0.9,
                        country_code=code,
                        place=place,
                        located=None if place is None else PlaceRecord(place, "city", None, code, None, None),
                    )
                )
            elif words == "the visitor":
                mentions.append(Mention(field, start, end, words, "person", "role", "role", 0.5))
            else:
                name = next((known for known in persons if known.endswith(words)), words)
                number = persons.setdefault(name, len(persons))
                mentions.append(
                    Mention(field, start, end, words, "person", "name", "list", 0.9, person=name,
                            person_number=number, antecedent=full.get(name))
                )  # fmt: skip
                full.setdefault(name, mentions[-1])
                if role and role[0] == field and role[2] + 1 == start:
                    claims.append(
                        RoleClaim(field, start, "President", "PE", None, role[1], role[2], "before")
                    )
    local = tuple(
        LocalPerson(
            number, name, name.split()[-1], " " in name, None, tuple(claims) if name == "Ana Torres" else ()
        )
        for name, number in persons.items()
    )
    dates = [
        DateSpan(
            field, match.start(), match.end(), match.group(), article.published, "day", "published", "list"
        )
        for field, text in (("title", title), ("body", article.body))
        for match in DAYS.finditer(text)
    ]
    return Annotation(tuple(mentions), local, tuple(dates))


def piece(path, body, *, part=None, start=0, title=None, outcome="article", reason=None, **columns):
    """A parsed document; without a title the article gets the beginning of its body for one."""
    data = f"{title}{body}".encode()
    source = SourceDocument(
        path, part, start, start + len(data), hashlib.sha256(data).hexdigest(), "test", data
    )
    if outcome != "article":
        return ParsedDocument(source, outcome, None, reason)
    own = Article(title or body[:20] or "?", "header" if title else "lead", body, **columns)
    return ParsedDocument(source, "article", own, reason)


def add(writer, parsed, file_id):
    """What the pipeline does with one parsed document."""
    if parsed.article is None:
        return writer.add_outcome(file_id, parsed, parsed.outcome, parsed.reason)
    digest = content_hash(parsed.article)
    known = writer.article_with_hash(digest)
    if known is not None:
        return writer.add_outcome(file_id, parsed, "duplicate", parsed.reason, known)
    body = parsed.article.body

    def sentence(start, end):
        stop = body.find(".", end)
        return body.rfind(".", 0, start) + 1, len(body) if stop < 0 else stop + 1

    return writer.add_article(file_id, parsed, digest, understand(parsed.article), sentence)


def add_pieces(writer, path, pieces):
    """Write a file with its pieces, replacing what was stored under its path."""
    writer.remove_file(path)
    file_id = writer.add_file(
        path, sum(p.source.end - p.source.start for p in pieces), f"sha of {path}", "test", "test"
    )
    for parsed in pieces:
        add(writer, parsed, file_id)


def store(connection, files=None, removed=()):
    """One import: {path: pieces} in this order, and paths to remove; people and sums brought up to date."""
    with transaction(connection):
        writer = Writer(connection)
        writer.ensure_countries(countries())
        for path in removed:
            writer.remove_file(path)
        for path, pieces in (files or {}).items():
            add_pieces(writer, path, pieces)
        writer.flush()
        identify(connection)
        stories.group(connection)
        sums.refresh(connection)
        writer.finish()


def new_database(path):
    return open_database(path, create=True)


# Torres is in two articles under two names; b1 and z1 are copies; m2 is a piece of a file of its own kind.
FILES = {
    "b.txt": [piece("b.txt", "President Ana Torres flew to Kenya. Torres met Ben Okafor in Lima.", published="2020-05-01", url="http://example.org/b")],
    "m.jsonl": [
        piece("m.jsonl", "Ben Okafor spoke of Peru, not of France. Okafor left.", part="1", title="Ben Okafor in Peru", published="2021", publisher="Daily"),
        piece("m.jsonl", "", part="2", start=200, outcome="rejected", reason="not JSON"),
    ],
    "q.txt": [piece("q.txt", "LYON -- The talks ended, the visitor said. France paid.", dateline="LYON --", dateline_place="Lyon", dateline_country="FR", agency="AFP")],
    "z.txt": [piece("z.txt", "President Ana Torres flew to Kenya. Torres met Ben Okafor in Lima.", published="2020-05-01", publisher="Evening")],
}  # fmt: skip
# The pieces of m.jsonl must follow each other without a gap.
_first = FILES["m.jsonl"][0].source
FILES["m.jsonl"][1] = piece("m.jsonl", "", part="2", start=_first.end, outcome="rejected", reason="not JSON")
