"""Questions about sources: outlets, agencies, copies, stories, and what became of the files."""

from __future__ import annotations

from corpus_db.store.cookbook.declared import Chapter, recipe

SOURCES = Chapter(
    "Sources and what became of them",
    (
        recipe(
            "agencies",
            "How many articles come from which agency in which year?",
            """
SELECT coalesce(agency, '(none named)') AS agency, year, count(*) AS articles, sum(word_count) AS words
FROM articles
GROUP BY agency, year
ORDER BY articles DESC, agency, year
""",
        ),
        recipe(
            "filed-from",
            "Where were the articles filed from?",
            """
SELECT dateline_place, country, agency, article_count, first_published, last_published
FROM datelines
ORDER BY article_count DESC, dateline_place
""",
        ),
        recipe(
            "dates-differ",
            "Where do the dateline's date and the date of publication differ?",
            """
SELECT id, published, published_origin, dateline_date, dateline
FROM articles
WHERE substr(published, 1, length(dateline_date)) <> dateline_date
ORDER BY published, id
""",
        ),
        recipe(
            "languages",
            "Which languages are the articles in, and in which were people and countries looked for?",
            """
SELECT coalesce(text_language, '(unclear)') AS language, count(*) AS articles, sum(word_count) AS words,
       CASE WHEN coalesce(text_language, 'en') = 'en' THEN 'yes' ELSE 'no' END AS looked_for
FROM articles
GROUP BY text_language
ORDER BY articles DESC, language
""",
            note="`text_language` is what the text itself shows; `language` is what the source states, where it does.",
        ),
        recipe(
            "copies",
            "Which articles were found more than once, and where?",
            """
SELECT article_id, title, article_path, path AS copy_path, publisher, url
FROM copies
ORDER BY article_id, path
""",
            answers_on_seeds=False,
        ),
        recipe(
            "day-in-words",
            "What do the articles say happened, or will happen, on a day?",
            """
SELECT article_id, published, text, rule, sentence
FROM dates_in_context
WHERE value = :day
ORDER BY published, article_id, start
""",
            note="`value` is what the words come to: a day, a month (2020-06), a year, a week (2020-W25). "
            "`value >= '2020-06' AND value < '2020-07'` asks for a month with all its days. Words that could "
            "mean more than one day have no value.",
            day="2020-06-16",
        ),
        recipe(
            "stories",
            "Which stories were told more than once, and by whom?",
            """
SELECT story_id, article_id, published, publisher, agency, similarity, share_in_head, title
FROM story_articles_named
WHERE story_article_count > 1
ORDER BY story_id, is_head DESC, published, article_id
""",
            note="A story is what near-copies have in common: one agency report in several outlets, a lead sent again, "
            "a correction. `similarity` and `share_in_head` compare each article with the fullest one.",
            answers_on_seeds=False,
        ),
        recipe(
            "articles-or-stories",
            "How many articles mention a country each month, and how many stories are that?",
            """
SELECT month, article_count, story_count
FROM stories_by_country_month
WHERE country_code = :code
ORDER BY month
""",
            note="Counting stories keeps a report that forty papers printed from counting forty times. Join "
            "`story_articles` to any question and count `DISTINCT story_id`.",
            code="CN",
        ),
        recipe(
            "problems",
            "What did not become an article, and why?",
            """
SELECT outcome, reason, count(*) AS pieces, min(path) AS for_example
FROM problems
GROUP BY outcome, reason
ORDER BY pieces DESC
""",
            answers_on_seeds=False,
        ),
        recipe(
            "balance",
            "Is every byte of every file accounted for?",
            """
SELECT f.path, f.size, sum(d.byte_end - d.byte_start) AS accounted_for, count(*) AS pieces,
       sum(d.outcome = 'article') AS articles, sum(d.outcome = 'duplicate') AS duplicates,
       sum(d.outcome = 'empty') AS empty, sum(d.outcome = 'rejected') AS rejected
FROM files f
JOIN documents d ON d.file_id = f.id
GROUP BY f.id
ORDER BY f.path
""",
        ),
        recipe(
            "left-open",
            "Which names could not be told, and were left open?",
            """
SELECT text, kind, count(*) AS mentions, min(sentence) AS for_example
FROM unresolved_mentions
GROUP BY text, kind
ORDER BY mentions DESC, text
""",
            answers_on_seeds=False,
        ),
        recipe(
            "evidence",
            "Does every mention stand where the database says it does?",
            """
SELECT count(*) AS mentions,
       sum(substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
                  m.start + 1, m."end" - m.start) = m.text) AS as_stated
FROM mentions m
JOIN articles a ON a.id = m.article_id
""",
            note="`corpus-db check` asks this and more.",
        ),
    ),
)
