"""What the header of a mail says, as text: encoded words, and bytes in encodings that are not what they claim."""

from __future__ import annotations

import base64
import quopri
import re

_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")


def words(raw: str) -> str:
    """A header's value as text on one line.

    Encoded words (RFC 2047) are decoded byte for byte; characters that should not be in them stay.
    """
    text = _unescaped(raw)
    if "=?" not in text:
        return " ".join(text.split())
    out: list[str] = []
    last, charset, collected = 0, "", b""
    text = _BETWEEN_WORDS.sub(r"\1", text)
    for match in _ENCODED_WORD.finditer(text):
        if match.start() > last or match[1].lower() != charset:
            out.append(decoded(collected, charset))
            collected = b""
        out.append(text[last : match.start()])
        last, charset = match.end(), match[1].lower()
        if match[2] in "bB":
            collected += base64.b64decode(match[3] + "===")
            continue
        for run in re.split(r"([^\x00-\x7f]+)", match[3]):
            if run.isascii():
                collected += quopri.decodestring(run, header=True)
            else:
                out.append(decoded(collected, charset) + run)
                collected = b""
    out += [decoded(collected, charset), text[last:]]
    return " ".join("".join(out).split())


def _unescaped(raw: str) -> str:
    """A header's value with the bytes that are no ASCII, which the parser hides, as text."""
    return raw if raw.isascii() else decoded(raw.encode("utf-8", "surrogateescape"), "utf-8")


def decoded(data: bytes, charset: str) -> str:
    """Text in the stated encoding, where the bytes are in it; else UTF-8, else Windows-1252."""
    charset = charset.partition("*")[0].lower()
    if charset in ("us-ascii", "ascii", ""):
        charset = "utf-8"
    elif charset in ("iso-8859-1", "latin-1", "latin1"):
        charset = "cp1252"
    for name in (charset, "utf-8"):
        try:
            return data.decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")
