"""A small corpus written by hand, so that these tests do not depend on what is recognised.

Articles are invented, and so is everyone in them. Mentions stand in brackets, as text, sign, key:
[words=1] person 1 by name, [words~1] by role, {words=PE} a country, {words^PE} its dateline,
{words@PE} a place in it, [words=0] a person who could not be told. Brackets nest.
"""

import asyncio
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager

import pytest
from datasette.app import Datasette

from corpus_db.store import fulltext, migrations, sums

SCRIPT = "<script>alert('x')</script>"
BRACES = "{{ 7 * 7 }} {% include 'base.html' %}"
COUNTRIES = [
    ("CN", "CHN", "China", "Asia", "Eastern Asia"),
    ("EC", "ECU", "Ecuador", "Americas", "South America"),
    ("IE", "IRL", "Ireland", "Europe", "Northern Europe"),
    ("PE", "PER", "Peru", "Americas", "South America"),
    ("TO", "TON", "Tonga", "Oceania", "Polynesia"),
]
PEOPLE = {
    1: ("Ana Flores Quiroga", "Flores"),
    2: ("Zhou Mingde", "Zhou"),
    3: ("Seán O'Brien", "O'Brien"),
    4: (f"Eve {SCRIPT} Mallory", "Mallory"),
}
ROLES = {
    (1, 1): ("Minister of Health", "PE"),
    (2, 1): ("Minister of Health", "PE"),
    (1, 2): ("Ambassador", "CN"),
}
NAMES = [
    ("Ana Flores Quiroga", "Flores", 1, None, None, None),
    ("Ana Flores", "Flores", 1, "Ana Flores Quiroga", "same family and given name", 0.95),
    ("Zhou Mingde", "Zhou", 2, None, None, None),
]
FULLEST = {(2, 1): "Ana Flores"}  # (article, person): the name in the article, where it is another
ARTICLES = [  # title, values, body
    (
        "{Peru=PE} and {China=CN} plan a vaccine line",
        {"published": "2020-06-17", "agency": "Xinhua", "publisher": "Harbour Gazette", "url": "https://example.org/1"},
        ("{LIMA^PE}, June 16 (Xinhua) -- Minister of Health [Ana Flores Quiroga=1] met Ambassador [Zhou Mingde=2] in "
        "{Lima@PE} on Tuesday to speak about covid-19. [~The {Peruvian=PE} minister~1] said that {China=CN} had kept its word.\n\n"
        "[Flores=1] thanked [Zhou=2]. [~His {Ecuadorian=EC} counterpart~0] was not there."),
    ),
    (
        "A second line opens in {Trujillo@PE}",
        {"published": "2022-02", "agency": "Reuters", "publisher": "Harbour Gazette", "language": "es"},
        "[Ana Flores=1], Minister of Health, opened the second vaccine line in {Trujillo@PE}. [O'Brien=3] of {Ireland=IE} was a guest.",
    ),
    (
        f"Hostile {SCRIPT} {BRACES}",
        {"published": "2022-03-01T10:00:00", "byline": SCRIPT, "url": "javascript:alert(1)"},
        (f"[Eve {SCRIPT} Mallory=4] wrote {BRACES} & \"quotes\"; DROP TABLE people;-- in {{Ireland=IE}}.\u0085<img src=x onerror=alert(2)> "
        "[Someone=0] AND NOT OR \U0001f600 [Seán O'Brien=3] left."),
    ),
    ("No date, no people", {}, "Nothing was said. " * 40),
]  # fmt: skip


def insert(connection, table, **values):
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join("?" * len(values))
    return connection.execute(
        f"INSERT INTO {table} ({names}) VALUES ({marks})", tuple(values.values())
    ).lastrowid


def parse(marked):
    """The text without its brackets, and (start, end, entity, kind, key) of each mention."""
    text, begun, mentions = "", [], []
    kinds = {"[=": "name", "[~": "role", "{=": "name", "{^": "dateline", "{@": "place"}
    position = 0
    while position < len(marked):
        character, rest = marked[position], marked[position + 1 : position + 4]
        if character in "[{" and rest[:1] not in ("{", "%", " "):
            begun.append((len(text), character))
            position += rest[:1] == "~"
        elif (
            begun
            and character in "=~^@"
            and begun[-1][1] + character in kinds
            and any(c in rest for c in "]}")
        ):
            start, bracket = begun.pop()
            close = marked.index("]" if bracket == "[" else "}", position)
            kind = kinds[bracket + character]
            entity = "person" if bracket == "[" else "country"
            mentions.append((start, len(text), entity, kind, marked[position + 1 : close]))
            position = close
        else:
            text += character
        position += 1
    return text, sorted(mentions, key=lambda mention: (mention[0], -mention[1]))


def place_number(connection, name, country):
    """The row of a place, made where there is none."""
    row = connection.execute("SELECT id FROM places WHERE name = ?", (name,)).fetchone()
    if row is None:
        none = {"mention_count": 0, "dateline_count": 0, "article_count": 0}
        number = insert(connection, "places", name=name, kind="city", country_code=country, **none)
        insert(connection, "touched_places", place_id=number)
        return number
    return row[0]


def add_mentions(connection, article, field, text, mentions, numbers):
    first = {}
    for start, end, entity, kind, key in mentions:
        person = int(key) or None if entity == "person" else None
        if person:
            numbers.setdefault(person, len(numbers))
        stops = [text.rfind(stop, 0, start) + len(stop) for stop in (". ", "\n") if stop in text[:start]]
        stop = text.find(". ", end)
        place = {"place": text[start:end], "dateline": "Lima"}.get(kind)
        mention = insert(
            connection, "mentions", article_id=article, field=field, start=start, end=end, text=text[start:end],
            entity=entity, kind=kind, person_id=person, country_code=key if entity == "country" else None,
            place=place, place_id=place and place_number(connection, place, key), person_number=numbers.get(person),
            rule="by hand", antecedent_id=first.get(person), confidence=0.9,
            sentence_start=max(stops, default=0), sentence_end=stop + 1 if stop >= 0 else len(text),
        )  # fmt: skip
        if person and person not in first:
            first[person] = mention
            if (article, person) in ROLES:
                role, country = ROLES[article, person]
                insert(
                    connection, "role_claims", article_id=article, person_number=numbers[person], person_id=person,
                    role=role, country_code=country, field=field, start=start, end=end, text=role, rule="by hand",
                    mention_id=mention,
                )  # fmt: skip


def add_article(connection, number, marked_title, values, marked_body):
    title, title_mentions = parse(marked_title)
    body, mentions = parse(marked_body)
    published = values.get("published")
    month = published and published[:7]
    insert(
        connection, "articles", id=number, title=title, title_origin="header", body=body, word_count=len(body.split()),
        content_hash=str(number), document_id=number, year=int(published[:4]) if published else None, **values,
    )  # fmt: skip
    add_document(connection, number, f"news/{number}.txt", outcome="article", article_id=number)
    numbers = {}
    add_mentions(connection, number, "title", title, title_mentions, numbers)
    add_mentions(connection, number, "body", body, mentions, numbers)
    everything = title_mentions + mentions
    for person, local in numbers.items():
        name, family = PEOPLE[person]
        counted = sum(entity == "person" and key == str(person) for _, _, entity, _, key in everything)
        insert(
            connection, "article_people", article_id=number, number=local, person_id=person,
            name=FULLEST.get((number, person), name), family_name=family, is_full=1, mention_count=counted, month=month,
        )  # fmt: skip
    if number == 3:
        insert(
            connection, "article_people", article_id=3, number=9, name="Someone", family_name="Someone",
            is_full=0, mention_count=1, month=month,
        )  # fmt: skip
    codes = {key for _, _, entity, _, key in everything if entity == "country"}
    for code in sorted(codes):
        kinds = [kind for _, _, entity, kind, key in everything if entity == "country" and key == code]
        dateline = kinds.count("dateline")
        insert(
            connection, "article_countries", article_id=number, country_code=code,
            mention_count=len(kinds) - dateline, dateline_count=dateline, month=month,
        )  # fmt: skip


def add_document(connection, number, path, **values):
    insert(connection, "files", id=number, path=path, size=10, sha256="0", reader="text")
    insert(
        connection, "documents", id=number, file_id=number, path=path, byte_start=0, byte_end=10, sha256="0",
        reader="text", **values,
    )  # fmt: skip


def build(path):
    """Write the corpus into a new database."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("BEGIN")
        migrations.create(connection)
        fulltext.defer(connection)
        connection.execute("CREATE TEMP TABLE touched_people (person_id INTEGER PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE touched_countries (code TEXT PRIMARY KEY)")
        connection.execute("CREATE TEMP TABLE touched_places (place_id INTEGER PRIMARY KEY)")
        for code, alpha3, name, region, subregion in COUNTRIES:
            insert(
                connection, "countries", code=code, alpha3=alpha3, name=name, region=region, subregion=subregion,
                mention_count=0, dateline_count=0, article_count=0,
            )  # fmt: skip
            insert(connection, "touched_countries", code=code)
        for key, (name, family) in PEOPLE.items():
            insert(
                connection, "people", id=key, name=name, family_name=family, mention_count=0, article_count=0
            )
            insert(connection, "touched_people", person_id=key)
        for name, family, person, joined, rule, confidence in NAMES:
            insert(
                connection, "person_names", name=name, family_name=family, is_full=1, person_id=person,
                joined_to=joined, rule=rule, confidence=confidence,
            )  # fmt: skip
        for number, article in enumerate(ARTICLES, 1):
            add_article(connection, number, *article)
        insert(connection, "stories", id=1, title="Told twice", head_article_id=1, article_count=2)
        insert(connection, "story_articles", article_id=1, story_id=1, similarity=1, share_in_head=1)
        insert(connection, "story_articles", article_id=2, story_id=1, similarity=0.8, share_in_head=0.9)
        insert(
            connection, "dates", article_id=1, field="title", start=0, end=4, text="Peru", value="2020-06-16",
            precision="day", rule="by hand", sentence_start=0, sentence_end=4,
        )  # fmt: skip
        add_document(connection, 97, f"news/{SCRIPT}.bin", outcome="rejected", reason=f"binary {BRACES}")
        add_document(connection, 98, "news/empty.txt", outcome="empty", reason="only white space")
        add_document(connection, 99, "news/copy.txt", outcome="duplicate", article_id=1)
        sums.refresh(connection)
        fulltext.settle(connection)
    return path


@pytest.fixture(scope="session")
def db(tmp_path_factory):
    """The corpus. No test writes to it."""
    return str(build(tmp_path_factory.mktemp("web") / "corpus.db"))


FOREIGN_SQL = """
CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT, person_id INTEGER, country_code TEXT);
INSERT INTO articles VALUES (1, 'Not ours', 1, 'PE');
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT);
INSERT INTO people VALUES (1, 'Not ours either');
"""


@pytest.fixture(scope="session")
def foreign(tmp_path_factory):
    """Somebody else's database, with tables of the same names."""
    path = str(tmp_path_factory.mktemp("foreign") / "other.db")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FOREIGN_SQL)
    return path


class Site:
    """A Datasette in this process, asked over HTTP without a socket."""

    def __init__(self, *paths, **options):
        self.loop = asyncio.new_event_loop()
        self.datasette = Datasette([], immutables=list(paths), **options)
        self.loop.run_until_complete(self.datasette.invoke_startup())

    def get(self, path, status=200):
        response = self.loop.run_until_complete(self.datasette.client.get(path, follow_redirects=True))
        assert response.status_code == status, response.text[:2000]
        return response

    def html(self, path, status=200):
        return self.get(path, status).text

    def json(self, path, status=200):
        return self.get(path, status).json()

    def rows(self, path):
        """The rows of a table or query as dictionaries."""
        return self.json(path + ("&" if "?" in path else "?") + "_shape=array")


@pytest.fixture(scope="session")
def make_site():
    """Make a Datasette over these databases: make_site(path, …, **options)."""
    return Site


@pytest.fixture(scope="session")
def site(db, foreign):
    """A Datasette over the corpus and somebody else's database."""
    return Site(db, foreign)


class Server:
    """A server process on 127.0.0.1, asked over a socket."""

    def __init__(self, port):
        self.port = port

    def __call__(self, path, patience=0.0):
        deadline = time.monotonic() + patience
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
                    return answer.read().decode()
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


@pytest.fixture(scope="session")
def serving(db):
    """Serve the corpus: with serving("-m datasette {db} --port {port}") as fetch: fetch("/corpus")."""

    @contextmanager
    def serving(command):
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = taken.getsockname()[1]
        arguments = [part.format(db=db, port=port) for part in command.split()]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        with subprocess.Popen([sys.executable, *arguments], **quiet) as process:
            try:
                server = Server(port)
                server("/", patience=60)
                yield server
            finally:
                process.send_signal(signal.SIGINT)  # as a person stops it
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()

    return serving
