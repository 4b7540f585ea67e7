"""Two revisions of a story beside one another, in words; and an earlier one restored as a new one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import Conflict, InvalidInput, NotFound, ReviewNeeded, StaleRevision
from dateline.ports.ledger.items import Item, Revision
from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.story import story_json
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.correcting.correct_page import fields_of
from dateline_ingest.desk.correcting.differences import FieldDifference, story_differences
from dateline_ingest.desk.forms.form_fields import note_field, query_fields, revision_field, whole_number
from dateline_ingest.desk.forms.story_form import load_story
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import Write, content_of

revision_pages = Blueprint("revisions", __name__, url_prefix="/stories/<opaque:story_id>")
Page = str | Response | tuple[str, int]


@revision_pages.get("/difference")
@needs("reporter", "editor")
def show_difference(story_id: str) -> Page:
    """What differs between two revisions, the earlier one first; without any, between the last two."""
    query = query_fields(request.args)
    newest = item().newest_revision
    named = [whole_number(query.get(name, "")) for name in ("from", "to")]
    earlier, later = sorted((named[0] or max(1, newest - 1), named[1] or newest))
    return _difference_page(earlier, later)


@revision_pages.post("/revisions/<int:revision>/restore")
@needs("reporter", "editor")
def restore_revision(story_id: str, revision: int) -> Page:
    """Put an earlier text on record again, as a new revision."""
    try:
        receipt = _restore(revision)
    except (InvalidInput, ReviewNeeded, StaleRevision) as refusal:
        flash(f"Not restored. {error_details(refusal)}", "error")
        chosen: dict[str, Any] = {"from": revision}
        return redirect(url_for("revisions.show_difference", story_id=story_id, **chosen), 303)
    flash(f"Revision {revision} is restored. {received_words(receipt)}")
    return redirect(url_for("desk.show", story_id=story_id), 303)


def _difference_page(earlier: int, later: int) -> str:
    whole = parts().ledger.item("story", item().id, payloads=(earlier, later))
    before, after = _revision(whole, earlier), _revision(whole, later)
    removed = _removed_between(whole, earlier, later)
    texts = [None if removed else content_of(Story, one.payload) for one in (before, after)]
    return render_template(
        "desk/story/difference.html", item=whole, before=before, after=after, removed=removed,
        restorable=texts[0] is not None and earlier != later and whole.newest.action != "withdraw", texts=texts,
        differences=_differences(texts[0], texts[1]),
    )  # fmt: skip


def _differences(before: Story | None, after: Story | None) -> list[FieldDifference] | None:
    """None where one of the texts is gone."""
    if before is None or after is None:
        return None
    return story_differences(fields_of(before), fields_of(after))


def _revision(whole: Item, number: int) -> Revision:
    found = next((one for one in whole.revisions if one.revision == number), None)
    if found is None:
        raise NotFound(f"This story has no revision {number}.")
    return found


def _removed_between(whole: Item, earlier: int, later: int) -> bool:
    """Whether something that was removed for legal reasons lies between two revisions: then no page shows it."""
    return any(one.diff_state == "removed" and earlier < one.revision <= later for one in whole.revisions)


def _restore(number: int) -> Receipt:
    """The date and a hold stay as they are. Raises ``Conflict`` where there is no text to restore."""
    newest = item().newest_revision
    whole = parts().ledger.item("story", item().id, payloads=(number, newest))
    story = content_of(Story, _revision(whole, number).payload)
    if story is None or whole.newest.action == "withdraw" or _removed_between(whole, number, newest):
        raise Conflict("The text of this revision can't be restored: it is gone, or the story is withdrawn.")
    note = note_field(request.form)
    body = {name: value for name, value in story_json(story).items() if name not in ("published_at", "embargo_until")}
    body |= {"note": note, "correction": "correction" if note else "minor"}
    write = Write(by=token(), sent=body, if_match=revision_field(request.form))
    return parts().intake.submit(parts().intake.corrected_story(item(), load_story(body), write))
