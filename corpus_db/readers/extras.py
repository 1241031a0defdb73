"""Formats whose readers need a package that not everybody has, and which of these packages have come.

A file that was rejected for want of its reader says how to install it "and import again". Its content is the same
then, so that an import asks here whether the reason still holds before it leaves the file alone.
"""

from __future__ import annotations

import sys
from importlib.util import find_spec

from corpus_db.readers.office import rtf, spreadsheets
from corpus_db.readers.pages import html, warc
from corpus_db.readers.pdf import reader as pdf

# What is said of a file without its reader, and the package that the reader needs.
NEEDED = {
    html.INSTALL: "trafilatura",
    pdf.INSTALL: "pypdfium2",
    rtf.INSTALL: "striprtf",
    spreadsheets.INSTALL: "openpyxl",
    warc.INSTALL: "warcio",
}


def settled() -> tuple[str, ...]:
    """The reasons that do not hold any more, because the package is there."""
    return tuple(reason for reason, package in NEEDED.items() if _is_installed(package))


def _is_installed(package: str) -> bool:
    """Whether a package can be imported, without importing it."""
    return sys.modules.get(package, package) is not None and find_spec(package) is not None
