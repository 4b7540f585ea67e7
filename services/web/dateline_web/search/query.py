"""A query for stories: what the reader asked, as the index is asked it, and the parameters of its variations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dateline.http.requests import cursor
from dateline.ports.index import FACETS, Facet, Sort, StoryFilter, StoryPage, StorySearch
from dateline_web.search.syntax import ParsedQuery, parse
from dateline_web.urls import UrlTemplate, url_template

FORWARDS: Final = "on"
BACKWARDS: Final = "back"
"""How a cursor says which way its page lies."""

FACET_SIZE: Final = 20
"""How many values of each facet an answer names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """A listing of stories, and which page of it."""

    parsed: ParsedQuery = field(default_factory=ParsedQuery)
    filter: StoryFilter = field(default_factory=StoryFilter)
    sort: Sort = "relevance"
    limit: int = 20
    after: tuple[str, ...] | None = None
    backwards: bool = False

    @property
    def order(self) -> Sort:
        """The order things really come in: without a positive word, relevance is newest."""
        positive = any(not clause.exclude for clause in self.parsed.clauses)
        return "newest" if self.sort == "relevance" and not positive else self.sort

    def from_cursor(self, given: str | None) -> StoryQuery:
        """This listing from the page that a cursor names; from its first without one. Raises ``InvalidInput``."""
        if given is None:
            return self
        way, *after = cursor.decode(given, self._listing) or ("",)
        if way not in (FORWARDS, BACKWARDS):
            raise cursor.invalid_cursor()
        return replace(self, after=tuple(after), backwards=way == BACKWARDS)

    def parameters(self) -> list[tuple[str, str]]:
        """The query string's parameters of the first page."""
        given = [("q", self.parsed.text)] if self.parsed.text else []
        given += [(facet, value) for facet in FACETS for value in self.filter.values(facet)]
        given += [(name, day.isoformat()) for name, day in self._days if day]
        given += [("sort", self.sort)] if self.sort != "relevance" else []
        given += [("limit", str(self.limit))] if self.limit != 20 else []
        return given

    def next(self, page: StoryPage) -> list[tuple[str, str]] | None:
        """The parameters of the page after ``page``; None when it is the last."""
        return self._at(FORWARDS, page.after)

    def previous(self, page: StoryPage) -> list[tuple[str, str]] | None:
        """The parameters of the page before ``page``; None when it is the first."""
        return self._at(BACKWARDS, page.before)

    def _at(self, way: str, edge: tuple[str, ...] | None) -> list[tuple[str, str]] | None:
        if edge is None:
            return None
        return [*self.parameters(), ("cursor", cursor.encode((way, *edge), self._listing))]

    def url_template(self, path: str, facet: Facet) -> UrlTemplate:
        """The first page's address at ``path``, left open behind the values of ``facet``: for one more, or for days
        behind the last facet."""
        given = self.parameters()
        place = ("q", *FACETS).index(facet)
        before = [(name, value) for name, value in given if name in ("q", *FACETS)[: place + 1]]
        return url_template(path, before, given[len(before) :])

    def toggled(self, facet: Facet, value: str) -> StoryQuery:
        """The first page with a facet's value added, or taken away when it was chosen."""
        return self._first_page(filter=self.filter.toggled(facet, value))

    def with_text(self, text: str) -> StoryQuery:
        """The first page of the same with other words."""
        return self._first_page(parsed=parse(text))

    def between(self, first: date | None, last: date | None) -> StoryQuery:
        """The first page of the same within other days."""
        return self._first_page(filter=replace(self.filter, first_day=first, last_day=last))

    def sorted_by(self, sort: Sort) -> StoryQuery:
        """The first page in another order."""
        return self._first_page(sort=sort)

    def search(self, **more: Any) -> StorySearch:
        """What the index is asked; ``more`` are fields of ``StorySearch``: what the page shows besides its hits."""
        return StorySearch(
            clauses=self.parsed.clauses, filter=self.filter, sort=self.sort, limit=self.limit, after=self.after,
            backwards=self.backwards, facet_size=FACET_SIZE, **more,
        )  # fmt: skip

    def _first_page(self, **change: Any) -> StoryQuery:
        return replace(self, **change, after=None, backwards=False)

    @property
    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return ("from", self.filter.first_day), ("to", self.filter.last_day)

    @property
    def _listing(self) -> str:
        return repr((self.parsed.text, self.filter, self.sort))
