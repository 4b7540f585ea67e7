"""One term becomes another name of a second: what both are after that, and what follows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, cast

from dateline.domain.document import StoryDocument
from dateline.domain.tag import TAG_TYPES, TagRef, TagType
from dateline.domain.term import Term, TermType, TopicRules
from dateline.errors import IndexUnavailable, InvalidInput
from dateline.ports.index import Index
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.term_moves import NewMove, SaidTag, TermMoves
from dateline.ports.vocabulary import Terms
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.entry import Entry, removal, written

MOST_NARROWER: Final = 500
"""Terms that are written anew with a merge, since they name the merged one as their broader one."""
_AT_ONCE: Final = 100

LookUp = Callable[[TermType, str], Entry]


def merge(
    source: Entry, target: Entry, write: Write, *, ledger: TermMoves, index: Index, terms: Terms, look_up: LookUp
) -> tuple[NewMove, list[Submission]]:
    """What makes ``source`` another name of ``target``. Raises ``InvalidInput`` where too many terms name it as their
    broader one."""
    assert source.term is not None and target.term is not None
    by = replace(write, if_match=None, idempotency=None)
    below = [entry for entry in terms_below(source.term, terms, look_up) if entry.key != target.key]
    submissions = [
        *removal(source, write, f"merged into {target.term.label}", target.key),
        written(target, merged_term(source.term, target.term), replace(by, if_match=target.revision)),
        *(moved_below(entry, source.key, target.key, by) for entry in below),
    ]
    move = NewMove(
        kind="merge",
        key=source.key,
        before={entry.key: entry.revision for entry in (source, target, *below)},
        tags=_said(source.term, target.term, ledger, index),
    )
    return move, submissions


def merged_term(source: Term, target: Term) -> Term:
    """``target`` with the names of ``source``, what it stands below, and what it alone has. A section stays what it is
    and where it is, and has another name."""
    if target.type == "section":
        return with_names(target, (source.label,))
    names = (source.label, *source.aliases, *source.labels.values())
    broader = dict.fromkeys(
        name if ":" in name or one.type == target.type else f"{one.type}:{name}"
        for one in (target, source)
        for name in one.broader
    )
    itself = {source.key, target.key, target.slug, *([source.slug] if source.type == target.type else [])}
    return replace(
        with_names(replace(target, labels={**source.labels, **target.labels}), names),
        broader=tuple(name for name in broader if name not in itself),
        same_as=tuple(dict.fromkeys((*target.same_as, *source.same_as))),
        rules=_rules(source, target),
        landing=target.landing or source.landing,
        order=target.order or source.order,
        description_html=target.description_html or source.description_html,
        image=target.image or source.image,
    )


def with_names(term: Term, names: tuple[str, ...]) -> Term:
    """``term`` with more other names."""
    known = {term.label, *term.labels.values()}
    new = dict.fromkeys((*term.aliases, *names))
    return replace(term, aliases=tuple(name for name in new if name and name not in known))


def _rules(source: Term, target: Term) -> TopicRules:
    """A topic that goes by phrases goes by those of the merged one too; one that goes by its names has these now."""
    if target.type != "topic":
        return TopicRules()
    phrases = source.rules.any or (() if source.rules.all else (source.label, *source.aliases))
    own = target.rules.any or (() if target.rules.all else (target.label, *target.aliases))
    if not own or not (target.rules.any or source.rules.any):
        return target.rules
    return replace(target.rules, any=tuple(dict.fromkeys((*own, *phrases))))


def terms_below(term: Term, terms: Terms, look_up: LookUp) -> list[Entry]:
    """The terms that name one as their broader one. Raises ``InvalidInput`` where they are too many to be written."""
    narrower = terms.narrower(term)
    if len(narrower) > MOST_NARROWER:
        raise InvalidInput(f"{len(narrower)} terms stand below {term.label}: it must stay, and others come to it.")
    return [look_up(one.type, one.slug) for one in narrower]


def moved_below(entry: Entry, source: str, target: str, write: Write) -> Submission:
    """A term that stood below the one of the key ``source``, as it stands below the other."""
    assert entry.term is not None
    term = entry.term
    keys = (name if ":" in name else f"{term.type}:{name}" for name in term.broader)
    moved = dict.fromkeys(target if key == source else key for key in keys)
    broader = tuple(key.removeprefix(f"{term.type}:") for key in moved if key != term.key)
    return written(entry, replace(term, broader=broader), replace(write, if_match=entry.revision))


def _said(source: Term, target: Term, ledger: TermMoves, index: Index) -> tuple[SaidTag, ...]:
    """Editors' words on the one are words on the other now.

    Where an editor said something of the other too, that stays. Who took the one from a story that carries the other
    meant only the one: the story keeps the other.
    """
    if source.type not in TAG_TYPES or target.type not in TAG_TYPES:
        return ()
    old, new = (TagRef(type=cast(TagType, term.type), slug=term.slug) for term in (source, target))
    known = ledger.said_of_tag(new)
    said = {item: added for item, added in ledger.said_of_tag(old).items() if item not in known}
    carriers = _carriers(index, [item for item, added in said.items() if not added], new)
    return tuple(
        SaidTag(item_id=item, tag=new, added=added) for item, added in said.items() if added or item not in carriers
    )


def _carriers(index: Index, ids: list[str], tag: TagRef) -> set[str]:
    """Those of the stories that carry a tag; all of them while nobody can say."""
    found: set[str] = set()
    try:
        for start in range(0, len(ids), _AT_ONCE):
            stories = cast(list[StoryDocument], index.get("story", ids[start : start + _AT_ONCE], brief=True))
            found.update(story.id for story in stories if any(one.key == tag.key for one in story.accepted_tags))
    except IndexUnavailable:
        return set(ids)
    return found
