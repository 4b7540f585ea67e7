"""Pages by relevance: behind the first by a walk in a point in time, by score where that is gone or may not be opened.

The point in time says only which story comes after which. What is shown of them is asked of the index as it is now: a
story that was withdrawn since is shown to nobody.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.labels import Labels
from dateline.adapters.elastic.paging.points_in_time import PointInTimeGone, PointsInTime
from dateline.adapters.elastic.search import checked, edge_of, search_body, search_stories
from dateline.adapters.elastic.text.query import Query
from dateline.adapters.ranked_cursor import EDGE_PARTS, FORGOTTEN, RankedCursor
from dateline.ports.index import StoryPage, StorySearch


class RankedPages:
    """The pages by relevance of one alias."""

    def __init__(self, client: ElasticClient, alias: str, labels: Labels) -> None:
        self._client = client
        self._alias = alias
        self._labels = labels
        self._points = PointsInTime(client, alias)

    def page(self, search: StorySearch) -> StoryPage:
        """The page of a search: one request for the first, two in a walk, and one more where it begins. Raises
        ``IndexUnavailable``, and ``InvalidInput`` for an ``after`` that no page of this sort gave."""
        if search.after is None:
            return self._first(search)
        cursor = RankedCursor.of(search.after)
        checked(cursor.edge, with_score=True)
        if (walk := cursor.walk or self._points.open() or FORGOTTEN) != FORGOTTEN:
            try:
                return self._walked(search, cursor, walk)
            except PointInTimeGone:
                pass
        return self._by_score(replace(search, after=cursor.edge))

    def _first(self, search: StorySearch) -> StoryPage:
        answer = search_stories(self._client, self._alias, self._labels, search, search_body(search))
        return answer.with_cursors(RankedCursor.first(hit.document.id for hit in answer.page.hits).at)

    def _by_score(self, search: StorySearch) -> StoryPage:
        answer = search_stories(self._client, self._alias, self._labels, search, search_body(search))
        return answer.with_cursors(RankedCursor(walk=FORGOTTEN).at)

    def _walked(self, search: StorySearch, cursor: RankedCursor, walk: str) -> StoryPage:
        """A page of a walk; the first of all where the way back has come to the walk's beginning."""
        edge = cursor.edge if cursor.walk else None
        walk, found = self._points.search(walk, _order_body(replace(search, after=edge), cursor.seen))
        shown, _, after = search.page_of(found)
        first = search.from_the_start()
        if search.backwards and not shown:
            return self._first(first)
        body = _body_of_these(first, [hit["_id"] for hit in shown])
        page = search_stories(self._client, self._alias, self._labels, first, body).page
        hits = {hit.document.id: hit for hit in page.hits}
        # the server sorts inside a point in time by one column more, its own
        ends = [cursor.of_walk(walk).at(edge_of(hit)[:EDGE_PARTS]) for hit in shown]
        return replace(
            page,
            hits=tuple(hits[hit["_id"]] for hit in shown if hit["_id"] in hits),
            before=ends[0] if ends else None,
            after=ends[-1] if ends and after else None,
        )


def _order_body(search: StorySearch, seen: tuple[str, ...]) -> dict[str, Any]:
    """The search for nothing but ids in their order, without the stories of the first page."""
    body = search_body(replace(search, facets=(), highlight=False))
    kept: dict[str, Any] = {name: body[name] for name in ("query", "size", "sort", "search_after") if name in body}
    return {**kept, "post_filter": {"bool": {"must_not": [_ids(seen)]}}, "_source": False}


def _body_of_these(search: StorySearch, ids: list[str]) -> dict[str, Any]:
    """The search for some of its stories; facets are counted over all."""
    body = search_body(search)
    filters = body.get("post_filter", {"bool": {"filter": []}})["bool"]["filter"]
    counting = {"total": {"filter": {"bool": {"filter": filters}}}}
    return {
        **body,
        "post_filter": {"bool": {"filter": [*filters, _ids(ids)]}},
        "aggregations": {**body.get("aggregations", {}), **counting},
    }


def _ids(ids: list[str] | tuple[str, ...]) -> Query:
    return {"terms": {"id": list(ids)}}
