"""A story that isn't sent, made into what readers would get, and signed for web to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast

from dateline.documents.builder import DocumentContext, document_of
from dateline.documents.preview import LASTS, Preview, preview_key, sign_preview
from dateline.domain.document import StoryDocument
from dateline.domain.picture import ReadyPicture
from dateline.domain.shown_pictures import picture_ids
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Item, Payload, Revision
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.story_form import load_story
from dateline_ingest.desk.framing import desk_origins, origin_of, web_address
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.text_tagging import slot_for


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedPreview:
    """What web's ``address`` shows when ``signed`` is posted to it; ``origin`` is web's."""

    address: str
    origin: str
    signed: str
    until: datetime


def preview_of_new(draft_id: str, body: Mapping[str, Any]) -> SignedPreview:
    """The preview of a story that would be sent now. Raises ``InvalidInput`` for what sending it would refuse."""
    submission = parts().intake.new_story(load_story(body), Write(by=token()))
    return _signed(Claimed(item_id=draft_id, kind="story", version=1, owner=token().name,
                           publish=_revision(1, submission.payload)))  # fmt: skip


def preview_of_correction(item: Item, body: Mapping[str, Any]) -> SignedPreview:
    """The preview of a correction of ``item``, with what readers are told of it. Raises ``InvalidInput``."""
    given, before = load_story(body), item.newest
    submission = parts().intake.corrected_story(item, given, Write(by=token(), if_match=before.revision))
    publish = replace(_revision(before.revision + 1, submission.payload), note=submission.note,
                      correction=submission.correction)  # fmt: skip
    history = (before,) if before.payload and item.published_revision else ()  # of what nobody saw none is told
    return _signed(Claimed(item_id=item.id, kind="story", version=1, owner=item.owner, publish=publish,
                           history=history, editor_tags=item.editor_tags))  # fmt: skip


def _revision(number: int, payload: Payload) -> Revision:
    return Revision(
        revision=number, action="submit" if number == 1 else "correct", state="accepted",
        received_at=datetime.now(UTC), by=token().name, payload=payload,
    )  # fmt: skip


def _signed(claimed: Claimed) -> SignedPreview:
    settings, now = parts().settings, datetime.now(UTC)
    publish = claimed.publish
    assert publish and publish.payload is not None
    claimed = replace(claimed, pictures=_ready_pictures(publish.payload))
    with slot_for(len(str(publish.payload))):
        words = parts().vocabulary
        context = DocumentContext(terms=words.current(), tagger=words.tagger(), zone=settings.timezone, now=now)
        story = cast(StoryDocument, document_of(claimed, publish, context))
    address = web_address(settings)
    preview = Preview(story=story, desk=desk_origins(settings), until=now + LASTS)
    signed = sign_preview(preview, preview_key(settings))
    return SignedPreview(address=f"{address}/preview", origin=origin_of(address), signed=signed, until=preview.until)


def _ready_pictures(payload: Mapping[str, Any]) -> dict[str, ReadyPicture]:
    """The pictures that a story shows, as far as readers can get their files."""
    found = parts().ledger.pictures_of(picture_ids(payload))
    return {
        id: ReadyPicture(id=id, picture=on.picture, made=on.made, public=on.ready_revision is not None)
        for id, on in found.items()
        if on.made
    }
