"""XML without its dangers: a small tree from expat, for feeds and news messages.

No entity that a document declares is expanded and nothing is fetched: a declaration with a value
stops the parse (`billion laughs`), an external DTD is skipped as if it were not there. The entities
of HTML ("&eacute;") stand for their characters, declared or not. Depth and size are bounded. Names lose their namespace: readers of news formats know elements by local name.

`Records` gives the elements of the wanted names one after the other, each with the offset behind
it, so that a feed of any number of entries is cut without gap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import html5
from xml.parsers import expat

from corpus_db.readers.pages.markup import BLOCKS, Paragraphs

DEPTH = 200
_BOMS = (b"\xef\xbb\xbf",)
_ROOT = re.compile(rb"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
_SKIPPED = re.compile(rb"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.DOTALL)


# What Windows-1252 has where ISO 8859-1 has control characters.
_WINDOWS = {
    code: character for code in range(0x80, 0xA0) if (character := bytes([code]).decode("cp1252", "ignore"))
}


# What no XML may hold, and old agency systems leave in it: control characters, also as references.
_CONTROLS = re.compile(
    rb"[\x01-\x08\x0b\x0c\x0e-\x1f]|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bceBCE]|[fF]|1[0-9a-fA-F]));"
)


# An "&" that begins no reference, outside of CDATA; and the byte that stands for it while it is parsed.
_BARE = re.compile(
    rb"<!\[CDATA\[.*?\]\]>|&(?!(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)", re.DOTALL
)
# A declaration below empty lines, where XML allows none.
_LATE_DECLARATION = re.compile(
    rb"(?:\xef\xbb\xbf)?\s+<\?xml\b[^<>]{0,200}?(?:encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})[\"'][^<>]{0,60})?\?>"
)
_STAND_IN = "\x7f"


class UnsafeXML(Exception):
    """The document declares entities or nests too deep; the message says which."""


class Node:
    """An element: local name, attributes by local name, and its children in order."""

    __slots__ = ("attributes", "children", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node | str] = []

    def get(self, attribute: str) -> str:
        """The attribute's value, "" when it has none."""
        return self.attributes.get(attribute, "").strip()

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(child for child in reversed(node.children) if isinstance(child, Node))

    def find(self, *names: str) -> Node | None:
        """The first element below that has one of the names, tried in their order."""
        for name in names:
            for node in self.walk():
                if node.name == name and node is not self:
                    return node
        return None

    def child(self, *names: str) -> Node | None:
        """The first direct child that has one of the names, tried in their order."""
        for name in names:
            for node in self.children:
                if isinstance(node, Node) and node.name == name:
                    return node
        return None

    def text(self) -> str:
        """All text, white space collapsed."""
        return " ".join(self.raw_text().split())

    def raw_text(self, without: frozenset[str] = frozenset()) -> str:
        """All text as it stands, but for elements of the names `without`."""
        parts = []
        stack: list[Node | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            elif item.name not in without:
                stack.extend(reversed(item.children))
        return "".join(parts)

    def paragraphs(self, without: frozenset[str] = frozenset()) -> str:
        """Text of block elements as paragraphs, `br` as a space, `pre` with its line breaks.

        Elements of the names `without` are left out.
        """
        collected = Paragraphs()
        stack: list[tuple[Node | str, bool, bool]] = [(self, False, False)]  # item, done, inside pre
        while stack:
            item, done, kept = stack.pop()
            if isinstance(item, str):
                for number, line in enumerate(item.split("\n") if kept else (item,)):
                    if number:
                        collected.line()
                    collected.text(line)
            elif done:
                collected.end()
            elif item.name == "br":
                collected.text(" ")
            elif item.name not in without:
                if item.name.lower() in BLOCKS:
                    collected.end()
                    stack.append((item, True, kept))
                kept = kept or item.name == "pre"
                stack.extend((child, False, kept) for child in reversed(item.children))
        return collected.result()


def root_name(head: bytes) -> str | None:
    """The local name of the root element in lower case, None when `head` begins no XML or HTML."""
    for mark in _BOMS:
        head = head.removeprefix(mark)
    position = 0
    while match := _SKIPPED.match(head, position):
        position = match.end()
    while head[position : position + 1].isspace():
        position += 1
    found = _ROOT.match(head, position)
    return found[2].decode("ascii").lower() if found else None


class Records:
    """The wanted elements of one document with the offset behind each; `outside` holds the rest.

    A wanted element inside a wanted one is part of it. `encoding` overrides what the document says;
    ISO 8859-1 is read as the Windows-1252 that it mostly is. `mend` reads an "&" that begins no reference
    as what it is meant to be. `error` says after the iteration why it ended early.
    """

    def __init__(
        self, data: bytes, wanted: frozenset[str], encoding: str | None = None, mend: bool = False
    ) -> None:
        self.data = _CONTROLS.sub(_blank, data)
        late = _LATE_DECLARATION.match(self.data)
        if late:
            self.data = b" " * late.end() + self.data[late.end() :]
        if mend:
            self.data = _BARE.sub(_stand_in, self.data.replace(b"\x7f", b" "))
        self.wanted = wanted
        self.outside: Node | None = None
        self.error: str | None = None
        self._stack: list[Node] = []
        self._inside = 0
        self._found: list[tuple[Node, int]] = []
        self._windows = encoding is not None
        if encoding is None and late and late[1]:
            encoding = late[1].decode("ascii")
        self._mended = mend
        self._parser = self._make_parser(encoding)

    def _make_parser(self, encoding: str | None) -> expat.XMLParserType:
        parser = safe_parser(encoding)
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data
        parser.SkippedEntityHandler = self._entity
        return parser

    def __iter__(self) -> Iterator[tuple[Node, int]]:
        try:
            self._parser.Parse(self.data, True)
        except expat.ExpatError as error:
            self.error = f"broken XML: {expat.ErrorString(error.code)} in line {error.lineno}"
        except UnsafeXML as error:
            self.error = str(error)
        except (ValueError, LookupError):
            self.error = "XML in an encoding that is not known"
        yield from self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._stack) >= DEPTH:
            raise UnsafeXML(f"XML nested more than {DEPTH} deep")
        node = Node(
            local_name(name), {local_name(key): self._meant(value) for key, value in attributes.items()}
        )
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.outside = node
        self._stack.append(node)
        if node.name in self.wanted:
            self._inside += 1

    def _end(self, name: str) -> None:
        node = self._stack.pop()
        if node.name not in self.wanted:
            return
        self._inside -= 1
        if self._inside == 0:
            behind = self.data.find(b">", self._parser.CurrentByteIndex) + 1
            self._found.append((node, behind or len(self.data)))
            if self._stack:
                self._stack[-1].children.pop()  # what stands outside stays small

    def _data(self, data: str) -> None:
        if self._stack:
            self._stack[-1].children.append(self._meant(data))

    def _entity(self, name: str, is_parameter: bool) -> None:
        """A reference that nothing in the file declares: HTML's have their character, others stay as they are."""
        if self._stack and not is_parameter:
            self._stack[-1].children.append(html5.get(f"{name};", f"&{name};"))

    def _meant(self, text: str) -> str:
        if self._mended:
            text = text.replace(_STAND_IN, "&")
        return text.translate(_WINDOWS) if self._windows else text


def has_bare_ampersands(data: bytes) -> bool:
    """Whether there is an "&" in a document that begins no reference."""
    return any(match[0] == b"&" for match in _BARE.finditer(data))


def _stand_in(match: re.Match[bytes]) -> bytes:
    return _STAND_IN.encode() if match[0] == b"&" else match[0]


def _blank(match: re.Match[bytes]) -> bytes:
    """As many spaces: offsets stay."""
    return b" " * len(match[0])


def safe_parser(encoding: str | None = None) -> expat.XMLParserType:
    """An expat parser that expands no declared entity and loads nothing.

    It raises UnsafeXML for a declaration with a value. Names come as "namespace}name": `local_name`.
    """
    parser = expat.ParserCreate(encoding, namespace_separator="}")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    parser.ExternalEntityRefHandler = lambda *_: 1
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.UseForeignDTD(True)  # which is never asked for: what is not declared is skipped, and no error
    return parser


def _refuse_entity(name: str, is_parameter: int, value: str | None, *_: object) -> None:
    if value is not None:
        raise UnsafeXML("XML that declares entities of its own, which are never expanded")


def local_name(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition("}")[2]
