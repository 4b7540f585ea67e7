"""The page where a reader makes a calendar to order: which events, with which reminder; and how programs take it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument
from dateline.ports.index import EventSearch
from dateline_web.context import Web
from dateline_web.dates.formatting import language_name
from dateline_web.events.timetable import bounded_events
from dateline_web.subscriptions.calendars import in_languages, language_of, name_of
from dateline_web.subscriptions.params import Subscription
from dateline_web.subscriptions.programs import adding_addresses, webcal
from dateline_web.urls import EVENTS, EVENTS_ICS, absolute, feed_paths, with_query

MOST_CHOICES: Final = 30
"""Of each kind; what was chosen stands there besides."""
KINDS: Final[Mapping[str, str]] = {
    "category": "Categories",
    "topic": "Topics",
    "place": "Places",
    "section": "Sections",
    "organisation": "Organisations",
    "person": "People",
}
"""What a calendar is narrowed down by, in the order of the page."""
ALARMS: Final[Mapping[str, str]] = {
    "": "None",
    "PT0M": "When it begins",
    "PT10M": "10 minutes before",
    "PT30M": "30 minutes before",
    "PT1H": "1 hour before",
    "PT2H": "2 hours before",
    "P1D": "1 day before",
    "P1W": "1 week before",
}


_MANNER: Final = frozenset({"alarm", "long"})
"""What a feed has no place for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value that can be chosen, and how many events to come have it."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribePage:
    """The calendar as it was put together, where it is, and what else there is to choose."""

    wanted: Subscription
    total: int
    choices: Mapping[str, tuple[Choice, ...]]
    alarms: Mapping[str, str]
    path: str
    address: str
    webcal: str
    programs: Mapping[str, str]
    feeds: Sequence[tuple[str, str]]


def subscribe_page(web: Web, wanted: Subscription) -> SubscribePage:
    """The page of a calendar. Raises ``IndexUnavailable`` when its events take too long to read."""
    coming = replace(wanted.search, first_day=web.today)
    with bounded_events(web):
        every = web.index.events(EventSearch(first_day=coming.first_day, last_day=coming.last_day))
        found = in_languages(web, web.index.events(coming) if coming.is_narrowed else every, wanted.languages)
    path = with_query(EVENTS_ICS, wanted.parameters)
    address = absolute(path)
    return SubscribePage(
        wanted=wanted,
        total=sum(not one.recurrence_id for one in found),
        choices=_choices(web, every, wanted),
        alarms=ALARMS if wanted.alarm in ALARMS else {**ALARMS, wanted.alarm: f"{wanted.alarm} before"},
        path=path,
        address=address,
        webcal=webcal(address),
        programs=adding_addresses(address, name_of(web, wanted)),
        feeds=feed_paths(EVENTS, [(name, value) for name, value in wanted.parameters if name not in _MANNER]),
    )


def _choices(web: Web, events: Iterable[EventDocument], wanted: Subscription) -> dict[str, tuple[Choice, ...]]:
    """What ``events`` can be narrowed down to, by kind; languages only where there are several."""
    counts: Counter[tuple[str, str]] = Counter()
    labels: dict[tuple[str, str], str] = {}
    for event in events:
        for kind, value, label in _values(web, event):
            counts[kind, value] += 1
            labels.setdefault((kind, value), label)
    chosen = {(str(name), value) for name, value in wanted.query.chosen}
    chosen |= {("language", language) for language in wanted.languages}
    offered: dict[str, list[Choice]] = {kind: [] for kind in (*KINDS, "language")}
    for kind, value in [*sorted(chosen), *(key for key, _ in counts.most_common() if key not in chosen)]:
        choice = Choice(
            value=value, label=labels.get((kind, value), value.replace("-", " ")), count=counts[kind, value],
            selected=(kind, value) in chosen,
        )  # fmt: skip
        if choice.selected or len(offered[kind]) < MOST_CHOICES:
            offered[kind].append(choice)
    if len(offered["language"]) < 2 and not wanted.languages:
        del offered["language"]
    return {kind: tuple(sorted(found, key=lambda one: one.label)) for kind, found in offered.items() if found}


def _values(web: Web, event: EventDocument) -> set[tuple[str, str, str]]:
    named = {(str(tag.type), tag.slug, tag.label) for tag in event.accepted_tags}
    named |= {("section", crumb.slug, crumb.label) for crumb in event.sections}
    named |= {("category", label_key(word), word) for word in event.categories}
    named |= {("category", label_key(word), word) for word in event.categories}
    language = language_of(web, event)
    return named | {("language", language, language_name(language))}
