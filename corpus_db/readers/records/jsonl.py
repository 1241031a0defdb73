"""JSON Lines, one article a line; and JSON documents: one object, a list, an object with a list or of objects.

Scripts that hold such a document and nothing else count as it: JSONP, `var articles = […];`.

Lines are the way other programs feed the importer: they stream, and a bad line costs one line. A
file that is one JSON value over several lines is cut into its objects by a scanner that looks at
brackets and quotes only, so that a long list streams too and each object is judged on its own.

Blank lines, brackets and commas belong to the record before them, at the start of the file to the
first one: the pieces add up to the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import BinaryIO

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import CHUNK_BYTES
from corpus_db.readers.pieces import TOO_LONG, Piece, decode
from corpus_db.readers.plain.markdown import begins_with_object
from corpus_db.readers.plain.text import LFS_POINTER
from corpus_db.readers.profiles import columns_of
from corpus_db.readers.records.field_names import field_of, holds_list, leads_to_list, wraps_article
from corpus_db.readers.records.fields import Columns, from_record
from corpus_db.readers.walk import InputFile

NAME = "jsonl"
_LINE_ENDINGS = (".jsonl", ".ndjson", ".jsonlines")
_ENDINGS = (*_LINE_ENDINGS, ".json")
_UTF8_BOM = b"\xef\xbb\xbf"
_OTHER_BOMS = (b"\xff\xfe", b"\xfe\xff")

# A file is JSON when it begins with an object that has a member, or a list of such objects.
_JSON_START = re.compile(rb'\s*+(?:\[\s*+)*+\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\})')
# What scripts put round a value: "callback(…);", "var articles = …;", and what keeps it from being run.
_SCRIPT = re.compile(
    rb"\s*+(?:/\*[^*]{0,200}\*/\s*+)?(?:\)\]\}'?,?\s*\n|(?:while\s?\(1\)|for\s?\(;;\))\s?;|export\s+default\s+"
    rb"|(?:(?:export\s+)?(?:var|let|const)\s+)?[A-Za-z_$][\w$.\[\]\"']{0,120}+\s{0,9}(?:=|\())\s*+"
)
_NEXT_OBJECT = re.compile(rb"\}\s*\{\s*\"")
_WHITE = b" \t\r\n"
_BETWEEN = _WHITE + b","
_BETWEEN_IN_SCRIPT = _BETWEEN + b");"
_STRUCTURE = re.compile(rb'["{}\[\]]')
_STRING_END = re.compile(rb'["\\]')
# What a way to the list of records is made of: strings, brackets, and the colon behind a name.
_TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
_OBJECT_FOLLOWS = re.compile(rb"\s*\{")
_LONGEST_WAY = 4
_KEY_BEFORE = re.compile(rb'"((?:[^"\\]|\\.){1,200})"\s*:\s*$')
_KEYED = re.compile(rb'\{\s*"((?:[^"\\]|\\.){1,400})"\s*:\s*\{')


class JSONReader:
    """JSON Lines and JSON documents."""

    name = NAME

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the first bytes; a .json or .jsonl ending says that broken lines are JSON too."""
        start = head.removeprefix(_UTF8_BOM)
        if _JSON_START.match(start) or _script_end(start):
            return not begins_with_object(file.name, start)  # front matter
        return file.name.lower().endswith(_ENDINGS) and not start.startswith((b"\x1f\x8b", LFS_POINTER))

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a record. Raises OSError."""
        head = file.head()
        position = 0
        columns = columns_of(file.profile)
        way = tuple(name.encode() for name in file.profile.records) if file.profile else ()
        with file.open() as stream:
            mark = len(_UTF8_BOM) if head.startswith(_UTF8_BOM) else 0
            script = _script_end(head[mark:])
            if head.startswith(_OTHER_BOMS):
                pieces = _whole(stream)
            elif script:
                value = head[mark + script :]
                skip = _list_start(value, way)
                pieces = _values(stream, mark + script + (skip or 0), between=_BETWEEN_IN_SCRIPT)
            elif _is_lines(file, head, way):
                pieces = _lines(stream)
            else:
                skip = _list_start(head, way)
                keyed = _keyed_start(head) if skip is None else None
                pieces = _values(stream, skip or keyed or mark, keyed is not None)
            for piece in pieces:
                start, position = position, position + piece.size
                fields = _fields(piece.data, columns)
                if piece.key and not isinstance(fields, str):
                    is_address = piece.key.startswith(("https://", "http://"))
                    fields.setdefault("url" if is_address else "id", piece.key)
                yield piece.document(file.name, start, NAME, fields)
        if position == 0:  # an empty file is empty text: parsing says so
            yield SourceDocument(file.name, None, 0, 0, sha256(b"").hexdigest(), NAME, text=b"")


def _script_end(head: bytes) -> int:
    """Behind what a script puts before the value that the file is; 0 where the value stands alone."""
    match = _SCRIPT.match(head)
    return match.end() if match and _JSON_START.match(head, match.end()) else 0


def _is_lines(file: InputFile, head: bytes, way: tuple[bytes, ...] = ()) -> bool:
    """Whether each line is a record of its own, as against one value over several lines."""
    start = head.removeprefix(_UTF8_BOM).lstrip(_WHITE)
    if start[:1] == b"[":
        return False
    first, newline, _ = start.partition(b"\n")
    if _list_start(head, way) is not None and isinstance(_fields(first), str):
        return False
    if not newline and _NEXT_OBJECT.search(first):
        return file.name.lower().endswith(_LINE_ENDINGS)  # {…}{…} on one line
    if not newline or file.name.lower().endswith(_LINE_ENDINGS):
        return file.name.lower().endswith(_LINE_ENDINGS) or _keyed_start(head) is None
    try:
        json.loads(first.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return not file.name.lower().endswith(".json") and first.strip(_WHITE) != b"{"
    return True


def _list_start(head: bytes, way: tuple[bytes, ...] = ()) -> int | None:
    """Where the list of records begins: behind its bracket, None when there is no list."""
    start = len(head) - len(head.removeprefix(_UTF8_BOM).lstrip(_WHITE))
    if head[start : start + 1] == b"[":
        return start + 1
    return _list_on_way(head, start, way) if way else _member_list(head, start)


def _keyed_start(head: bytes) -> int | None:
    """Where the records of {"key": {…}, "key": {…}} begin: behind the first bracket; None for other shapes."""
    start = len(head) - len(head.removeprefix(_UTF8_BOM).lstrip(_WHITE))
    first = _KEYED.match(head, start)
    if first is None or field_of(first[1].decode("utf-8", "replace")) or _is_wrapper(first[1]):
        return None
    depth = 0
    for token in _TOKEN.finditer(head, first.end() - 1):
        if token[1] is not None:
            if depth == 1 and token[2] and field_of(token[1].decode("utf-8", "replace")) in ("body", "html"):
                return start + 1
        else:
            depth += 1 if token[0] in b"{[" else -1
            if depth == 0:
                return None
    return None


def _is_wrapper(name: bytes) -> bool:
    known = name.decode("utf-8", "replace")
    return leads_to_list(known) or wraps_article(known)


def _list_on_way(head: bytes, start: int, way: tuple[bytes, ...]) -> int | None:
    """Where the list begins that a person named the way to: ("response", "items")."""
    here: list[bytes] = []
    name = b""
    for token in _TOKEN.finditer(head, start):
        if token[1] is not None:
            name = token[1] if token[2] else b""
        elif token[0] in b"{[":
            if token[0] == b"[" and (*here[1:], name) == way:
                return token.end()
            here.append(name)
            name = b""
        elif here:
            here.pop()
    return None


def _member_list(head: bytes, start: int) -> int | None:
    """Where the first list begins that a member of a telling name holds, however deep in telling names.

    {"articles": [{…}]}, {"response": {"docs": [{…}]}}: a list further inside belongs to a record.
    """
    way: list[bytes] = []  # names of the objects that are open
    name = b""
    hidden = 0  # how deep inside what cannot hold the list
    for token in _TOKEN.finditer(head, start):
        if token[1] is not None:
            if not token[2] and not hidden and field_of(name.decode("utf-8", "replace")) in ("body", "html"):
                return None  # a record that has its text: what lists it holds are its own
            name = token[1] if token[2] else b""
        elif token[0] in b"}]":
            hidden, way = (hidden - 1, way) if hidden else (0, way[:-1])
        elif hidden:
            hidden += 1
        elif token[0] == b"[":
            if (
                way
                and _OBJECT_FOLLOWS.match(head, token.end())
                and holds_list(name.decode("utf-8", "replace"))
            ):
                return token.end()
            hidden = 1
        elif way and (len(way) >= _LONGEST_WAY or not leads_to_list(name.decode("utf-8", "replace"))):
            hidden = 1
        else:
            way.append(name)
    return None


def _fields(collected: bytes | bytearray | None, columns: Columns | None = None) -> dict[str, str] | str:
    """The fields of one record, or why there are none."""
    if collected is None:
        return TOO_LONG
    data = bytes(collected)
    if data.startswith(_OTHER_BOMS):
        return "JSON in UTF-16: convert it to UTF-8 and import that"
    record_bytes = data.removeprefix(_UTF8_BOM).strip(_BETWEEN)
    if not record_bytes:
        return {"body": ""}
    decoded = decode(record_bytes)
    if isinstance(decoded, str):
        return decoded
    text, remark = decoded
    try:
        record = json.loads(text)
    except RecursionError:
        return "not an article: objects or lists nested too deep"
    except ValueError as error:
        return f"not JSON: {_explained(error)}"
    if not isinstance(record, dict):
        return f"not an object but {_kind(record)}: each record must be {{…}} with a body"
    fields = from_record(record, columns)
    if remark and not isinstance(fields, str):
        fields["remark"] = f"{fields['remark']}; {remark}" if "remark" in fields else remark
    return fields


def _explained(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1} of the record"
    return "a number too long to be one"


def _kind(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "null" if value is None else "true or false"
    if isinstance(value, (int, float)):
        return "a number"
    return "a list" if isinstance(value, list) else "a string"


def _whole(stream: BinaryIO) -> Iterator[Piece]:
    """Everything as one piece of which only the first bytes are looked at."""
    piece = Piece("file")
    while chunk := stream.read(CHUNK_BYTES):
        piece.add(chunk, content=piece.size == 0)
    yield piece


def _lines(stream: BinaryIO) -> Iterator[Piece]:
    """Each line that is not blank, with the blank lines behind it."""
    first = Piece("file")  # blank lines at the start wait here for the first record
    held: Piece | None = None
    number = 0
    while chunk := stream.readline(CHUNK_BYTES):
        number += 1
        if chunk.strip(_WHITE):
            if held:
                yield held
            piece = Piece(f"line {number}") if held else first
            piece.part = f"line {number}"
            held = piece
            piece.add(chunk)
        else:
            piece = held or first
            piece.add(chunk, content=False)
        while not chunk.endswith(b"\n") and (chunk := stream.readline(CHUNK_BYTES)):
            piece.add(chunk)
    if held or first.size:
        yield held or first


class _Scanner:
    """Follows brackets and strings through chunks, and finds where records begin and end.

    A record is what opens at depth 0; once more is closed than was opened (the end of the list)
    nothing is a record any more.
    """

    def __init__(self) -> None:
        self.depth = 0
        self.in_string = self.after_backslash = self.closed = False
        self.closed_at = 0  # where the list ended, in the chunk that it ended in

    def edges(self, chunk: bytes) -> Iterator[tuple[int, bool]]:
        """(offset in `chunk`, True) before a record's first byte, (offset, False) behind its last."""
        position = 0
        while position < len(chunk) and not self.closed:
            if self.after_backslash:
                self.after_backslash = False
                position += 1
                continue
            match = (_STRING_END if self.in_string else _STRUCTURE).search(chunk, position)
            if match is None:
                return
            position = match.end()
            found = match[0]
            if found == b"\\":
                self.after_backslash = True
            elif found == b'"':
                self.in_string = not self.in_string
            elif found in b"{[":
                if self.depth == 0:
                    yield match.start(), True
                self.depth += 1
            else:
                self.depth -= 1
                if self.depth == 0:
                    yield position, False
                if self.depth < 0:
                    self.closed, self.closed_at = True, match.start()


class _Values:
    """Collects records, and what stands between them, into pieces."""

    def __init__(self, keyed: bool, between: bytes) -> None:
        self.keyed = keyed  # what stands between records are their names
        self.separators = between
        self.first = Piece("file")  # what stands before the first record
        self.held: Piece | None = None  # finished, but separators behind it belong to it
        self.current: Piece | None = None
        self.number = 0
        self.key = ""  # that of the next record

    def begin(self) -> Piece | None:
        """A record begins; gives back the one that is now complete."""
        finished = self.held
        self.number += 1
        self.current = Piece("") if finished else self.first
        self.current.part = f"item {self.number}"
        if self.key not in (str(self.number), str(self.number - 1)):  # which only count
            self.current.key = self.key
        self.held = None
        return finished

    def finish(self, data: bytes) -> None:
        """The last bytes of the record under way."""
        assert self.current is not None
        self.current.add(data)
        self.held, self.current = self.current, None

    def after(self, data: bytes) -> None:
        """Bytes that belong to what was last finished and are not part of it."""
        (self.held or self.first).add(data, content=False)

    def between(self, data: bytes) -> Piece | None:
        """Bytes outside records: separators, or what should not be there, as a piece of its own."""
        if self.keyed or not data.strip(self.separators):
            key = _KEY_BEFORE.search(data) if self.keyed else None
            self.key = key[1].decode("utf-8", "replace") if key else ""
            self.after(data)
            return None
        finished, self.held = self.held, (Piece("between items") if self.held else self.first)
        self.held.add(data)
        return finished


def _values(stream: BinaryIO, skip: int, keyed: bool = False, between: bytes = _BETWEEN) -> Iterator[Piece]:
    """Each object behind the first `skip` bytes: of a list, or one after the other."""
    scanner, values = _Scanner(), _Values(keyed, between)
    values.first.add(stream.read(skip), content=False)
    while chunk := stream.read(CHUNK_BYTES):
        begin = scanner.closed_at = 0
        for edge, opens in scanner.edges(chunk):
            if opens:
                if finished := values.between(chunk[begin:edge]):
                    yield finished
                if finished := values.begin():
                    yield finished
            else:
                values.finish(chunk[begin:edge])
            begin = edge
        if values.current:
            values.current.add(chunk[begin:])
            continue
        tail = scanner.closed_at if scanner.closed else len(chunk)
        if finished := values.between(chunk[begin:tail]):
            yield finished
        values.after(chunk[max(begin, tail) :])
    for last in (values.held, values.current):
        if last:
            yield last
    if not values.held and not values.current and values.first.size:
        yield values.first
