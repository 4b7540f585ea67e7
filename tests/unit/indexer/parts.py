"""A ledger and an index that hold what a batch needs, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateline.documents.builder import DocumentContext
from dateline.domain.document import Document, Kind
from dateline.domain.payload import to_payload
from dateline.domain.story import Story
from dateline.domain.tag import EditorTags, Tag, TagRef
from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.domain.term import Term, TermType
from dateline.errors import IndexUnavailable
from dateline.ports.index import PutResult, PutStatus
from dateline.ports.ledger.claims import Claimed, Outcome
from dateline.ports.ledger.event_proposals import StoryAnnouncements
from dateline.ports.ledger.items import Action, Revision
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS, ProposalBounds, ProposedName
from dateline_indexer.pipeline import Pipeline

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
MINSK = ZoneInfo("Europe/Minsk")
POISON = "poison"


def revision(
    payload: Mapping[str, Any] | None, number: int = 1, action: Action = "submit", note: str = "", minutes: int = 0
) -> Revision:
    return Revision(
        revision=number, action=action, state="accepted", received_at=NOW + timedelta(minutes=minutes), by="reporter",
        note=note, payload=payload,
    )  # fmt: skip


def a_story(**more: Any) -> Story:
    given = {"headline": "Bridge reopens", "body_text": "It is open.", "published_at": NOW, **more}
    if "body_html" in more:
        del given["body_text"]
    return Story(**given)


def claim(
    item_id: str = "a", story: Story | None = None, *, version: int = 1, kind: Kind = "story", **more: Any
) -> Claimed:
    publish = more.pop("publish", revision(to_payload(story or a_story())))
    return Claimed(item_id=item_id, kind=kind, version=version, owner="reporter", publish=publish, **more)


TERMS = {
    term.key: term
    for term in (
        Term(type="section", slug="news", label="News"),
        Term(type="section", slug="city", label="City", broader=("news",)),
        Term(type="place", slug="brest", label="Brest"),
    )
}


class FakeTerms:
    def find(self, type: TermType, slug: str) -> Term | None:
        return TERMS.get(f"{type}:{slug}")

    def resolve(self, type: TermType, slug: str) -> Term | None:
        return self.find(type, "city" if slug == "town" else slug)

    def is_gone(self, type: TermType, slug: str) -> bool:
        return slug == "retired"

    def ancestors(self, term: Term) -> tuple[Term, ...]:
        found = [TERMS[f"{term.type}:{slug}"] for slug in term.broader]
        return (*found, *(above for one in found for above in self.ancestors(one)))


class FakeTagger:
    """Tags Brest where it is named, and breaks on one word, as a bug would."""

    def __init__(self) -> None:
        self.seen: list[TaggedText] = []

    def tag(
        self,
        text: TaggedText,
        asserted: Sequence[TagRef] = (),
        editor: EditorTags = EditorTags(),  # noqa: B008
        *,
        explain: bool = True,
    ) -> Tagging:
        self.seen.append(text)
        if POISON in text.body_text:
            raise ZeroDivisionError("a bug in a rule")
        tags = [Tag(type=ref.type, slug=ref.slug, label=ref.slug, source="editor") for ref in asserted]
        if "Brest" in text.body_text:
            tags.append(Tag(type="place", slug="brest", label="Brest"))
        if "Xyz" in text.body_text:
            tags.append(Tag(type="person", slug="xyz", label="Xyz", status="proposed"))
        return Tagging(tags=tuple(tags))


class FakeVocabulary:
    def __init__(self) -> None:
        self.fake_tagger = FakeTagger()

    def current(self) -> FakeTerms:
        return FakeTerms()

    def tagger(self) -> FakeTagger:
        return self.fake_tagger


@dataclass
class FakeLedger:
    """Gives the batches it was made with, one after another, and keeps what it is told."""

    batches: list[tuple[Claimed, ...]] = field(default_factory=list)
    marked: list[Outcome] = field(default_factory=list)
    proposals: list[tuple[str, str, str, str]] = field(default_factory=list)
    announced: list[StoryAnnouncements] = field(default_factory=list)
    public_terms: list[str] = field(default_factory=list)
    generation: str | None = None
    asked_oldest: list[bool] = field(default_factory=list)
    suspects: list[Claimed] = field(default_factory=list)

    def claim(self, *, oldest_of_any_lane: bool = False, suspect: bool = False, **_: Any) -> tuple[Claimed, ...]:
        if suspect:
            return (self.suspects.pop(0),) if self.suspects else ()
        self.asked_oldest.append(oldest_of_any_lane)
        return self.batches.pop(0) if self.batches else ()

    def mark(self, outcomes: Sequence[Outcome]) -> int:
        self.marked += outcomes
        return len(outcomes)

    def propose_terms(self, found: Sequence[ProposedName], bounds: ProposalBounds = DEFAULT_BOUNDS) -> None:
        self.proposals += found

    def record_announcements(self, found: Sequence[StoryAnnouncements]) -> None:
        self.announced += found

    def publish_terms(self, keys: Sequence[str]) -> int:
        self.public_terms += keys
        return len(keys)

    def open_generation(self) -> str | None:
        return self.generation

    def outcome(self, item_id: str) -> Outcome:
        (found,) = (outcome for outcome in self.marked if outcome.claimed.item_id == item_id)
        return found


@dataclass
class FakeIndex:
    """Answers each id with the status it was given; all others are DONE."""

    statuses: dict[str, PutStatus] = field(default_factory=dict)
    away: bool = False
    puts: list[tuple[str | None, list[Document]]] = field(default_factory=list)
    refreshes: list[bool] = field(default_factory=list)
    refreshed: int = 0
    unfit: str = ""

    def check(self) -> None:
        if self.unfit:
            raise IndexUnavailable(self.unfit)

    def refresh(self) -> None:
        if self.away:
            raise IndexUnavailable("connection refused")
        self.refreshed += 1

    def put(
        self, documents: Sequence[Document], *, generation: str | None = None, refresh: bool = True
    ) -> list[PutResult]:
        self.refreshes.append(refresh)
        if self.away:
            raise IndexUnavailable("connection refused")
        self.puts.append((generation, list(documents)))
        return [
            PutResult(document.id, status, "" if status is PutStatus.DONE else f"because {status.value}")
            for document in documents
            for status in [self.statuses.get(document.id, PutStatus.DONE)]
        ]


@dataclass
class Bench:
    """A pipeline over fakes."""

    ledger: FakeLedger = field(default_factory=FakeLedger)
    index: FakeIndex = field(default_factory=FakeIndex)
    vocabulary: FakeVocabulary = field(default_factory=FakeVocabulary)

    def pipeline(self, clock: Callable[[], float] = time.monotonic) -> Pipeline:
        return Pipeline(
            ledger=self.ledger,  # type: ignore[arg-type]
            index=self.index,  # type: ignore[arg-type]
            vocabulary=self.vocabulary,
            zone=MINSK,
            lease=timedelta(seconds=30),
            worker="test",
            clock=clock,
        )

    def document_context(self) -> DocumentContext:
        return DocumentContext(terms=FakeTerms(), tagger=self.vocabulary.fake_tagger, zone=MINSK, now=NOW)
