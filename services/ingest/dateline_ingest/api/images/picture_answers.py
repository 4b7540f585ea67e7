"""Pictures as JSON for those who work with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from flask import Response, jsonify

from dateline.domain.picture import ANIMATED, Rendition, largest_jpeg, renditions
from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.pictures import PictureOnRecord, PictureUse
from dateline.schemas.picture import file_json, picture_json
from dateline_ingest.api.parameters import cursor_at
from dateline_ingest.api.responses import base_url, next_url, revision_json, status_url
from dateline_ingest.context import parts, token
from dateline_ingest.pictures.taking_down import LEFT_BEHIND, SeenUses, uses_seen_by

ORIGINAL = "original"


def file_url(picture_id: str, name: str) -> str:
    """Where staff get a file of a picture."""
    return f"{base_url()}/v1/images/{picture_id}/files/{name}"


def line_json(on: PictureOnRecord) -> dict[str, Any]:
    """A line of the list."""
    picture, now = on.picture, datetime.now(UTC)
    return {
        "id": on.id, "revision": on.revision, "state": on.state, "received_at": rfc3339(on.received_at),
        "status_url": status_url("image", on.id), "owner": on.owner, "alt": picture.alt,
        "decorative": picture.decorative, "caption": picture.caption, "credit": picture.credit,
        "width": picture.width, "height": picture.height, "filename": picture.filename,
        "rights": rights_at(on, now), "ready": has_renditions(on, now), "error": on.error,
        "url": file_url(on.id, largest_jpeg(picture.width, picture.height).name) if has_renditions(on, now) else None,
    }  # fmt: skip


def rights_at(on: PictureOnRecord, at: datetime) -> str:
    """What its rights say at a time."""
    if on.picture.is_usable(at):
        return "usable"
    return "not yet" if on.picture.usable_from and at < on.picture.usable_from else "ended"


def has_renditions(on: PictureOnRecord, at: datetime) -> bool:
    """Whether the files that were made of it are there: where its rights don't let readers see it, they are not."""
    return on.made is not None and on.ready_revision is not None and on.picture.is_usable(at)


def picture_response(on: PictureOnRecord) -> Response:
    """200 with all that is known of a picture, and its revision as the ETag."""
    ledger = parts().ledger
    uses = uses_seen_by(token(), ledger, on.id)
    item = ledger.item("image", on.id)
    response = jsonify({
        **line_json(on),
        "image": picture_json(on.picture), "file": file_json(on.picture), "original": file_url(on.id, ORIGINAL),
        "focal": {"x": on.focal.x / 100, "y": on.focal.y / 100, "by": _pointed_by(on)},
        "renditions": [_rendition_json(on, one) for one in _renditions(on)], **uses_json(uses),
        "alike": list(_alike(on)), "revisions": [revision_json(one) for one in item.revisions],
    })  # fmt: skip
    response.set_etag(str(on.revision))
    return response


def _pointed_by(on: PictureOnRecord) -> str:
    return "hand" if on.picture.focal else "guess" if on.made else "middle"


def _renditions(on: PictureOnRecord) -> Iterator[Rendition]:
    if not has_renditions(on, datetime.now(UTC)):
        return
    picture = on.picture
    yield from renditions(picture.width, picture.height, on.focal)
    if on.made and on.made.animated:
        yield Rendition(name=ANIMATED, width=picture.width, height=picture.height, media_type="image/gif")


def _rendition_json(on: PictureOnRecord, one: Rendition) -> dict[str, Any]:
    return {
        "url": file_url(on.id, one.name), "width": one.width, "height": one.height, "type": one.media_type,
        "crop": one.crop,
    }  # fmt: skip


def uses_json(seen: SeenUses) -> dict[str, Any]:
    """What shows a picture."""
    return {"uses": [use_json(one) for one in seen.uses], "other_uses": seen.others}


def use_json(use: PictureUse) -> dict[str, Any]:
    """One of those that show it."""
    return {"kind": use.kind, "id": use.id, "label": use.label, "state": use.state, "public": use.public}


def _alike(on: PictureOnRecord) -> Iterator[dict[str, Any]]:
    ledger = parts().ledger
    found = ledger.pictures_like(on.made.likeness) if on.made else ()
    for one in found:
        if one.id != on.id:
            yield {
                "id": one.id, "caption": one.picture.caption, "status_url": status_url("image", one.id),
                "uses": len(ledger.uses_of(one.id)),
            }  # fmt: skip


def list_pictures_response(found: list[PictureOnRecord], cursor: str | None) -> Response:
    """A page of the list."""
    following = next_url(cursor_at(cursor))
    without_alt = parts().ledger.pictures_without_alt()
    response = jsonify({"items": list(map(line_json, found)), "next": following, "without_alt": without_alt})
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def takedown_response(on: PictureOnRecord, seen: SeenUses, *, done: bool) -> Response:
    """What shows a picture: 200 before it is taken down, 202 after."""
    state = "withdrawn" if done else on.state
    response = jsonify({"id": on.id, "state": state, "taken_down": done, **uses_json(seen), "left": LEFT_BEHIND})
    response.status_code = 202 if done else 200
    return response
