"""What events can be narrowed down to, a row a kind; what was chosen, and what to drop when nothing is found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument, TermDocument
from dateline.domain.term import TERM_TYPES
from dateline.ports.index import Facet
from dateline.vocabulary import find_shipped
from dateline_web.context import Web
from dateline_web.events.params import EventQuery, FilterKind
from dateline_web.events.timetable import EventLine, timetable

KINDS: Final[dict[FilterKind, str]] = {
    "q": "Words",
    "category": "Category",
    "topic": "Topic",
    "place": "Place",
    "section": "Section",
    "organisation": "Organisation",
    "person": "Person",
    "free": "Price",
    "online": "Attendance",
}
"""In the order of their rows; words are written, not chosen."""
SAID: Final[dict[tuple[FilterKind, str], str]] = {
    ("free", "1"): "Free",
    ("free", "0"): "Not free",
    ("online", "1"): "Online",
    ("online", "0"): "At a place",
}

SHOWN: Final = 8
MORE: Final = 8
"""So many further values wait behind a word."""
MAX_CHOSEN: Final = 12
"""So many chosen ones are shown: an address may name hundreds, and each link repeats them."""
MAX_OFFERED: Final = 30
"""With more chosen ones nothing further is offered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A filter's value: how many events have it, and the query with it chosen, or no longer."""

    label: str
    count: int
    selected: bool
    query: EventQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterRow:
    """The values of one kind, the most frequent first."""

    title: str
    shown: tuple[Choice, ...]
    more: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """What was chosen: its kind and label, and the query without it."""

    kind: FilterKind
    title: str
    label: str
    query: EventQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Drop:
    """How many events there are without the filters of one kind."""

    labels: tuple[str, ...]
    count: int
    query: EventQuery


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """All of them. ``drops`` has something only where nothing was found."""

    rows: tuple[FilterRow, ...] = ()
    chips: tuple[Chip, ...] = ()
    drops: tuple[Drop, ...] = field(default=())


Find = Callable[[EventQuery], Sequence[EventLine]]
"""What a page shows of a query: a filter's own kind is counted without it."""
Labels = dict[tuple[FilterKind, str], str]


def filters_of(web: Web, query: EventQuery, lines: Sequence[EventLine], find: Find | None = None) -> Filters:
    """What the events of ``query``, which are ``lines``, can be narrowed down to, and what was chosen.

    A count says how many events there would be with that value alone of its kind.
    """
    find = find or (lambda other: timetable(web, other.search))
    others = {kind: _events(find(query.without(kind))) for kind in KINDS if query.values(kind)}
    every = _events(lines)
    counted = {kind: others.get(kind, every) for kind in KINDS}
    labels = _labels(web, query, [event for events in counted.values() for event in events])
    offered = [kind for kind in KINDS if kind != "q"] if len(query.filters) <= MAX_OFFERED else []
    chosen = [(kind, value) for kind in KINDS for value in query.values(kind)]
    return Filters(
        rows=tuple(row for kind in offered if (row := _row(query, kind, counted[kind], labels))),
        chips=tuple(
            Chip(kind=kind, title=KINDS[kind], label=labels[kind, value], query=query.toggled(kind, value))
            for kind, value in chosen[:MAX_CHOSEN]
        ),
        drops=() if lines else tuple(_drops(query, others, labels)),
    )


def _events(lines: Iterable[EventLine]) -> list[EventDocument]:
    return list({line.event.id: line.event for line in lines}.values())


def _values(event: EventDocument, kind: FilterKind) -> dict[str, str]:
    """The values that an event has of a kind, with their labels."""
    if kind == "section":
        return {crumb.slug: crumb.label for crumb in event.sections}
    if kind == "category":
        return {label_key(word): word for word in event.categories}
    if kind == "free":
        return {"1": SAID[kind, "1"]} if event.price and event.price.free else {}
    if kind == "online":
        return {"1": SAID[kind, "1"]} if event.attendance != "offline" else {}
    return {tag.slug: tag.label for tag in event.accepted_tags if tag.type == kind}


def _labels(web: Web, query: EventQuery, events: Sequence[EventDocument]) -> Labels:
    """What values are called: as the first event says it, else as the vocabulary does."""
    every = {id(event): event for event in events}.values()
    labels: Labels = {
        (kind, value): label
        for event in reversed(every)
        for kind in KINDS
        for value, label in _values(event, kind).items()
    }
    labels |= SAID | {("q", value): f"“{value}”" for value in query.values("q")}
    unknown = [(kind, value) for kind, value in query.chosen if (kind, value) not in labels]
    terms = cast(list[TermDocument], web.index.get("term", [f"{kind}:{value}" for kind, value in unknown]))
    known = {term.id: term.label for term in terms}
    for kind, value in unknown:
        labels[kind, value] = known.get(f"{kind}:{value}") or _shipped(kind, value) or value.replace("-", " ")
    return labels


def _shipped(kind: Facet, slug: str) -> str:
    """What a term is called that nothing public uses yet; empty for what is no term."""
    term = find_shipped(kind, slug) if kind in TERM_TYPES else None
    return term.label if term else ""


def _row(query: EventQuery, kind: FilterKind, events: Sequence[EventDocument], labels: Labels) -> FilterRow | None:
    counts = Counter(value for event in events for value in _values(event, kind))
    chosen = query.values(kind)
    ranked = sorted(counts.keys() | set(chosen), key=lambda value: (-counts[value], labels[kind, value].casefold()))
    if not ranked or (len(ranked) == 1 and not chosen and counts[ranked[0]] == len(events)):
        return None  # a choice that changes nothing
    choices = [
        Choice(
            label=labels[kind, value], count=counts[value], selected=value in chosen, query=query.toggled(kind, value)
        )
        for value in ranked
    ]
    behind = choices[SHOWN:]
    return FilterRow(
        title=KINDS[kind],
        shown=(*choices[:SHOWN], *[choice for choice in behind if choice.selected][:MAX_CHOSEN]),
        more=tuple([choice for choice in behind if not choice.selected][:MORE]),
    )


def _drops(query: EventQuery, others: Mapping[FilterKind, Sequence[EventDocument]], labels: Labels) -> Iterable[Drop]:
    for kind, events in others.items():
        if events:
            named = tuple(labels[kind, value] for value in query.values(kind)[:MAX_CHOSEN])
            yield Drop(labels=named, count=len(events), query=query.without(kind))
