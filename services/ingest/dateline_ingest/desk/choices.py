"""What the form of a story offers to who writes it: sections, one's own first, and what sending will do."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from flask import g

from dateline.domain.term import Term
from dateline.errors import LedgerUnavailable
from dateline.ports.ledger.drafts import DraftSummary, Review
from dateline.ports.ledger.tokens import Token
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import time_field
from dateline_ingest.desk.outcome import NOW, outcome
from dateline_ingest.section_tree import section_names

_STEP: Final = "\u00a0\u00a0\u00a0"


def sections_of(who: Token) -> tuple[str, ...]:
    """The sections that an account works for."""
    return parts().ledger.account(who.id).sections if who.account else ()


def first_section(who: Token) -> str:
    """The section of a new story, where the account has exactly one, and the vocabulary has it."""
    own = sections_of(who)
    section = _section(own[0]) if len(own) == 1 else None
    return section.slug if section else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionChoice:
    """A section as a form offers it: ``label`` stands further in, the deeper it lies."""

    slug: str
    label: str
    review: bool


def choice_of_sections() -> list[SectionChoice]:
    """The sections that a story may be put in: those that one works for, then the others as they lie within one
    another, in the paper's order."""
    own = sections_of(g.token) if g.get("token") else ()
    named = section_names(parts().vocabulary.current())
    first = [_choice(term, 0) for term, _ in named if term.slug in own]
    return first + [_choice(term, depth) for term, depth in named if term.slug not in own]


def _choice(section: Term, depth: int) -> SectionChoice:
    return SectionChoice(slug=section.slug, label=f"{_STEP * depth}{section.label}", review=section.review)


def may_name_sections() -> bool:
    """Whether who is signed in may name a new section while writing. An editor makes it on its own page."""
    who: Token | None = g.get("token")
    return who is not None and who.role == "reporter" and parts().settings.reporters_make_sections


def section_now(slug: str) -> str:
    """The slug of a section; of a merged one that of what it is now."""
    found = _section(slug)
    return found.slug if found else slug


def outcome_of(typed: str, at_once: str = NOW) -> str:
    """What sending a story will do that has this in its embargo's field; ``at_once`` where nothing holds it."""
    zone, now = parts().settings.timezone, datetime.now(UTC)
    try:
        return outcome(datetime.fromisoformat(time_field(typed, zone)) if typed else None, zone, now, at_once)
    except (ValueError, OverflowError):
        return at_once


def label_of_section(slug: str) -> str:
    """What a section is called."""
    term = _section(slug)
    return term.label if term else slug


def asks_review(*slugs: str) -> bool:
    """Whether one of these sections asks for a second pair of eyes."""
    return any(term is not None and term.review for term in map(_section, slugs))


def _section(slug: str) -> Term | None:
    return parts().vocabulary.current().resolve("section", slug) if slug else None


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
