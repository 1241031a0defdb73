CREATE TABLE "article_countries" (
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "country_code" TEXT NOT NULL REFERENCES "countries"("code"),
   "mention_count" INTEGER NOT NULL,
   "dateline_count" INTEGER NOT NULL,
   "month" TEXT,
   PRIMARY KEY ("article_id", "country_code")
) WITHOUT ROWID;

CREATE TABLE "article_people" (
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "number" INTEGER NOT NULL,
   "person_id" INTEGER REFERENCES "people"("id"),
   "name" TEXT NOT NULL,
   "family_name" TEXT NOT NULL,
   "is_full" INTEGER NOT NULL,
   "gender" TEXT CHECK (gender = 'f' OR gender = 'm'),
   "mention_count" INTEGER NOT NULL,
   "month" TEXT,
   PRIMARY KEY ("article_id", "number")
) WITHOUT ROWID;

CREATE TABLE "articles" (
   "id" INTEGER PRIMARY KEY,
   "title" TEXT NOT NULL,
   "title_origin" TEXT NOT NULL CHECK (title_origin = 'header' OR title_origin = 'body' OR title_origin = 'lead'),
   "published" TEXT,
   "published_origin" TEXT,
   "year" INTEGER,
   "dateline" TEXT,
   "dateline_place" TEXT,
   "dateline_country" TEXT REFERENCES "countries"("code"),
   "dateline_date" TEXT,
   "byline" TEXT,
   "agency" TEXT,
   "publisher" TEXT,
   "section" TEXT,
   "url" TEXT,
   "external_id" TEXT,
   "language" TEXT,
   "body" TEXT NOT NULL,
   "word_count" INTEGER NOT NULL,
   "content_hash" TEXT NOT NULL,
   "document_id" INTEGER REFERENCES "documents"("id") DEFERRABLE INITIALLY DEFERRED,
   "language_origin" TEXT,
   "text_language" TEXT,
   "metadata" TEXT,
   UNIQUE ("content_hash")
);

CREATE VIRTUAL TABLE "articles_fts" USING FTS5 (
   "title", "body",
   tokenize="porter unicode61 remove_diacritics 2",
   content="articles"
);

CREATE TABLE "countries" (
   "code" TEXT PRIMARY KEY NOT NULL,
   "alpha3" TEXT,
   "name" TEXT NOT NULL,
   "region" TEXT,
   "subregion" TEXT,
   "latitude" REAL,
   "longitude" REAL,
   "mention_count" INTEGER NOT NULL,
   "dateline_count" INTEGER NOT NULL,
   "article_count" INTEGER NOT NULL
);

CREATE TABLE "country_pairs" (
   "country_code" TEXT NOT NULL REFERENCES "countries"("code"),
   "other_code" TEXT NOT NULL REFERENCES "countries"("code"),
   "article_count" INTEGER NOT NULL,
   PRIMARY KEY ("country_code", "other_code")
) WITHOUT ROWID;

CREATE TABLE "date_readings" (
   "document_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "documents"("id"),
   "printed" TEXT NOT NULL,
   "folder" TEXT NOT NULL,
   "layout" TEXT NOT NULL,
   "month_first" TEXT,
   "day_first" TEXT,
   "stated_order" TEXT CHECK (stated_order = 'month first' OR stated_order = 'day first'),
   "used_order" TEXT CHECK (used_order = 'month first' OR used_order = 'day first'),
   "decided_by" TEXT
);

CREATE TABLE "dates" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "field" TEXT NOT NULL CHECK (field = 'body' OR field = 'title'),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "value" TEXT,
   "precision" TEXT NOT NULL CHECK (precision = 'day' OR precision = 'year' OR precision = 'month' OR precision = 'week' OR precision = 'weekend'),
   "anchor" TEXT CHECK (anchor = 'dateline' OR anchor = 'published'),
   "rule" TEXT NOT NULL,
   "sentence_start" INTEGER NOT NULL,
   "sentence_end" INTEGER NOT NULL,
   CHECK (start >= 0 AND "end" > start)
);

CREATE TABLE "documents" (
   "id" INTEGER PRIMARY KEY,
   "file_id" INTEGER NOT NULL REFERENCES "files"("id"),
   "path" TEXT NOT NULL,
   "part" TEXT,
   "byte_start" INTEGER,
   "byte_end" INTEGER,
   "sha256" TEXT,
   "reader" TEXT,
   "outcome" TEXT NOT NULL CHECK (outcome = 'article' OR outcome = 'duplicate' OR outcome = 'empty' OR outcome = 'rejected'),
   "reason" TEXT,
   "article_id" INTEGER REFERENCES "articles"("id") DEFERRABLE INITIALLY DEFERRED,
   "metadata" TEXT
);

CREATE TABLE "files" (
   "id" INTEGER PRIMARY KEY,
   "path" TEXT NOT NULL,
   "size" INTEGER,
   "sha256" TEXT,
   "reader" TEXT,
   "annotator" TEXT,
   "container_id" INTEGER REFERENCES "files"("id"),
   UNIQUE ("path")
);

CREATE TABLE "mentions" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "field" TEXT NOT NULL CHECK (field = 'body' OR field = 'title'),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "entity" TEXT NOT NULL CHECK (entity = 'person' OR entity = 'country'),
   "kind" TEXT NOT NULL CHECK (kind = 'name' OR kind = 'place' OR kind = 'demonym' OR kind = 'role' OR kind = 'dateline'),
   "person_id" INTEGER REFERENCES "people"("id"),
   "country_code" TEXT REFERENCES "countries"("code"),
   "place" TEXT,
   "person_number" INTEGER,
   "rule" TEXT NOT NULL,
   "antecedent_id" INTEGER REFERENCES "mentions"("id") DEFERRABLE INITIALLY DEFERRED,
   "confidence" REAL NOT NULL,
   "sentence_start" INTEGER NOT NULL,
   "sentence_end" INTEGER NOT NULL,
   "place_id" INTEGER REFERENCES "places"("id"),
   CHECK (start >= 0 AND "end" > start),
   CHECK (person_id IS NULL OR country_code IS NULL)
);

CREATE TABLE "name_keys" (
   "key" INTEGER NOT NULL,
   "name_number" INTEGER NOT NULL,
   PRIMARY KEY ("key", "name_number")
) WITHOUT ROWID;

CREATE TABLE "namesakes" (
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "other_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "name" TEXT NOT NULL,
   "score" REAL NOT NULL,
   "marks" TEXT,
   "shared" TEXT,
   PRIMARY KEY ("person_id", "other_id")
) WITHOUT ROWID;

CREATE TABLE "people" (
   "id" INTEGER PRIMARY KEY,
   "name" TEXT NOT NULL,
   "family_name" TEXT,
   "role" TEXT,
   "country_code" TEXT REFERENCES "countries"("code"),
   "aliases" TEXT,
   "mention_count" INTEGER NOT NULL,
   "article_count" INTEGER NOT NULL,
   "first_published" TEXT,
   "last_published" TEXT,
   "description" TEXT,
   "label" TEXT
);

CREATE TABLE "people_aliases" (
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "alias" TEXT NOT NULL,
   "mention_count" INTEGER NOT NULL,
   PRIMARY KEY ("person_id", "alias")
) WITHOUT ROWID;

CREATE VIRTUAL TABLE "people_fts" USING FTS5 (
   "name", "aliases",
   tokenize="porter unicode61 remove_diacritics 2",
   content="people"
);

CREATE TABLE "people_roles" (
   "id" INTEGER PRIMARY KEY,
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "role" TEXT NOT NULL,
   "country_code" TEXT REFERENCES "countries"("code"),
   "mention_count" INTEGER NOT NULL,
   "first_published" TEXT,
   "last_published" TEXT
);

CREATE TABLE "person_countries" (
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "country_code" TEXT NOT NULL REFERENCES "countries"("code"),
   "article_count" INTEGER NOT NULL,
   PRIMARY KEY ("person_id", "country_code")
) WITHOUT ROWID;

CREATE TABLE "person_names" (
   "name" TEXT PRIMARY KEY NOT NULL,
   "family_name" TEXT NOT NULL,
   "is_full" INTEGER NOT NULL,
   "person_id" INTEGER REFERENCES "people"("id"),
   "joined_to" TEXT,
   "rule" TEXT,
   "confidence" REAL,
   "number" INTEGER
) WITHOUT ROWID;

CREATE TABLE "person_pairs" (
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "other_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "article_count" INTEGER NOT NULL,
   PRIMARY KEY ("person_id", "other_id")
) WITHOUT ROWID;

CREATE TABLE "places" (
   "id" INTEGER PRIMARY KEY,
   "name" TEXT NOT NULL,
   "kind" TEXT NOT NULL CHECK (kind = 'city' OR kind = 'division' OR kind = 'district' OR kind = 'region' OR kind = 'landmark' OR kind = 'country'),
   "region" TEXT,
   "country_code" TEXT NOT NULL REFERENCES "countries"("code"),
   "latitude" REAL,
   "longitude" REAL,
   "mention_count" INTEGER NOT NULL,
   "dateline_count" INTEGER NOT NULL,
   "article_count" INTEGER NOT NULL
);

CREATE TABLE "role_claims" (
   "id" INTEGER PRIMARY KEY,
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "person_number" INTEGER NOT NULL,
   "person_id" INTEGER REFERENCES "people"("id"),
   "role" TEXT NOT NULL,
   "country_code" TEXT REFERENCES "countries"("code"),
   "organisation" TEXT,
   "field" TEXT NOT NULL CHECK (field = 'body' OR field = 'title'),
   "start" INTEGER NOT NULL,
   "end" INTEGER NOT NULL,
   "text" TEXT NOT NULL,
   "rule" TEXT NOT NULL,
   "mention_id" INTEGER REFERENCES "mentions"("id")
);

CREATE TABLE "stories" (
   "id" INTEGER PRIMARY KEY,
   "title" TEXT NOT NULL,
   "head_article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "article_count" INTEGER NOT NULL,
   "first_published" TEXT,
   "last_published" TEXT
);

CREATE TABLE "story_articles" (
   "article_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "articles"("id"),
   "story_id" INTEGER NOT NULL REFERENCES "stories"("id"),
   "similarity" REAL NOT NULL,
   "share_in_head" REAL NOT NULL
);

CREATE TABLE "story_keys" (
   "key" INTEGER NOT NULL,
   "article_id" INTEGER NOT NULL,
   PRIMARY KEY ("key", "article_id")
) WITHOUT ROWID;

CREATE TABLE "story_signatures" (
   "article_id" INTEGER PRIMARY KEY NOT NULL REFERENCES "articles"("id"),
   "signature" BLOB NOT NULL
);

CREATE TABLE "told_apart" (
   "article_id" INTEGER NOT NULL REFERENCES "articles"("id"),
   "number" INTEGER NOT NULL,
   "name" TEXT NOT NULL,
   "person_id" INTEGER NOT NULL REFERENCES "people"("id"),
   "shared" TEXT,
   "confidence" REAL NOT NULL,
   PRIMARY KEY ("article_id", "number")
) WITHOUT ROWID;

CREATE INDEX "idx_article_countries_country_code_month_mention_count" ON "article_countries" ("country_code", "month", "mention_count");

CREATE INDEX "idx_article_people_name" ON "article_people" ("name");

CREATE INDEX "idx_article_people_person_id_month" ON "article_people" ("person_id", "month");

CREATE INDEX "idx_articles_agency" ON "articles" ("agency");

CREATE INDEX "idx_articles_dateline_country" ON "articles" ("dateline_country");

CREATE INDEX "idx_articles_document_id" ON "articles" ("document_id");

CREATE INDEX "idx_articles_external_id" ON "articles" ("external_id");

CREATE INDEX "idx_articles_published" ON "articles" ("published");

CREATE INDEX "idx_articles_publisher" ON "articles" ("publisher");

CREATE INDEX "idx_articles_text_language" ON "articles" ("text_language");

CREATE INDEX "idx_articles_year" ON "articles" ("year");

CREATE INDEX "idx_countries_article_count" ON "countries" ("article_count");

CREATE INDEX "idx_countries_mention_count" ON "countries" ("mention_count");

CREATE INDEX "idx_countries_region" ON "countries" ("region");

CREATE INDEX "idx_country_pairs_article_count" ON "country_pairs" ("article_count");

CREATE INDEX "idx_country_pairs_other_code" ON "country_pairs" ("other_code");

CREATE INDEX "idx_date_readings_layout" ON "date_readings" ("layout");

CREATE INDEX "idx_date_readings_used_order" ON "date_readings" ("used_order");

CREATE INDEX "idx_dates_article_id" ON "dates" ("article_id");

CREATE INDEX "idx_dates_precision" ON "dates" ("precision");

CREATE INDEX "idx_dates_rule" ON "dates" ("rule");

CREATE INDEX "idx_dates_value" ON "dates" ("value");

CREATE INDEX "idx_documents_article_id_outcome" ON "documents" ("article_id", "outcome");

CREATE INDEX "idx_documents_file_id_outcome" ON "documents" ("file_id", "outcome");

CREATE INDEX "idx_documents_outcome" ON "documents" ("outcome");

CREATE INDEX "idx_documents_path" ON "documents" ("path");

CREATE INDEX "idx_documents_reader" ON "documents" ("reader");

CREATE INDEX "idx_files_container_id" ON "files" ("container_id");

CREATE INDEX "idx_files_reader" ON "files" ("reader");

CREATE INDEX "idx_mentions_antecedent_id" ON "mentions" ("antecedent_id");

CREATE INDEX "idx_mentions_article_id" ON "mentions" ("article_id");

CREATE INDEX "idx_mentions_country_code" ON "mentions" ("country_code");

CREATE INDEX "idx_mentions_entity" ON "mentions" ("entity");

CREATE INDEX "idx_mentions_kind" ON "mentions" ("kind");

CREATE INDEX "idx_mentions_person_id" ON "mentions" ("person_id");

CREATE INDEX "idx_mentions_place" ON "mentions" ("place");

CREATE INDEX "idx_mentions_place_id" ON "mentions" ("place_id");

CREATE INDEX "idx_name_keys_name_number" ON "name_keys" ("name_number");

CREATE INDEX "idx_namesakes_name" ON "namesakes" ("name");

CREATE INDEX "idx_namesakes_other_id" ON "namesakes" ("other_id");

CREATE INDEX "idx_people_aliases_alias" ON "people_aliases" ("alias");

CREATE INDEX "idx_people_aliases_mention_count" ON "people_aliases" ("mention_count");

CREATE INDEX "idx_people_article_count" ON "people" ("article_count");

CREATE INDEX "idx_people_country_code" ON "people" ("country_code");

CREATE INDEX "idx_people_family_name" ON "people" ("family_name");

CREATE INDEX "idx_people_mention_count" ON "people" ("mention_count");

CREATE INDEX "idx_people_name" ON "people" ("name");

CREATE INDEX "idx_people_role" ON "people" ("role");

CREATE INDEX "idx_people_roles_country_code" ON "people_roles" ("country_code");

CREATE INDEX "idx_people_roles_mention_count" ON "people_roles" ("mention_count");

CREATE INDEX "idx_people_roles_person_id" ON "people_roles" ("person_id");

CREATE INDEX "idx_people_roles_role" ON "people_roles" ("role");

CREATE INDEX "idx_person_countries_article_count" ON "person_countries" ("article_count");

CREATE INDEX "idx_person_countries_country_code" ON "person_countries" ("country_code");

CREATE INDEX "idx_person_names_number" ON "person_names" ("number");

CREATE INDEX "idx_person_names_person_id" ON "person_names" ("person_id");

CREATE INDEX "idx_person_pairs_article_count" ON "person_pairs" ("article_count");

CREATE INDEX "idx_person_pairs_other_id" ON "person_pairs" ("other_id");

CREATE INDEX "idx_places_article_count" ON "places" ("article_count");

CREATE INDEX "idx_places_country_code" ON "places" ("country_code");

CREATE INDEX "idx_places_kind" ON "places" ("kind");

CREATE INDEX "idx_places_name" ON "places" ("name");

CREATE INDEX "idx_places_region" ON "places" ("region");

CREATE INDEX "idx_role_claims_article_id" ON "role_claims" ("article_id");

CREATE INDEX "idx_role_claims_country_code" ON "role_claims" ("country_code");

CREATE INDEX "idx_role_claims_mention_id" ON "role_claims" ("mention_id");

CREATE INDEX "idx_role_claims_person_id" ON "role_claims" ("person_id");

CREATE INDEX "idx_role_claims_role" ON "role_claims" ("role");

CREATE INDEX "idx_stories_article_count" ON "stories" ("article_count");

CREATE INDEX "idx_stories_head_article_id" ON "stories" ("head_article_id");

CREATE INDEX "idx_story_articles_story_id" ON "story_articles" ("story_id");

CREATE INDEX "idx_told_apart_name" ON "told_apart" ("name");

CREATE INDEX "idx_told_apart_person_id" ON "told_apart" ("person_id");

CREATE TRIGGER "articles_ad" AFTER DELETE ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
END;

CREATE TRIGGER "articles_ai" AFTER INSERT ON "articles" BEGIN
  INSERT INTO "articles_fts" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;

CREATE TRIGGER "articles_au" AFTER UPDATE OF "title", "body" ON "articles" BEGIN
  INSERT INTO "articles_fts" ("articles_fts", rowid, "title", "body") VALUES ('delete', old.rowid, old."title", old."body");
  INSERT INTO "articles_fts" (rowid, "title", "body") VALUES (new.rowid, new."title", new."body");
END;

CREATE TRIGGER "people_ad" AFTER DELETE ON "people" BEGIN
  INSERT INTO "people_fts" ("people_fts", rowid, "name", "aliases") VALUES ('delete', old.rowid, old."name", old."aliases");
END;

CREATE TRIGGER "people_ai" AFTER INSERT ON "people" BEGIN
  INSERT INTO "people_fts" (rowid, "name", "aliases") VALUES (new.rowid, new."name", new."aliases");
END;

CREATE TRIGGER "people_au" AFTER UPDATE OF "name", "aliases" ON "people" BEGIN
  INSERT INTO "people_fts" ("people_fts", rowid, "name", "aliases") VALUES ('delete', old.rowid, old."name", old."aliases");
  INSERT INTO "people_fts" (rowid, "name", "aliases") VALUES (new.rowid, new."name", new."aliases");
END;

CREATE VIEW "article_countries_named" AS
SELECT x.article_id, a.title, a.published, a.publisher, x.country_code, c.name AS country,
       x.mention_count, x.dateline_count
FROM article_countries x
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN countries c ON c.code = x.country_code;

CREATE VIEW "article_dates" AS
SELECT a.id AS article_id, a.title, a.published, a.published AS value, a.published_origin AS origin,
       NULL AS label, 1 AS is_published
FROM articles a WHERE a.published IS NOT NULL
UNION ALL
SELECT a.id, a.title, a.published, a.dateline_date, 'dateline', NULL, 0
FROM articles a WHERE a.dateline_date IS NOT NULL AND a.published_origin IS NOT 'dateline'
UNION ALL
SELECT a.id, a.title, a.published, json_extract(d.value, '$.value'), json_extract(d.value, '$.origin'),
       json_extract(d.value, '$.label'), 0
FROM articles a JOIN json_each(a.metadata, '$.other_dates') d;

CREATE VIEW "article_people_named" AS
SELECT x.article_id, a.title, a.published, a.publisher, x.person_id, coalesce(p.name, x.name) AS person,
       x.name AS name_in_article, x.mention_count
FROM article_people x
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN people p ON p.id = x.person_id;

CREATE VIEW "articles_by_country_month" AS
SELECT x.country_code, c.name AS country, x.month, count(*) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_countries x
LEFT JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY x.country_code, x.month;

CREATE VIEW "articles_by_person_month" AS
SELECT x.person_id, p.name AS person, x.month, count(DISTINCT x.article_id) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_people x
LEFT JOIN people p ON p.id = x.person_id
WHERE x.person_id IS NOT NULL
GROUP BY x.person_id, x.month;

CREATE VIEW "copies" AS
SELECT d.id AS document_id, d.article_id, a.title, a.published, d.path, d.part,
       json_extract(d.metadata, '$.url') AS url,
       json_extract(d.metadata, '$.publisher') AS publisher,
       json_extract(d.metadata, '$.external_id') AS external_id,
       o.path AS article_path, a.url AS article_url, a.publisher AS article_publisher
FROM documents d
JOIN articles a ON a.id = d.article_id
LEFT JOIN documents o ON o.id = a.document_id
WHERE d.outcome = 'duplicate';

CREATE VIEW "countries_by_publisher" AS
SELECT a.publisher, x.country_code, c.name AS country, count(*) AS article_count,
       sum(x.mention_count) AS mention_count
FROM article_countries x
JOIN articles a ON a.id = x.article_id
JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY a.publisher, x.country_code;

CREATE VIEW "country_neighbours" AS
SELECT x.country_code, c.name AS country, x.other_code, o.name AS other, x.article_count
FROM country_pairs x
LEFT JOIN countries c ON c.code = x.country_code
LEFT JOIN countries o ON o.code = x.other_code
UNION ALL
SELECT x.other_code, c.name, x.country_code, o.name, x.article_count
FROM country_pairs x
LEFT JOIN countries c ON c.code = x.other_code
LEFT JOIN countries o ON o.code = x.country_code;

CREATE VIEW "country_pairs_by_year" AS
SELECT x.country_code, c.name AS country, y.country_code AS other_code, o.name AS other,
       CAST(substr(x.month, 1, 4) AS INTEGER) AS year, count(*) AS article_count
FROM article_countries x
JOIN article_countries y ON y.article_id = x.article_id AND y.country_code <> x.country_code
LEFT JOIN countries c ON c.code = x.country_code
LEFT JOIN countries o ON o.code = y.country_code
WHERE x.mention_count > 0 AND y.mention_count > 0
GROUP BY x.country_code, y.country_code, substr(x.month, 1, 4);

CREATE VIEW "datelines" AS
SELECT a.dateline_place, a.dateline_country AS country_code, c.name AS country, a.agency,
       count(*) AS article_count, min(a.published) AS first_published, max(a.published) AS last_published
FROM articles a
LEFT JOIN countries c ON c.code = a.dateline_country
WHERE a.dateline IS NOT NULL
GROUP BY a.dateline_country, a.dateline_place, a.agency;

CREATE VIEW "dates_in_context" AS
SELECT d.id, d.article_id, a.title, a.published, d.value, d.precision, d.text,
       substr(CASE d.field WHEN 'title' THEN a.title ELSE a.body END,
              d.sentence_start + 1, d.sentence_end - d.sentence_start) AS sentence,
       d.anchor, d.rule, d.field, d.start
FROM dates d
LEFT JOIN articles a ON a.id = d.article_id;

CREATE VIEW "mentions_in_context" AS
SELECT m.id, m.article_id, a.title, a.published, a.publisher, a.agency, m.entity, m.kind, m.text,
       m.person_id, p.name AS person, m.country_code, c.name AS country, m.place,
       substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
              m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       b.text AS antecedent, m.rule, m.confidence, m.field, m.start
FROM mentions m
LEFT JOIN articles a ON a.id = m.article_id
LEFT JOIN people p ON p.id = m.person_id
LEFT JOIN countries c ON c.code = m.country_code
LEFT JOIN mentions b ON b.id = m.antecedent_id;

CREATE VIEW "namesakes_named" AS
SELECT x.name, x.person_id, p.description, x.other_id, o.description AS other_description, x.marks,
       b.marks AS other_marks, x.shared, x.score
FROM namesakes x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN people o ON o.id = x.other_id
LEFT JOIN namesakes b ON b.person_id = x.other_id AND b.other_id = x.person_id;

CREATE VIEW "people_roles_named" AS
SELECT r.person_id, p.name AS person, r.role, r.country_code, c.name AS country, r.mention_count,
       r.first_published, r.last_published
FROM people_roles r
LEFT JOIN people p ON p.id = r.person_id
LEFT JOIN countries c ON c.code = r.country_code;

CREATE VIEW "person_countries_named" AS
SELECT x.person_id, p.name AS person, x.country_code, c.name AS country, x.article_count
FROM person_countries x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN countries c ON c.code = x.country_code;

CREATE VIEW "person_evidence" AS
SELECT x.person_id, p.label AS person, x.article_id, a.title, a.published, x.name, n.joined_to, n.rule,
       t.shared, coalesce(t.confidence, n.confidence) AS confidence, x.mention_count
FROM article_people x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN articles a ON a.id = x.article_id
LEFT JOIN person_names n ON n.name = x.name
LEFT JOIN told_apart t ON t.article_id = x.article_id AND t.number = x.number
WHERE x.person_id IS NOT NULL;

CREATE VIEW "person_neighbours" AS
SELECT x.person_id, p.name AS person, x.other_id, o.name AS other, x.article_count
FROM person_pairs x
LEFT JOIN people p ON p.id = x.person_id
LEFT JOIN people o ON o.id = x.other_id
UNION ALL
SELECT x.other_id, p.name, x.person_id, o.name, x.article_count
FROM person_pairs x
LEFT JOIN people p ON p.id = x.other_id
LEFT JOIN people o ON o.id = x.person_id;

CREATE VIEW "places_by_country" AS
SELECT p.country_code, c.name AS country, p.id AS place_id, p.name AS place, p.kind, p.region,
       p.mention_count, p.article_count
FROM places p
LEFT JOIN countries c ON c.code = p.country_code
WHERE p.mention_count > 0;

CREATE VIEW "problems" AS
SELECT d.id AS document_id, d.path, d.part, d.byte_end - d.byte_start AS bytes, d.outcome, d.reason
FROM documents d
WHERE d.outcome IN ('empty', 'rejected')
  AND NOT (d.outcome = 'empty' AND d.part IS NULL AND EXISTS (SELECT 1 FROM files f WHERE f.container_id = d.file_id));

CREATE VIEW "roles_over_time" AS
SELECT r.id, r.person_id, coalesce(p.name, x.name) AS person, r.role, r.country_code, c.name AS country,
       r.organisation, a.published, r.article_id, a.title, r.text AS words,
       substr(CASE r.field WHEN 'title' THEN a.title ELSE a.body END,
              min(coalesce(m.sentence_start, r.start), r.start) + 1,
              max(coalesce(m.sentence_end, r."end"), r."end")
              - min(coalesce(m.sentence_start, r.start), r.start)) AS sentence
FROM role_claims r
LEFT JOIN articles a ON a.id = r.article_id
LEFT JOIN people p ON p.id = r.person_id
LEFT JOIN article_people x ON x.article_id = r.article_id AND x.number = r.person_number
LEFT JOIN countries c ON c.code = r.country_code
LEFT JOIN mentions m ON m.id = r.mention_id;

CREATE VIEW "stories_by_country_month" AS
SELECT x.country_code, c.name AS country, x.month, count(DISTINCT s.story_id) AS story_count,
       count(*) AS article_count
FROM article_countries x
LEFT JOIN story_articles s ON s.article_id = x.article_id
LEFT JOIN countries c ON c.code = x.country_code
WHERE x.mention_count > 0
GROUP BY x.country_code, x.month;

CREATE VIEW "stories_by_person_month" AS
SELECT x.person_id, p.name AS person, x.month, count(DISTINCT s.story_id) AS story_count,
       count(DISTINCT x.article_id) AS article_count
FROM article_people x
LEFT JOIN story_articles s ON s.article_id = x.article_id
LEFT JOIN people p ON p.id = x.person_id
WHERE x.person_id IS NOT NULL
GROUP BY x.person_id, x.month;

CREATE VIEW "story_articles_named" AS
SELECT x.story_id, s.title AS story, s.article_count AS story_article_count, x.article_id, a.title,
       a.published, a.publisher, a.agency, s.head_article_id = x.article_id AS is_head, x.similarity,
       x.share_in_head
FROM story_articles x
JOIN stories s ON s.id = x.story_id
LEFT JOIN articles a ON a.id = x.article_id;

CREATE VIEW "unresolved_mentions" AS
SELECT m.id, m.article_id, a.title, a.published, m.entity, m.kind, m.text,
       substr(CASE m.field WHEN 'title' THEN a.title ELSE a.body END,
              m.sentence_start + 1, m.sentence_end - m.sentence_start) AS sentence,
       m.rule
FROM mentions m
LEFT JOIN articles a ON a.id = m.article_id
WHERE m.person_id IS NULL AND m.country_code IS NULL;
