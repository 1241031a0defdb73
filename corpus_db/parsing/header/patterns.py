"""The shapes of what stands in headers, as patterns. Which block is asked for which, `walk` says.

A pattern that is tried at many places begins with what tells soonest that it fails: one character,
or a class of them.
"""

from __future__ import annotations

import re

from corpus_db.parsing.dates import MONTH, YEAR
from corpus_db.parsing.tables import load

# -- bylines and dates -------------------------------------------------------------------------------

_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
_NAMES = rf"{_NAME}(?:\s+(?:{_NAME}|de|la|van|von|der|den|al|bin|and|&)){{0,8}}"
# "By Ann Lee", "Written by: Ann Lee and Bob Hope in Lima", "BY ANN LEE | The Times".
BYLINE = re.compile(
    rf"(?:(?:[Ww]ritten|[Rr]eported|[Ss]tory|[Rr]eport|[Tt]ext|[Ww]ords|[Ii]nterview(?:ed)?)\s+[Bb]y|By|BY):?\s+(?P<names>{_NAMES})"
    rf"(?P<more>(?:\s*[,|/•·]\s*[^\n]{{0,80}}|\s+[–—-]+\s[^\n]{{0,80}}|\s+in\s+{_NAMES})?)$"
)
# "Posted on July 29, 2016 by Ann Lee in News": before the date, the name behind it, what may end the line.
POSTED = re.compile(
    r"(?:posted|published|updated|written|submitted|filed|last\s+updated)(?:\s+(?:on|at))?:?\s+",
    re.IGNORECASE,
)
POSTED_BY = re.compile(
    rf"(?i:posted|published|written|submitted|filed|uploaded)\s+[Bb]y:?\s+(?P<names>{_NAMES}?)\s*(?:\b(?:on|at)\b|[,|•·–—-])\s*"
)
BY_INSIDE = re.compile(rf"\b[Bb]y\s+(?P<names>{_NAMES}?)(?=\s+(?:in|on|under|for|at)\b|\s*(?:[/|,•·(]|$))")
AFTER_POSTED = re.compile(
    r"\s*(?:(?:[A-Z]{2,4}\b)?\s*$|(?:in|//|[|•·,/–-]|updated|at)\s?[^.!?]{0,70}$)", re.IGNORECASE
)
AFTER_DATE = re.compile(r"[*_]{0,3}[\])]?[ \t]*[,;|•·–—-]?[ \t]*")
# A date behind one of these belongs to the heading ("BENEFITS FOR SERVICE SINCE SEPT. 11, 2001").
BEFORE_A_DATE = re.compile(
    r"\b(?:since|of|on|by|in|before|after|until|till|from|to|for|the|and|end(?:ed|ing|s)?|due|dated|year|payable|record)\s+$",
    re.IGNORECASE,
)
# "*May 14, 2019*", "[May 14, 2019]".
# "March 2019" as a line of its own, and whether one more stands below.
MONTH_AND_YEAR = re.compile(rf"{MONTH},?\s{YEAR}", re.IGNORECASE)
MONTHS_BELOW = re.compile(rf"\n\s*(?:{MONTH},?\s{YEAR})\s*(?:\n|$)", re.IGNORECASE)
LETTER = re.compile(r"[^\W\d_]")
EMPHASIS = re.compile(r"[*_]{1,3}[\[(]?|[\[(]")
# Metadata on one line: parts between bars or dots.
BARS = re.compile(r"\s[|•·]\s")
# "Source: Xinhua| 2020-05-01 10:15:05|Editor: …".
PUBLISHER_BARS = re.compile(r"\s[|•·]\s|\|\s?")
URL = re.compile(r"(?:https?://|www\.)\S+$", re.IGNORECASE)

# -- contacts and letterheads ------------------------------------------------------------------------

CONTACT = re.compile(
    r"(?:[A-Z][a-z]+\s+)?(?:(?:press|media|news)\s+)?contacts?\b(?:\s+person)?\s{0,3}:?\s.{0,160}$|contacts?:?$",
    re.IGNORECASE,
)
CONTACT_BEGINS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZcpmn")
CONTACT_INSIDE = re.compile(
    r"(?i:\s{2,}(?:press\s+|media\s+)?contacts?:?\s)|\s(?:CONTACT|Contact)[Ss]?(?:\s{2}|:)"
)
PHONE = re.compile(r"\(?\d{3}\)?[\s./-]{1,3}\d{3}[\s./-]{1,3}\d{4}\b")
NAMES_ONLY = re.compile(
    r"(?:(?:or|and)\x20)?[A-Z][a-zà-ÿ'’-]+(?:\x20{1,2}(?:and\x20)?[A-Z][A-Za-zà-ÿ.'’-]*){1,5}"
)
BARE_NAME = re.compile(r"[A-Z][a-zà-ÿ'’-]+(?:\x20[A-Z]\.)?(?:\x20[A-Z][A-Za-zà-ÿ'’-]+){1,2}")
TWO_SPACES = re.compile(r"\x20\x20+")
OFFICE = re.compile(
    r"(?:from\s+)?(?:the\s+)?office\s+of\s+(?:[a-z.]+\s+){0,3}(?:senator|representative|congress(?:man|woman)|governor|mayor)\b",
    re.IGNORECASE,
)
LETTERHEAD = re.compile(
    r"(?:(?i:office\s+of)\s+)?(?:(?i:u\.?\s?s\.?|united\s+states)\s+)?"
    r"(?:(?:Senator|Representative|Congress(?:man|woman)|Governor)(?:\s+[A-Z][\w.'’-]*){1,5}"
    r"|(?:SENATOR|REPRESENTATIVE|CONGRESS(?:MAN|WOMAN)|GOVERNOR)(?:\s+[A-Z][A-Z.'’-]*){1,3})$"
)
# "Ministry of External Affairs", and not "Ministry of Health Warns of Floods".
_LETTERHEADS = load("letterheads")
MINISTRY = re.compile(
    rf"(?i:(?:the\s+)?(?:{'|'.join(_LETTERHEADS['offices'])})\s+(?:of|for)\b)"
    rf"(?!.*\s(?i:{'|'.join((*_LETTERHEADS['verbs'], *_LETTERHEADS['prepositions']))})(?:s|es|ed)?\b)"
    r"(?:\s+(?:of|the|and|for|&|[A-Z][\w'’-]*,?)){1,5}$"
)
LETTERHEAD_WORDS = frozenset(_LETTERHEADS["first_words"])

# -- headings ----------------------------------------------------------------------------------------

# Where a dateline may begin inside a block: four capitals or more; where a dash is in it, also names before one.
CAPITALS = re.compile(r"[A-Z][A-Z]{3,}\b")
BEFORE_A_DASH = re.compile(
    r"\s{1,2}(?=[A-Z][A-Z]{3,}\b|[A-Z][\w.]+(?:,?\x20[A-Z][\w.]*){0,3}\x20?(?:--|—|–))"
)
# Where the last deck of a release runs into its lead: "… Deserves U S  Senator Ann Lee today announced".
LEAD_OF_A_RELEASE = re.compile(
    r"(?:\bU\.?\s?S\.?\s{1,2})?\b(?:Senators?|Sens?\.?|Representative|Reps?\.?|Governor|Gov\.?|Mayor)\s{1,2}"
    r"(?=(?:[A-Z][\w.'’-]{0,20}\s{1,2}){1,5}(?:today|announced|said|joined|introduced|issued|released)\b)"
)
# How a line goes on that was wrapped, and how one ends that is complete.
GOES_ON = re.compile(r"(?:Of|In|On|For|To|With|And|The|From|At|By)\s")
# How the second line of a headline begins in title case, and how the first ends that goes on there.
GOES_ON_BELOW = re.compile(r"(?:Of|To|With|And|From)\s")
BROKEN_OFF = re.compile(
    r"\s(?:of|for|to|in|the|a|an|and|on|with|from|by|as|at|its|their|Of|For|To|In|The|A|An|And|On|With|From|By|As|At|Its|Their)$"
)
SLUG = re.compile(r"[a-z]{2,12}(?:-[a-z\d]{2,15}){1,5}")
CLOSED = re.compile(r"[.!?:;,)\]\"”’]\s*$")
MARKUP = re.compile(r"^#{1,6}\s+|^([*=~])\1{1,4}\s*|\s*([*=~])\2{1,4}$|\s=$")
# "=====" right below a headline.
UNDERLINE = re.compile(r"\n([=\-_~])\1{2,}[ \t]*(?=\n|$)")
