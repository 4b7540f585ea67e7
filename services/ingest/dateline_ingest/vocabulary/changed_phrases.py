"""Which words a story must have for a changed term to do anything to it."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.domain.term import Term


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedPhrases:
    """Names and phrases, as the index looks for them. ``carriers``: stories that carry the term may lose it without
    having any of them as they stand here, for an index knows no cases of Cyrillic names."""

    phrases: tuple[str, ...] = ()
    carriers: bool = False


def changed_phrases(before: Term | None, after: Term) -> ChangedPhrases:
    """What stands in the one and not in the other; all, where the change is one of how phrases work together."""
    old, new = _phrases(before) if before else frozenset(), _phrases(after)
    changed = old | new if before and _works_otherwise(before, after) else old ^ new
    gone = old - new
    return ChangedPhrases(
        phrases=tuple(sorted({phrase.partition("^")[0].strip() for phrase in changed})),
        carriers=any(not phrase.isascii() for phrase in gone),
    )


def _phrases(term: Term) -> frozenset[str]:
    if term.type != "topic":
        return frozenset(term.names)
    rules = term.rules
    deciding = rules.any or rules.all or (term.label, *term.aliases)
    return frozenset((*deciding, *rules.all, *rules.none))


def _works_otherwise(before: Term, after: Term) -> bool:
    """Whether phrases that both have decide in another way: with others, or alone."""
    return before.type == "topic" and before.rules.all != after.rules.all
