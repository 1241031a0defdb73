"""What the readers of XML share: one document a record, whatever the records are called.

What stands between records belongs to the one before (at the top, to the first). Where the file
says how many there are and has another number, what stands behind the last is a piece of its own
that says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from corpus_db.models import SourceDocument
from corpus_db.readers.limits import ARTICLE_BYTES, megabytes
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.xml_tree import Node, Records, has_bare_ampersands, root_name

Fields = dict[str, str]
AMPERSANDS = 'broken XML: an "&" that is not written "&amp;", read as one'
ONLY_HEADLINE = "only a headline, which is taken as the text"


class XMLReader:
    """What the XML readers share; each names its roots, its records and how one is understood."""

    name: str
    begins = b"<"
    roots: frozenset[str]
    records: frozenset[str]
    understand: Callable[[Node, Node | None], Fields]

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the name of the root element."""
        return head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and root_name(head) in self.roots

    def announced(self, outside: Node | None) -> int | None:
        """How many records the file says that it has, None where it does not say."""
        return None

    def all_fields(self, nodes: list[Node], outside: Node | None) -> list[Fields]:
        """The fields of each record."""
        return [self.understand(node, outside) for node in nodes]

    def read(self, file: InputFile) -> Iterator[SourceDocument]:
        """One document a record. Raises OSError."""
        if file.size > ARTICLE_BYTES:
            reason = f"{megabytes(file.size)} of XML, more than the {megabytes(ARTICLE_BYTES)} read at once"
            yield SourceDocument(file.name, None, 0, file.size, file.sha256(), self.name, reason=reason)
            return
        with file.open() as stream:
            data = stream.read(ARTICLE_BYTES + 1)
        records = Records(data, self.records)
        found = list(records)
        remark = ""
        if records.error and not _is_utf8(data):
            records, remark = Records(data, self.records, "iso-8859-1"), "not UTF-8, read as Windows-1252"
            found = list(records)
        if records.error and has_bare_ampersands(data):
            encoding = "iso-8859-1" if remark else None
            mended = Records(data, self.records, encoding, mend=True)
            better = list(mended)
            if len(better) > len(found) or not mended.error:
                records, found = mended, better
                remark = "; ".join(filter(None, (remark, AMPERSANDS)))
        announced = self.announced(records.outside)
        problem = records.error
        if problem is None and announced not in (None, len(found)):
            problem = (
                f"the export announces {announced} articles, the file holds {len(found)}: download it again"
            )
        ends = [end for _, end in found]
        if problem is None and ends:
            ends[-1] = len(data)
        position = 0
        understood = self.all_fields([node for node, _ in found], records.outside)
        for number, (given, end) in enumerate(zip(understood, ends, strict=True), 1):
            fields = {name: value for name, value in given.items() if value}
            fields.setdefault("body", "")
            if remark:
                fields["remark"] = "; ".join(filter(None, (fields.get("remark"), remark)))
            yield self._document(file, number, data, position, end, fields)
            position = end
        if position < len(data) or not found:
            rest: Fields | str = problem or {"body": "", "remark": "no entry in it"}
            yield self._document(file, len(found) + 1, data, position, len(data), rest)

    def _document(
        self, file: InputFile, number: int, data: bytes, start: int, end: int, fields: Fields | str
    ) -> SourceDocument:
        digest = sha256(data[start:end]).hexdigest()
        part = f"entry {number}"
        if isinstance(fields, str):
            return SourceDocument(file.name, part, start, end, digest, self.name, reason=fields)
        return SourceDocument(file.name, part, start, end, digest, self.name, fields=fields)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
