"""Which sources pull into a section: those whose stories that name none stand there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from dateline.errors import NotFound
from dateline.ports.ledger.pulled_sources import PulledSource
from dateline_ingest.context import parts, token


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """The sources that pull into a section, and the others."""

    pulling: tuple[PulledSource, ...]
    others: tuple[PulledSource, ...]


def feeds_of(slug: str) -> Feeds:
    """The sources of a section; one that names a section that was merged into it is one of them."""
    sources = parts().ledger.sources()
    pulling = tuple(one for one in sources if one.details.section and _slug_now(one) == slug)
    return Feeds(pulling=pulling, others=tuple(one for one in sources if one not in pulling))


def feeds_by_section() -> Mapping[str, int]:
    """How many sources pull into each section."""
    return Counter(_slug_now(one) for one in parts().ledger.sources())


def put_feed(typed: Mapping[str, str], slug: str) -> str:
    """Let the source of a form pull into a section, or with ``remove`` into none. What became of it, in words."""
    try:
        source = parts().ledger.source(typed.get("source", ""))
        removed = "remove" in typed
        parts().ledger.set_source_section(source.id, "" if removed else slug, token())
    except NotFound:
        return "Choose a source: it may be gone since this page was shown."
    return f"{source.details.name} pulls into {'no section' if removed else 'this section'} from now on."


def _slug_now(source: PulledSource) -> str:
    """The section that a source names, as what it is now."""
    named = source.details.section
    found = parts().vocabulary.current().resolve("section", named) if named else None
    return found.slug if found else named
