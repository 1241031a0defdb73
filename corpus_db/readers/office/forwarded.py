"""Mails that only pass another one on: what mail programs write above it, in some languages, and what it says."""

from __future__ import annotations

import re
from email.utils import parseaddr

from corpus_db.readers.office.mail_words import words

# What mail programs write above a mail that is passed on, in some languages.
_FORWARDED = re.compile(
    r"\s{0,20}(?:-{4,}\s?[^\n]{4,60}\s?-{4,}|Begin forwarded message:|Anfang der weitergeleiteten (?:Nachricht|E-?Mail):|Début du message réexpédié\s?:)"
    r"\s{0,9}(?P<fields>(?:[*>\s]{0,4}[^\W\d_][^\n:]{1,20}:[^\n]{0,300}(?:\n|$)\n?){2,9})"
)
_FORWARDED_BELOW, _NOTE = re.compile(rf"\n{_FORWARDED.pattern}"), 160
# The fields that it names there, in those languages.
_FORWARDED_FIELDS = {
    name: field
    for field, names in {
        "title": ("subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp"),
        "date": ("date", "sent", "datum", "gesendet", "envoyé", "fecha", "enviado", "data", "inviato", "verzonden"),
        "byline": ("from", "von", "de", "da", "van"),
    }.items()
    for name in names
}  # fmt: skip
_FORWARD = re.compile(r"^(?:(?:fwd?|wg|tr|rv|enc|i|doorst)\s?:\s*)+", re.IGNORECASE)


def unforwarded(text: str, header: dict[str, str]) -> str:
    """A mail that only forwards another: the text of that one, whose sender, date and subject go into `header`."""
    forwarded = _FORWARDED.match(text) or _below_a_note(text)
    if forwarded is None:
        return text
    for line in forwarded["fields"].split("\n"):
        name, _, value = line.partition(":")
        field = _FORWARDED_FIELDS.get(name.strip("* \t").lower())
        if field and value.strip():
            header[field] = (
                words(parseaddr(value.strip())[0] or value.strip()) if field == "byline" else words(value)
            )
    header["title"] = _FORWARD.sub("", header.get("title", "")) or header.get("title", "")
    return text[forwarded.end() :].lstrip("\n")


def _below_a_note(text: str) -> re.Match[str] | None:
    """The forwarded mail below a word or two of who passed it on ("FYI"), which is longer than those."""
    forwarded = _FORWARDED_BELOW.search(text, 0, 4 * _NOTE)
    if forwarded is None or len(text[: forwarded.start()].strip()) > _NOTE:
        return None
    return forwarded if len(text) - forwarded.end() > _NOTE else None
