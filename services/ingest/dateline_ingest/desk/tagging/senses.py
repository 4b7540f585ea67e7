"""What tells terms of one name apart, in a few words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dateline.domain.html import text_of
from dateline.domain.html.cleaning import clean_html
from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import Term
from dateline.ports.vocabulary import Terms

_MOST: Final = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Sense:
    """A term that a name may mean; ``about`` tells it from others of the name."""

    key: str
    type: str
    label: str
    about: str


def senses_of(called: list[Term], terms: Terms) -> tuple[Sense, ...]:
    """Each of the terms that can be a tag; where the words for two are the same, with their slugs."""
    tags = [term for term in called if term.type in TAG_TYPES]
    about = [_about(term, terms) for term in tags]
    names = [(term.label, term.type, words) for term, words in zip(tags, about, strict=True)]
    return tuple(
        Sense(key=term.key, type=term.type, label=term.label,
              about=f"{words} ({term.slug})".strip() if names.count(name) > 1 else words)
        for term, words, name in zip(tags, about, names, strict=True)
    )  # fmt: skip


def _about(term: Term, terms: Terms) -> str:
    """What an editor wrote of it, else what it lies in or belongs to."""
    if term.description_html:
        words = " ".join(text_of(clean_html(term.description_html)).split())
        return words if len(words) <= _MOST else f"{words[:_MOST].rpartition(' ')[0]} …"
    return ", ".join(broader.label for broader in terms.ancestors(term)[:2])
