"""What the model cannot see or has too few examples of: cheap rules over its choice.

Each rule works on the names chosen so far, as token ranges, and leaves its own name in `rule`:

- same-article: what the article surely has as a name elsewhere is one here too, if the model only
  doubts it: a word that begins or ends a longer name ("Xi" after "Xi Jinping"), or the same words
  ("XI JINPING" in a headline; found halves of it give way);
- name-lists: all of a run that begins with a known given name and ends with a known family name,
  where the model wavers (at the start of a short text, in a headline in capitals);
- titled: all of a run of two or three words that begins with a given name behind a title; one word
  behind "Mr" and the like;
- list: all of a run between "and" and a sure name, or two of them and commas;
- credit: all of a run between slashes, or beside one in brackets ("Agency/Jane Doe/AGENCY");
- nickname: what stands around a quoted nickname is one name (Jane "Digger" Doe);
- suffix: ", Jr." belongs to the name before it.

Three take names away: of single words that no longer name of the article has, those of which the
model is not quite sure or that the article has in small letters too (without_bare), and those with
capitals inside (without_compounds); and what a slash joins to a name (without_agencies). things.py takes more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .candidates import PLACES, Candidates, Indices
from .evidence import ArticleEvidence
from .found import Found, Names, articles_of
from .lexicon import FIRST_NAME, SMALL_WORD, read_sections
from .model import PERSON, Floats
from .tokens import Tokens, Vocabulary, WordBits
from .words import (
    BREAK,
    FAMILY,
    GIVEN,
    INITIAL,
    NAME,
    PARTICLE,
    PLACE,
    SENTENCE_END,
    STOP,
    SUFFIX,
    UPPER,
    is_compound,
)

THRESHOLD = 0.54  # a candidate more probable than this is a name; best for F1 on the gold sets
SAME_ARTICLE = 0.01  # least probability where the article has the word surely in a longer name;
SAME_ARTICLE_PLACE = 0.08  # and of a word that is a place too
SURE = 0.8  # what counts as a sure longer name
CREDIT = 0.12
# Least probability of a single word for which nothing else speaks (see `without_bare`): of those between
# this and THRESHOLD only one in seven is a person on the held-out gold sets.
BARE = 0.95
LONGEST_AGE = 2  # digits
CERTAIN = 0.97  # what counts as a name beyond doubt
NEAR = np.array((-4, -3, -2, -1, 1, 2, 3, 4))  # where another name makes a single word likelier to be one
# Words beside a name that tell of a person.
DEEDS = frozenset(
    {"said", "says", "say", "told", "added", "noted", "stated", "warned", "asked", "wrote", "replied"}
    | {"continued", "explained", "argued", "insisted", "admitted", "denied", "testified", "recalled"}
    | {"believes", "died", "who"}
)
LISTS = 0.3  # least probability where the lists have both the first and the last word
TITLED = 0.05  # least probability of several words behind a title
MOST_TITLED = 3  # words of such a name
AFTER_HONORIFIC = (
    0.02  # least probability of a single word behind one of these, if it is a word in small letters too
)
MISTER, LADY = 1, 2  # before any name; before what may be one
_JOINING = read_sections("joining")
_HONORIFICS = WordBits([(MISTER, _JOINING["before any name"]), (LADY, _JOINING["before likely names"])])
IN_LIST = 0.05  # least probability in a list beside a sure name
CONFIDENCE = 0.6  # of what these two add: the share that is right on the gold sets
MOST_OF_A_NICKNAME = 4  # tokens
INSIDE = np.arange(2, 2 + MOST_OF_A_NICKNAME)  # where a nickname may end, after what opens it

QUOTE_OPENS, QUOTE_CLOSES, BRACKET_OPENS, BRACKET_CLOSES = 1, 2, 4, 8
_OPENS, _CLOSES = QUOTE_OPENS | BRACKET_OPENS, QUOTE_CLOSES | BRACKET_CLOSES
_SIGNS = WordBits(
    (
        (QUOTE_OPENS, ('"', "“", "``", "'", "‘", "„", "«")),
        (QUOTE_CLOSES, ('"', "”", "''", "'", "’", "“", "»")),
        (BRACKET_OPENS, "("),
        (BRACKET_CLOSES, ")"),
    )
)


def more_candidates(
    tokens: Tokens,
    vocabulary: Vocabulary,
    candidates: Candidates,
    probability: Floats,
    taken: Indices,
    gathered: ArticleEvidence | None,
) -> dict[str, Indices]:
    """For each rule the numbers of doubtful candidates that it speaks for."""
    person = probability[:, PERSON]
    same = np.zeros(0, np.int64)
    doubtful = np.flatnonzero((person > SAME_ARTICLE) & (person <= THRESHOLD))
    several = doubtful[candidates.size[doubtful] > 1]
    several = several[candidates.size[several] == candidates.runs.length[candidates.run[several]]]
    if gathered is not None:
        words = gathered.word
        sure = _sure(candidates, person, taken)
        known = _edges(candidates, sure, gathered)
        known_string = np.zeros(len(gathered.count), np.bool_)
        known_string[gathered.string[sure]] = True
        place = (tokens.classes[candidates.start[doubtful]] & PLACE) != 0
        doubtful = doubtful[~place | (person[doubtful] > SAME_ARTICLE_PLACE)]
        single = candidates.size[doubtful] == 1
        same = doubtful[
            np.where(
                single, known[words[candidates.first[doubtful]]], known_string[gathered.string[doubtful]]
            )
        ]
    slash = vocabulary.type_of("/")
    credit = np.flatnonzero((person > CREDIT) & (candidates.size > 1))
    start, end = candidates.start[credit], candidates.start[credit] + candidates.size[credit]
    whole = candidates.size[credit] == candidates.runs.length[candidates.run[credit]]
    beside = (tokens.types[start - 1] == slash) | (tokens.types[end] == slash)
    listed = several[person[several] > LISTS]
    start, end = candidates.start[listed], candidates.start[listed] + candidates.size[listed]
    known = (tokens.classes[start] & GIVEN != 0) & (tokens.classes[end - 1] & (FAMILY | SUFFIX) != 0)
    named = several[person[several] > TITLED]
    place = candidates.start[named]
    given = (tokens.classes[place] & GIVEN != 0) & (tokens.classes[place - 1] & STOP != 0)
    given &= (tokens.start[place] - tokens.end[place - 1] == 1) & (candidates.size[named] <= MOST_TITLED)
    given &= tokens.classes[place + candidates.size[named] - 1] & INITIAL == 0
    named = named[given]
    titled = [_has_title(tokens, vocabulary, k) for k in candidates.start[named].tolist()]
    named = named[titled] if len(named) else named
    speaks = several[
        tokens.types[candidates.start[several] + candidates.size[several]] == vocabulary.type_of(":")
    ]
    place = candidates.start[speaks]
    opens = (tokens.classes[place - 1] & (BREAK | SENTENCE_END)) != 0
    opens &= (tokens.classes[place] & (GIVEN | PLACE | UPPER)) == (GIVEN | UPPER)
    opens &= (tokens.classes[place + candidates.size[speaks] - 1] & (FAMILY | PLACE)) == FAMILY
    named = np.union1d(named, speaks[opens])
    return {
        "titled": np.concatenate([named, _after_honorifics(tokens, vocabulary, candidates, person)]),
        "same-article": same,
        "credit": credit[whole & beside],
        "name-lists": listed[known],
        "list": _in_lists(tokens, vocabulary, candidates, person, taken, several[person[several] > IN_LIST]),
    }


def _after_honorifics(
    tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, person: Floats
) -> Indices:
    """Doubtful single words, a whole run each, behind "Mr" and the like: "Mr. Jobs"; "MS. ORTIZ:" beyond doubt."""
    place = candidates.start
    before = vocabulary.said(_HONORIFICS).take(tokens.types.take(place - 1))
    chosen = np.flatnonzero(before != 0)
    chosen = chosen[(candidates.size[chosen] == 1) & (person[chosen] <= THRESHOLD)]
    chosen = chosen[candidates.runs.length[candidates.run[chosen]] == 1]
    place = place[chosen]
    speaks = tokens.types[place + 1] == vocabulary.type_of(":")
    running = (tokens.classes[place - 2] & (NAME | STOP)) == 0
    running &= (tokens.start[place + 1] != tokens.end[place] + 1) | (
        (tokens.classes[place + 1] & (NAME | STOP)) == 0
    )
    likely = person[chosen] > AFTER_HONORIFIC
    sure = (vocabulary.listed.values[tokens.types[place]] & SMALL_WORD) == 0
    likely |= sure & (before[chosen] == MISTER)
    likely &= (before[chosen] == MISTER) | (tokens.types[place - 2] != vocabulary.type_of("the"))
    result: Indices = chosen[(running & likely) | speaks]
    return result


def _has_title(tokens: Tokens, vocabulary: Vocabulary, place: int) -> bool:
    """Whether a title stands before this token."""
    before = vocabulary.words[tokens.types[place - 1]].lower()
    return before in vocabulary.lexicon.titles or before.removesuffix(".") in vocabulary.lexicon.titles


def _in_lists(
    tokens: Tokens,
    vocabulary: Vocabulary,
    candidates: Candidates,
    person: Floats,
    taken: Indices,
    doubtful: Indices,
) -> Indices:
    """Those doubtful candidates of several words, a whole run each, that stand in a list beside a sure name."""
    sure = _sure(candidates, person, taken)
    begins, ends = np.zeros(len(tokens.types), np.bool_), np.zeros(len(tokens.types), np.bool_)
    begins[candidates.start[sure]] = True
    ends[candidates.start[sure] + candidates.size[sure] - 1] = True
    start = candidates.start[doubtful]
    after = start + candidates.size[doubtful]
    comma, word = vocabulary.type_of(","), vocabulary.type_of("and")
    before, second = tokens.types[start - 1], tokens.types[start - 2]
    behind, then = tokens.types[after], tokens.types[after + 1]
    by_word = (before == word) & (ends[start - 2] | (ends[start - 3] & (second == comma)))
    by_word |= (behind == word) & begins[after + 1]
    by_commas = (before == comma) & ends[start - 2] & (behind == comma)
    by_commas &= begins[after + 1] | (begins[after + 2] & (then == word))
    # "Ana Soto  D MI  and Li Wei": what a text has left of "(D-MI)".
    apart = tokens.start[start] - tokens.end[start - 1] > 1
    letter = (tokens.classes[start] & INITIAL) != 0
    place = candidates.shape[doubtful] >= PLACES
    result: Indices = doubtful[(by_word | by_commas) & ~(apart & letter) & ~place]
    return result


def _sure(candidates: Candidates, person: Floats, taken: Indices) -> Indices:
    """Those of `taken` that are surely names of several words."""
    sure: Indices = taken[(person[taken] > SURE) & (candidates.size[taken] > 1)]
    return sure


def _edges(candidates: Candidates, names: Indices, gathered: ArticleEvidence) -> NDArray[np.bool_]:
    """For each word of each article whether it begins or ends one of these names."""
    words = gathered.word
    known = np.zeros(len(words) + 1, np.bool_)
    known[words[gathered.first[names]]] = True
    known[words[gathered.last[names]]] = True
    return known


def without_bare(
    tokens: Tokens,
    vocabulary: Vocabulary,
    candidates: Candidates,
    person: Floats,
    taken: Indices,
    gathered: ArticleEvidence | None,
) -> Indices:
    """`taken` without the doubtful single words that nothing but the model's opinion speaks for.

    A word stays if it begins or ends a longer name of the article, has a title or an age, or is said to
    speak or to have died; and unless the article has it in small letters too, if it is a given name, has
    another name within four tokens, or is a name beyond doubt elsewhere in the article.
    """
    if gathered is None:
        return taken
    sure = _sure(candidates, person, taken)
    known = _edges(candidates, sure, gathered)
    long = sure[candidates.size[sure] > 2]
    double = candidates.first[long] + candidates.size[long] - 2
    known[gathered.word[double]] = True  # "Duque" of Iván Duque Márquez
    certain = np.zeros(len(gathered.count), np.bool_)
    certain[gathered.string[taken[person[taken] > CERTAIN]]] = True
    single = taken[candidates.size[taken] == 1]
    single = single[~known[gathered.word[gathered.first[single]]]]
    word = gathered.lower[gathered.first[single]] > 0  # "Bill" in an article on a bill
    word[word] = [_in_small_letters(tokens, vocabulary, k) for k in candidates.start[single[word]].tolist()]
    doubtful = single[(person[single] <= BARE) & ~word]
    doubtful = doubtful[(tokens.classes[candidates.start[doubtful]] & GIVEN) == 0]
    doubtful = doubtful[~certain[gathered.string[doubtful]]]
    beside = _has_name_near(tokens, candidates, taken, candidates.start[doubtful])
    lone = np.concatenate([doubtful[~beside], single[word]])
    alone = [not _personal(tokens, vocabulary, k) for k in candidates.start[lone].tolist()]
    return np.setdiff1d(taken, lone[alone], assume_unique=True)


def _has_name_near(
    tokens: Tokens, candidates: Candidates, taken: Indices, place: Indices
) -> NDArray[np.bool_]:
    """Whether one of the names taken stands within four tokens of each place, in the same article."""
    if not len(place):
        return np.zeros(0, np.bool_)
    order = np.argsort(candidates.start[taken], kind="stable")
    start, size = candidates.start[taken[order]], candidates.size[taken[order]]
    near = place[:, None] + NEAR  # wider than the boundary between two articles
    last = start.searchsorted(near, side="right") - 1
    named = (last >= 0) & (near < (start + size)[last])
    named &= articles_of(tokens, near) == articles_of(tokens, place)[:, None]
    found: NDArray[np.bool_] = named.any(axis=1)
    return found


def _in_small_letters(tokens: Tokens, vocabulary: Vocabulary, place: int) -> bool:
    """Whether the article of this token has its word in small letters too."""
    article = int(articles_of(tokens, place)) - 1
    there = tokens.types[tokens.first[article] : tokens.first[article + 1]]
    return bool((there == vocabulary.type_of(vocabulary.words[tokens.types[place]].lower())).any())


def _personal(tokens: Tokens, vocabulary: Vocabulary, place: int) -> bool:
    """Whether a title, an age or what is done tells that this token is a person: "Mr X", "X, 49,", "X said"."""
    around = tokens.types[place - 1 : place + 4].tolist()
    before, _, after, second, third = (vocabulary.words[kind] for kind in around)
    titles, before = vocabulary.lexicon.titles, before.lower()
    aged = after == "," == third and second.isdigit() and len(second) <= LONGEST_AGE
    return (
        aged
        or before in titles
        or before.removesuffix(".") in titles
        or not DEEDS.isdisjoint((before, after))
    )


def join_nicknames(tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, names: Names) -> Names:
    """Join what stands directly before and after a quoted nickname, if one of the two is a person.

    A name found inside the quotes is dropped. In brackets only a given name or initials count, and
    both halves must be persons: in tables brackets hold countries and teams.
    """
    classes, types = tokens.classes, tokens.types
    signs = vocabulary.said(_SIGNS)
    opening = candidates.runs.start + candidates.runs.length  # what stands before is in a run
    opening = opening[(signs.take(types.take(opening)) & _OPENS != 0) & (opening < len(types) - 8)]
    opening = opening[(classes[opening + 1] & (NAME | STOP)) != 0]
    opening = opening[(classes[opening - 1] & (NAME | INITIAL)) != 0]
    closes = signs.take(types.take(opening[:, None] + INSIDE, mode="clip")) & _CLOSES
    dropped: set[int] = set()
    joined: list[Found] = []
    for first in np.sort(opening[closes.any(axis=1)]).tolist():
        inside = range(first + 2, first + 2 + MOST_OF_A_NICKNAME)
        kind = signs[types[first]]
        closing = QUOTE_CLOSES if kind & QUOTE_OPENS else BRACKET_CLOSES
        last = next((i for i in inside if signs[types[i]] & closing), 0)
        if (
            not last
            or not classes[last + 1] & (NAME | PARTICLE | INITIAL)
            or not _close(tokens, first - 1, last + 2)
        ):
            continue
        before, after = names.there(first - 1), names.there(last + 1)
        bracket = not kind & QUOTE_OPENS
        if bracket and not (before and after and _given(vocabulary, tokens, first + 1, last)):
            continue
        single = not after or after.end - after.start > 1
        if single and not before and classes[first - 1] & (GIVEN | PLACE | UPPER) != GIVEN:
            continue  # "Fugitive 'Fox' Ana Soto"
        run, other = _run_of(candidates, first - 1), _run_of(candidates, last + 1)
        if run < 0 or other < 0 or (single and not before and candidates.runs.length[run] > 1):
            continue
        start = before.start if before else int(candidates.runs.start[run])
        end = after.end if after else last + 2
        if classes[last + 1] & PARTICLE:
            end = max(end, int(candidates.runs.start[other] + candidates.runs.length[other]))
        sure = min((name.probability for name in (before, after) if name), default=CONFIDENCE)
        joined.append(Found(start, end, sure, "nickname"))
        dropped.update(names.within(start, end))
    return names.changed(dropped, joined)


def _run_of(candidates: Candidates, token: int) -> int:
    """The number of the run that a token is in; -1 for none."""
    place = np.flatnonzero(candidates.token == token)
    return int(candidates.token_run[place[0]]) if len(place) else -1


def _given(vocabulary: Vocabulary, tokens: Tokens, first: int, end: int) -> bool:
    """Whether the one token is a given name or initials."""
    kind = tokens.types[first]
    given = bool(vocabulary.listed.values[kind] & FIRST_NAME)
    return end == first + 1 and ("." in vocabulary.words[kind] or given)


def _close(tokens: Tokens, first: int, end: int) -> bool:
    """Whether these tokens stand as in one name: a space outside the quotes, none inside."""
    gaps = tokens.start[first + 1 : end] - tokens.end[first : end - 1]
    return bool((gaps <= 1).all() and gaps[0] == 1 and gaps[-1] == 1 and gaps[1] == 0 and gaps[-2] == 0)


def without_agencies(
    tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, taken: Indices
) -> Indices:
    """`taken` without single words in capitals that a slash joins to a name of several: "Jane Doe/AGENCY"."""
    slash = vocabulary.type_of("/")
    if slash < 0:
        return taken
    start = candidates.start[taken]
    end = start + candidates.size[taken]
    before, behind = tokens.types.take(start - 1) == slash, tokens.types.take(end) == slash
    single = candidates.size[taken] == 1
    asked = np.flatnonzero((before | behind) & single)
    asked = asked[(tokens.classes[start[asked]] & UPPER) != 0]
    if not len(asked):
        return taken
    before[asked] &= np.isin(start[asked] - 1, end[~single])
    behind[asked] &= np.isin(end[asked] + 1, start[~single])
    return np.delete(taken, asked[before[asked] | behind[asked]])


def without_compounds(
    tokens: Tokens, vocabulary: Vocabulary, candidates: Candidates, taken: Indices
) -> Indices:
    """`taken`, in order of position, without single words with capitals inside ("TimeWarner").

    Those that are in a longer name of the article stay.
    """
    start, size = candidates.start[taken], candidates.size[taken]
    single = np.flatnonzero(size == 1)
    kinds = tokens.types.take(start.take(single))
    distinct, which = np.unique(kinds, return_inverse=True)
    compound = [is_compound(vocabulary.words[kind], vocabulary.lexicon) for kind in distinct.tolist()]
    odd = np.flatnonzero(np.array(compound, np.bool_)[which])
    if not len(odd):
        return taken
    # Where the same words stand in longer names.
    asked = np.zeros(len(vocabulary.words), np.bool_)
    asked[kinds.take(odd)] = True
    place = np.flatnonzero(asked.take(tokens.types))
    owner = np.searchsorted(start, place, side="right") - 1
    place = place[(owner >= 0) & (size[owner] > 1) & (place < (start + size)[owner])]
    longer = set(zip(articles_of(tokens, place).tolist(), tokens.types.take(place).tolist(), strict=True))
    single = single.take(odd)
    here = zip(articles_of(tokens, start.take(single)).tolist(), kinds.take(odd).tolist(), strict=True)
    lost = [i for i, word in zip(single.tolist(), here, strict=True) if word not in longer]
    return np.delete(taken, lost) if lost else taken


def add_suffixes(tokens: Tokens, vocabulary: Vocabulary, names: Names) -> Names:
    """Take ", Jr." into the name before it."""
    comma, numerals = vocabulary.type_of(","), ("I", "V", "X")
    hits = np.flatnonzero(tokens.types.take(names.end) == comma)
    hits = hits[(tokens.classes.take(names.end.take(hits) + 1, mode="clip") & SUFFIX) != 0]
    longer = {}
    for k in hits.tolist():
        name = names.at(k)
        if not vocabulary.words[tokens.types[name.end + 1]].startswith(numerals):
            longer[k] = Found(name.start, name.end + 2, name.probability, "suffix")
    return names.changed(longer, list(longer.values()))
