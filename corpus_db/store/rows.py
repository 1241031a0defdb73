"""What the writer writes and keeps in mind, as data: columns, temporary tables, and the SQL around them.

**Temporary tables**, filled by adding and removing alike, and empty at the start:
touched_articles(article_id), touched_names(name), touched_people(person_id), touched_countries(code),
touched_places(place_id), touched_layouts(layout).
"""

from __future__ import annotations

from corpus_db.store.copies import OWN_COLUMNS
from corpus_db.store.schema import TABLES

COLUMNS: dict[str, tuple[str, ...]] = {
    "files": ("id", "path", "size", "sha256", "reader", "annotator", "container_id"),
    "documents": (
        "id", "file_id", "path", "part", "byte_start", "byte_end", "sha256", "reader", "outcome", "reason",
        "article_id", "metadata",
    ),
    "date_readings": (
        "document_id", "printed", "folder", "layout", "month_first", "day_first", "stated_order", "used_order",
        "decided_by",
    ),
    "articles": (
        "id", "title", "published", "year", "body", "word_count", "content_hash", "document_id",
        "dateline_place", "dateline_country", *OWN_COLUMNS, "language_origin", "text_language",
    ),
    "places": (
        "id", "name", "kind", "region", "country_code", "latitude", "longitude", "mention_count",
        "dateline_count", "article_count",
    ),
    "mentions": (
        "id", "article_id", "field", "start", "end", "text", "entity", "kind", "country_code", "place",
        "person_number", "rule", "antecedent_id", "confidence", "sentence_start", "sentence_end", "place_id",
    ),
    "dates": (
        "id", "article_id", "field", "start", "end", "text", "value", "precision", "anchor", "rule",
        "sentence_start", "sentence_end",
    ),
    "article_people": ("article_id", "number", "name", "family_name", "is_full", "gender", "mention_count", "month"),
    "article_countries": ("article_id", "country_code", "mention_count", "dateline_count", "month"),
    "role_claims": (
        "id", "article_id", "person_number", "role", "country_code", "organisation", "field", "start", "end",
        "text", "rule", "mention_id",
    ),
}  # fmt: skip
NULLABLE = {
    table.name: frozenset(column.name for column in table.columns if not column.not_null)
    for table in TABLES
    if table.name in COLUMNS
}
NUMBERED = ("files", "documents", "articles", "mentions", "dates", "role_claims", "places")

TEMPORARY = {
    "touched_articles": "article_id INTEGER PRIMARY KEY",
    "touched_names": "name TEXT PRIMARY KEY",
    "touched_people": "person_id INTEGER PRIMARY KEY",
    "touched_countries": "code TEXT PRIMARY KEY",
    "touched_places": "place_id INTEGER PRIMARY KEY",
    "touched_layouts": "layout TEXT PRIMARY KEY",
    # Files and articles that are being removed, and the ids that removed documents leave to their successors.
    "leaving_files": "file_id INTEGER PRIMARY KEY",
    "leaving": "article_id INTEGER PRIMARY KEY",
    "freed": "path TEXT, part TEXT, article_id INTEGER",
}
TOUCHED = {
    "touched_articles": "article_id",
    "touched_names": "name",
    "touched_countries": "code",
    "touched_places": "place_id",
    "touched_layouts": "layout",
}

# What the articles in temp.leaving touched, before they go.
TOUCH_LEAVING = (
    "INSERT OR IGNORE INTO temp.touched_articles SELECT article_id FROM temp.leaving",
    """
    INSERT OR IGNORE INTO temp.touched_names
    SELECT name FROM article_people WHERE article_id IN (SELECT article_id FROM temp.leaving)
    """,
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT person_id FROM article_people
    WHERE person_id IS NOT NULL AND article_id IN (SELECT article_id FROM temp.leaving)
    """,
    """
    INSERT OR IGNORE INTO temp.touched_people
    SELECT person_id FROM mentions
    WHERE person_id IS NOT NULL AND article_id IN (SELECT article_id FROM temp.leaving)
    """,
    """
    INSERT OR IGNORE INTO temp.touched_countries
    SELECT country_code FROM article_countries WHERE article_id IN (SELECT article_id FROM temp.leaving)
    """,
    """
    INSERT OR IGNORE INTO temp.touched_places
    SELECT place_id FROM mentions
    WHERE place_id IS NOT NULL AND article_id IN (SELECT article_id FROM temp.leaving)
    """,
)
# How the dates of documents are written that leave, and of copies that may take their place.
TOUCH_LAYOUTS = """
    INSERT OR IGNORE INTO temp.touched_layouts
    SELECT r.layout FROM temp.leaving_files l JOIN documents d ON d.file_id = l.file_id
    JOIN date_readings r ON r.document_id = d.id
    UNION
    SELECT r.layout FROM temp.leaving_files l JOIN documents d ON d.file_id = l.file_id
    JOIN documents c ON c.article_id = d.article_id JOIN date_readings r ON r.document_id = c.id
"""
DEPENDENT = ("told_apart", "role_claims", "mentions", "dates", "article_people", "article_countries")


STORED_PLACE = """
    SELECT id FROM places
    WHERE name = ? AND kind = ? AND region IS ? AND country_code = ? AND latitude IS ? AND longitude IS ?
"""

STORED_FILE = """
    SELECT f.id, f.size, f.sha256, f.annotator, count(d.id) FILTER (WHERE d.outcome = 'rejected'), max(d.reason),
           f.container_id IS NOT NULL
    FROM files f LEFT JOIN documents d ON d.file_id = f.id WHERE f.path = ? GROUP BY f.id
"""

PATHS = """
    SELECT path FROM files WHERE path >= ? AND path < ? AND sha256 IS NOT NULL AND +container_id IS NULL
    ORDER BY path LIMIT 1000
"""
# No reader was chosen for what could not be read, and of such there are few; a plus keeps SQLite from looking
# through all that lie in no other file.
UNREAD = """
    SELECT path FROM files WHERE reader IS NULL AND sha256 IS NULL AND +container_id IS NULL ORDER BY path
"""

# The ids of a file and of all that lies in it, at any depth; the file is named by one column.
WITH_MEMBERS = """
    WITH RECURSIVE inside(id) AS (
        SELECT id FROM files WHERE {} = ? UNION SELECT f.id FROM files f JOIN inside i ON f.container_id = i.id)
    SELECT id FROM inside
"""
MEMBERS = f"""
    SELECT count(DISTINCT f.id), count(d.id) FILTER (WHERE d.outcome = 'rejected')
    FROM ({WITH_MEMBERS.format("container_id")}) f LEFT JOIN documents d ON d.file_id = f.id
"""
# Whether a piece of a file, or of one that lies in it, was rejected for one of these reasons (a list as JSON).
REJECTED_FOR = f"""
    SELECT EXISTS (
        SELECT 1 FROM ({WITH_MEMBERS.format("id")}) f JOIN documents d ON d.file_id = f.id
        WHERE d.outcome = 'rejected' AND d.reason IN (SELECT value FROM json_each(?)))
"""
OF_LEAVING = "file_id IN (SELECT file_id FROM temp.leaving_files)"
