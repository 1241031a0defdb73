"""The SQL behind the pages. A page shows nothing else than what these return.

So whatever a page shows, a short SQL query shows too: each part of a page links to its statement,
with its parameters, on Datasette's own SQL page. They read through indexes and end early, so that
a page stays quick on a million mentions; where a list goes on, the page links to the table.
"""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_TEXT = 200_000  # characters of a body that a page shows
LONGEST_SENTENCE = 600  # and of a sentence: what is no prose has no sentences either
SAMPLED = 50_000  # mentions among which a country's forms and places are counted


@dataclass(frozen=True, slots=True)
class Statement:
    """One SELECT. `limit` is its LIMIT: as many rows mean that there may be more."""

    sql: str
    limit: int = 0


# --- an article

ARTICLE = Statement(f"""\
select
  a.id, a.title, a.title_origin, a.published, a.published_origin, a.dateline, a.dateline_place,
  a.dateline_country, c.name as dateline_country_name, a.dateline_date, a.byline, a.agency, a.publisher,
  a.section, a.url, a.external_id, a.language, a.word_count, d.path,
  substr(a.body, 1, {LONGEST_TEXT}) as body, length(a.body) as characters
from articles a
left join countries c on c.code = a.dateline_country
left join documents d on d.id = a.document_id
where a.id = :id""")

ARTICLE_MENTIONS = Statement(
    """\
select
  m.id, m.field, m.start, m."end", m.text, m.entity, m.kind, m.person_id, p.name as person,
  m.country_code, c.name as country, m.place, m.rule, m.confidence, b.text as antecedent
from mentions m
left join people p on p.id = m.person_id
left join countries c on c.code = m.country_code
left join mentions b on b.id = m.antecedent_id
where m.article_id = :id
order by m.field desc, m.start, m.id
limit 5000""",
    5000,
)

MENTION = Statement("select article_id from mentions where id = :id")

ARTICLE_PEOPLE = Statement(
    """\
select x.person_id, coalesce(p.name, x.name) as person, x.name as name_in_article, x.mention_count
from article_people x
left join people p on p.id = x.person_id
where x.article_id = :id
order by x.mention_count desc, x.number
limit 100""",
    100,
)

ARTICLE_COUNTRIES = Statement(
    """\
select x.country_code, c.name as country, x.mention_count, x.dateline_count
from article_countries x
join countries c on c.code = x.country_code
where x.article_id = :id
order by x.mention_count desc, x.dateline_count desc, c.name
limit 100""",
    100,
)

ARTICLE_ROLES = Statement(
    """\
select r.person_id, coalesce(p.name, x.name) as person, r.role, r.country_code, c.name as country,
  r.organisation, count(*) as times
from role_claims r
left join people p on p.id = r.person_id
left join article_people x on x.article_id = r.article_id and x.number = r.person_number
left join countries c on c.code = r.country_code
where r.article_id = :id
group by r.person_number, r.role, r.country_code, r.organisation
order by min(r.id)
limit 100""",
    100,
)

ARTICLE_DOCUMENTS = Statement(
    """\
select id as document_id, path, part, outcome, reason
from documents
where article_id = :id
order by outcome, path, byte_start
limit 20""",
    20,
)

ARTICLE_STORY = Statement(
    """\
select o.article_id, o.title, o.published, o.publisher, o.agency, o.is_head
from story_articles x
join story_articles_named o on o.story_id = x.story_id
where x.article_id = :id and o.article_id <> :id
order by o.is_head desc, o.published, o.article_id
limit 20""",
    20,
)

# --- a person

PERSON = Statement("""\
select p.id, p.name, p.description, p.label, p.family_name, p.role, p.country_code, c.name as country,
  p.mention_count, p.article_count, p.first_published, p.last_published
from people p
left join countries c on c.code = p.country_code
where p.id = :id""")

PERSON_ROLES = Statement(
    """\
select r.role, r.country_code, c.name as country, r.mention_count, r.first_published, r.last_published
from people_roles r
left join countries c on c.code = r.country_code
where r.person_id = :id
order by r.mention_count desc, r.role
limit 30""",
    30,
)

PERSON_ALIASES = Statement(
    """\
select alias, mention_count
from people_aliases
where person_id = :id
order by mention_count desc, alias
limit 60""",
    60,
)

PERSON_NAMES = Statement(
    """\
select distinct n.name, n.joined_to, n.rule, n.confidence
from article_people ap
join person_names n on n.name = ap.name
where ap.person_id = :id
order by n.joined_to is not null, n.name
limit 40""",
    40,
)

PERSON_NAMESAKES = Statement(
    """\
select n.other_id as person_id, o.label as person, o.article_count, n.marks, b.marks as other_marks, n.shared
from namesakes n
join people o on o.id = n.other_id
left join namesakes b on b.person_id = n.other_id and b.other_id = n.person_id
where n.person_id = :id
order by n.score desc, o.article_count desc, n.other_id
limit 10""",
    10,
)

PERSON_YEARS = Statement("""\
select cast(substr(month, 1, 4) as integer) as year, count(distinct article_id) as articles
from article_people
where person_id = :id
group by 1
order by 1""")

PERSON_COUNTRIES = Statement(
    """\
select x.country_code, c.name as country, x.article_count
from person_countries x
join countries c on c.code = x.country_code
where x.person_id = :id
order by x.article_count desc, c.name
limit 25""",
    25,
)

PERSON_COMPANY = Statement(
    """\
select other_id as person_id, other as person, article_count
from person_neighbours
where person_id = :id
order by article_count desc, other
limit 25""",
    25,
)

PERSON_SENTENCES = Statement(
    f"""\
with latest as materialized (
  select distinct a.id, a.published
  from article_people x
  join articles a on a.id = x.article_id
  where x.person_id = :id
  order by a.published desc, a.id
  limit 20
)
select m.id, m.article_id, m.title, m.published, m.entity, m.kind, m.text, m.rule,
  m.field, n.sentence_start, m.start - n.sentence_start as start, n."end" - n.sentence_start as "end",
  substr(m.sentence, 1, {LONGEST_SENTENCE}) as sentence
from latest
join mentions_in_context m on m.article_id = latest.id
join mentions n on n.id = m.id
where m.person_id = :id
order by latest.published desc, latest.id, m.field desc, m.start
limit 100""",
    100,
)

# --- a country

COUNTRY = Statement("""\
select code, alpha3, name, region, subregion, latitude, longitude, mention_count, dateline_count, article_count
from countries
where code = :id""")

COUNTRY_YEARS = Statement("""\
select cast(substr(month, 1, 4) as integer) as year, count(*) as articles
from article_countries
where country_code = :id and mention_count > 0
group by 1
order by 1""")

COUNTRY_PEOPLE = Statement(
    """\
select x.person_id, p.name as person, p.role, x.article_count
from person_countries x
join people p on p.id = x.person_id
where x.country_code = :id
order by x.article_count desc, p.name
limit 25""",
    25,
)

COUNTRY_COMPANY = Statement(
    """\
select other_code as country_code, other as country, article_count
from country_neighbours
where country_code = :id
order by article_count desc, other
limit 25""",
    25,
)

COUNTRY_FORMS = Statement(
    f"""\
select kind, text, count(*) as mentions
from (select kind, text from mentions where country_code = :id limit {SAMPLED})
where kind in ('name', 'demonym')
group by kind, text
order by mentions desc, text
limit 25""",
    25,
)

COUNTRY_PLACES = Statement(
    """\
select id, name, region, mention_count as mentions
from places
where country_code = :id and mention_count > 0
order by mentions desc, name
limit 25""",
    25,
)

COUNTRY_SENTENCES = Statement(
    f"""\
with latest as materialized (
  select a.id, a.published
  from article_countries x
  join articles a on a.id = x.article_id
  where x.country_code = :id and x.mention_count > 0
  order by a.published desc, a.id
  limit 20
)
select m.id, m.article_id, m.title, m.published, m.entity, m.kind, m.text, m.rule,
  m.field, n.sentence_start, m.start - n.sentence_start as start, n."end" - n.sentence_start as "end",
  substr(m.sentence, 1, {LONGEST_SENTENCE}) as sentence
from latest
join mentions_in_context m on m.article_id = latest.id
join mentions n on n.id = m.id
where m.country_code = :id and m.kind <> 'dateline'
order by latest.published desc, latest.id, m.field desc, m.start
limit 100""",
    100,
)

# --- the start of a database

FIGURES = Statement("""\
select
  (select count(*) from articles) as articles,
  (select count(*) from people) as people,
  (select count(*) from countries where article_count > 0) as countries,
  (select count(*) from mentions) as mentions,
  (select min(published) from articles) as first_published,
  (select max(published) from articles) as last_published""")

OUTCOMES = Statement("""\
select outcome, count(*) as documents
from documents
group by outcome
order by outcome""")

REASONS = Statement(
    """\
select outcome, reason, count(*) as documents
from documents
where outcome in ('empty', 'rejected')
group by outcome, reason
order by documents desc, reason
limit 5""",
    5,
)

YEARS = Statement("""\
select year, count(*) as articles
from articles
group by year
order by year""")

TOP_PEOPLE = Statement(
    """\
select p.id as person_id, p.name as person, p.role, p.article_count
from people p
order by p.article_count desc, p.mention_count desc, p.id
limit 12""",
    12,
)

TOP_COUNTRIES = Statement(
    """\
select code as country_code, name as country, article_count
from countries
where article_count > 0
order by article_count desc, name
limit 12""",
    12,
)

TOP_OUTLETS = Statement(
    """\
select agency as outlet, 'agency' as kind, count(*) as articles
from articles where agency is not null group by agency
union all
select publisher, 'publisher', count(*)
from articles where publisher is not null group by publisher
order by articles desc, outlet
limit 12""",
    12,
)
