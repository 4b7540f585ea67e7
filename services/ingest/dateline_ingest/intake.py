"""The way of a submission: from a checked body to a revision on record.

Every story and event comes through here, whether one at a time, in bulk, from a calendar or from the desk. What is
returned is on disk; the workers are woken after that, and nothing that happens to the wake-up matters to the reporter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.payload import from_payload, is_tombstone, to_payload
from dateline.domain.story import Story
from dateline.domain.tag import TagRef
from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ninjs import NinjsStory
from dateline.formats.strict_json import digest
from dateline.ports.ledger.items import CorrectionKind, Item, Payload
from dateline.ports.ledger.submissions import DraftVersion, Earlier, Idempotency, Receipt, Submission, Unchanged
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms
from dateline.ports.wakeup import Lane, WakeUp
from dateline.schemas.base import tag_problems
from dateline_ingest.event_versions import as_moved, event_digest, external_id, kept_of
from dateline_ingest.group_commit import GroupCommit
from dateline_ingest.lapsed_events import follow_lapsed
from dateline_ingest.ninjs_versions import corrected_version, sources_besides, version_of_story
from dateline_ingest.sections import new_section, reviewed_section
from dateline_ingest.shown_images import SubmittedPictures, check_images
from dateline_ingest.source_names import sources_of_id

EVENT_SOURCE = "uid"
"""The source of events' external ids: a UID is unique everywhere (RFC 5545 section 3.8.4.7)."""
Content = TypeVar("Content", Story, Event, Term)


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """Who writes, with which key, from which revision; ``sent`` is the JSON that came, where it came as such.

    ``ninjs`` is what it was read from, where it was that; ``draft`` what it was written as. ``author_id`` is who wrote
    it, where a person did, at the desk or in a draft: an editor doesn't send out an own story for a section that asks
    for a second pair of eyes. Programs with an editor's token do.
    """

    by: Token
    sent: Any = None
    idempotency: Idempotency | None = None
    if_match: int | None = None
    lane: Lane = Lane.LIVE
    ninjs: NinjsStory | None = None
    draft: DraftVersion | None = None
    author_id: str = ""
    dated_by_change: bool = False
    """Whether the date that was sent is when the story was changed last."""
    rescheduled: bool = False
    """Whether another time of an event that readers saw was moved to, rather than put right."""

    @property
    def dated_by_version(self) -> bool:
        """Whether the date that was sent is that of this version, and so one only for a story that has none."""
        return self.dated_by_change or (self.ninjs is not None and self.ninjs.dated_by_version)


class Intake:
    """Turns checked bodies into submissions, and puts them on record."""

    def __init__(
        self,
        ledger: SubmittedPictures,
        wakeup: WakeUp,
        terms: Callable[[], Terms],
        zone: ZoneInfo,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        reporters_make_sections: bool = False,
    ) -> None:
        self._ledger = ledger
        self._group_commit = GroupCommit(ledger.submit_many)
        self._wakeup = wakeup
        self._terms = terms
        self._zone = zone
        self._now = now
        self._reporters_make_sections = reporters_make_sections

    def with_terms(self, terms: Terms) -> Intake:
        """The same intake over terms that don't change while a batch is taken in."""
        intake = copy(self)
        intake._terms = lambda: terms
        return intake

    @property
    def terms(self) -> Terms:
        """The vocabulary as it is now."""
        return self._terms()

    def submit(self, submission: Submission) -> Receipt:
        """Write ``submission`` to the ledger, and wake a worker."""
        receipt = self._group_commit.submit(submission)
        self._wakeup.wake(submission.waits_in)
        return receipt

    def submit_many(self, submissions: list[Submission], lane: Lane) -> list[Receipt | Exception]:
        """Write up to 500 submissions in one transaction, and wake a worker."""
        results = self._ledger.submit_many(submissions)
        self._wakeup.wake(lane)
        return results

    def preview_many(self, submissions: list[Submission], lane: Lane) -> list[Receipt | Exception]:
        """What ``submit_many`` would answer; nothing is written, and nobody woken."""
        return self._ledger.preview_many(submissions)

    def new_story(self, given: Mapping[str, Any], write: Write) -> Submission:
        """The submission of a story that was not there before, or was under its external id."""
        fields, correction = _told_apart(given)
        fields.setdefault("published_at", fields.get("embargo_until") or self._now())
        story = Story(**self._with_known_tags(fields), ninjs=write.ninjs.kept if write.ninjs else {})
        undated = "published_at" not in given or write.dated_by_version

        def after(earlier: Earlier) -> Story:
            seen = undated and bool(earlier.payload) and not is_tombstone(earlier.payload)
            return replace(story, published_at=self._date_after(earlier, given)) if seen else story

        submission = Submission(
            kind="story",
            external_source=story.source if story.external_id else "",
            external_id=story.external_id,
            other_sources=sources_besides(story.external_id),
            for_sources=sources_of_id(story.source, story.external_id, write.by, as_uri=write.ninjs is not None),
            external_digest=digest(write.sent) if story.external_id else "",
            keep_embargo=bool(story.external_id) and "embargo_until" not in given,
            correction=correction,
            **self.common_fields(story, story.headline, write),
        )
        if write.ninjs is not None:
            return version_of_story(submission, write.ninjs, after)

        def following(earlier: Earlier) -> Submission:
            kept = replace(after(earlier), ninjs=earlier.payload.get("ninjs", {}))
            return corrected_version(replace(submission, payload=to_payload(kept)), kept, None, earlier)

        follows = story.external_id and (undated or submission.other_sources)
        return replace(submission, following=following) if follows else submission

    def _with_known_tags(self, fields: dict[str, Any]) -> dict[str, Any]:
        """``fields`` with each asserted tag once; ``InvalidInput`` where one isn't known, or a picture to be shown."""
        check_images(fields.get("images", ()), self._ledger)
        asserted: tuple[TagRef, ...] = fields.get("tags", ())
        if not asserted:
            return fields
        terms = self._terms()
        errors = tuple(tag_problems(asserted, lambda type, slug: terms.find(type, slug) is not None))
        if errors:
            raise InvalidInput("Asserted tags must be terms of the vocabulary.", errors)
        return {**fields, "tags": tuple(dict.fromkeys(asserted))}

    def common_fields(
        self, content: Story | Event, label: str, write: Write, section_before: str = ""
    ) -> dict[str, Any]:
        """What every submission of ``content`` says; ``section_before`` is where the item stood."""
        embargo = content.embargo_until if isinstance(content, Story) else None
        terms = self._terms()  # once: it is a question to the ledger
        return {
            "payload": to_payload(content),
            "by": write.by,
            "lane": write.lane,
            "label": label,
            "section": content.section,
            "note": content.note,
            "embargo_until": embargo,
            "idempotency": write.idempotency,
            "new_terms": self._new_section(content.section, terms, write.by, section_before),
            "draft": self._reviewed(write, content, terms, section_before),
        }

    def _reviewed(self, write: Write, content: Story | Event, terms: Terms, before: str) -> DraftVersion | None:
        """The draft, for which the writer is the second pair of eyes where a section asks. Raises ``ReviewNeeded``."""
        sections = (content.section, before) if isinstance(content, Story) else ()
        section = reviewed_section(sections, terms, write.by, write.author_id)
        return replace(write.draft, reviewed_for=section) if write.draft else None

    def _new_section(self, slug: str, terms: Terms, by: Token, before: str) -> tuple[Term, ...]:
        """The section to be made; none for one that an item stood in ``before``, though an editor took it out since."""
        if slug in ("", before):
            return ()
        return new_section(slug, terms, may_make=self._reporters_make_sections or by.role != "reporter")

    def corrected_story(self, item: Item, given: Mapping[str, Any], write: Write) -> Submission:
        """The submission of a new revision of ``item``; its date stays unless the correction names another."""
        fields, correction = _told_apart(given)
        before = item.newest.payload
        earlier = Earlier(payload=before or {}, embargo_until=item.embargo_until,
                          published=item.published_revision is not None)  # fmt: skip
        if write.dated_by_version or "published_at" not in given:
            fields["published_at"] = self._date_after(earlier, given)
        kept = write.ninjs.kept if write.ninjs else (before or {}).get("ninjs", {})
        story = Story(**self._with_known_tags(fields), ninjs=kept)
        submission = Submission(
            kind="story",
            action="correct",
            item_id=item.id,
            if_match=write.if_match,
            keep_embargo="embargo_until" not in given,
            correction=correction,
            **self.common_fields(story, story.headline, write, item.section),
        )
        return corrected_version(submission, story, write.ninjs, earlier)

    def _date_after(self, earlier: Earlier, given: Mapping[str, Any]) -> datetime:
        """When a story is from whose correction doesn't say: as before.

        But one that no reader saw yet takes the date of a new embargo; and a lifted embargo's date is over, as is that
        of one that now ends earlier.
        """
        before = content_of(Story, earlier.payload)
        if before is None:
            return self._now()
        if "embargo_until" not in given:
            return before.published_at
        embargo: datetime | None = given["embargo_until"]
        if embargo is None:
            return min(before.published_at, self._now())
        new = embargo != earlier.embargo_until and not earlier.published
        return embargo if new else min(before.published_at, max(embargo, self._now()))

    def new_event(self, given: Mapping[str, Any], write: Write) -> Submission:
        """The submission of an event that was not there before, or was under its UID."""
        return self.event(self.checked_event(given), write)

    def event(self, event: Event, write: Write) -> Submission:
        """The submission of ``event`` under its UID and recurrence id; an older version changes nothing."""

        def following(earlier: Earlier) -> Submission | Unchanged:
            if earlier.withdrawn:
                return follow_lapsed(submission, event, earlier)
            before = content_of(Event, earlier.payload)
            if before is None:
                return submission
            if write.sent is not None:
                kept = replace(event, sequence=before.sequence, modified=before.modified)
                return replace(submission, payload=to_payload(kept))
            return "older" if event.older_than(before) else submission

        submission = Submission(
            kind="event",
            external_source=EVENT_SOURCE if event.external_id else "",
            external_id=external_id(event),
            external_digest=event_digest(event, write.sent) if event.external_id else "",
            after_withdrawal=write.sent is None,
            **self.common_fields(event, event.title, write),
        )
        return replace(submission, following=following) if event.external_id else submission

    def corrected_event(self, item: Item, given: Mapping[str, Any], write: Write) -> Submission:
        """The submission of a new revision of an event."""
        before = content_of(Event, item.newest.payload)
        event = self.checked_event({**(kept_of(before, given) if before else {}), **given})
        event = as_moved(before, event) if write.rescheduled and item.published_revision else event
        common = self.common_fields(event, event.title, write)
        return Submission(kind="event", action="correct", item_id=item.id, if_match=write.if_match, **common)

    def checked_event(self, fields: Mapping[str, Any]) -> Event:
        """The event of checked fields. Raises ``InvalidInput`` for a tag that the vocabulary doesn't know."""
        checked = self._with_known_tags(dict(fields))
        if isinstance(checked["start"], datetime) and not checked.get("vtimezone"):
            checked.setdefault("timezone", self._zone.key)
        return Event(**checked)

    def check_tags(self, tags: tuple[TagRef, ...], pointer: str) -> None:
        """Raise ``InvalidInput`` for tags that the vocabulary doesn't know, nor knew before a merge; they stand in the
        list at ``pointer``."""
        terms = self._terms()
        errors = tuple(
            FieldError(f"{pointer}/{place}/slug", f"Nobody knows the {tag.type} {tag.slug!r}.")
            for place, tag in enumerate(tags)
            if terms.resolve(tag.type, tag.slug) is None
        )
        if errors:
            raise InvalidInput("Tags must be terms of the vocabulary.", errors)


def _told_apart(given: Mapping[str, Any]) -> tuple[dict[str, Any], CorrectionKind]:
    """The fields of a story, and beside them what readers are told of its correction."""
    return {name: value for name, value in given.items() if name != "correction"}, given.get("correction", "")


def content_of(cls: type[Content], payload: Payload | None) -> Content | None:
    """The story, event or term of a ledger payload; None for a story's tombstone and after an erasure."""
    return from_payload(cls, payload) if payload and not is_tombstone(payload) else None
