"""The header of a free text: everything above the body, whatever its shape.

The text is walked block by block (a block is a line, or what stands between wide gaps of one).
Each block is a labelled field, a date, furniture, a byline, a contact, something that looks like a
heading, or the text itself, which ends the walk. The body begins behind the last block that is
certainly header (*evidence*); headings that nothing of that kind follows stay in the body, because
a text that begins with a short line must not lose it. The first heading is the title.

    walk       what a block is asked, and in which order; where the walk ends
    state      the walk's place in the text, and what it has found: `Head`, `Header`, `Block`
    words      what the first word of a block allows it to be
    labels     labelled fields ("Title: …"), and which of their values are kept
    lines      lines that are header for certain: dates, furniture, contacts, bylines
    headings   what looks like a heading, where it ends, and what must stand below it
    titles     which of the headings is the title; the page's title that stands again above the story

**Why it is fast.** Most texts have no header, or a title and nothing else, and pay accordingly. The
walk sees the head of a text only, at most BLOCKS blocks, and never copies the body. A block's first
word is looked up once (`words`): only the few words that a date, a release note or a byline begins
with lead to their patterns. A label needs a colon or a tab near the head of its line: where the next
one stands is found once and remembered until the walk has passed it. A dateline that was looked for at
one place is not looked for there again, the parser of the body included (`Header.dateline`).
"""

from corpus_db.parsing.header.state import BLOCKS, Header
from corpus_db.parsing.header.walk import read_header

__all__ = ["BLOCKS", "Header", "read_header"]
