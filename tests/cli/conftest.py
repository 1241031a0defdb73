"""A small database written by hand, so that these tests do not depend on what is recognised.

Articles are written with their mentions in brackets: [words=1] is person 1 by name, [~words=1] by
role, {words=CN} a country; brackets nest.
"""

import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from corpus_db.cli import main
from corpus_db.store import migrations, sums

COUNTRIES = [  # code, alpha3, name, region, subregion
    ("CN", "CHN", "China", "Asia", "Eastern Asia"),
    ("FR", "FRA", "France", "Europe", "Western Europe"),
    ("GE", "GEO", "Georgia", "Asia", "Western Asia"),
    ("IE", "IRL", "Ireland", "Europe", "Northern Europe"),
    ("KE", "KEN", "Kenya", "Africa", "Eastern Africa"),
    ("NE", "NER", "Niger", "Africa", "Western Africa"),
    ("NG", "NGA", "Nigeria", "Africa", "Western Africa"),
    ("PE", "PER", "Peru", "Americas", "South America"),
]
PEOPLE = {  # id: name, family name
    1: ("Amara Okello", "Okello"),
    2: ("Lucía Quispe", "Quispe"),
    3: ("Grace Okello", "Okello"),
    4: ("Sean O'Brien", "O'Brien"),
    5: ("Zhang Wei 张伟", "Zhang"),
    6: ("John Smith", "Smith"),
    7: ("John Smith", "Smith"),
    8: ("Georgia Bell", "Bell"),
}
ROLES = {
    (1, 1): ("President", "KE"),
    (1, 2): ("Foreign Minister", "PE"),
    (2, 1): ("President", "KE"),
    (3, 4): ("Minister", "IE"),
}
NAMES = [  # person_names: name, family name, person, why
    ("Amara Okello", "Okello", 1, {}),
    ("A. Okello", "Okello", 1, {"joined_to": "Amara Okello", "rule": "initial", "confidence": 0.8}),
    ("John Smith", "Smith", None, {}),
]
FULLEST = {(2, 1): "A. Okello"}  # (article, person): the name in the article, where it is another
HOSTILE_TITLE = "\x1b[31mRed\x1b[0m <script>alert(1)</script> {{7*7}}"
ARTICLES = [  # title, published, agency, body
    (
        "Okello meets Quispe",
        "2021-03-01",
        "Reuters",
        ("{Kenyan=KE} President [Amara Okello=1] met [Lucía Quispe=2] of {Peru=PE} for trade talks in {Nairobi=KE}.\n\n"
        "[Okello=1] smiled. [~The {Kenyan=KE} president=1] spoke of trading partners."),
    ),
    ("Visit to Lima", "2021-04", None, "President [Okello=1] flew to {Lima=PE}. [Quispe=2] waved, and [Grace Okello=3] sang."),
    (
        HOSTILE_TITLE,
        "2022-01-05T10:00:00",
        "Reuters",
        ("{Irish=IE} minister [Sean O'Brien=4] spoke of covid-19.\x9b2J\u202e \x00AND 'quoted' \"text\"; DROP TABLE people;-- "
        "She said NOT now."),
    ),
    ("贸易谈判在北京举行", None, None, "[Zhang Wei 张伟=5] of {China=CN} spoke first. " + "Nothing else was said. " * 30),
    ("Two men", "2022-02-02", None, "[John Smith=6] of {Niger=NE} spoke. [Georgia Bell=8] laughed in {Georgia=GE}."),
    ("Another man", "2022-02-03", None, "[John Smith=7] of {Nigeria=NG} kept silent."),
]  # fmt: skip


def _parse(marked):
    """The text without brackets, and (start, end, entity, kind, key) of each mention."""
    text, stack, mentions = "", [], []
    position = 0
    while position < len(marked):
        character = marked[position]
        if character in "[{":
            role = marked[position + 1] == "~"
            stack.append((len(text), character, role))
            position += role
        elif character == "=":
            close = min(i for i in (marked.find("]", position), marked.find("}", position)) if i >= 0)
            start, bracket, role = stack.pop()
            entity = "person" if bracket == "[" else "country"
            mentions.append(
                (start, len(text), entity, "role" if role else "name", marked[position + 1 : close])
            )
            position = close
        else:
            text += character
        position += 1
    return text, sorted(mentions, key=lambda mention: (mention[0], -mention[1]))


def _insert(connection, table, **values):
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    return connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
    ).lastrowid


def _add_document(connection, number, path, **values):
    _insert(connection, "files", id=number, path=path, size=10, sha256="x", reader="text")
    span = {"byte_start": 0, "byte_end": 10, "sha256": "x", "reader": "text"}
    _insert(connection, "documents", id=number, file_id=number, path=path, **span, **values)


def _add_article(connection, number, title, published, agency, marked):
    body, mentions = _parse(marked)
    _insert(
        connection, "articles", id=number, title=title, title_origin="header", published=published,
        year=int(published[:4]) if published else None, agency=agency, body=body, document_id=number,
        word_count=len(body.split()), content_hash=str(number),
    )  # fmt: skip
    _add_document(connection, number, f"articles/{number}.txt", outcome="article", article_id=number)
    numbers, full = {}, {}
    for start, end, entity, kind, key in mentions:
        person = int(key) if entity == "person" else None
        if person:
            numbers.setdefault(person, len(numbers))
        mention = _insert(
            connection, "mentions", article_id=number, field="body", start=start, end=end, text=body[start:end],
            entity=entity, kind=kind, person_id=person, country_code=None if person else key,
            person_number=numbers.get(person), rule="by hand", antecedent_id=full.get(person), confidence=0.9,
            sentence_start=max(body.rfind(stop, 0, start) + len(stop) if stop in body[:start] else 0 for stop in (". ", "\n")),
            sentence_end=body.index(".", end) + 1,
        )  # fmt: skip
        first = person is not None and full.setdefault(person, mention) == mention
        if first and (number, person) in ROLES:
            role, country = ROLES[number, person]
            _insert(
                connection, "role_claims", article_id=number, person_number=numbers[person], person_id=person,
                role=role, country_code=country, field="body", start=0, end=1, text=role, rule="by hand",
            )  # fmt: skip
    for person, local in numbers.items():
        name, family = PEOPLE[person]
        count = sum(key == str(person) for *_, key in mentions)
        _insert(
            connection, "article_people", article_id=number, number=local, person_id=person,
            name=FULLEST.get((number, person), name), family_name=family, is_full=1, mention_count=count,
        )  # fmt: skip
    codes = [key for _, _, entity, _, key in mentions if entity == "country"]
    for code in sorted(set(codes)):
        counts = {"mention_count": codes.count(code), "dateline_count": 0}
        _insert(connection, "article_countries", article_id=number, country_code=code, **counts)


def build(path):
    none = {"mention_count": 0, "article_count": 0}
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("BEGIN")
        migrations.create(connection)
        connection.execute("CREATE TEMP TABLE touched_people (person_id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE touched_countries (code TEXT PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE touched_places (place_id INTEGER PRIMARY KEY)")
        for code, alpha3, name, region, subregion in COUNTRIES:
            named = {"name": name, "region": region, "subregion": subregion}
            _insert(connection, "countries", code=code, alpha3=alpha3, **named, **none, dateline_count=0)
            _insert(connection, "touched_countries", code=code)
        for key, (name, family) in PEOPLE.items():
            _insert(connection, "people", id=key, name=name, family_name=family, **none)
            _insert(connection, "touched_people", person_id=key)
        for name, family, key, why in NAMES:
            _insert(
                connection, "person_names", name=name, family_name=family, is_full=1, person_id=key, **why
            )
        for number, article in enumerate(ARTICLES, 1):
            _add_article(connection, number, *article)
        reason = "binary data, no text"
        _add_document(connection, 99, "articles/broken.bin", part="line 3", outcome="rejected", reason=reason)
        sums.refresh(connection)
    return path


@pytest.fixture(scope="session")
def db(tmp_path_factory):
    """The database of ARTICLES; no test writes to it."""
    return str(build(tmp_path_factory.mktemp("db") / "corpus.db"))


@pytest.fixture
def run(db):
    """Call the command line in this process: run("search", "trade") -> click's Result."""

    def run(*arguments, status=0, env=None, **options):
        result = CliRunner().invoke(
            main, arguments, env={"CORPUS_DB": db, "NO_COLOR": None, **(env or {})}, **options
        )
        assert result.exit_code == status, result.output + repr(result.exception)
        return result

    return run
