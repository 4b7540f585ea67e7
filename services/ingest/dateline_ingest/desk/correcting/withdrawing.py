"""The desk's page that withdraws a story, which says what readers will see then; and bringing it back."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict
from dateline.ports.ledger.items import Item
from dateline_ingest.auth import needs
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.forms.form_fields import FormError, note_field, revision_field
from dateline_ingest.desk.receipts import readers_words
from dateline_ingest.intake import Write
from dateline_ingest.withdrawals import restored_story, withdrawal

withdrawal_pages = Blueprint("withdrawing", __name__, url_prefix="/stories/<opaque:story_id>")
Page = str | Response | tuple[str, int]

_NO_REASON = FormError("note", "What readers are told", "Say why: readers see it in the story's place.")


@withdrawal_pages.get("/withdraw")
@needs("reporter", "editor")
def show_withdraw(story_id: str) -> Page:
    """What withdrawing the story will do, and why it is done."""
    if item().newest.action == "withdraw":
        raise Conflict("This story is withdrawn already.")
    return render_template("desk/withdraw.html", item=item(), seen=was_seen(item()), note="", errors=())


@withdrawal_pages.post("/withdraw")
@needs("reporter", "editor")
def withdraw(story_id: str) -> Page:
    """Withdraw the story; readers get the note, without which only what they never saw goes."""
    note, seen = note_field(request.form), was_seen(item())
    if seen and not note:
        return render_template("desk/withdraw.html", item=item(), seen=seen, note="", errors=(_NO_REASON,)), 422
    write = Write(by=token(), if_match=revision_field(request.form))
    receipt = parts().intake.submit(withdrawal("story", item(), write, note))
    never = receipt.state == "withdrawn"
    told = "No reader has seen it." if never else "Readers see the note instead of the story in a second or two."
    flash(f"Withdrawn. {told}")
    return redirect(url_for("desk.show", story_id=story_id), 303)


@withdrawal_pages.post("/restore")
@needs("reporter", "editor")
def restore(story_id: str) -> Page:
    """Bring the story back with its last text."""
    whole = parts().ledger.item("story", story_id, payloads="all")
    write = Write(by=token(), if_match=revision_field(request.form))
    receipt = parts().intake.submit(restored_story(whole, write, note_field(request.form), datetime.now(UTC)))
    flash(f"The story is back{readers_words(receipt)}")
    return redirect(url_for("desk.show", story_id=story_id), 303)


def was_seen(story: Item) -> bool:
    """Whether readers may have seen it: one that is on its way to the site counts too."""
    waits = story.newest.state in ("held", "quarantined", "discarded")
    return story.published_revision is not None or not waits
