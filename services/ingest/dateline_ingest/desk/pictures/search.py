"""Pictures found by words, for a picker beside what one writes."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, Response, jsonify, request

from dateline.ports.ledger.pictures import PictureQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.pictures.shown import ShownPicture, pictures, shown_picture

picture_search = Blueprint("picture_search", __name__, url_prefix="/pictures")

MOST_FOUND: Final = 24


@picture_search.get("/search")
@needs("reporter", "editor")
def search() -> Response:
    """The newest pictures that have the words of ``q``, with ``mine`` only one's own; JSON."""
    typed = query_fields(request.args)
    found, following = found_pictures(typed.get("q", ""), mine="mine" in typed, cursor=typed.get("cursor"))
    return jsonify({"items": [picture_json(one) for one in found], "next": following})


def found_pictures(
    words: str, *, mine: bool = False, cursor: str | None = None
) -> tuple[list[ShownPicture], str | None]:
    """The newest pictures that have these words, and the cursor of those that follow. ``InvalidInput`` for a cursor of
    something else."""
    query = PictureQuery(words=words.strip()[:200], by=token() if mine else None)
    page = pictures().find_pictures(query, limit=MOST_FOUND, cursor=cursor)
    return [shown_picture(one) for one in page.pictures], page.next


def picture_json(shown: ShownPicture) -> dict[str, Any]:
    """What a picker shows of a picture. ``thumb`` is "" where there is nothing to show yet; ``state`` and ``rights``
    are what is to be known of it, in words, "" where it may be shown."""
    picture = shown.on.picture
    return {
        "id": shown.on.id, "name": shown.name, "thumb": shown.thumb, "width": picture.width, "height": picture.height,
        "alt": picture.alt, "decorative": picture.decorative, "caption": picture.caption, "credit": picture.credit,
        "lacks_alt": shown.lacks_alt, "state": shown.state, "rights": shown.rights,
    }  # fmt: skip
