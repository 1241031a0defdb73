"""The input files, the pieces they were cut into, and the dates that these give in numbers alone."""

from __future__ import annotations

from corpus_db.store.schema.declared import Column, Table, one_of

FILES = Table(
    "files",
    "Every input file that was read, as it was when it was read; files inside archives and mails too.",
    (
        Column("id", "INTEGER", "Number of the file."),
        Column("path", "TEXT", "Path: relative to the folder of this database where the file lies beneath it, else absolute. Bytes that are no text are written \\xNN. A file inside another has that file's path, a slash, and its name there (news.zip/2020/a.txt).", not_null=True),
        Column("size", "INTEGER", "Size in bytes, of a file inside an archive unpacked; NULL where the file could not be read."),
        Column("sha256", "TEXT", "SHA-256 of the whole file; NULL where it could not be read."),
        Column("reader", "TEXT", "The reader that cut the file into pieces (text, jsonl, …)."),
        Column("annotator", "TEXT", "What understood its articles: the version of corpus-db and the recogniser of people."),
        Column("container_id", "INTEGER", "The archive, mail or web archive that the file lies in; NULL for a file on disk.", references="files"),
    ),
    primary_key=("id",), facts=True, label="path", unique=(("path",),), facets=("reader",),
)  # fmt: skip

DOCUMENTS = Table(
    "documents",
    "Every piece of every input file and what became of it. Nothing is lost: the byte ranges of a file's pieces add up to its size.",
    (
        Column("id", "INTEGER", "Number of the piece."),
        Column("file_id", "INTEGER", "The input file.", references="files", not_null=True),
        Column("path", "TEXT", "Path of the input file, as in files.", not_null=True),
        Column("part", "TEXT", "Which piece of the file, for files that hold several; NULL where the file is one piece."),
        Column("byte_start", "INTEGER", "First byte of the piece in the file; in a file inside an archive, of its unpacked bytes."),
        Column("byte_end", "INTEGER", "End of the piece in the file (exclusive)."),
        Column("sha256", "TEXT", "SHA-256 of the piece's bytes."),
        Column("reader", "TEXT", "The reader that cut the piece out."),
        Column("outcome", "TEXT", "What became of it: article, duplicate (of the article in article_id), empty, or rejected.", not_null=True, check=one_of("outcome", "article", "duplicate", "empty", "rejected"), indexed=True),
        Column("reason", "TEXT", "Why it is empty or rejected, or a remark on how it was read."),
        Column("article_id", "INTEGER", "The article it became or repeats.", references="articles"),
        Column("metadata", "TEXT", "For a duplicate: what it says about itself where that may differ from the article it repeats (url, publisher, …), as JSON."),
    ),
    primary_key=("id",), facts=True, label="path", facets=("outcome", "reader"),
    indexes=(("path",), ("file_id", "outcome"), ("article_id", "outcome")),
)  # fmt: skip

DATE_READINGS = Table(
    "date_readings",
    "Dates of publication that are written in numbers alone, so that day and month may be either way round (03/04/2020). Which way is meant is read from the other dates of the same layout: of the file, else of its folder, else of the nearest folder above.",
    (
        Column("document_id", "INTEGER", "The document that gives the date.", references="documents", not_null=True),
        Column("printed", "TEXT", "The date as printed.", not_null=True),
        Column("folder", "TEXT", "The folder that the input file lies in.", not_null=True),
        Column("layout", "TEXT", "What its like have in common: the reader, the label before the date, and its shape (# stands for a number).", not_null=True),
        Column("month_first", "TEXT", "The date if the month comes first; NULL where there is no such day."),
        Column("day_first", "TEXT", "The date if the day comes first; NULL where there is no such day."),
        Column("stated_order", "TEXT", "The order that the document itself settles, because the other reading is no day or because another date in it agrees with one: month first or day first; NULL where both are possible.", check=one_of("stated_order", "month first", "day first")),
        Column("used_order", "TEXT", "The order in which the date was read in the end; NULL: unknown, and published is only the year.", check=one_of("used_order", "month first", "day first")),
        Column("decided_by", "TEXT", "What decided it: the document, its file, or the folder whose dates did."),
    ),
    primary_key=("document_id",), facts=True, label="printed", facets=("layout", "used_order"),
)  # fmt: skip
