"""The page of one item in quarantine: why it is there, what failed alike, and the form that mends it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from cattrs import BaseValidationError
from flask import render_template, url_for

from dateline.domain.document import ItemKind
from dateline.domain.story import Story
from dateline.errors import DatelineError
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.quarantine import QuarantinedItem
from dateline_ingest.context import parts
from dateline_ingest.desk.correcting.withdrawing import was_seen
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_form import StoryForm, carried_fields
from dateline_ingest.desk.quarantine.explained import explained

MOST_ALIKE: Final = 20
"""Items that failed alike which are named on the page of one."""
_MENDED_HERE: Final = ("headline", "summary", "body_text", "body_html", "note", "correction")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """The form that corrects a story in quarantine; ``carried`` is what it says and doesn't show.

    ``seen``: readers may know the story, and are told of the correction.
    """

    form: StoryForm
    revision: int
    carried: dict[str, str]
    seen: bool


def item_page(item_id: str) -> str:
    """The page of an item. ``NotFound`` when nothing of it is in quarantine."""
    ledger = parts().ledger
    one = ledger.quarantined(item_id)
    alike = ledger.failed_alike(item_id, limit=MOST_ALIKE + 1)
    mending = _mending(one)
    return render_template(
        "desk/quarantine/item.html", one=one, explained=explained(one), alike=alike,
        others=[other for other in alike.items if other.id != one.id][:MOST_ALIKE],
        traceback=ledger.traceback(one.id, one.revision), page_of_item=page_of(one),
        mending=mending, seen=mending is not None and mending.seen,
    )  # fmt: skip


def page_of(one: QuarantinedItem) -> str:
    """Where the item itself is shown, and corrected; a story also by the form below."""
    kind: ItemKind = one.kind
    if kind == "story":
        return url_for("desk.show", story_id=one.id)
    if kind == "event":
        return url_for("event_pages.show", event_id=one.id)
    if kind == "image":
        return url_for("picture_pages.show", picture_id=one.id)
    if kind == "front":
        return url_for("front_pages.show")
    type, _, slug = one.id.partition(":")
    return url_for("term_pages.show", type=type, slug=slug)


def _mending(one: QuarantinedItem) -> Mending | None:
    """The form of a story; None of other kinds, of a story that is withdrawn, and where the form can't say its text."""
    if one.kind != "story":
        return None
    whole = parts().ledger.item("story", one.id)
    if (story := _readable(whole)) is None:
        return None
    form = StoryForm.of(story, parts().settings.timezone)
    form.values |= {"note": whole.newest.note, "correction": whole.newest.correction or "minor"}
    carried = carried_fields(form.values, but=_MENDED_HERE)
    return Mending(form=form, revision=whole.newest_revision, carried=carried, seen=was_seen(whole))


def _readable(whole: Item) -> Story | None:
    """The story; None where what is on record is none that this version can read."""
    with suppress(BaseValidationError, KeyError, TypeError, ValueError, DatelineError):
        return standing_story(whole)
    return None
