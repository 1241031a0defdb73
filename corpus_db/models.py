"""The values that flow between the stages of an import.

    files --readers--> SourceDocument --parsing--> ParsedDocument (an Article, or why there is none)
          --recognition--> Recognised --resolution--> Annotation (Mentions, LocalPersons) --store--> tables

Every stage takes and returns these values and nothing else, so that each can be tested, replaced
or run in another process on its own. All of them are immutable; all offsets are Unicode code
points, end exclusive, in the field (`title` or `body`) exactly as it is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

Field = Literal["title", "body"]
Entity = Literal["person", "country"]
Outcome = Literal["article", "duplicate", "empty", "rejected"]
TitleOrigin = Literal["header", "body", "lead"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person says about the layout of a folder's files: docs/profiles.md, readers.profiles.

    Readers cut files by it; what parsing needs of it travels with each SourceDocument. Pairs instead
    of mappings, so that a profile can be hashed.
    """

    name: str  # as messages call it
    digest: str  # of all it says: a file that another profile described is read again
    files: tuple[str, ...] = ()  # patterns; without one all files
    folder: str = ""  # that the patterns are relative to
    encoding: str | None = None
    date_order: Literal["month first", "day first"] | None = None
    title: str | None = None  # "label", "none", "line 2"; None: as it is found
    separator: str | None = None  # pattern of a whole line that begins a new article
    labels: tuple[tuple[str, str], ...] = ()  # (label, field)
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()  # (field, its names in the file)
    defaults: tuple[tuple[str, str], ...] = ()  # (field, value) where an article does not say
    expect: tuple[str, ...] = ()  # fields that every article states itself
    delimiter: str | None = None
    header: bool | None = None
    records: tuple[str, ...] = ()  # members that lead to the list of articles in a JSON file
    sidecars: tuple[str, ...] = ()  # endings of files with the metadata of the text beside them
    table: str | None = None  # a table with the metadata of the files beside it
    table_file: str | None = None  # its column with their names
    tables_only: bool = False  # made of --map alone: says nothing about texts


class SourceDocument(NamedTuple):
    """One piece of one input file, as a reader cut it out, not yet understood.

    Exactly one of `text`, `fields` and `reason` is set: free text (bytes, which go through
    encoding, header and furniture removal), named fields of a structured record (stored
    character for character), or why the piece could not be read. The pieces of a file follow
    each other without gap or overlap, so that their byte ranges add up to the file's size.
    """

    path: str  # as stored: printable, reversible, see readers.walk
    part: str | None  # which piece of the file, None where the file is one piece
    start: int  # byte range in the file, end exclusive
    end: int
    sha256: str  # of these bytes
    reader: str
    text: bytes | None = None
    fields: Mapping[str, str] | None = None
    reason: str | None = None
    beside: Mapping[str, str] | None = None  # fields from files beside it; "remark" names them
    profile: Profile | None = None


class DateReadings(NamedTuple):
    """A date in numbers alone ("03/04/2020"): what each order of month and day makes of it, in ISO 8601.

    None where that is no day. `order` is what the document itself settles; where it is None the other
    dates of the same `layout` decide (store.date_readings).
    """

    printed: str
    layout: str  # the reader, the label before it, its shape
    month_first: str | None
    day_first: str | None
    order: Literal["month first", "day first"] | None


class Article(NamedTuple):
    """An article as it is stored: the columns of `articles` that one document states.

    `dateline_place` and `dateline_country` are filled in by the pipeline once the place is known.
    """

    title: str
    title_origin: TitleOrigin
    body: str
    published: str | None = None  # ISO 8601, as precise as the source and no more
    published_origin: str | None = None  # header, dateline, url, filename, trailer
    dateline: str | None = None  # as printed
    dateline_start: int | None = None  # where it stands in the body
    dateline_end: int | None = None
    dateline_place: str | None = None
    dateline_country: str | None = None
    dateline_date: str | None = None
    byline: str | None = None
    agency: str | None = None
    publisher: str | None = None
    section: str | None = None
    url: str | None = None
    external_id: str | None = None
    language: str | None = None
    metadata: str | None = None  # JSON, see the column
    readings: DateReadings | None = None  # where `published` is written in numbers alone


class ParsedDocument(NamedTuple):
    """What became of a SourceDocument: an article, or an outcome with its reason.

    For an article, `reason` may hold a remark ("read as cp1252"); `notice` is what of it the report
    of the import says too, because a person should look at it.
    """

    source: SourceDocument
    outcome: Outcome
    article: Article | None = None
    reason: str | None = None
    notice: str | None = None


class Text(NamedTuple):
    """What recognition sees of an article. `title` is None where it only repeats the lead."""

    title: str | None
    body: str
    dateline: tuple[int, int] | None = None  # span of the dateline in the body
    dateline_date: str | None = None  # ISO 8601; dates in words are counted from it,
    published: str | None = None  # or else from this


class PersonSpan(NamedTuple):
    """A person's name as it stands in a text: without title, honorific or possessive."""

    field: Field
    start: int
    end: int
    text: str
    rule: str
    confidence: float


class PlaceRecord(NamedTuple):
    """A place inside a country, as the gazetteer has it."""

    name: str  # the usual one
    kind: str  # city, division (of the first level), district, region, landmark, country
    region: str | None  # the first-level division that it lies in: state, province
    country_code: str
    latitude: float | None  # degrees
    longitude: float | None


class CountrySpan(NamedTuple):
    """A country named, implied or lived in. `country_code` None: found, not resolved."""

    field: Field
    start: int
    end: int
    text: str
    kind: Literal["name", "demonym", "place", "dateline"]
    country_code: str | None
    place: str | None  # canonical name, for kinds place and dateline
    rule: str
    confidence: float
    located: PlaceRecord | None = None  # where `place` is


class RoleSpan(NamedTuple):
    """A nominal that stands for a person: "the Chinese president", "his Russian counterpart"."""

    field: Field
    start: int
    end: int
    text: str
    role: str | None  # canonical ("President"); None for "counterpart"
    country_code: str | None  # of the adjective or place in it
    rule: str


class RoleClaim(NamedTuple):
    """The text gives the person at (field, start) a role: "Ecuadorian President Lenin Moreno"."""

    field: Field
    start: int  # of the person's name
    role: str  # canonical capitals: "President", "Executive Vice Director"
    country_code: str | None
    organisation: str | None
    role_start: int  # where the words of the role stand, same field
    role_end: int
    rule: str


DatePrecision = Literal["day", "weekend", "week", "month", "year"]


class DateSpan(NamedTuple):
    """A date in words: "on Tuesday", "last week", "June 5". `value` None: not clear which is meant."""

    field: Field
    start: int
    end: int
    text: str
    value: str | None  # ISO 8601: a day, month, year, week (2020-W25) or weekend (2020-06-13/2020-06-14)
    precision: DatePrecision
    anchor: Literal["dateline", "published"] | None  # what it was counted from
    rule: str


class Recognised(NamedTuple):
    """All that one article's own words say; each list in order of (field: title first, start)."""

    people: list[PersonSpan]
    countries: list[CountrySpan]
    roles: list[RoleSpan]
    claims: list[RoleClaim]


class Mention(NamedTuple):
    """One row of `mentions`, before the corpus gives the person an identity.

    `person` is the fullest name the article gives that person, None where it is not resolved;
    `person_number` tells persons of one article apart; `antecedent` is the mention that it was
    resolved by.
    """

    field: Field
    start: int
    end: int
    text: str
    entity: Entity
    kind: Literal["name", "role", "demonym", "place", "dateline"]
    rule: str
    confidence: float
    country_code: str | None = None
    place: str | None = None
    person: str | None = None
    person_number: int | None = None
    antecedent: Mention | None = None
    located: PlaceRecord | None = None  # where `place` is


class LocalPerson(NamedTuple):
    """A person within one article: number, fullest name there, and what the article says."""

    number: int  # 0, 1, 2 … in order of first mention
    name: str
    family_name: str  # the part used alone
    full: bool  # False: only a bare surname or given name was found
    gender: Literal["f", "m"] | None
    claims: tuple[RoleClaim, ...]


@dataclass(frozen=True, slots=True)
class Annotation:
    """An article's mentions and dates, in order of (title before body, start), and its persons.

    `language` is the one that the text itself shows, None where it is too short or unclear.
    """

    mentions: tuple[Mention, ...]
    persons: tuple[LocalPerson, ...]
    dates: tuple[DateSpan, ...] = ()
    language: str | None = None
