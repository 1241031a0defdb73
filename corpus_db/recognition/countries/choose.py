"""From texts to mentions: which candidates to keep, of which kind, and in which country.

Articles are read a few at a time, as many as the processor's cache holds; longer texts in parts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Literal, NamedTuple

import numpy as np

from corpus_db.models import CountrySpan, Field, PersonSpan, PlaceRecord, Text
from corpus_db.recognition.countries import seats, towns
from corpus_db.recognition.countries.article import Judged, first_pass, judge
from corpus_db.recognition.countries.characters import Indices, Mask, chosen, numbers_of
from corpus_db.recognition.countries.containers import links
from corpus_db.recognition.countries.gazetteer import COUNTRY, DEMONYM, KINDS
from corpus_db.recognition.countries.lexicon import Lexicon
from corpus_db.recognition.countries.model import CLAIMS, HOPELESS, SURE, Floats, Model
from corpus_db.recognition.countries.readings import Cues, InPersons, Mentions, joined
from corpus_db.recognition.countries.scan import Candidates, candidates
from corpus_db.recognition.countries.window import Window

Kind = Literal["name", "demonym", "place", "dateline"]

KEEP = 0.55  # probability of being a place here from which a mention is kept
KEEP_CLAIMED = 0.8  # where it may be a person's name
RESOLVE = 0.55  # probability of a country from which it is given; a coin toss stays unresolved
_KINDS: dict[str, Kind] = {COUNTRY: "name", DEMONYM: "demonym"}
_KIND_NAMES: list[Kind] = [*(_KINDS.get(kind, "place") for kind in KINDS), "dateline"]
_IS_PLACE = np.array([kind in ("place", "dateline") for kind in _KIND_NAMES])

MAX_CHARACTERS = 300_000  # of a field read at once; a longer one is cut where a line or a sentence ends
MAX_TOGETHER = 2 * MAX_CHARACTERS  # characters of articles read at once
MAX_ARTICLES = 128  # judged at once
_TIE = 1e-6  # thousandths
_CUTS = ("\n\n", "\n", ". ", " ")  # where a long field is cut, the best first


class Part(NamedTuple):
    """A title or a body, or a part of one."""

    article: int  # number in the group
    field: Field
    text: str
    offset: int  # of the part in its field


class Linked(NamedTuple):
    """The candidates of a window that are no part of a longer person's name, linked to what contains them."""

    part: Indices
    start: Indices  # in the window
    end: Indices
    surface: Indices
    capitals: Mask
    claim: Indices  # how surely it is a person's name: 0 no name, else one more than the CLAIMS it reaches
    container: Indices  # the surface that contains it ("Paris, Texas"), or -1
    stated: Mask  # the container leaves no doubt: no list, no new clause
    contains: Mask  # it contains the name before it
    cues: Cues
    inside: InPersons  # the candidates that are part of a longer person's name

    def chosen(self, which: Mask | Indices) -> Linked:
        """Some of them."""
        which = numbers_of(which)
        columns: list[Any] = [chosen(column, which) for column in self[:-2]]
        return Linked._make([*columns, self.cues, self.inside])


class Found(NamedTuple):
    """The mentions of a window, with where they stand."""

    text: str  # of the window, whose arrays are not kept
    field_start: Indices
    parts: list[Part]
    part: Indices
    start: Indices  # in the window
    end: Indices
    mentions: Mentions
    cues: Cues
    inside: InPersons


def _parts(article: int, text: Text) -> list[Part]:
    fields: list[tuple[Field, str]] = [("body", text.body)]
    if text.title:
        fields.insert(0, ("title", text.title))
    found = []
    for field, content in fields:
        start = 0
        while len(content) - start > MAX_CHARACTERS:
            end = _cut(content, start, start + MAX_CHARACTERS)
            found.append(Part(article, field, content[start:end], start))
            start = end
        found.append(Part(article, field, content[start:] if start else content, start))
    return found


def _cut(content: str, start: int, end: int) -> int:
    for mark in _CUTS:
        at = content.rfind(mark, start, end)
        if at > start:
            return at + len(mark)
    return end


def _groups(batch: Sequence[Text]) -> Iterator[tuple[int, int]]:
    """Stretches of the batch that are judged at once."""
    first, size = 0, 0
    for number, text in enumerate(batch):
        own = len(text.body) + len(text.title or "")
        if number > first and (size + own > MAX_TOGETHER or number - first >= MAX_ARTICLES):
            yield first, number
            first, size = number, 0
        size += own
    if first < len(batch):
        yield first, len(batch)


def find(
    batch: Sequence[Text], people: Sequence[Sequence[PersonSpan]], lexicon: Lexicon, model: Model
) -> list[list[CountrySpan]]:
    """The countries and places of each article, in order, never overlapping."""
    found: list[list[CountrySpan]] = []
    for first, last in _groups(batch):
        found += _find(batch[first:last], people[first:last], lexicon, model)
    return found


def _find(
    batch: Sequence[Text], people: Sequence[Sequence[PersonSpan]], lexicon: Lexicon, model: Model
) -> list[list[CountrySpan]]:
    result: list[list[CountrySpan]] = [[] for _ in batch]
    found, mentions, cues, inside = mentions_of(batch, people, lexicon, model)
    if not len(mentions.article):
        return result
    judged = judge(mentions, cues, inside, lexicon, model)
    done = 0
    for own in found:
        after = done + len(own.start)
        for number, spans in _spans(own, judged.part(done, after), batch, lexicon):
            result[number] += spans
        done = after
    return result


def mentions_of(
    batch: Sequence[Text], people: Sequence[Sequence[PersonSpan]], lexicon: Lexicon, model: Model
) -> tuple[list[Found], Mentions, Cues, InPersons]:
    """The mentions that the first pass keeps, by window and all together, with what is judged beside them."""
    found = [_scored(window, parts, people, lexicon, model) for window, parts in windows(batch)]
    mentions = joined([own.mentions for own in found])
    cues = joined([own.cues for own in found])
    return found, mentions, cues, joined([own.inside for own in found])


def windows(batch: Sequence[Text]) -> Iterator[tuple[Window, list[Part]]]:
    """The texts as arrays: all together, or where they are long a part in each."""
    parts = [part for number, text in enumerate(batch) for part in _parts(number, text)]
    first, size = 0, 0
    for number, part in enumerate(parts):
        if number > first and size + len(part.text) > MAX_TOGETHER:
            yield Window([own.text for own in parts[first:number]]), parts[first:number]
            first, size = number, 0
        size += len(part.text)
    if first < len(parts):
        yield Window([own.text for own in parts[first:]]), parts[first:]


def linked(
    window: Window, parts: Sequence[Part], people: Sequence[Sequence[PersonSpan]], lexicon: Lexicon
) -> Linked:
    """The candidates of a window that are no part of a longer person's name, linked to containers."""
    every = candidates(window, lexicon)
    cues = _cues(window, parts, every, lexicon)
    part = np.searchsorted(window.start, every.start, side="right") - 1
    claim = _claims(every, *_taken(window, parts, people))
    articles = np.array([own.article for own in parts], np.int64)
    name = (articles[part] << 32) + every.surface
    # Who is called so in full ("Sophie Lancaster") is meant by a part of the name ("Lancaster") too.
    # A country's name is nobody's where no list of persons' names has it ("Britian" beside Canada).
    fought = ~lexicon.sure[every.surface] | lexicon.nobody[every.surface]
    free = (claim == 0) | ((claim > 0) & fought & ~np.isin(name, name[claim < 0]))
    inside = InPersons(articles[part[~free]], every.surface[~free])
    every, part, claim = every.chosen(free), part[free], claim[free]
    containers = links(window, every, part, lexicon)
    columns = (part, every.start, every.end, every.surface, every.capitals, claim, *containers)
    found = Linked(*columns, cues, inside)
    return found.chosen(found.contains | ~lexicon.after_comma[every.surface])


def _scored(
    window: Window, parts: list[Part], people: Sequence[Sequence[PersonSpan]], lexicon: Lexicon, model: Model
) -> Found:
    """The mentions of a window that the first pass does not give up."""
    found = linked(window, parts, people, lexicon)
    known = model.remembered(lexicon, found.surface) + model.claims[found.claim]
    phrase = lexicon.phrase[found.surface] & (found.container < 0)
    keep = numbers_of(lexicon.sure[found.surface] | ((known[:, 0] >= HOPELESS) & ~phrase))
    found, known = found.chosen(keep), known.take(keep, axis=0)
    scores = np.full((len(found.start), 2), SURE)
    parts_of = np.zeros((len(found.start), 3))
    person = np.zeros(len(found.start), bool)
    sure = lexicon.sure[found.surface]
    asked = np.flatnonzero(~sure)
    if len(asked):
        own = found.chosen(asked)
        usage = lexicon.usage[:, own.surface]
        score = known.take(asked, axis=0)
        model.add_containers(score, own.container >= 0, own.contains)
        before, after = np.zeros(score.shape), np.zeros(score.shape)
        sides = before, after
        person[asked] = model.add_contexts(sides, window, own.start, own.end, usage, own.capitals)
        parts_of[asked] = np.stack([score[:, 0], before[:, 0], after[:, 0]], axis=1)
        scores[asked] = score + before + after
    keep = numbers_of(first_pass(scores[:, 0], person, sure))
    article = np.array([part.article for part in parts], np.int64)[found.part]
    columns = (article, found.surface, found.container, found.stated, scores[:, 0], scores[:, 1], person)
    mentions = Mentions(*columns, found.claim > 0, seen(found, parts_of))
    return Found(
        window.text,
        window.start,
        parts,
        found.part[keep],
        found.start[keep],
        found.end[keep],
        mentions.chosen(keep),
        found.cues,
        found.inside,
    )


def seen(found: Linked, scores: Floats) -> Floats:
    """What the trees are told of each candidate besides its name: (candidates, article.SEEN)."""
    marks = (found.claim, found.capitals, found.contains, found.container >= 0)
    return np.column_stack([*marks, scores]).astype(np.float64)


def _cues(window: Window, parts: Sequence[Part], every: Candidates, lexicon: Lexicon) -> Cues:
    outlets = lexicon.outlets
    start, words = outlets.small(window)
    word, countries = outlets.countries(np.append(words, every.cue_words))
    places = np.append(start, every.cue_places).take(word)
    for sign, country in outlets.signs:
        met = np.flatnonzero(window.codes == sign)
        places = np.append(places, met)
        countries = np.append(countries, np.full(len(met), country))
    articles = np.array([own.article for own in parts], np.int64)
    return Cues(articles[np.searchsorted(window.start, places, side="right") - 1], countries)


def _taken(
    window: Window, parts: Sequence[Part], people: Sequence[Sequence[PersonSpan]]
) -> tuple[Indices, Indices, Indices]:
    """Where persons' names stand in the window, in order of their starts, and how sure they are."""
    first, last = parts[0].article, parts[-1].article
    names = list(chain.from_iterable(people[first : last + 1]))
    if not names:
        return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64)
    title = np.array([name.field == "title" for name in names])
    begins = np.array([name.start for name in names], np.int64)
    ends = np.array([name.end for name in names], np.int64)
    claim = 1 + np.searchsorted(CLAIMS, [name.confidence for name in names], side="right")
    # Each part with all names of its article.
    counts = np.array([len(own) for own in people[first : last + 1]], np.int64)
    article = np.array([part.article for part in parts], np.int64) - first
    part = np.repeat(np.arange(len(parts)), counts[article])
    after = np.cumsum(counts[article])
    name = np.repeat((np.cumsum(counts) - counts)[article] - (after - counts[article]), counts[article])
    name += np.arange(len(name))
    here = np.flatnonzero(title[name] == np.array([own.field == "title" for own in parts])[part])
    part, name = part[here], name[here]
    shift = (window.start - np.array([own.offset for own in parts], np.int64))[part]
    # As far as they stand in this part of the field.
    start = np.maximum(begins[name] + shift, window.start[part])
    end = np.minimum(ends[name] + shift, window.end[part])
    order = np.argsort(start, kind="stable")
    order = order[start[order] < end[order]]
    return start[order], end[order], claim[name][order]


def _claims(every: Candidates, start: Indices, end: Indices, claim: Indices) -> Indices:
    """Of candidates that are a person's name the claim, 0 of those that overlap none, -1 of the others."""
    if not len(start):
        return np.zeros(len(every.start), np.int64)
    reached = np.maximum.accumulate(end)  # where the names so far stop
    before = np.searchsorted(start, every.end) - 1  # the last one that begins before the candidate's end
    outside = (before < 0) | (every.start >= reached[before])
    same = (start[before] == every.start) & (end[before] == every.end)
    return np.where(outside, 0, np.where(same, claim[before], -1))


def _spans(
    found: Found, judged: Judged, batch: Sequence[Text], lexicon: Lexicon
) -> Iterator[tuple[int, list[CountrySpan]]]:
    """The mentions that are kept, with the numbers of their articles."""
    parts = found.parts
    keep = np.flatnonzero(judged.likely >= np.where(found.mentions.claimed, KEEP_CLAIMED, KEEP))
    surface, rows, part = found.mentions.surface[keep], judged.place[keep], found.part[keep]
    start, end, sureness = found.start[keep], found.end[keep], judged.sureness[keep]
    rule = np.where(lexicon.sure[surface], 0, np.where(found.mentions.container[keep] >= 0, 1, 2))
    resolved = sureness >= RESOLVE
    country = np.where(resolved, lexicon.places.countries[rows].astype(np.int64), len(lexicon.countries))
    in_dateline = _in_dateline(found.field_start, parts, batch, part, start, end)
    asked = (part, start, end, surface, found.mentions.container[keep], in_dateline, judged.share[keep])
    placed = seats.Placed(*(column.tolist() for column in asked))
    rows, decided = seats.settled(found.text, placed, rows, lexicon)
    kind = np.where(in_dateline, len(KINDS), lexicon.places.kinds[rows])
    places: list[PlaceRecord | None] = [None] * len(keep)
    where = np.flatnonzero(resolved & _IS_PLACE[kind])
    located = lexicon.located(rows[where], surface[where])
    settled = decided[where] | (judged.division[keep[where]] >= towns.RESOLVE)
    for i, place, known in zip(where.tolist(), located, settled.tolist(), strict=True):
        places[i] = place if known else place._replace(region=None, latitude=None, longitude=None)
    shift = (found.field_start - np.array([own.offset for own in parts], np.int64))[part]
    fields = [own.field for own in parts]
    codes = [*lexicon.countries, None]
    columns = (
        [fields[number] for number in placed.part],
        (start - shift).tolist(),
        (end - shift).tolist(),
        [found.text[a:b] for a, b in zip(placed.start, placed.end, strict=True)],
        [_KIND_NAMES[number] for number in kind.tolist()],
        [codes[number] for number in country.tolist()],
        [place.name if place else None for place in places],
        [_RULES[number] for number in rule.tolist()],
        rounded(judged.likely[keep] * sureness).tolist(),
        places,
    )
    # Sooner than the class's own way of making one from a tuple.
    spans = list(map(partial(tuple.__new__, CountrySpan), zip(*columns, strict=True)))
    first = np.searchsorted(part, np.arange(len(parts) + 1)).tolist()
    for own, low, high in zip(parts, first, first[1:], strict=False):
        yield own.article, spans[low:high]


def rounded(values: Floats) -> Floats:
    """The values to three digits, as `round` does it; that is asked only where the fourth one is a five."""
    scaled = values * 1000
    whole = np.rint(scaled)
    found: Floats = whole / 1000
    for i in np.flatnonzero(np.abs(np.abs(scaled - whole) - 0.5) < _TIE).tolist():
        found[i] = round(float(values[i]), 3)
    return found


def _in_dateline(
    field_start: Indices,
    parts: Sequence[Part],
    batch: Sequence[Text],
    part: Indices,
    start: Indices,
    end: Indices,
) -> Mask:
    """Which mentions stand in their article's dateline."""
    low, high = np.zeros(len(parts), np.int64), np.full(len(parts), -1, np.int64)
    for number, (own, origin) in enumerate(zip(parts, field_start.tolist(), strict=True)):
        line = batch[own.article].dateline
        if line is not None and own.field == "body":
            low[number], high[number] = (at + origin - own.offset for at in line)
    return (low[part] <= start) & (end <= high[part])


_RULES = ("listed", "container", "gazetteer")
