"""The page on which pictures that a story shows from elsewhere are brought in, one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import (
    Conflict,
    FetchFailed,
    FetchRefused,
    FieldError,
    InvalidInput,
    ReviewNeeded,
    StaleRevision,
)
from dateline.formats.control_characters import drop_control_characters
from dateline.schemas.picture import PictureSchema
from dateline.schemas.pointers import load
from dateline.schemas.story import story_json
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors, revision_field
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_form import load_story
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import Write
from dateline_ingest.pictures.fetching import PictureFetching
from dateline_ingest.pictures.foreign import foreign_pictures_of, with_own_picture
from dateline_ingest.pictures.receiving import PictureIntake
from dateline_ingest.slots.request_slots import within_slot

foreign_picture_pages = Blueprint("foreign_pictures", __name__, url_prefix="/stories/<opaque:story_id>/pictures")
Page = str | Response | tuple[str, int]

_LABELS: Final = {"url": "Address", "alt": "Alternative text", "credit": "Credit", "decorative": "Decorative"}
_NOT_SHOWN: Final = "The story doesn't show a picture from this address any more."


@foreign_picture_pages.get("")
@needs("reporter", "editor")
def show(story_id: str) -> Page:
    """The pictures that the story shows from elsewhere, each with what is asked of it."""
    return _page({})


@foreign_picture_pages.post("")
@needs("reporter", "editor")
def bring(story_id: str) -> Page:
    """Fetch one of them, and show it as the newsroom's own."""
    typed = {name: drop_control_characters(request.form.get(name, "")).strip() for name in _LABELS}
    try:
        _bring(typed, revision_field(request.form))
    except InvalidInput as refusal:
        return _page(typed, form_errors(refusal.errors or [FieldError("/url", str(refusal))], _LABELS)), 422
    except (ReviewNeeded, StaleRevision) as refusal:
        flash(f"The story is as it was. {error_details(refusal)}", "error")
        return redirect(url_for("foreign_pictures.show", story_id=story_id), 303)
    flash("The picture is one of ours now. Readers see it when it is ready, in a few seconds.")
    return redirect(url_for("foreign_pictures.show", story_id=story_id), 303)


def _bring(typed: Mapping[str, str], revision: int) -> None:
    """Fetch the picture, put it on record, and show it in the story's next revision, of which readers are told nothing.

    Raises ``InvalidInput``, ``ReviewNeeded``, ``StaleRevision``."""
    story = _story()
    if typed["url"] not in {one.url for one in foreign_pictures_of(story)}:
        raise InvalidInput(_NOT_SHOWN)
    if revision != item().newest_revision:
        raise StaleRevision(_NOT_SHOWN)
    said: dict[str, Any] = {"credit": typed["credit"], "decorative": bool(typed["decorative"])}
    words = load(PictureSchema(), said | ({} if said["decorative"] else {"alt": typed["alt"]}))
    alt = words.get("alt", "")
    body = with_own_picture(story_json(story), typed["url"], _fetched(typed["url"], words), alt)
    body |= {"note": "", "correction": "minor"}
    write = Write(by=token(), sent=body, if_match=revision)
    parts().intake.submit(parts().intake.corrected_story(item(), load_story(body), write))


def _fetched(url: str, words: Mapping[str, Any]) -> str:
    """The id of the picture at an address. Raises ``InvalidInput`` where there is none that is taken."""
    here = parts()
    fetching = PictureFetching(
        ledger=here.ledger, fetcher=here.fetcher, pictures=PictureIntake(here.ledger, here.intake), store=here.media,
        most=here.settings.media_max_bytes,
    )  # fmt: skip
    try:
        with within_slot(here.bulk_slots, token().name):
            return fetching.bring(url, words, token())
    except (FetchFailed, FetchRefused, Conflict) as refusal:
        raise InvalidInput(f"It can't be brought in: {refusal}.") from refusal


def _story() -> Story:
    """Raises ``Conflict`` for what is withdrawn."""
    if (story := standing_story(item())) is None:
        raise Conflict("This story is withdrawn, or its text was erased.")
    return story


def _page(typed: Mapping[str, str], errors: Sequence[FormError] = ()) -> str:
    story = _story()
    return render_template(
        "desk/story/foreign_pictures.html", item=item(), story=story, pictures=foreign_pictures_of(story),
        typed=typed, errors=errors,
    )  # fmt: skip
