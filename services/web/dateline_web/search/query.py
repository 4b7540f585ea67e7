"""A query for stories: what the reader asked, as the index is asked it, and the addresses of its variations."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from dateline.ports.index import FACETS, Facet, Index, Sort, StoryFilter, StoryPage, StorySearch
from dateline_web.search import cursor
from dateline_web.search.syntax import ParsedQuery, parse
from dateline_web.urls import Blank, blank

ON: Final = "on"
BACK: Final = "back"
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

    def beginning(self, mark: str | None) -> StoryQuery:
        """This listing from the page that the cursor ``mark`` names. Raises ``InvalidInput``."""
        if mark is None:
            return self
        place = cursor.decode(mark, self._listing)
        return replace(self, after=place[1:], backwards=place[0] == BACK)

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
        return self._at(ON, page.after)

    def previous(self, page: StoryPage) -> list[tuple[str, str]] | None:
        """The parameters of the page before ``page``; None when it is the first."""
        return self._at(BACK, page.before)

    def _at(self, way: str, edge: tuple[str, ...] | None) -> list[tuple[str, str]] | None:
        if edge is None:
            return None
        return [*self.parameters(), ("cursor", cursor.encode((way, *edge), self._listing))]

    def blank(self, path: str, facet: Facet) -> Blank:
        """The first page's address at ``path``, left open behind the values of ``facet``: for one more, or for days
        behind the last facet."""
        given = self.parameters()
        place = ("q", *FACETS).index(facet)
        before = [(name, value) for name, value in given if name in ("q", *FACETS)[: place + 1]]
        return blank(path, before, given[len(before) :])

    def toggled(self, facet: Facet, value: str) -> StoryQuery:
        """The first page with a facet's value added, or taken away when it was chosen."""
        chosen = self.filter.values(facet)
        changed = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        change: dict[str, Any] = {f"{facet}s": changed}
        return self._anew(filter=replace(self.filter, **change))

    def saying(self, text: str) -> StoryQuery:
        """The first page of the same with other words."""
        return self._anew(parsed=parse(text))

    def between(self, first: date | None, last: date | None) -> StoryQuery:
        """The first page of the same within other days."""
        return self._anew(filter=replace(self.filter, first_day=first, last_day=last))

    def sorted(self, sort: Sort) -> StoryQuery:
        """The first page in another order."""
        return self._anew(sort=sort)

    def search(self, **more: Any) -> StorySearch:
        """What the index is asked; ``more`` are fields of ``StorySearch``: what the page shows besides its hits."""
        return StorySearch(
            clauses=self.parsed.clauses, filter=self.filter, sort=self.sort, limit=self.limit, after=self.after,
            backwards=self.backwards, facet_size=FACET_SIZE, **more,
        )  # fmt: skip

    def _anew(self, **change: Any) -> StoryQuery:
        return replace(self, **change, after=None, backwards=False)

    @property
    def _days(self) -> tuple[tuple[str, date | None], ...]:
        return ("from", self.filter.first_day), ("to", self.filter.last_day)

    @property
    def _listing(self) -> str:
        return repr((self.parsed.text, self.filter, self.sort))


def find(index: Index, query: StoryQuery, *, facets: tuple[Facet, ...] = (), **more: Any) -> StoryPage:
    """The page of ``query``. A query of signs alone finds nothing, and the index isn't asked."""
    if query.parsed.hopeless:
        return StoryPage(total=0, hits=(), facets={facet: () for facet in facets})
    return index.search(query.search(facets=facets, **more))
