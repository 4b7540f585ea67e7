"""The words of stories, in which the desk searches: each database's own full-text index, kept by triggers.

Triggers, since processes of the version before write texts too, and an erasure must not depend on who deletes one.
SQLite has an FTS5 table without content beside ``story_texts``, which numbers the texts: writing the file anew gives
rows without a number of their own other ones. PostgreSQL has a ``tsvector`` in that table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    column,
    func,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSVECTOR

from dateline.adapters.ledger.database.tables import metadata

story_texts: Final = Table(
    "story_texts", metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("item_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("words", Text().with_variant(TSVECTOR(), "postgresql")),
    UniqueConstraint("item_id", "revision", name="story_texts_of"),
)  # fmt: skip
"""A row a revision of a story that has a text; ``words`` is PostgreSQL's alone."""

MOST_WORDS: Final = 12
"""Of what was typed."""

_FTS: Final = table("story_words", column("rowid"), column("story_words"))
_BETWEEN: Final = ("p", "div", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "tr", "td", "th", "br")
"""Elements that part words."""
_WITHIN: Final = ("strong", "em", "b", "i", "a", "span")
"""Elements that stand within words."""


def words_of(query: str) -> tuple[str, ...]:
    """The words of what was typed, in small letters: so many as are worth asking for."""
    return tuple(re.findall(r"[^\W_]+", query.lower()))[:MOST_WORDS]


def holding(connection: Connection, words: Sequence[str], *, headlines_only: bool = False) -> ColumnElement[bool]:
    """The rows of ``story_texts`` that have all these ``words_of`` a query, or words that begin so."""
    if connection.dialect.name == "postgresql":
        mark = "A" if headlines_only else ""
        said = (f"'{word}':{'*' * _is_beginning(word)}{mark}" for word in words)
        asked = func.to_tsquery(literal_column("'simple'"), " & ".join(one.rstrip(":") for one in said))
        return story_texts.c.words.bool_op("@@")(asked)
    matched = " ".join(f'"{word}"{"*" * _is_beginning(word)}' for word in words)
    match = _FTS.c.story_words.bool_op("MATCH")(f"headline : ({matched})" if headlines_only else matched)
    return story_texts.c.id.in_(select(_FTS.c.rowid).where(match))


def _is_beginning(word: str) -> bool:
    """Whether words that begin so are meant too; half a vocabulary begins with a letter."""
    return len(word) > 1 or not word.isascii()


def make_story_words(connection: Connection) -> None:
    """Make the table, its index and the triggers that keep both, and read what is there."""
    for statement in _postgresql(connection) if connection.dialect.name == "postgresql" else _sqlite():
        connection.exec_driver_sql(statement)


def _sqlite() -> tuple[str, ...]:
    return (
        """CREATE TABLE story_texts (id INTEGER NOT NULL PRIMARY KEY, item_id TEXT NOT NULL, revision INTEGER NOT NULL,
           words TEXT, CONSTRAINT story_texts_of UNIQUE (item_id, revision))""",
        """CREATE VIRTUAL TABLE story_words USING fts5 (headline, text, content = '',
           tokenize = 'unicode61 remove_diacritics 2')""",
        f"""CREATE TRIGGER payloads_words_added AFTER INSERT ON payloads WHEN {_is_story("NEW")} BEGIN
            INSERT INTO story_texts (item_id, revision) VALUES (NEW.item_id, NEW.revision);
            INSERT INTO story_words (rowid, headline, text)
                SELECT id, {_columns("NEW")} FROM story_texts WHERE {_is_text_of("NEW")}; END""",
        f"""CREATE TRIGGER payloads_words_taken BEFORE DELETE ON payloads WHEN {_is_story("OLD")} BEGIN
            INSERT INTO story_words (story_words, rowid, headline, text)
                SELECT 'delete', id, {_columns("OLD")} FROM story_texts WHERE {_is_text_of("OLD")};
            DELETE FROM story_texts WHERE {_is_text_of("OLD")}; END""",
        f"""INSERT INTO story_texts (item_id, revision)
            SELECT item_id, revision FROM payloads WHERE {_is_story("payloads")}""",
        f"""INSERT INTO story_words (rowid, headline, text)
            SELECT id, {_columns("payloads")} FROM story_texts JOIN payloads ON {_is_text_of("payloads")}""",
    )


def _is_story(row: str) -> str:
    return f"{row}.body LIKE '{{%' AND json_extract({row}.body, '$.headline') IS NOT NULL"


def _is_text_of(row: str) -> str:
    return f"story_texts.item_id = {row}.item_id AND story_texts.revision = {row}.revision"


def _columns(row: str) -> str:
    """The headline's words and the text's; the HTML of a text without its commonest marks."""
    html = f"replace(json_extract({row}.body, '$.body_html'), '</', '<')"
    for names, instead in ((_WITHIN, ""), (_BETWEEN, " ")):
        for name in names:
            html = f"replace({html}, '<{name}>', '{instead}')"
    html = f"replace({html}, '&nbsp;', ' ')"
    headline, text = (
        " || ' ' || ".join(f"coalesce(json_extract({row}.body, '$.{name}'), '')" for name in names)
        for names in (("headline", "slugline"), ("summary", "byline", "body_text"))
    )
    return f"{headline}, {text} || ' ' || coalesce({html}, '')"


_MOST: Final = 100_000
"""Characters of a text that PostgreSQL reads: a ``tsvector`` has at most a megabyte."""
_PARTING: Final = "-/.@_:«»„“”‘’—–…"
"""What its parser would leave within a word, some of it where the database knows no letters but those of ASCII."""
_ICU: Final = "SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'"


def _tsvector(*parts: str) -> str:
    said = f"left(translate(concat_ws(' ', {', '.join(parts)}), '{_PARTING}', '{' ' * len(_PARTING)}'), {_MOST})"
    return f"to_tsvector('simple', lower({said} COLLATE {{collation}}))"


_PLAIN: Final = f"""regexp_replace(regexp_replace(left(said ->> 'body_html', {2 * _MOST}),
    '</?({"|".join(_WITHIN)})( [^>]*)?>', '', 'g'), '<[^>]*>|&nbsp;', ' ', 'g')"""
_HEADLINE: Final = _tsvector("said ->> 'headline'", "said ->> 'slugline'")
_TEXT: Final = _tsvector("said ->> 'summary'", "said ->> 'byline'", "said ->> 'body_text'", _PLAIN)
_POSTGRESQL: Final = (
    """CREATE TABLE story_texts (id BIGSERIAL PRIMARY KEY, item_id TEXT NOT NULL, revision INTEGER NOT NULL,
       words TSVECTOR, CONSTRAINT story_texts_of UNIQUE (item_id, revision))""",
    f"""CREATE FUNCTION words_of_story(said JSON) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE
        AS $$ SELECT setweight({_HEADLINE}, 'A') || {_TEXT} $$""",
    """CREATE FUNCTION payloads_words_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       INSERT INTO story_texts (item_id, revision, words)
       VALUES (NEW.item_id, NEW.revision, words_of_story(NEW.body::json)); RETURN NULL; END $$""",
    """CREATE FUNCTION payloads_words_taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
       DELETE FROM story_texts WHERE item_id = OLD.item_id AND revision = OLD.revision; RETURN NULL; END $$""",
    """CREATE TRIGGER payloads_words_added AFTER INSERT ON payloads FOR EACH ROW
       WHEN (strpos(NEW.body, '"headline"') > 0) EXECUTE FUNCTION payloads_words_added()""",
    """CREATE TRIGGER payloads_words_taken AFTER DELETE ON payloads FOR EACH ROW
       EXECUTE FUNCTION payloads_words_taken()""",
    """INSERT INTO story_texts (item_id, revision, words) SELECT item_id, revision, words_of_story(body::json)
       FROM payloads WHERE strpos(body, '"headline"') > 0""",
    "CREATE INDEX story_texts_words ON story_texts USING gin (words)",
)


def _postgresql(connection: Connection) -> tuple[str, ...]:
    """Letters of every script are made small by ICU where the server has it."""
    known = connection.exec_driver_sql(_ICU).first() is not None
    return tuple(one.format(collation='"und-x-icu"' if known else '"default"') for one in _POSTGRESQL)
