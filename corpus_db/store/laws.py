"""The laws of a corpus database as data: each a query for the rows that break it.

`check` runs all of them. A law names a row in its first column, in words a reader can look it up by; a sound
database has none. They are read over whole tables, so each joins through indexes and keeps nothing in memory.
"""

from __future__ import annotations

from dataclasses import dataclass

_FIELD = "CASE {0}.field WHEN 'title' THEN a.title ELSE a.body END"


@dataclass(frozen=True, slots=True)
class Law:
    """One promise: `sql` finds the rows that break it; its columns name a row in the sample."""

    code: str
    message: str
    sql: str


LAWS: tuple[Law, ...] = (
    # Every claim shows its evidence.
    Law(
        "mention-text",
        "mentions whose text is not what stands at their place",
        f"""
        SELECT 'mention ' || m.id FROM articles a JOIN mentions m ON m.article_id = a.id
        WHERE substr({_FIELD.format("m")}, m.start + 1, m."end" - m.start) IS NOT m.text
        """,
    ),
    Law(
        "mention-sentence",
        "mentions that do not lie inside their sentence",
        """
        SELECT 'mention ' || id FROM mentions
        WHERE sentence_start < 0 OR sentence_start > start OR sentence_end < "end"
        """,
    ),
    Law(
        "mention-kind",
        "mentions of a kind that their entity does not have, or of a person with a country or the reverse",
        """
        SELECT 'mention ' || id FROM mentions
        WHERE CASE entity WHEN 'person' THEN kind NOT IN ('name', 'role') OR country_code IS NOT NULL
              ELSE kind = 'role' OR person_id IS NOT NULL OR person_number IS NOT NULL END
        """,
    ),
    Law(
        "mention-antecedent",
        "mentions resolved by a mention of another article or person",
        """
        SELECT 'mention ' || m.id FROM mentions m JOIN mentions b ON b.id = m.antecedent_id
        WHERE b.article_id <> m.article_id OR b.entity <> m.entity OR b.person_number IS NOT m.person_number
        """,
    ),
    Law(
        "mention-overlap",
        "mentions that overlap another mention of the same kind of entity",
        """
        SELECT 'mention ' || id FROM (
            SELECT id, start, lag("end") OVER (PARTITION BY article_id, field, entity ORDER BY start, "end") AS former
            FROM mentions)
        WHERE start < former
        """,
    ),
    Law(
        "claim-text",
        "roles whose words are not what stands at their place",
        f"""
        SELECT 'role claim ' || r.id FROM role_claims r JOIN articles a ON a.id = r.article_id
        WHERE substr({_FIELD.format("r")}, r.start + 1, r."end" - r.start) IS NOT r.text
        """,
    ),
    Law(
        "claim-mention",
        "roles that stand beside a mention of another person",
        """
        SELECT 'role claim ' || r.id FROM role_claims r JOIN mentions m ON m.id = r.mention_id
        WHERE m.article_id <> r.article_id OR m.entity <> 'person' OR m.person_number IS NOT r.person_number
        """,
    ),
    Law(
        "date-text",
        "dates whose words are not what stands at their place",
        f"""
        SELECT 'date ' || d.id FROM dates d JOIN articles a ON a.id = d.article_id
        WHERE substr({_FIELD.format("d")}, d.start + 1, d."end" - d.start) IS NOT d.text
        OR d.sentence_start < 0 OR d.sentence_start > d.start OR d.sentence_end < d."end"
        """,
    ),
    Law(
        "date-overlap",
        "dates that overlap another date",
        """
        SELECT 'date ' || id FROM (
            SELECT id, start, lag("end") OVER (PARTITION BY article_id, field ORDER BY start, "end") AS former
            FROM dates)
        WHERE start < former
        """,
    ),
    # Nothing is lost.
    Law(
        "bytes-gap",
        "pieces of a file that do not begin where the piece before them ends",
        """
        SELECT path || coalesce(' ' || part, '') FROM (
            SELECT d.path, d.part, d.byte_start,
                   lag(d.byte_end, 1, 0) OVER (PARTITION BY d.file_id ORDER BY d.byte_start, d.byte_end) AS former
            FROM documents d JOIN files f ON f.id = d.file_id WHERE f.size IS NOT NULL)
        WHERE byte_start IS NOT former
        """,
    ),
    Law(
        "bytes-end",
        "files whose pieces do not add up to their size",
        """
        SELECT f.path FROM files f WHERE f.size IS NOT NULL
        AND f.size IS NOT (SELECT max(byte_end) FROM documents d WHERE d.file_id = f.id)
        """,
    ),
    Law(
        "file-pieces",
        "files without a piece, or with pieces under another path",
        """
        SELECT f.path FROM files f LEFT JOIN documents d ON d.file_id = f.id
        WHERE d.path IS NOT f.path GROUP BY f.id
        """,
    ),
    Law(
        "container",
        "files in another file that are not called after it",
        """
        SELECT m.path FROM files m JOIN files f ON f.id = m.container_id
        WHERE substr(m.path, 1, length(f.path) + 1) <> f.path || '/'
        """,
    ),
    Law(
        "outcome",
        "pieces whose outcome does not fit: an article or copy without its article, anything else with one or without a reason",
        """
        SELECT path || coalesce(' ' || part, '') FROM documents
        WHERE (outcome IN ('article', 'duplicate')) <> (article_id IS NOT NULL)
        OR (outcome IN ('empty', 'rejected') AND reason IS NULL)
        """,
    ),
    Law(
        "article-document",
        "articles that do not belong to exactly one piece",
        """
        SELECT 'article ' || a.id FROM articles a
        LEFT JOIN documents d ON d.article_id = a.id AND +d.outcome = 'article'
        GROUP BY a.id HAVING count(d.id) <> 1 OR max(d.id) IS NOT a.document_id
        """,
    ),
    Law(
        "first-copy",
        "articles that do not belong to the first of their copies",
        """
        SELECT DISTINCT 'article ' || o.article_id FROM documents c
        JOIN articles a ON a.id = c.article_id
        JOIN documents o ON o.id = a.document_id
        WHERE c.outcome = 'duplicate'
        AND (c.path, coalesce(c.byte_start, 0), coalesce(c.part, ''))
          < (o.path, coalesce(o.byte_start, 0), coalesce(o.part, ''))
        """,
    ),
    # Every article has its story. Files that an older version read have no annotator until they are read again.
    Law(
        "story-missing",
        "articles without a story",
        """
        SELECT 'article ' || a.id FROM articles a
        JOIN documents d ON d.id = a.document_id JOIN files f ON f.id = d.file_id
        WHERE f.annotator IS NOT NULL AND a.id NOT IN (SELECT article_id FROM story_articles)
        """,
    ),
    Law(
        "story-head",
        "stories whose head is not their fullest article, or bears another title",
        """
        SELECT DISTINCT 'story ' || s.id FROM stories s
        LEFT JOIN articles h ON h.id = s.head_article_id
        LEFT JOIN story_articles o ON o.article_id = s.head_article_id
        LEFT JOIN story_articles x ON x.story_id = s.id
        LEFT JOIN articles a ON a.id = x.article_id
        WHERE o.story_id IS NOT s.id OR o.similarity <> 1 OR h.title IS NOT s.title OR a.word_count > h.word_count
        """,
    ),
    Law(
        "story-sum",
        "stories whose figures are not those of their articles",
        """
        SELECT 'story ' || s.id FROM stories s
        LEFT JOIN story_articles x ON x.story_id = s.id LEFT JOIN articles a ON a.id = x.article_id
        GROUP BY s.id HAVING s.article_count <> count(x.article_id)
        OR s.first_published IS NOT min(a.published) OR s.last_published IS NOT max(a.published)
        """,
    ),
    Law(
        "story-key",
        "keys of articles that have no signature",
        """
        SELECT DISTINCT 'article ' || article_id FROM story_keys
        WHERE article_id NOT IN (SELECT article_id FROM story_signatures)
        """,
    ),
    # What the articles say and what was counted agree.
    Law(
        "article-people",
        "persons of an article whose count is not that of their mentions",
        """
        SELECT 'article ' || article_id || ' person ' || number FROM (
            SELECT article_id, number, mention_count AS counted FROM article_people
            UNION ALL
            SELECT article_id, person_number, -count(*) FROM mentions
            WHERE person_number IS NOT NULL GROUP BY article_id, person_number)
        GROUP BY article_id, number HAVING sum(counted) <> 0
        """,
    ),
    Law(
        "article-countries",
        "countries of an article whose count is not that of their mentions",
        """
        SELECT 'article ' || article_id || ' ' || country_code FROM (
            SELECT article_id, country_code, mention_count AS counted, dateline_count AS datelines FROM article_countries
            UNION ALL
            SELECT article_id, country_code, -sum(kind <> 'dateline'), -sum(kind = 'dateline') FROM mentions
            WHERE country_code IS NOT NULL GROUP BY article_id, country_code)
        GROUP BY article_id, country_code HAVING sum(counted) <> 0 OR sum(datelines) <> 0
        """,
    ),
    Law(
        "article-month",
        "persons and countries of an article under another month than its own",
        """
        SELECT 'article ' || a.id FROM articles a JOIN (
            SELECT article_id, month FROM article_people
            UNION ALL
            SELECT article_id, month FROM article_countries) x ON x.article_id = a.id
        WHERE x.month IS NOT substr(a.published, 1, 7)
        """,
    ),
    Law(
        "date-reading",
        "articles whose date is not the chosen reading of what their document gives",
        """
        SELECT 'article ' || a.id FROM date_readings r JOIN articles a ON a.document_id = r.document_id
        WHERE a.published_origin = 'header' AND a.published IS NOT CASE r.used_order
            WHEN 'month first' THEN r.month_first WHEN 'day first' THEN r.day_first
            ELSE substr(r.month_first, 1, 4) END
        """,
    ),
    Law(
        "mention-person",
        "mentions that were not given the person of their article's person",
        """
        SELECT 'mention ' || m.id FROM mentions m
        LEFT JOIN article_people p ON p.article_id = m.article_id AND p.number = m.person_number
        WHERE m.person_number IS NOT NULL AND (p.number IS NULL OR m.person_id IS NOT p.person_id)
        """,
    ),
    Law(
        "claim-person",
        "roles that were not given the person of their article's person",
        """
        SELECT 'role claim ' || r.id FROM role_claims r
        LEFT JOIN article_people p ON p.article_id = r.article_id AND p.number = r.person_number
        WHERE p.number IS NULL OR r.person_id IS NOT p.person_id
        """,
    ),
    Law(
        "name-decided",
        "names of persons in articles that nothing was decided about",
        "SELECT DISTINCT name FROM article_people WHERE name NOT IN (SELECT name FROM person_names)",
    ),
    Law(
        "name-used",
        "names that something was decided about and no article uses",
        "SELECT name FROM person_names WHERE name NOT IN (SELECT name FROM article_people)",
    ),
    Law(
        "told-apart",
        "persons of articles, of a name that several bear, that were not given the one they were told to be",
        """
        SELECT 'article ' || t.article_id || ' person ' || t.number FROM told_apart t
        LEFT JOIN article_people p ON p.article_id = t.article_id AND p.number = t.number
        WHERE p.name IS NOT t.name OR p.person_id IS NOT t.person_id
        """,
    ),
)
