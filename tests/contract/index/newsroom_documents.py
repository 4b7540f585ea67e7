"""Documents for the contract of the index, made with as few words as a test needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, Final, get_args
from zoneinfo import ZoneInfo

from dateline.domain.document import Crumb, Document, EventDocument, StoryDocument, TermDocument
from dateline.domain.event import Occurrence
from dateline.domain.tag import Tag, TagType
from dateline.domain.term import TermType
from dateline.ports.index import Clause, Index, PutStatus, StoryPage, StorySearch, TextField

MINSK: Final = ZoneInfo("Europe/Minsk")
NOON: Final = datetime(2024, 3, 5, 9, 0, tzinfo=UTC)
"""12:00 in Minsk."""


def tag(key: str, label: str = "", **more: Any) -> Tag:
    """A tag of a key such as ``place:brest``; its label defaults to the slug in words."""
    type, _, slug = key.partition(":")
    assert type in get_args(TagType)
    return Tag(type=type, slug=slug, label=label or label_of(slug), **more)  # type: ignore[arg-type]


def label_of(slug: str) -> str:
    """The label that documents here give a slug."""
    return slug.replace("-", " ").title()


def crumbs(path: str) -> tuple[Crumb, ...]:
    """A breadcrumb such as ``news/sport``."""
    return tuple(Crumb(slug=slug, label=label_of(slug)) for slug in path.split("/") if slug)


def story(
    id: str,
    headline: str = "A headline",
    body: str = "",
    *,
    at: datetime = NOON,
    zone: ZoneInfo = MINSK,
    version: int = 1,
    sections: str = "",
    tags: Iterable[str | Tag] = (),
    **more: Any,
) -> StoryDocument:
    """A story; ``sections`` is its path (``news/sport``), ``tags`` keys (``place:brest``) or tags."""
    path = crumbs(sections)
    return StoryDocument(
        id=id,
        version=version,
        revision=1,
        published_at=at,
        updated_at=at,
        day=at.astimezone(zone).date(),
        headline=headline,
        slug=id,
        body_text=body,
        body_html=f"<p>{body}</p>",
        section=path[-1].slug if path else "",
        sections=path,
        tags=tuple(tag(given) if isinstance(given, str) else given for given in tags),
        **more,
    )


def withdrawn_story(id: str, *, version: int, at: datetime = NOON) -> StoryDocument:
    """A tombstone."""
    return StoryDocument(
        id=id, version=version, revision=2, published_at=at, updated_at=at, day=at.astimezone(MINSK).date(),
        withdrawn=True, notice="Withdrawn by the editor.",
    )  # fmt: skip


def event(
    id: str,
    *occurrences: tuple[date | datetime, date | datetime | None],
    version: int = 1,
    unbounded: bool = False,
    zone: ZoneInfo = MINSK,
    title: str = "",
    **more: Any,
) -> EventDocument:
    """An event that takes place at these times (start, end)."""
    days = [_day(moment, zone) for start, end in occurrences for moment in (start, end or start)]
    return EventDocument(
        id=id,
        version=version,
        revision=1,
        updated_at=NOON,
        title=title or id.title(),
        first_day=min(days),
        last_day=None if unbounded else max(days),
        expanded_until=max(days) if unbounded else None,
        start=occurrences[0][0],
        end=occurrences[0][1],
        occurrences=tuple(Occurrence(start=start, end=end) for start, end in occurrences),
        **more,
    )


def _day(moment: date | datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def term(key: str, label: str = "", *, version: int = 1, **more: Any) -> TermDocument:
    """A term of a key such as ``topic:trade``."""
    type, _, slug = key.partition(":")
    assert type in get_args(TermType)
    label = label or label_of(slug)
    return TermDocument(id=key, version=version, type=type, slug=slug, label=label, **more)  # type: ignore[arg-type]


def put(index: Index, *documents: Document) -> None:
    """Write documents that must all be taken."""
    results = index.put(documents)
    assert [result.status for result in results] == [PutStatus.DONE] * len(documents), results


def clauses(query: str) -> tuple[Clause, ...]:
    """Clauses of a query without spaces inside phrases: ``kursk -tractor headline:trade "in_this_order"``."""
    return tuple(_clause(part) for part in query.split())


def _clause(part: str) -> Clause:
    exclude = part.startswith("-")
    field: TextField | None = None
    text = part.removeprefix("-")
    name, colon, rest = text.partition(":")
    if colon and name in get_args(TextField):
        field, text = name, rest  # type: ignore[assignment]
    phrase = text.startswith('"')
    return Clause(text=text.strip('"').replace("_", " "), phrase=phrase, exclude=exclude, field=field)


def found(index: Index, query: str = "", **more: Any) -> list[str]:
    """The ids that a query finds, sorted; all of them on one page."""
    page = index.search(StorySearch(clauses=clauses(query), limit=100, **more))
    assert page.total == len(page.hits)
    return sorted(ids(page))


def ids(page: StoryPage) -> list[str]:
    """The ids of a page in its order."""
    return [hit.document.id for hit in page.hits]


def all_pages(index: Index, search: StorySearch) -> Sequence[StoryPage]:
    """Every page of a search."""
    from dataclasses import replace

    pages = [index.search(search)]
    while pages[-1].after is not None:
        assert len(pages) < 1000
        pages.append(index.search(replace(search, after=pages[-1].after)))
    return pages
