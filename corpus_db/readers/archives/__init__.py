"""Archives, read in place as if they were folders: zip, tar (also packed), single packed files, and files in UTF-16.

Each file in an archive is given out as a `Member`, in the order of the archive, and goes the way of
any file: recognised by its content, never by what the archive says of it. Behind its members stands
the archive's own piece, all of its bytes: empty where everything in it was given out, rejected with
what is wrong with it otherwise. What is not a file (links, devices) and what cannot be read (an
encrypted member, one whose checksum is wrong) is an `Unreadable` of its own.

zip and tar are the standard library's. Both are asked for one member at a time and nothing is
extracted. What they leave unbounded is bounded here: the size of a zip's directory, of tar's
extended headers, of what is unpacked (`limits.py`). Office documents are zip files too; those that
have no reader of their own are left to the text reader, which names them.
"""

from corpus_db.readers.archives.packed import PackedReader, unpacked_head
from corpus_db.readers.archives.recoded import RecodedReader
from corpus_db.readers.archives.tars import TarReader
from corpus_db.readers.archives.zips import ZipReader

__all__ = ["PackedReader", "RecodedReader", "TarReader", "ZipReader", "unpacked_head"]
