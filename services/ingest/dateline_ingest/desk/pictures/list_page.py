"""The desk's list of pictures: by words, by where they stand, by what they lack, by their rights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from flask import render_template, request, url_for

from dateline.errors import InvalidInput
from dateline.ports.ledger.items import State
from dateline.ports.ledger.pictures import PicturePage, PictureQuery, PictureRights
from dateline_ingest.context import token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.pictures.shown import pictures, shown_picture

STATES: Final[Mapping[State, str]] = {
    "accepted": "being made ready", "indexed": "ready", "quarantined": "could not be made ready",
}  # fmt: skip
RIGHTS: Final[Mapping[PictureRights, str]] = {
    "usable": "may be shown", "not yet": "not yet", "ending": "end within 14 days", "ended": "ended",
}  # fmt: skip
FILTERS: Final = ("q", "state", "rights", "mine", "lacks_alt", "unused")
_ON_A_PAGE: Final = 40


def list_page() -> str:
    """The pictures that the address asks for, newest first; without a cursor that is one, from the beginning."""
    typed = query_fields(request.args)
    query: dict[str, Any] = {name: typed[name].strip()[:200] for name in FILTERS if typed.get(name, "").strip()}
    cursor = typed.get("cursor")
    page = _found(query, cursor)
    return render_template(
        "desk/pictures/list.html", pictures=[shown_picture(one) for one in page.pictures], query=query,
        states=STATES, rights=RIGHTS, without_alt=pictures().pictures_without_alt(), begun=bool(cursor),
        older=url_for("picture_pages.show_all", **query, cursor=page.next) if page.next else None,
    )  # fmt: skip


def _found(query: Mapping[str, str], cursor: str | None) -> PicturePage:
    asked = PictureQuery(
        words=query.get("q", ""),
        by=token() if "mine" in query else None,
        state=cast(State, query["state"]) if query.get("state") in STATES else None,
        lacks_alt="lacks_alt" in query,
        unused="unused" in query,
        rights=cast(PictureRights, query["rights"]) if query.get("rights") in RIGHTS else None,
    )
    try:
        return pictures().find_pictures(asked, limit=_ON_A_PAGE, cursor=cursor)
    except InvalidInput:
        return pictures().find_pictures(asked, limit=_ON_A_PAGE)
