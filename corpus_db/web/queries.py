"""The questions that Datasette offers ready-made: canned queries (0.65), stored queries (1.0).

Each is one SELECT with its parameters, the same in both lines. A reader changes the parameters in
the form that Datasette shows, or takes the SQL as a beginning. Rules for all of them:

* A parameter that is left empty is no condition, unless the question makes no sense without it.
* A country may be given by its name or by its code, a person by any words of any form of the name.
* `escape_fts()` is Datasette's own function; on our databases it understands what `corpus-db
  search` does (see `corpus_db.store.fulltext.match_expression`) and never fails, whatever is typed.
* Answers come through indexes and stop at a few hundred rows, so that a million mentions stay
  within Datasette's limit of one second.
* A column called article_id, person_id, other_id or country_code makes the name beside it (title,
  person, other, country) a link (`links`).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query: its name in the SQL, what to type, and an example of it."""

    name: str
    hint: str
    example: str


@dataclass(frozen=True, slots=True)
class Query:
    """One ready-made question."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sql: str


# SQL for "the country that was typed": usable wherever a code is compared.
_COUNTRY = "(select code from countries where trim(:country) collate nocase in (code, alpha3, name))"


def _person(parameter: str = "person") -> str:
    """SQL for "the people that were typed", as numbers."""
    return f"(select rowid from people_fts where people_fts match escape_fts(:{parameter}))"


PERSON = Parameter("person", "a name, or part of one", "Xi Jinping")
COUNTRY = Parameter("country", "name or code", "Peru")
OUTLET = Parameter("outlet", "publisher or agency; empty: all", "Xinhua")

SEARCH = Query(
    "search_articles",
    "Which articles contain these words? (best first)",
    "Full-text search in titles and texts, the best matches first, with the passage that matches. "
    'All words must occur; "quotes" hold words together, word* finds beginnings, '
    "OR and NOT (in capitals) work too.",
    (Parameter("words", "words to find", "covid-19"),),
    """
select
  a.id as article_id, a.title, a.published, coalesce(a.agency, a.publisher) as outlet,
  snippet(articles_fts, 1, '»', '«', ' … ', 32) as passage
from articles_fts
join articles a on a.id = articles_fts.rowid
where articles_fts match escape_fts(:words)
  and rank match 'bm25(4.0, 1.0)'
order by rank
limit 100
""",
)

PERSON_AND_COUNTRY = Query(
    "person_and_country",
    "Which articles mention both this person and this country?",
    "Articles that name the person and speak of the country outside the dateline, latest first, "
    "with how often they do.",
    (PERSON, COUNTRY),
    f"""
select
  a.id as article_id, a.title, a.published,
  p.id as person_id, p.name as person, x.mention_count as person_mentions,
  y.mention_count as country_mentions
from people p
join article_people x on x.person_id = p.id
join article_countries y on y.article_id = x.article_id and y.mention_count > 0
join articles a on a.id = x.article_id
where p.id in {_person()}
  and y.country_code in {_COUNTRY}
order by a.published desc, a.id
limit 500
""",
)

BOTH_PEOPLE = Query(
    "both_people",
    "Which articles mention both of these people?",
    "Articles that name one person and another, latest first.",
    (PERSON, Parameter("other", "another name, or part of one", "Moreno")),
    f"""
select
  a.id as article_id, a.title, a.published,
  p.id as person_id, p.name as person, o.id as other_id, o.name as other
from people p
join article_people x on x.person_id = p.id
join article_people y on y.article_id = x.article_id and y.person_id <> x.person_id
join people o on o.id = y.person_id
join articles a on a.id = x.article_id
where p.id in {_person()}
  and o.id in {_person("other")}
order by a.published desc, a.id
limit 500
""",
)

WHO_WAS = Query(
    "who_held_role",
    "Who was called what, and when?",
    "Everyone to whom an article gives the role, with the first and last date on which one does. "
    "Leave the country empty for all countries.",
    (
        Parameter("role", "a role, or the beginning of one", "President"),
        Parameter("country", "name or code; empty: all", "Ecuador"),
    ),
    f"""
select
  p.id as person_id, p.name as person, r.role, r.country_code, c.name as country,
  r.mention_count as times_stated, r.first_published, r.last_published
from people_roles r
join people p on p.id = r.person_id
left join countries c on c.code = r.country_code
where r.role like trim(:role) || '%'
  and (trim(:country) = '' or r.country_code in {_COUNTRY})
order by r.mention_count desc, p.name
limit 500
""",
)

ROLES_OF = Query(
    "roles_of_person",
    "Which roles does a person have, and who says so?",
    "Every place where an article gives the person a role, with its sentence, earliest first.",
    (PERSON,),
    f"""
select person_id, person, role, country_code, country, organisation, published, article_id, title, sentence
from roles_over_time
where person_id in {_person()}
order by published, article_id
limit 500
""",
)

SENTENCES = Query(
    "sentences_about_person",
    "What do the articles say about a person? (sentence by sentence)",
    "The sentences that name the person or stand for them ('the Chinese president'), latest first, "
    "from the 200 latest articles.",
    (PERSON,),
    f"""
with latest as materialized (
  select distinct article_id as id, month
  from article_people
  where person_id in {_person()}
  order by month desc, article_id
  limit 200
)
select m.published, m.article_id, m.title, m.person_id, m.person, m.text as words, m.sentence
from latest
join mentions_in_context m on m.article_id = latest.id
where m.person_id in {_person()}
order by m.published desc, m.article_id, m.field desc, m.start
limit 500
""",
)

TOGETHER_IN_SENTENCE = Query(
    "person_and_country_in_sentence",
    "Which sentences name both a person and a country?",
    "Sentences in which the person and the country (or a place in it) stand together, "
    "from the 200 latest articles that mention both.",
    (PERSON, COUNTRY),
    f"""
with latest as materialized (
  select distinct x.article_id as id, x.month
  from article_people x
  join article_countries y on y.article_id = x.article_id and y.mention_count > 0
  where x.person_id in {_person()}
    and y.country_code in {_COUNTRY}
  order by x.month desc, x.article_id
  limit 200
)
select distinct m.published, m.article_id, m.title, m.person_id, m.person, m.sentence
from latest
join mentions c on c.article_id = latest.id and c.kind <> 'dateline'
  and c.country_code in {_COUNTRY}
join mentions n on n.article_id = c.article_id and n.field = c.field
  and n.sentence_start = c.sentence_start
  and n.person_id in {_person()}
join mentions_in_context m on m.id = n.id
order by m.published desc, m.article_id, n.field desc, n.sentence_start
limit 300
""",
)

COMPANY = Query(
    "company_of_person",
    "Who is mentioned together with a person?",
    "The people who appear in the same articles, most articles first.",
    (PERSON,),
    f"""
select person_id, person, other_id, other, article_count
from person_neighbours
where person_id in {_person()}
order by article_count desc, other
limit 200
""",
)

PEOPLE_OF_COUNTRY = Query(
    "people_and_country",
    "Who is mentioned together with a country?",
    "The people who appear in articles about the country, most articles first, "
    "with the role that the corpus gives them most.",
    (COUNTRY,),
    f"""
select x.person_id, x.person, p.role, p.country_code, x.article_count, p.article_count as all_articles
from person_countries_named x
join people p on p.id = x.person_id
where x.country_code in {_COUNTRY}
order by x.article_count desc, x.person
limit 200
""",
)

OUTLET_COUNTRIES = Query(
    "countries_by_month",
    "Which countries does an outlet write about, month by month?",
    "Articles that mention each country in each month of one year; datelines do not count, because they "
    "tell where an agency sits.",
    (OUTLET, Parameter("year", "a year", "2020")),
    """
select
  x.month, c.code as country_code, c.name as country,
  count(*) as articles, sum(x.mention_count) as mentions
from articles a
join article_countries x on x.article_id = a.id and x.mention_count > 0
join countries c on c.code = x.country_code
where a.year = cast(:year as integer)
  and (trim(:outlet) = '' or trim(:outlet) in (a.publisher, a.agency))
group by x.month, c.code
order by x.month, articles desc, c.name
limit 1000
""",
)

COUNTRY_MONTHS = Query(
    "country_over_time",
    "How much is written about a country over time?",
    "Articles and mentions month by month; a year stands alone where the source gives no month.",
    (COUNTRY,),
    f"""
select
  x.month, c.code as country_code, c.name as country,
  count(*) as articles, sum(x.mention_count) as mentions
from countries c
join article_countries x on x.country_code = c.code and x.mention_count > 0
where c.code in {_COUNTRY}
group by c.code, x.month
order by x.month
limit 1000
""",
)

COUNTRY_COMPANY = Query(
    "company_of_country",
    "Which countries are written about together?",
    "The countries that appear in the same articles as this one, most articles first.",
    (COUNTRY,),
    f"""
select country_code, country, other_code, other, article_count
from country_neighbours
where country_code in {_COUNTRY}
order by article_count desc, other
limit 300
""",
)

PLACES = Query(
    "places_in_country",
    "Which places in a country are mentioned?",
    "Cities, provinces and other places inside the country, most articles first; datelines do not count.",
    (COUNTRY,),
    f"""
select
  country_code, country, place, kind, region, article_count as articles, mention_count as mentions
from places_by_country
where country_code in {_COUNTRY}
order by articles desc, place
limit 300
""",
)

NAME_FORMS = Query(
    "names_of_person",
    "Under which names does a person appear, and why are they one person?",
    "Every form of the name that stands in an article; where a full form was joined to another, "
    "the rule that joined it and how sure it is.",
    (PERSON,),
    f"""
select p.id as person_id, p.name as person, f.alias, f.mention_count, n.joined_to, n.rule, n.confidence
from people p
join people_aliases f on f.person_id = p.id
left join person_names n on n.name = f.alias and n.person_id = p.id
where p.id in {_person()}
order by p.mention_count desc, p.id, f.mention_count desc, f.alias
limit 500
""",
)

OPEN_NAMES = Query(
    "names_left_open",
    "Which names could not be told apart?",
    "Names that fit several people or none, left unresolved rather than guessed, most articles first. "
    "Leave the name empty for all.",
    (Parameter("name", "part of a name; empty: all", ""),),
    """
select name, count(*) as articles, sum(mention_count) as mentions, min(article_id) as article_id
from article_people
where person_id is null
  and (trim(:name) = '' or name like '%' || trim(:name) || '%')
group by name
order by articles desc, name
limit 300
""",
)

PUBLISHED_BETWEEN = Query(
    "published_between",
    "What was published between two dates?",
    "Articles of a span of time, earliest first. A day, a month or a year will do for each end; "
    "the last one is included. Empty: no limit.",
    (
        Parameter("first", "such as 2020-06-15; empty: any", "2020-06"),
        Parameter("last", "included; empty: any", "2020-06"),
        OUTLET,
    ),
    """
select id as article_id, title, published, agency, publisher, dateline_place, word_count
from articles
where published >= trim(:first)
  and (trim(:last) = '' or substr(published, 1, length(trim(:last))) <= trim(:last))
  and (trim(:outlet) = '' or trim(:outlet) in (publisher, agency))
order by published, id
limit 500
""",
)

DAY_IN_WORDS = Query(
    "day_in_words",
    "What do the articles say happened, or will happen, on a day?",
    'Sentences with words that come to this date: a weekday, "last month", "June 16". A month or a year '
    "finds all its days too; a week is written 2020-W25.",
    (Parameter("day", "such as 2020-06-16 or 2020-06", "2020-06-16"),),
    """
select value, article_id, title, published, text as words, sentence, rule
from dates_in_context
where value >= trim(:day) and value < trim(:day) || '~'
order by value, published, article_id
limit 500
""",
)

STORIES_RETOLD = Query(
    "stories_retold",
    "Which stories were told more than once?",
    "Near-copies: one report in several outlets, a lead sent again, a correction. The fullest article of each "
    "story comes first; similarity compares the others with it.",
    (OUTLET,),
    """
select s.id as story_id, s.article_count, x.article_id, a.title, a.published,
  coalesce(a.publisher, a.agency) as outlet, x.similarity, x.share_in_head
from stories s
join story_articles x on x.story_id = s.id
join articles a on a.id = x.article_id
where s.article_count > 1
  and (trim(:outlet) = '' or s.id in (
    select y.story_id from articles b join story_articles y on y.article_id = b.id
    where b.publisher = trim(:outlet)
    union all
    select y.story_id from articles b join story_articles y on y.article_id = b.id
    where b.agency = trim(:outlet)))
order by s.article_count desc, s.id, x.article_id = s.head_article_id desc, x.similarity desc, x.article_id
limit 500
""",
)

NOT_IMPORTED = Query(
    "not_imported",
    "What was not imported, and why?",
    "Pieces of input that became no article of their own: empty, rejected with a reason, "
    "or a copy of an article. Leave the outcome empty for all.",
    (Parameter("outcome", "empty, rejected or duplicate; empty: all", ""),),
    """
select outcome, path, part, reason, article_id
from documents
where outcome in ('empty', 'rejected', 'duplicate')
  and trim(:outcome) in ('', outcome)
order by outcome, path, byte_start
limit 1000
""",
)

QUERIES: tuple[Query, ...] = (
    SEARCH, PERSON_AND_COUNTRY, BOTH_PEOPLE, SENTENCES, TOGETHER_IN_SENTENCE, COMPANY, NAME_FORMS,
    WHO_WAS, ROLES_OF, PEOPLE_OF_COUNTRY, OUTLET_COUNTRIES, COUNTRY_MONTHS, COUNTRY_COMPANY, PLACES,
    PUBLISHED_BETWEEN, DAY_IN_WORDS, STORIES_RETOLD, OPEN_NAMES, NOT_IMPORTED,
)  # fmt: skip
BY_NAME = {query.name: query for query in QUERIES}
