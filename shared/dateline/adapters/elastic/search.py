"""One search of stories: hits, highlights, facets and the next page, in one request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.document_json import (
    LONG_TEXT,
    ONLY_ON_PAGES,
    SEARCHED_AS_SAID,
    SHORT_TEXT,
    SUFFIXES,
    document_of,
)
from dateline.adapters.elastic.facets import facets_body, facets_of
from dateline.adapters.elastic.labels import Labels
from dateline.adapters.elastic.spelling import better_known, spelling_body
from dateline.adapters.elastic.text.highlights import highlight_body, highlights_of
from dateline.adapters.elastic.text.query import Query, day_query, facet_query, story_query
from dateline.domain.document import StoryDocument
from dateline.errors import InvalidInput
from dateline.ports.index import (
    FACETS,
    NOT_BRIEF,
    Clause,
    Hit,
    StoryFilter,
    StoryPage,
    StorySearch,
)

NUMBER: Final = r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE]-?[0-9]{1,3})?"
WHOLE: Final = r"-?[0-9]{1,18}"
LATEST: Final = 253_402_300_799_999
"""The last millisecond of the year 9999; nothing is as long before 1970."""
MAX_SCORE: Final = 3.4e38
"""Scores are single floats: the server refuses a larger one."""
_ANOTHER: Final = "this cursor belongs to another search"

WHOLE_STORY: Final = {
    "includes": [
        *("doc", *SEARCHED_AS_SAID, *SHORT_TEXT),
        *(f"{stem}_{suffix}" for stem in LONG_TEXT.values() for suffix in SUFFIXES),
    ]
}
"""What ``document_of`` reads of a source."""
BRIEF: Final = {
    "includes": WHOLE_STORY["includes"],
    "excludes": [f"body_{suffix}" for suffix in SUFFIXES] + [f"doc.{name}" for name in (*NOT_BRIEF, *ONLY_ON_PAGES)],
}
BRIEF_TO_MARK: Final = {
    "includes": WHOLE_STORY["includes"],
    "excludes": [name for name in BRIEF["excludes"] if name != "doc.body_text"],
}
"""With the body where folding changed it (``doc`` has it only then): the fragments are cut from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page without cursors, and what they are made of: the edges of its first and last hit, where something stands
    before and after them."""

    page: StoryPage
    before: tuple[str, ...] | None
    after: tuple[str, ...] | None

    def with_cursors(self, of: Callable[[tuple[str, ...]], tuple[str, ...]] = tuple) -> StoryPage:
        """The page with the cursors that ``of`` makes of the edges."""
        before, after = (None if edge is None else of(edge) for edge in (self.before, self.after))
        return replace(self.page, before=before, after=after)


def search_stories(
    client: ElasticClient, alias: str, labels: Labels, search: StorySearch, body: Mapping[str, Any]
) -> Answer:
    """The page of ``search`` that ``body`` finds, asked in one request. Raises ``IndexUnavailable``."""
    bodies = [body]
    if search.spelling:
        bodies.append(spelling_body(search.spelling))
    if search.months is not None:
        bodies.append(histogram_body("month", search.months, search.clauses))
    answer, *others = client.ask(alias, bodies)
    shown, before, after = search.page_of(answer["hits"]["hits"])
    page = StoryPage(
        total=_total(answer),
        hits=tuple(_hit(hit, brief=search.brief) for hit in shown),
        facets=facets_of(client, alias, body, search, answer.get("aggregations", {}), labels),
        spelling=better_known(client, alias, search.spelling, others.pop(0)) if search.spelling else {},
        months=by_month(counts_of(others.pop(0))) if search.months is not None else {},
    )
    return Answer(page=page, before=edge_of(shown[0]) if before else None, after=edge_of(shown[-1]) if after else None)


def _total(answer: Mapping[str, Any]) -> int:
    """How many stories match: those counted as ``total`` where the hits are but some of them."""
    counted = answer.get("aggregations", {}).get("total")
    total: int = counted["doc_count"] if counted else answer["hits"]["total"]["value"]
    return total


def histogram_body(interval: str, filter: StoryFilter, clauses: Sequence[Clause]) -> dict[str, Any]:
    """The search that counts stories by calendar ``day`` or ``month``."""
    histogram = {"field": "day", "calendar_interval": interval, "min_doc_count": 1, "format": "yyyy-MM-dd"}
    return {
        "query": story_query(tuple(clauses), matching(filter)),
        "aggregations": {"days": {"date_histogram": histogram}},
        "size": 0,
        "track_total_hits": False,
    }


def counts_of(answer: Mapping[str, Any]) -> dict[date, int]:
    """Stories by the first day of each interval of ``histogram_body``."""
    buckets = answer["aggregations"]["days"]["buckets"]
    return {date.fromisoformat(bucket["key_as_string"]): bucket["doc_count"] for bucket in buckets}


def by_month(counts: Mapping[date, int]) -> dict[tuple[int, int], int]:
    """The same by (year, month)."""
    return {(first.year, first.month): count for first, count in counts.items()}


def search_body(search: StorySearch) -> dict[str, Any]:
    """The request of a search, as keyword arguments of the client. Raises ``InvalidInput`` for an ``after`` that no
    page of this sort gave; by relevance it is the edge alone."""
    chosen = {facet: query for facet in FACETS if (query := facet_query(search.filter, facet))}
    counted = {facet: query for facet, query in chosen.items() if search.facets}
    filters = day_query(search.filter) + [query for facet, query in chosen.items() if facet not in counted]
    body: dict[str, Any] = {
        "query": story_query(search.clauses, filters),
        "size": search.limit + 1,
        "sort": _sort(search),
        "track_total_hits": True,
        "_source": _source(search),
    }
    if counted:
        body["post_filter"] = {"bool": {"filter": list(counted.values())}}
    if search.facets:
        body["aggregations"] = facets_body(search, counted)
    if search.after is not None:
        body["search_after"] = checked(search.after, with_score=is_ranked(search))
    if search.highlight and _positive(search.clauses):
        body["highlight"] = highlight_body()
    return body


def _source(search: StorySearch) -> dict[str, list[str]]:
    if not search.brief:
        return WHOLE_STORY
    return BRIEF_TO_MARK if search.highlight else BRIEF


def checked(after: Sequence[str], *, with_score: bool) -> list[str]:
    """A cursor's parts, when a page of this sort can have given them; ``InvalidInput`` otherwise."""
    patterns = (NUMBER, WHOLE) if with_score else (WHOLE,)
    *numbers, id = after or ("",)
    if not id or len(numbers) != len(patterns) or not all(map(re.fullmatch, patterns, numbers)):
        raise InvalidInput(_ANOTHER)
    if abs(int(numbers[-1])) > LATEST or any(abs(float(score)) > MAX_SCORE for score in numbers[:-1]):
        raise InvalidInput(_ANOTHER)
    return list(after)


def is_ranked(search: StorySearch) -> bool:
    """Whether the stories come by score."""
    return search.sort == "relevance" and _positive(search.clauses)


def _positive(clauses: Sequence[Clause]) -> bool:
    return any(not clause.exclude for clause in clauses)


def _sort(search: StorySearch) -> list[Any]:
    order = "asc" if (search.sort == "oldest") != search.backwards else "desc"
    by_time: list[Any] = [{"published_at": order}, {"id": order}]
    return [{"_score": order}, *by_time] if is_ranked(search) else by_time


def edge_of(hit: Mapping[str, Any]) -> tuple[str, ...]:
    """What a hit is sorted by, as ``after`` has it."""
    return tuple(str(value) for value in hit["sort"])


def _hit(hit: Mapping[str, Any], *, brief: bool) -> Hit:
    document = document_of("story", hit["_source"])
    assert isinstance(document, StoryDocument)
    highlights = highlights_of(document, hit.get("highlight", {}))
    if brief and document.body_text:
        document = replace(document, body_text="")
    return Hit(document=document, highlights=highlights)


def matching(filter: StoryFilter) -> list[Query]:
    """All conditions of a filter, for counts."""
    return day_query(filter) + [query for facet in FACETS if (query := facet_query(filter, facet))]
