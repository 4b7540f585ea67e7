"""From a claimed item to the document readers see. Pure: what it needs is given, what it makes is returned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from dateline.documents.corrections import corrections_of, missing_diffs, updated_at
from dateline.documents.front_document import front_document
from dateline.domain.body import body_of
from dateline.domain.document import Crumb, Document, EventDocument, FrontDocument, StoryDocument, TermDocument
from dateline.domain.event import Event
from dateline.domain.html import text_of
from dateline.domain.payload import from_payload
from dateline.domain.picture import PublicImage, ReadyPicture
from dateline.domain.recurrence import bounds_and_times
from dateline.domain.shown_pictures import pictured_place, public_images, text_with_pictures, with_pictures_in_text
from dateline.domain.slugs import slug_of
from dateline.domain.story import Image, Story
from dateline.domain.tag import EditorTags, Tag, TagRef
from dateline.domain.tagged_text import TaggedText, tagged_text
from dateline.domain.term import Term
from dateline.domain.term_document import term_document
from dateline.errors import InvalidInput
from dateline.formats.ninjs import (
    clean_without,
    held_addresses,
    images_shown,
    is_among,
    next_picture_time,
    public_members,
    timed_addresses,
)
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Revision
from dateline.ports.ledger.vocabulary import ProposedName
from dateline.ports.vocabulary import Terms, TextTagger

EXPANDED_AHEAD: Final = timedelta(days=400)
"""How far ahead a series without end is kept expanded; web works out what lies beyond."""


class Enricher(Protocol):
    """What a document is made with besides its revisions."""

    @property
    def zone(self) -> ZoneInfo:
        """The newsroom's."""
        ...

    @property
    def now(self) -> datetime:
        """The time, from which on a series is expanded ahead."""
        ...

    def tags(self, text: TaggedText, asserted: tuple[TagRef, ...], editor: EditorTags, /) -> tuple[Tag, ...]:
        """The tags of ``text``; what a person ``asserted`` and what an ``editor`` added or removed count too."""
        ...

    def breadcrumb(self, section: str, /) -> tuple[Crumb, ...]:
        """From the outermost section to ``section`` itself."""
        ...

    def images(
        self, images: Sequence[Image], html: str, ready: Mapping[str, ReadyPicture], /
    ) -> tuple[PublicImage, ...]:
        """What readers get of the ``images`` beside a text and of those in it, of which these are ``ready``."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentContext:
    """What every document of a batch is made with: the vocabulary and tagger as they are now, and the time."""

    terms: Terms
    tagger: TextTagger
    zone: ZoneInfo
    now: datetime

    def tags(self, text: TaggedText, asserted: tuple[TagRef, ...], editor: EditorTags) -> tuple[Tag, ...]:
        """What the tagger finds."""
        return self.tagger.tag(text, asserted, editor, explain=False).tags

    def breadcrumb(self, section: str) -> tuple[Crumb, ...]:
        """As the vocabulary has it, a merged section as what it is now; one that it doesn't know stands alone, and what
        is gone is none."""
        if not section:
            return ()
        term = self.terms.resolve("section", section)
        if term is None:
            alone = Crumb(slug=section, label=section.replace("-", " ").capitalize())
            return () if self.terms.is_gone("section", section) else (alone,)
        way = [term, *(above for above in self.terms.ancestors(term) if above.type == "section")]
        return tuple(Crumb(slug=one.slug, label=one.label) for one in reversed(way))

    def images(self, images: Sequence[Image], html: str, ready: Mapping[str, ReadyPicture]) -> tuple[PublicImage, ...]:
        """Those that readers may see now."""
        return public_images(images, html, ready, self.now)


def document_of(claimed: Claimed, publish: Revision, context: Enricher) -> Document | None:
    """The document of ``publish``; None for a section that only a story named, and nothing public uses.

    Raises ``InvalidInput`` when it can't have one.
    """
    match claimed.kind:
        case "story":
            return _story(claimed, publish, context)
        case "event":
            return _event(claimed, publish, context)
        case "term":
            return _term(claimed, publish, context)
        case "front":
            return front_document(claimed, publish)
        case "image":
            raise InvalidInput(f"picture {claimed.item_id} has no document: it stands in those that show it")


def made_again_at(publish: Revision, now: datetime) -> datetime | None:
    """When the document of ``publish``, made ``now``, is another one by itself: a picture's time comes, or is over."""
    return next_picture_time((publish.payload or {}).get("ninjs", {}), now)


def proposals_of(document: Document) -> list[ProposedName]:
    """The unknown names of a document, the surest first."""
    if isinstance(document, TermDocument | FrontDocument):
        return []
    proposed = [tag for tag in document.tags if tag.status == "proposed"]
    proposed.sort(key=lambda tag: -tag.score)
    day = document.day.isoformat() if isinstance(document, StoryDocument) else ""
    return [ProposedName(tag.type, tag.slug, tag.label, document.id, day) for tag in proposed]


def _story(claimed: Claimed, publish: Revision, context: Enricher) -> StoryDocument:
    if publish.action == "withdraw" or publish.payload is None:
        return _withdrawn_story(claimed, publish, context.zone)
    story = from_payload(Story, publish.payload)
    held = held_addresses(story.ninjs, context.now) | claimed.gone_addresses
    html, whole = _body(story, held)
    images = context.images(images_shown(story.images, held), html, claimed.pictures)
    text = text_with_pictures(html, whole, images)
    place = pictured_place(images, {one.id: one.picture for one in claimed.pictures.values()})
    tagged = tagged_text(story, text, body_varies=_varies(story, held, whole), pictured=place)
    tags = context.tags(tagged, story.tags, claimed.editor_tags.over(story.removed_tags))
    sections = context.breadcrumb(story.section)
    return StoryDocument(
        id=claimed.item_id,
        version=claimed.version,
        revision=publish.revision,
        published_at=story.published_at,
        updated_at=updated_at((*claimed.history, publish), story.published_at),
        day=story.published_at.astimezone(context.zone).date(),
        headline=story.headline,
        slug=slug_of(story.headline),
        summary=story.summary,
        body_html=with_pictures_in_text(html, images),
        body_text=text,
        slugline=story.slugline,
        byline=story.byline,
        source=story.source,
        place=story.place,
        section=sections[-1].slug if sections else "",
        sections=sections,
        language=story.language,
        urgency=story.urgency,
        keywords=story.keywords,
        tags=tags,
        images=images,
        links=tuple(link for link in story.links if not is_among(link.url, held)),
        related=story.related,
        corrections=corrections_of((*claimed.history, publish), {**claimed.diffs, **missing_diffs(claimed)}),
        ninjs=public_members(story.ninjs, held),
        folded_into=claimed.folded_into,
        also_from=claimed.also_from,
        event_ids=claimed.event_ids,
    )


def _body(story: Story, held: frozenset[str]) -> tuple[str, str]:
    """A story's body without the pictures that are ``held``, and its text."""
    if story.body_html is None or not held:
        return body_of(story.body_html, story.body_text)
    clean = clean_without(story.body_html, held)
    return clean, text_of(clean)


def _varies(story: Story, held: frozenset[str], text: str) -> bool:
    """Whether ``text``, that of a story's body while these pictures are ``held``, is another one at another time, with
    the caption of a picture."""
    others = {frozenset[str](), timed_addresses(story.ninjs)} - {held}
    return any(_body(story, other)[1] != text for other in others)


def _withdrawn_story(claimed: Claimed, publish: Revision, zone: ZoneInfo) -> StoryDocument:
    last = _last_payload(claimed)
    published_at = from_payload(Story, last).published_at if last else publish.received_at
    return StoryDocument(
        id=claimed.item_id,
        version=claimed.version,
        revision=publish.revision,
        published_at=published_at,
        updated_at=publish.received_at,
        day=published_at.astimezone(zone).date(),
        withdrawn=True,
        notice=publish.note,
    )


def _event(claimed: Claimed, publish: Revision, context: Enricher) -> EventDocument:
    if publish.action == "withdraw" or publish.payload is None:
        return EventDocument(
            id=claimed.item_id, version=claimed.version, revision=publish.revision, updated_at=publish.received_at,
            withdrawn=True, notice=publish.note,
        )  # fmt: skip
    event = from_payload(Event, publish.payload)
    html, whole = body_of(event.description_html, event.description_text)
    images = context.images(images_shown(event.images, claimed.gone_addresses), html, claimed.pictures)
    text = text_with_pictures(html, whole, images)
    tagged = TaggedText(
        headline=event.title, body_text=text, section=event.section, location=event.location,
        further_locations=event.further_locations, is_event=True,
    )  # fmt: skip
    tags = context.tags(tagged, event.tags, claimed.editor_tags)
    sections = context.breadcrumb(event.section)
    until = (context.now + EXPANDED_AHEAD).astimezone(context.zone).date()
    first, last, times = bounds_and_times(event, context.zone, until)
    return EventDocument(
        id=claimed.item_id,
        version=claimed.version,
        revision=publish.revision,
        updated_at=publish.received_at,
        first_day=first,
        last_day=last,
        expanded_until=until if last is None else None,
        title=event.title,
        slug=slug_of(event.title),
        description_html=with_pictures_in_text(html, images),
        description_text=text,
        start=event.start,
        end=event.end,
        timezone=event.timezone,
        rrule=event.rrule,
        exdates=event.exdates,
        rdates=event.rdates,
        further_rrules=event.further_rrules,
        periods=event.periods,
        vtimezone=event.vtimezone,
        occurrences=times,
        location=event.location,
        further_locations=event.further_locations,
        attendance=event.attendance,
        online_url=event.online_url,
        status=event.status,
        reason=event.reason,
        previous_times=event.previous_times,
        price=event.price,
        url=event.url,
        links=event.links,
        organizer=event.organizer,
        contact=event.contact,
        categories=event.categories,
        language=event.language,
        section=sections[-1].slug if sections else "",
        sections=sections,
        tags=tags,
        images=images,
        uid=event.external_id,
        recurrence_id=event.recurrence_id,
    )


def _term(claimed: Claimed, publish: Revision, context: Enricher) -> TermDocument | None:
    """A term that is not in use yet, nor in the navigation, is unlisted: an editor's word gives it a page, and no
    more. So is one that was erased: that it ever was is nobody's to know."""
    payload = publish.payload or {}
    if publish.action == "withdraw" or not payload:
        type_, _, slug = claimed.item_id.partition(":")
        label = str(payload.get("label") or slug)
        if payload.get("named_by_story") and not claimed.published:
            return None
        return TermDocument(
            id=claimed.item_id, version=claimed.version, type=type_, slug=slug, label=label,  # type: ignore[arg-type]
            unlisted=not (claimed.published and payload), withdrawn=True,
            merged_into=str(payload.get("merged_into", "")),
        )  # fmt: skip
    term = from_payload(Term, payload)
    unlisted = not (claimed.published or term.in_navigation)
    if unlisted and term.named_by_story:
        return None
    images = context.images([term.image] if term.image else [], "", claimed.pictures)
    return term_document(term, claimed.version, unlisted=unlisted, image=next(iter(images), None))


def _last_payload(claimed: Claimed) -> Mapping[str, Any] | None:
    return next((revision.payload for revision in reversed(claimed.history) if revision.payload), None)
