"""What tests share: the content of a database without its row numbers, and small invented articles."""

import sqlite3
from contextlib import closing

from corpus_db.store import check
from corpus_db.store.database import open_database

# Every table of facts and sums, with row numbers replaced by what they stand for.
CONTENT = {
    "articles": """
        SELECT a.title, a.title_origin, a.published, a.published_origin, a.year, a.dateline, a.dateline_place,
               a.dateline_country, a.dateline_date, a.byline, a.agency, a.publisher, a.section, a.url,
               a.external_id, a.language, a.language_origin, a.text_language, a.metadata, a.body, a.word_count, a.content_hash, d.path, d.part
        FROM articles a JOIN documents d ON d.id = a.document_id""",
    "documents": """
        SELECT d.path, d.part, d.byte_start, d.byte_end, d.sha256, d.reader, d.outcome, d.reason, a.content_hash
        FROM documents d LEFT JOIN articles a ON a.id = d.article_id""",
    "files": "SELECT path, size, sha256, reader FROM files",
    "people": """
        SELECT name, family_name, role, country_code, aliases, mention_count, article_count,
               first_published, last_published, description, label
        FROM people""",
    "mentions": """
        SELECT a.content_hash, m.field, m.start, m."end", m.text, m.entity, m.kind, p.name, m.country_code,
               m.place, y.name, y.kind, y.region, y.country_code, y.latitude, y.longitude, m.rule, m.confidence, x.start, x.text, m.sentence_start, m.sentence_end
        FROM mentions m JOIN articles a ON a.id = m.article_id
        LEFT JOIN people p ON p.id = m.person_id LEFT JOIN mentions x ON x.id = m.antecedent_id
        LEFT JOIN places y ON y.id = m.place_id""",
    "dates": """
        SELECT a.content_hash, d.field, d.start, d."end", d.text, d.value, d.precision, d.anchor, d.rule,
               d.sentence_start, d.sentence_end
        FROM dates d JOIN articles a ON a.id = d.article_id""",
    "places": """
        SELECT name, kind, region, country_code, latitude, longitude, mention_count, dateline_count, article_count
        FROM places""",
    "article_people": """
        SELECT a.content_hash, p.number, p.name, p.is_full, p.gender, p.mention_count, q.name
        FROM article_people p JOIN articles a ON a.id = p.article_id LEFT JOIN people q ON q.id = p.person_id""",
    "role_claims": """
        SELECT a.content_hash, p.name, c.role, c.country_code, c.organisation, c.field, c.start, c."end"
        FROM role_claims c JOIN articles a ON a.id = c.article_id LEFT JOIN people p ON p.id = c.person_id""",
    "people_aliases": "SELECT p.name, x.alias, x.mention_count FROM people_aliases x JOIN people p ON p.id = person_id",
    "people_roles": """
        SELECT p.name, x.role, x.country_code, x.mention_count, x.first_published, x.last_published
        FROM people_roles x JOIN people p ON p.id = person_id""",
    "person_pairs": """
        SELECT min(p.name, q.name), max(p.name, q.name), x.article_count FROM person_pairs x
        JOIN people p ON p.id = x.person_id JOIN people q ON q.id = x.other_id""",
    "person_countries": """
        SELECT p.name, x.country_code, x.article_count FROM person_countries x
        JOIN people p ON p.id = x.person_id""",
    "country_pairs": "SELECT country_code, other_code, article_count FROM country_pairs",
    "countries": "SELECT code, mention_count, dateline_count, article_count FROM countries",
    "person_names": """
        SELECT n.name, n.family_name, n.is_full, p.name, n.joined_to, n.rule, n.confidence
        FROM person_names n LEFT JOIN people p ON p.id = n.person_id""",
    "date_readings": """
        SELECT d.path, d.part, r.printed, r.layout, r.stated_order, r.used_order, r.decided_by
        FROM date_readings r JOIN documents d ON d.id = r.document_id""",
    "told_apart": """
        SELECT a.content_hash, t.number, t.name, p.label, t.shared, t.confidence
        FROM told_apart t JOIN articles a ON a.id = t.article_id JOIN people p ON p.id = t.person_id""",
    "namesakes": """
        SELECT p.label, o.label, n.name, n.score, n.marks, n.shared
        FROM namesakes n JOIN people p ON p.id = n.person_id JOIN people o ON o.id = n.other_id""",
    "name_keys": "SELECT k.key, n.name FROM name_keys k JOIN person_names n ON n.number = k.name_number",
    "stories": """
        SELECT a.content_hash, s.title, s.article_count, s.first_published, s.last_published
        FROM stories s JOIN articles a ON a.id = s.head_article_id""",
    "story_articles": """
        SELECT a.content_hash, h.content_hash, x.similarity, x.share_in_head
        FROM story_articles x JOIN articles a ON a.id = x.article_id
        JOIN stories s ON s.id = x.story_id JOIN articles h ON h.id = s.head_article_id""",
    "story_signatures": """
        SELECT a.content_hash, hex(x.signature) FROM story_signatures x LEFT JOIN articles a ON a.id = article_id""",
    "story_keys": "SELECT x.key, a.content_hash FROM story_keys x LEFT JOIN articles a ON a.id = article_id",
}


def content(db):
    """All that a database says, row numbers aside: {table: sorted rows}."""
    with closing(sqlite3.connect(db)) as connection:
        return {table: sorted(connection.execute(sql).fetchall(), key=repr) for table, sql in CONTENT.items()}


def rows(db, sql, *parameters):
    """The rows of a query."""
    with closing(sqlite3.connect(db)) as connection:
        return connection.execute(sql, parameters).fetchall()


def healthy(db):
    """Whether `corpus-db check` finds nothing."""
    connection = open_database(db)
    findings = check.check(connection)
    connection.close()
    return findings == []


# Invented articles that share people and countries, so that importing one changes what another says.
ARTICLES = {
    "a.txt": "date 2021-03-01 NAIROBI, March 1 (Reuters) -- Kenyan President Amara Okello met Peruvian Foreign Minister Lucia Quispe on Monday.\n\nOkello said that Kenya would host the talks. Quispe thanked the Kenyan president.",
    "b.txt": "Title : Okello visits Lima\nDate : 2021-04-02\n\nPresident Okello arrived in Lima on Friday. Peru's Lucia Quispe received Amara Okello at the airport.",
    "c.txt": "date 2022-01-05 Okello did not speak. Grace Okello, a teacher from Mombasa, did, and Daniel Moreau listened in France.",
    "d.txt": "Mr. Moreau said nothing. The mayor of Lyon, Anne Petit, said less.",
    "e.txt": "date 2022-01-05 Okello did not speak. Grace Okello, a teacher from Mombasa, did, and Daniel Moreau listened in France.",
    "f.txt": "   \n\n",
    "g.txt": "Xi said that China and Kenya would trade more. It rained.",
    "h.txt": "Chinese President Xi Jinping and Amara Okello signed a treaty in Beijing. Xi smiled.",
}


def write(folder, names=None):
    """Write some of the invented articles into a folder; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ARTICLES.items():
        if names is None or name in names:
            (folder / name).write_text(text, encoding="utf-8")
    return folder
