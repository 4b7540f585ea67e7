"""The embedded index: SQLite FTS5 in one file, no server. docs/decisions/0002-embedded-index.md says why and how."""

from dateline.adapters.embedded.index import EmbeddedIndex

__all__ = ["EmbeddedIndex"]
