"""The pages of articles, people and countries, and the start of a database."""

import html
import re
import shutil
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest

from corpus_db.store.schema import ARTICLES
from corpus_db.web import statements
from corpus_db.web.pages import chart

PAGES = ["/corpus", "/corpus/-/articles/1", "/corpus/-/people/1", "/corpus/-/countries/PE"]
EVERYTHING = [
    *PAGES, "/", "/corpus/-/articles/3", "/corpus/-/articles/4", "/corpus/-/people/4", "/corpus/-/countries/IE",
    "/corpus/articles", "/corpus/articles/3", "/corpus/people", "/corpus/people/4", "/corpus/documents",
    "/corpus/mentions?article_id=3", "/corpus/mentions_in_context?article_id=3", "/corpus/problems",
    "/corpus/search_articles?words=hostile", "/corpus/sentences_about_person?person=mallory", "/corpus/not_imported",
]  # fmt: skip


def text_of(page):
    """What a reader sees of a page."""
    return html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]*>", "", page, flags=re.S))


def part(page, pattern):
    return re.search(pattern, page, flags=re.S)[1]


def body_of(page):
    return part(page, r'<div class="corpus-text"[^>]*>(.*?)</div>')


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_text_stands_on_the_page_character_for_character(site, number):
    row = site.rows(f"/corpus/articles.json?id={number}")[0]
    page = site.html(f"/corpus/-/articles/{number}")
    assert text_of(body_of(page)) == row["body"]
    assert text_of(part(page, r"<h1[^>]*>(.*?)</h1>")) == row["title"]


def test_a_text_says_in_which_language_it_is(site):
    assert '<div class="corpus-text" lang="es">' in site.html("/corpus/-/articles/2")
    assert '<div class="corpus-text">' in site.html("/corpus/-/articles/4")


@pytest.mark.parametrize("page", EVERYTHING)
def test_pages_say_in_which_language_they_are(site, page):
    html = site.html(page)
    if page != "/":  # the list of all databases is Datasette's own
        assert '<html lang="en">' in html or "document.documentElement.lang" in html


def test_mentions_are_marked_and_lead_to_their_pages(site):
    body = body_of(site.html("/corpus/-/articles/1"))
    assert re.search(r'<a class="corpus-mark person"[^>]* href="/corpus/-/people/1"[^>]*>Flores</a>', body)
    assert re.search(
        r'<a class="corpus-mark country dateline"[^>]* href="/corpus/-/countries/PE"[^>]*>LIMA</a>', body
    )
    assert re.search(
        r'<a class="corpus-mark country"[^>]* href="/corpus/-/countries/CN"[^>]*>China</a>', body
    )


def test_a_mark_says_by_which_rule_through_what_and_how_sure(site):
    body = body_of(site.html("/corpus/-/articles/1"))
    title = html.unescape(part(body, r'title="([^"]*)">Flores</a>'))
    assert title == "Ana Flores Quiroga · name · by hand, by “Ana Flores Quiroga” · confidence 0.90"


def test_a_country_within_a_role_is_marked_as_both(site):
    body = body_of(site.html("/corpus/-/articles/1"))
    assert re.search(
        r'class="corpus-mark country person"[^>]*href="/corpus/-/countries/PE"[^>]*>Peruvian</a>', body
    )
    assert re.search(r'class="corpus-mark person"[^>]*href="/corpus/-/people/1"[^>]*>The </a>', body)


def test_what_is_not_resolved_is_marked_and_leads_nowhere(site):
    body = body_of(site.html("/corpus/-/articles/1"))
    assert re.search(r'<span class="corpus-mark open person"[^>]*>His </span>', body)
    assert "person not resolved" in body


def test_a_sentence_leads_to_its_place_in_the_text(site):
    links = re.findall(r'class="corpus-mark person" href="([^"]*#[^"]*)"', site.html("/corpus/-/people/1"))
    assert links
    for link in links:
        address, anchor = link.split("#")
        assert f'id="{anchor}"' in site.html(address)


def test_a_sentence_stands_once_with_all_that_it_says_of_one(site):
    page = site.html("/corpus/-/countries/PE")
    sentence = part(page, r"<li>(LIMA.*?)</li>")
    assert " ".join(text_of(page).split()).count("met Ambassador Zhou Mingde in Lima on Tuesday") == 1
    assert re.findall(r">([^<]+)</a>", sentence) == ["Lima"]  # the dateline is not counted


@pytest.mark.parametrize("words", ["vaccine", '"second vaccine" <b>'])
def test_a_search_box_keeps_what_was_searched(site, words):
    page = site.html(f"/corpus/articles?_search={quote(words)}")
    assert html.unescape(part(page, r'<input id="_search"[^>]*value="([^"]*)"')) == words


@pytest.mark.parametrize("path", EVERYTHING)
def test_nothing_in_an_article_is_interpreted(site, path):
    page = site.html(path)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page
    assert not re.search(r"wrote 49|Hostile 49|binary 49", page)


def test_hostile_names_come_out_as_text(site):
    assert "Eve <script>alert('x')</script> Mallory" in html.unescape(
        part(site.html("/corpus/-/people/4"), r"<h1>(.*?)</h1>")
    )
    assert "{{ 7 * 7 }} {% include 'base.html' %}" in text_of(site.html("/corpus/-/articles/3"))
    assert "binary {{ 7 * 7 }}" in text_of(site.html("/corpus"))


def test_a_person_has_roles_names_company_countries_and_reasons(site):
    page = site.html("/corpus/-/people/1").replace("</td><td>", " · ")
    page = " ".join(text_of(page).split())
    for expected in (
        "Minister of Health, Peru · 4 mentions in 2 articles · 2020-06-17 – 2022-02",
        "Ana Flores 1", "Zhou Mingde 1", "Ecuador 1", "The Peruvian minister said that China had kept its word.",
        "Ana Flores · Ana Flores Quiroga · same family and given name · 0.95",
    ):  # fmt: skip
        assert expected in page


def test_a_country_counts_datelines_apart(site):
    page = " ".join(text_of(site.html("/corpus/-/countries/pe")).split())
    assert "6 mentions (1 in datelines) in 2 articles" in page
    assert "Trujillo 2" in page
    assert "LIMA 1" not in page


def test_a_country_that_nobody_mentions_says_so(site):
    assert "No article of this corpus mentions it." in site.html("/corpus/-/countries/TO")


def test_the_start_says_what_the_corpus_holds(site):
    page = " ".join(text_of(site.html("/corpus")).split())
    for expected in (
        "4 articles",
        "4 people",
        "4 countries",
        "2020-06-17 – 2022-03-01",
        "2 pieces became no article",
    ):
        assert expected in page


def test_a_row_page_stands_upright_a_column_a_line(site):
    for table, key in (("articles", 1), ("role_claims", 1)):
        columns = site.rows(f"/corpus/{table}.json?_size=1")[0]
        assert f"grid-template-rows: repeat({len(columns)}, auto)" in site.html(f"/corpus/{table}/{key}")


def test_row_pages_stay_and_lead_to_the_pages(site):
    for row, page in (
        ("articles/1", "articles/1"),
        ("people/1", "people/1"),
        ("countries/PE", "countries/PE"),
    ):
        assert f'<a href="/corpus/-/{page}">' in site.html(f"/corpus/{row}")
        assert f'href="/corpus/{row}"' in site.html(f"/corpus/-/{page}")


def test_a_mention_leads_to_its_place_in_the_article(site):
    (mention,) = site.rows("/corpus/mentions.json?text=Zhou")
    place = f'<a href="/corpus/-/articles/1#m{mention["id"]}">'
    for path in ("mentions?text=Zhou", "mentions_in_context?text=Zhou", f"mentions/{mention['id']}"):
        assert place in site.html(f"/corpus/{path}")


def links_in(page):
    return {html.unescape(link) for link in re.findall(r'href="(/corpus[^"#]*)', page)}


def test_every_link_works(site):
    for link in sorted(set().union(*(links_in(site.html(path)) for path in PAGES))):
        site.get(link)


@pytest.mark.parametrize("path", PAGES)
def test_whatever_a_page_shows_a_query_shows_too(site, path):
    """Every part links to its SQL, which runs as it stands there."""
    page = site.html(path)
    shown = [html.unescape(link) for link in re.findall(r'class="corpus-sql" href="([^"]*)"', page)]
    known = {value.sql for value in vars(statements).values() if isinstance(value, statements.Statement)}
    assert len(shown) >= 6
    for link in shown:
        assert parse_qs(urlsplit(link).query)["sql"][0] in known
        assert 'class="rows-and-columns"' in site.html(link)


def test_years_lead_to_the_articles_of_that_year(site):
    page = site.html("/corpus/-/people/1")
    link = html.unescape(part(page, r'<a href="([^"]*)" title="2022: 1 article"'))
    assert "A second line opens" in site.html(link)
    assert "plan a vaccine line" not in site.html(link)


@pytest.mark.parametrize(
    "path",
    [
        "/corpus/-/articles/99", "/corpus/-/people/99", "/corpus/-/countries/ZZ", "/corpus/-/articles/x",
        "/nothing/-/articles/1", "/corpus/-/articles/999999999999999999", "/corpus/-/people/0",
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_found(site, path):
    site.get(path, status=404)


def test_a_long_text_is_cut_and_says_so(site, monkeypatch):
    short = statements.ARTICLE.sql.replace(str(statements.LONGEST_TEXT), "40")
    monkeypatch.setattr(statements, "ARTICLE", statements.Statement(short))
    page = site.html("/corpus/-/articles/1")
    assert text_of(body_of(page)) == "LIMA, June 16 (Xinhua) -- Minister of He"
    assert "The first 40 of" in page


def test_what_takes_too_long_is_left_out_and_the_rest_stands(db, make_site, monkeypatch):
    endless = (
        "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n where :id"
    )
    monkeypatch.setattr(statements, "PERSON_COMPANY", statements.Statement(endless))
    page = make_site(db, settings={"sql_time_limit_ms": 200}).html("/corpus/-/people/1")
    assert "This took longer than the server allows" in page
    assert "Ana Flores Quiroga" in page
    assert "The Peruvian minister said" in text_of(page)


def test_gaps_between_years_are_shown_as_gaps():
    rows = [{"year": 2020, "articles": 4}, {"year": None, "articles": 9}, {"year": 2022, "articles": 1}]
    assert [(bar.year, bar.articles, bar.share) for bar in chart(rows)] == [
        (2020, 4, 100),
        (2021, 0, 0),
        (2022, 1, 25),
    ]
    assert chart([]) == []
    assert [bar.year for bar in chart([{"year": 1, "articles": 1}, {"year": 2024, "articles": 1}])] == [
        1,
        2024,
    ]


def test_the_pages_keep_to_the_permissions(db, make_site):
    closed = {"databases": {"corpus": {"tables": {"people": {"allow": False}}}}}
    options = (
        {"config": closed}
        if hasattr(make_site(db).datasette, "set_resource_metadata")
        else {"metadata": closed}
    )
    site = make_site(db, **options)
    for path in ("/corpus/-/articles/1", "/corpus/-/people/1", "/corpus/-/countries/PE"):
        site.get(path, status=403)
    assert "Ana Flores" not in site.html("/corpus")
    assert ARTICLES.description in text_of(site.html("/corpus/articles"))


def test_without_sql_there_are_no_links_to_sql(db, make_site):
    site = make_site(db, settings={"default_allow_sql": False})
    for path in PAGES:
        assert "corpus-sql" not in site.html(path)


def test_addresses_keep_a_prefix(db, make_site):
    site = make_site(db, settings={"base_url": "/papers/"})
    page = site.html("/corpus/-/articles/1")
    assert 'href="/papers/corpus/-/people/1"' in page
    assert "/papers/-/static-plugins/corpus-db/corpus.css" in page


def test_the_style_sheet_is_served(site):
    page = site.html("/corpus/-/articles/1")
    address = part(page, r'href="([^"]*corpus\.css[^"]*)"')
    assert ".corpus-mark" in site.html(address)


def test_a_search_on_the_start_page_reaches_the_articles(site):
    action = part(site.html("/corpus"), r'<form action="([^"]*search_articles)"')
    assert "Peru and China" in site.html(f"{action}?{urlencode({'words': 'covid-19'})}")


def test_an_article_names_the_others_of_its_story(site):
    page = site.html("/corpus/-/articles/2")
    section = page.partition("The same story")[2].partition("</section>")[0]
    assert '<a href="/corpus/-/articles/1">' in section
    assert "the fullest" in section
    assert "The same story" not in site.html("/corpus/-/articles/3")
    assert '<a href="/corpus/stories/1">Told twice</a>' in site.html("/corpus/story_articles")


def test_the_rules_of_a_person_are_said_in_words(db, make_site, tmp_path):
    copy = shutil.copy(db, tmp_path)
    with closing(sqlite3.connect(copy)) as connection, connection:
        connection.execute("UPDATE person_names SET rule = 'initial' WHERE joined_to IS NOT NULL")
    page = make_site(str(copy)).html("/corpus/-/people/1")
    assert "Joined to the other name: an initial instead of a given name." in text_of(page)
