"""How much one input may ask of the importer. Every limit of the readers has its name here.

A limit that is passed costs the piece that passed it, with its reason, and nothing else. They are
far above what real articles need: the longest newspaper articles have some 200 KB.
"""

from __future__ import annotations

# One article as it stands in its file, in bytes. Also the most that is held in memory at once.
ARTICLE_BYTES = 20_000_000
# What is read of a file to recognise its format.
HEAD_BYTES = 8_192
# Files up to this size are read once and kept while they are recognised, hashed and cut.
KEEP_BYTES = 4_000_000
# How much is read at a time of larger ones.
CHUNK_BYTES = 1_000_000
# What archives may ask. A file on disk may unpack to UNPACKED_RATIO times its size (news text packs
# to a quarter, the most repetitive lists to a fiftieth; deflate allows a thousandth, bzip2 and xz
# far less), in any case to UNPACKED_FREE, never to more than UNPACKED_BYTES, all that lies in it
# included. Beyond that it is a bomb. An archive inside another has the same ratio, a tenth of
# UNPACKED_FREE, and half of what the outer one has left, so that a bomb does not take all of it.
UNPACKED_RATIO = 200
UNPACKED_FREE = 100_000_000
UNPACKED_BYTES = 200_000_000_000
# How many archives may lie inside each other.
ARCHIVE_DEPTH = 3
# Files inside archives are held in memory up to this size; larger ones are unpacked again to be read.
HELD_BYTES = 64_000_000
# The list of files of one zip archive, in its own bytes: some 300,000 files.
ZIP_DIRECTORY_BYTES = 32_000_000
# Memory that unpacking xz may take; its own strongest setting needs 65 MB.
XZ_MEMORY = 128_000_000
# What is read of the name of a file inside an archive, in characters.
MEMBER_NAME = 500

# A word processor's file, pictures included, and the XML of its text once unpacked.
OFFICE_BYTES = 50_000_000
OFFICE_XML_BYTES = 50_000_000
# A spreadsheet once unpacked, all of its sheets.
SHEETS_BYTES = 200_000_000
# A PDF, pictures included.
PDF_BYTES = 100_000_000
# An archive's export in one file of HTML, RTF or text.
EXPORT_BYTES = 50_000_000


def megabytes(size: int) -> str:
    """`size` in bytes as people read it: "50.0 MB", "20 MB"."""
    value = size / 1_000_000
    return f"{value:.0f} MB" if value == int(value) else f"{value:.1f} MB"
