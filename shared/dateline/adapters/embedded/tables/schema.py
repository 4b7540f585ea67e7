"""The tables of a generation. A change of them, or of ``analysis.py``, is a new ``ANALYSIS`` and needs a reindex."""

from __future__ import annotations

from typing import Final

from dateline.analysis import folding

ANALYSIS: Final = f"5.{folding.VERSION}"
"""Version of tables, text analysis and folding together; a generation of another version can't be read by this code."""

TEXT_COLUMNS: Final = (
    "headline",
    "summary",
    "body",
    "byline",
    "section",
    "person",
    "place",
    "organisation",
    "topic",
    "slugline",
    "source",
    "slugs",
)
"""Columns of the full text table, in the order of ``WEIGHTS``. ``slugs`` holds ``type:slug`` keys, each one token."""

INITIALS: Final[dict[str, str]] = {
    "section": "s",
    "topic": "t",
    "person": "p",
    "place": "l",
    "organisation": "o",
    "language": "g",
}
"""Facet -> the letter its values begin with in ``story.carries``."""

_TOKENIZE: Final = """tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co M*'\""""

TABLES: Final = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE document (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, json TEXT NOT NULL
);
CREATE UNIQUE INDEX document_id ON document (kind, id, version);

-- Stories that may be found: one in no list is a document and nothing else. carries repeats story_value in one
-- string ("p12,o5": initial of the facet, number of the value), which facets count ten times faster than rows.
CREATE TABLE story (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, published INTEGER NOT NULL, day TEXT NOT NULL, carries TEXT NOT NULL
);
CREATE INDEX story_published ON story (published, id);
CREATE INDEX story_day ON story (day, published, id);
CREATE TABLE day_count (day TEXT PRIMARY KEY, stories INTEGER NOT NULL) WITHOUT ROWID;

-- The values of all facets; stories counts the listed stories that carry one.
CREATE TABLE facet_value (
    number INTEGER PRIMARY KEY, facet TEXT NOT NULL, slug TEXT NOT NULL, label TEXT NOT NULL,
    stories INTEGER NOT NULL DEFAULT 0, UNIQUE (facet, slug)
);
CREATE INDEX facet_value_top ON facet_value (facet, stories DESC, slug);
CREATE TABLE story_value (
    story INTEGER NOT NULL, value INTEGER NOT NULL, published INTEGER NOT NULL, PRIMARY KEY (story, value)
) WITHOUT ROWID;
CREATE INDEX story_value_newest ON story_value (value, published);

-- Stories that may be found by the events that they are linked with.
CREATE TABLE story_event (
    event TEXT NOT NULL, story INTEGER NOT NULL, published INTEGER NOT NULL, PRIMARY KEY (event, published, story)
) WITHOUT ROWID;
CREATE INDEX story_event_story ON story_event (story);

CREATE VIRTUAL TABLE text USING fts5 ({", ".join(TEXT_COLUMNS)}, {_TOKENIZE});

CREATE TABLE word (word TEXT PRIMARY KEY, length INTEGER NOT NULL, stories INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE headline_start (start TEXT NOT NULL, story INTEGER NOT NULL, PRIMARY KEY (start, story)) WITHOUT ROWID;

-- free is null of what doesn't say what it costs.
CREATE TABLE event (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, first_day TEXT NOT NULL, unbounded INTEGER NOT NULL,
    attendance TEXT NOT NULL, status TEXT NOT NULL, free INTEGER, lat REAL, lon REAL, city TEXT NOT NULL,
    exception_of TEXT
);
CREATE INDEX event_lat ON event (lat);
CREATE INDEX event_city ON event (city);
CREATE INDEX event_exception ON event (exception_of) WHERE exception_of IS NOT NULL;
CREATE VIRTUAL TABLE event_text USING fts5 (words, {_TOKENIZE});
CREATE INDEX event_unbounded ON event (first_day) WHERE unbounded;
CREATE TABLE occurrence (event INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL);
CREATE INDEX occurrence_days ON occurrence (last_day, first_day, event);
CREATE INDEX occurrence_event ON occurrence (event, last_day, first_day);
CREATE TABLE event_value (event INTEGER NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (event, value)) WITHOUT ROWID;
CREATE INDEX event_value_event ON event_value (value, event);

CREATE TABLE term (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, slug TEXT NOT NULL, label TEXT NOT NULL,
    sorted TEXT NOT NULL, landing INTEGER NOT NULL, place INTEGER NOT NULL
);
CREATE UNIQUE INDEX term_id ON term (type, slug);
CREATE INDEX term_sorted ON term (type, sorted, id);
CREATE INDEX term_landing ON term (type, place, sorted, id) WHERE landing;
CREATE TABLE term_start (start TEXT NOT NULL, term INTEGER NOT NULL, PRIMARY KEY (start, term)) WITHOUT ROWID;
CREATE INDEX term_start_term ON term_start (term);
"""

SCRATCH: Final = f"""
CREATE TEMP TABLE matched (story INTEGER PRIMARY KEY, score REAL);
CREATE TEMP TABLE excluded (story INTEGER PRIMARY KEY);
CREATE TEMP TABLE hit (story INTEGER PRIMARY KEY, score REAL);
CREATE TEMP TABLE counted (story INTEGER PRIMARY KEY, score REAL);
CREATE VIRTUAL TABLE temp.excerpt USING fts5 (headline, body, {_TOKENIZE});
CREATE VIRTUAL TABLE temp.excerpt_token USING fts5vocab (temp, excerpt, instance);
"""
"""Sets of stories during one search, and parts of texts that are to be marked or stemmed; in memory, a connection's
own."""
