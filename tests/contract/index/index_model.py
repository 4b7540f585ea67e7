"""The index as a plain Python dictionary: what a query finds, counts and lists, on words that stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from dateline.domain.document import StoryDocument
from dateline.ports.index import Clause, Facet, PutStatus, StoryFilter


def words_of(text: str) -> list[str]:
    return text.lower().split()


def holds(text: str, wanted: Sequence[str]) -> bool:
    """Whether the words stand in the text in this order."""
    words = words_of(text)
    return any(words[n : n + len(wanted)] == list(wanted) for n in range(len(words) - len(wanted) + 1))


def fields_of(story: StoryDocument) -> dict[str, list[str]]:
    """The searched texts of a story by field; labels stand one by one."""
    tags = [tag for tag in story.tags if tag.status == "accepted"]
    return {
        "headline": [story.headline],
        "summary": [story.summary],
        "body": [story.body_text],
        "byline": [story.byline],
        "section": [crumb.label for crumb in story.sections],
        **{
            type: [tag.label for tag in tags if tag.type == type]
            for type in ("person", "place", "organisation", "topic")
        },
    }


def values_of(story: StoryDocument, facet: Facet) -> set[str]:
    """The values of a facet that a story carries."""
    if facet == "section":
        return {crumb.slug for crumb in story.sections}
    if facet == "language":
        return {story.language}
    return {tag.slug for tag in story.tags if tag.type == facet and tag.status == "accepted"}


def clause_holds(story: StoryDocument, clause: Clause) -> bool:
    fields = fields_of(story)
    texts = [text for texts in fields.values() for text in texts] if clause.field is None else fields[clause.field]
    if clause.field is not None and clause.text.lower() in _slugs(story, clause.field):
        return True
    return any(holds(text, words_of(clause.text)) for text in texts)


def _slugs(story: StoryDocument, name: str) -> set[str]:
    return values_of(story, name) if name in ("section", "person", "place", "organisation", "topic") else set()  # type: ignore[arg-type]


@dataclass
class IndexModel:
    """What was written, newest version by id."""

    stories: dict[str, StoryDocument] = field(default_factory=dict)

    def put(self, documents: Sequence[StoryDocument], *, strictly: bool = False) -> list[PutStatus]:
        """The status of each."""
        statuses = []
        for document in documents:
            known = self.stories.get(document.id)
            old = known is not None and (
                document.version <= known.version if strictly else document.version < known.version
            )
            if not old:
                self.stories[document.id] = document
            statuses.append(PutStatus.NEWER if old else PutStatus.DONE)
        return statuses

    def listed(self) -> list[StoryDocument]:
        return [story for story in self.stories.values() if not story.withdrawn]

    def found(
        self, clauses: Sequence[Clause], filter: StoryFilter, *, without: Facet | None = None
    ) -> list[StoryDocument]:
        """The stories that a search finds."""
        return [s for s in self.listed() if _matches(s, clauses) and _passes(s, filter, without)]

    def facet(self, clauses: Sequence[Clause], filter: StoryFilter, facet: Facet) -> Mapping[str, int]:
        """The counts of a facet, the chosen values always among them."""
        counted = Counter(
            value for story in self.found(clauses, filter, without=facet) for value in values_of(story, facet)
        )
        return dict.fromkeys(filter.values(facet), 0) | counted

    def days(self, clauses: Sequence[Clause], filter: StoryFilter) -> Mapping[date, int]:
        """Stories per day."""
        return Counter(story.day for story in self.found(clauses, filter))


def _matches(story: StoryDocument, clauses: Sequence[Clause]) -> bool:
    positive = [clause for clause in clauses if not clause.exclude]
    required = [clause for clause in positive if clause.phrase or clause.field]
    if any(clause_holds(story, clause) for clause in clauses if clause.exclude):
        return False
    if required:
        return all(clause_holds(story, clause) for clause in required)
    return not positive or any(clause_holds(story, clause) for clause in positive)


def _passes(story: StoryDocument, filter: StoryFilter, without: Facet | None) -> bool:
    facets: tuple[Facet, ...] = ("section", "topic", "person", "place", "organisation", "language")
    return all(
        not (chosen := filter.values(facet)) or facet == without or bool(set(chosen) & values_of(story, facet))
        for facet in facets
    ) and (filter.first_day or story.day) <= story.day <= (filter.last_day or story.day)
