"""Collections that researchers work with: TREC, Gigaword, ACE, RCV1, the New York Times', trafilatura's XML."""

from __future__ import annotations

from pathlib import Path

import pytest
from reader_samples import parsed_file

from corpus_db.models import Article

STORY = "The old bridge over the river was opened by the mayor on Monday."


def articles(folder: Path, text: str, name: str = "a") -> list[Article]:
    return [
        parsed.article for parsed in parsed_file(folder, text.encode(), name) if parsed.article is not None
    ]


GIGAWORD = f"""<DOC id="APW_ENG_20010309.0001" type="story" >
<HEADLINE>
Old bridge opens
again
</HEADLINE>
<DATELINE>
LIMA, Peru (AP)
</DATELINE>
<TEXT>
<P>
The old bridge over the river
was opened by the mayor on Monday.
</P>
<P>
Smith &amp; Lee built it.
</P>
</TEXT>
</DOC>
<DOC id="APW_ENG_20010310.0002" type="other" >
<TEXT>
{STORY}
</TEXT>
</DOC>
"""


def test_gigaword(tmp_path: Path) -> None:
    first, second = articles(tmp_path, GIGAWORD, "apw_eng_200103")
    assert (first.title, first.published) == ("Old bridge opens again", "2001-03-09")
    assert (first.agency, first.dateline_place, first.external_id) == (
        "AP",
        "LIMA, Peru",
        "APW_ENG_20010309.0001",
    )
    assert first.body == f"LIMA, Peru (AP) {STORY}\n\nSmith & Lee built it."
    assert (second.title_origin, second.body, second.published) == ("lead", STORY, "2001-03-10")


@pytest.mark.parametrize(
    ("document", "title", "published", "byline"),
    [
        (
            (
                f"<DOC>\n<DOCNO> AP880212-0001 </DOCNO>\n<FILEID>AP-NR-02-12-88 2344EST</FILEID>\n<HEAD>Old Bridge Opens</HEAD>\n"
                f"<BYLINE>By ANN LEE</BYLINE>\n<TEXT>\n   {STORY}\n</TEXT>\n</DOC>\n"
            ),
            "Old Bridge Opens",
            "1988-02-12",
            "ANN LEE",
        ),
        (
            f"<DOC>\n<DOCNO>FT911-3</DOCNO>\n<DATE>910514\n</DATE>\n<HEADLINE>\nOld bridge opens\n</HEADLINE>\n<TEXT>\n{STORY}\n</TEXT>\n</DOC>\n",
            "Old bridge opens",
            "1991-05-14",
            None,
        ),
        (
            (
                f"<DOC>\n<DOCID> AFP_ENG_20030304.0250 </DOCID>\n<DATETIME> 2003-03-04 </DATETIME>\n<BODY>\n<HEADLINE>\nOld bridge opens\n"
                f"</HEADLINE>\n<TEXT>\n{STORY}\n</TEXT>\n</BODY>\n</DOC>\n"
            ),
            "Old bridge opens",
            "2003-03-04",
            None,
        ),
        (
            (
                f"<?xml version='1.0' encoding='utf-8'?>\n<doc title='Old bridge opens' author='Ann Lee' date='2021-03-04'>"
                f"<main><head rend='h1'>Old bridge opens</head><p>{STORY}</p></main><comments><p>Nice!</p></comments></doc>"
            ),
            "Old bridge opens",
            "2021-03-04",
            "Ann Lee",
        ),
    ],
)
def test_documents_between_tags(
    tmp_path: Path, document: str, title: str, published: str, byline: str | None
) -> None:
    (article,) = articles(tmp_path, document)
    assert (article.title, article.published, article.byline) == (title, published, byline)
    assert article.body == STORY


def test_the_reuters_corpus(tmp_path: Path) -> None:
    item = (
        '<?xml version="1.0" encoding="iso-8859-1"?><newsitem itemid="2286" date="1996-08-20" xml:lang="en">'
        "<title>PERU: Old bridge opens.</title><headline>Old bridge opens.</headline><dateline>LIMA 1996-08-20</dateline>"
        f"<text><p>{STORY}</p></text><copyright>(c) The Agency 1996</copyright></newsitem>"
    )
    (article,) = articles(tmp_path, item, "2286newsML.xml")
    assert (article.title, article.body, article.published) == ("Old bridge opens", STORY, "1996-08-20")
    assert (article.agency, article.dateline_place, article.external_id) == ("Reuters", "LIMA", "2286")


def test_a_collection_that_has_its_lead_twice(tmp_path: Path) -> None:
    item = (
        "<nitf><head><title>Old Bridge Opens</title><docdata><doc-id id-string='1'/></docdata>"
        "<pubdata date.publication='20010309T000000' name='The Paper'/></head><body><body.head><dateline>LIMA, Peru, March 8</dateline>"
        f"</body.head><body.content><block class='lead_paragraph'><p>LEAD: {STORY}</p></block>"
        f"<block class='full_text'><p>LEAD: {STORY}</p><p>It is red.</p></block></body.content></body></nitf>"
    )
    (article,) = articles(tmp_path, item, "1.xml")
    assert article.body == f"{STORY}\n\nIt is red."
    assert (article.published, article.dateline_place) == ("2001-03-09", "LIMA, Peru")


def test_a_text_that_merely_begins_with_a_tag_stays_text(tmp_path: Path) -> None:
    (article,) = articles(tmp_path, f"<document> {STORY}")
    assert STORY in article.body
