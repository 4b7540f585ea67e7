"""What the form of a story offers to who writes it: sections, one's own first, and what sending will do."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from flask import g

from dateline.domain.term import Term
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.drafts import DraftSummary, Review
from dateline.ports.ledger.tokens import Token
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import time_field
from dateline_ingest.desk.outcome import NOW, outcome
from dateline_ingest.sections import listed_sections


def sections_of(who: Token) -> tuple[str, ...]:
    """The sections that an account works for."""
    return parts().ledger.account(who.id).sections if who.account else ()


def first_section(who: Token) -> str:
    """The section of a new story, where the account has exactly one, and the vocabulary has it."""
    own = sections_of(who)
    return own[0] if len(own) == 1 and parts().vocabulary.current().find("section", own[0]) else ""


def choice_of_sections() -> list[Term]:
    """The sections that a story may be put in: those that one works for, then the others, in the paper's order."""
    own = sections_of(g.token) if g.get("token") else ()
    return sorted(listed_sections(parts().vocabulary.current()), key=lambda section: section.slug not in own)


def may_make_sections() -> bool:
    """Whether who is signed in may name a new section."""
    who: Token | None = g.get("token")
    return who is not None and (who.role == "editor" or parts().settings.reporters_make_sections)


def outcome_of(typed: str, at_once: str = NOW) -> str:
    """What sending a story will do that has this in its embargo's field; ``at_once`` where nothing holds it."""
    zone, now = parts().settings.timezone, datetime.now(UTC)
    try:
        return outcome(datetime.fromisoformat(time_field(typed, zone)) if typed else None, zone, now, at_once)
    except (ValueError, OverflowError):
        return at_once


def label_of_section(slug: str) -> str:
    """What a section is called."""
    term = parts().vocabulary.current().find("section", slug)
    return term.label if term else slug


def asks_review(*slugs: str) -> bool:
    """Whether one of these sections asks for a second pair of eyes."""
    found = (parts().vocabulary.current().find("section", slug) for slug in slugs if slug)
    return any(term is not None and term.review for term in found)


def review_concerns(who: Token, draft: DraftSummary | None) -> bool:
    """Whether a section that asks for a second pair of eyes asks ``who`` for it: not the editor who reads what another
    wrote."""
    return who.role != "editor" or not draft or draft.writer_id == who.id


def count_to_review(who: Token) -> int:
    """How many drafts wait for an editor; none while the ledger can't say."""
    with suppress(LedgerUnavailable):
        return parts().ledger.count_to_review(who)
    return 0


def drafts_that_wait(who: Token) -> list[DraftSummary]:
    """Of one's newest drafts those that came back with notes, or that one was given."""
    return [
        one
        for one in parts().ledger.drafts(who, limit=20).drafts
        if (one.review and one.review.state == "returned") or (one.assignment and one.writer_id == who.id)
        if not one.is_to_review and one.is_written_by(who)
    ]


def reviews_of_story(story_id: str) -> tuple[Review, ...]:
    """The rounds by which a story, and corrections of it, went out."""
    return parts().ledger.reviews_of_story(story_id)


def writers_by_name() -> list[str]:
    """Who has an account that writes, by name."""
    writing = ("reporter", "editor")
    return [one.name for one in parts().ledger.accounts() if one.role in writing and one.disabled_at is None]
