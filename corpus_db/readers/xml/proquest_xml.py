"""ProQuest's XML, as its workbench for text mining (TDM Studio) and libraries deliver it: one record a file.

The text lies in one element, as HTML in its text or as plain text; title, date, language and publication
have elements of their own. A record without a text has its abstract read, with a remark.
"""

from __future__ import annotations

import re

from corpus_db.readers.pages.markup import to_text
from corpus_db.readers.walk import InputFile
from corpus_db.readers.xml.news_story import below
from corpus_db.readers.xml.xml_records import Fields, XMLReader
from corpus_db.readers.xml.xml_tree import Node

_TEXTS = ("HTMLContent", "Text", "FullText")
_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)$")


def _record(node: Node, _outside: Node | None) -> Fields:
    """A RECORD of ProQuest."""
    text = next((text for name in _TEXTS if (text := _text(node.find(name)))), "")
    abstract = "" if text else _text(node.find("AbsText", "Abstract"))
    publication = node.find("PubFrosting", "DFS")
    about = node.find("Obj") or node
    people = [
        name
        for found in node.walk()
        if found.name == "Contributor" and found.get("Role") in ("", "Author")
        if (name := below(found, "OriginalForm", "NormalizedDisplayForm", "LastName"))
    ]
    date = below(about, "NumericDate", "StartDate")
    return {
        "title": _plain(below(about, "Title")),
        "body": text or abstract,
        "remark": "the record has only an abstract, which is taken as the body" if abstract else "",
        "date": _DAY.sub(r"\1-\2-\3", date) or below(about, "AlphaDate"),
        "byline": "; ".join(people),
        "publisher": below(publication, "Title"),
        "language": below(about, "RawLang", "ISO", "Language"),
        "url": below(node, "DocumentURL", "URL"),
        "id": below(node, "GOID", "RecordID"),
    }


def _text(node: Node | None) -> str:
    """Its paragraphs: HTML that is text of the element, or elements."""
    if node is None:
        return ""
    if any(isinstance(child, Node) for child in node.children):
        return node.paragraphs()
    return to_text(node.raw_text())


def _plain(title: str) -> str:
    return " ".join(to_text(title).split())


class ProQuestXMLReader(XMLReader):
    """Records of ProQuest in XML."""

    name = "proquest-xml"
    roots = frozenset({"record", "records"})
    records = frozenset({"RECORD", "Record"})
    understand = staticmethod(_record)

    def accepts(self, file: InputFile, head: bytes) -> bool:
        """By the root, and the number that ProQuest gives its records."""
        return (b"<GOID>" in head or b"<RecordID>" in head) and super().accepts(file, head)
