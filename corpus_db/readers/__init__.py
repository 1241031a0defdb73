"""Bytes to source documents: one file per format, one registry, nothing understood yet.

    for found in discover(["articles/"], base=Path(".")):   # InputFile | Unreadable
        for given in read(found):                           # SourceDocument, or a file in this one
            ...

A reader cuts a file into pieces whose byte ranges follow each other without gap or overlap and
add up to the file. It never raises for what a file holds: a piece that cannot be read is a
SourceDocument with a `reason`. Files in files (archives, attachments) are given out as files, before
the piece that they lie in.

What all formats share stands here (which files, which reader, pieces, members, limits, profiles,
sidecars); the formats stand by their kind:

    plain     text, several articles in one text, text with front matter
    exports   Nexis, Factiva, ProQuest, Europresse, RIS
    records   CSV and TSV, JSON and JSON Lines
    pages     HTML, saved pages, web archives, JSON Feed
    xml       RSS, Atom, NITF, NewsML
    wires     IPTC 7901, ANPA, Reuters-21578, <DOC> collections
    office    DOCX, ODT, RTF, XLSX, EPUB, mail
    pdf       PDF
    archives  zip, tar, gzip, bzip2, xz
"""

from corpus_db.readers.extras import settled
from corpus_db.readers.members import Given
from corpus_db.readers.profiles import ProfileWrong
from corpus_db.readers.profiles import from_map as profile_of_map
from corpus_db.readers.profiles import load as load_profile
from corpus_db.readers.registry import Reader, context, read, reader_for, readers
from corpus_db.readers.walk import InputFile, Unreadable, discover, stored_name

__all__ = [
    "Given",
    "InputFile",
    "ProfileWrong",
    "Reader",
    "Unreadable",
    "context",
    "discover",
    "load_profile",
    "profile_of_map",
    "read",
    "reader_for",
    "readers",
    "settled",
    "stored_name",
]
