"""Pairs of similar stories, for editors: the list, both texts compared, and their word on each."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response

from dateline.documents.text_diff import Passage, changed_passages
from dateline.domain.body import body_of
from dateline.domain.story import Story
from dateline.errors import Permanent
from dateline.ports.ledger.duplicates import Duplicate
from dateline.ports.ledger.items import Item
from dateline.ports.wakeup import Lane
from dateline.schemas.pointers import load
from dateline_ingest.api.duplicates import DuplicatesQuery
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.intake import content_of
from dateline_ingest.similar.likeness import duplicates_of, label_beside

duplicate_pages = Blueprint("duplicate_pages", __name__, url_prefix="/duplicates")
duplicate_pages.add_app_template_global(duplicates_of)
duplicate_pages.add_app_template_global(label_beside)

_PAIR: Final = "/<opaque:one_id>/<opaque:other_id>"
MOST_PASSAGES: Final = 200


@duplicate_pages.get("")
@needs("editor")
def show() -> str:
    """The pairs, newest first; without a choice those that nobody decided on."""
    query = load(DuplicatesQuery(), query_fields(request.args), unknown=EXCLUDE)
    page = parts().ledger.duplicates(status=query["status"], cursor=query.get("cursor"))
    return render_template("desk/duplicates.html", page=page, status=query["status"])


@duplicate_pages.get(_PAIR)
@needs("editor")
def compare(one_id: str, other_id: str) -> str:
    """Both texts, and where they differ."""
    pair = _pair(one_id, other_id)
    here, there = (parts().ledger.item("story", id) for id in (pair.item_id, pair.other_id))
    return render_template(
        "desk/compare.html", pair=pair, here=here, there=there, stories=(_story(here), _story(there)),
        passages=_passages(there, here),
    )  # fmt: skip


@duplicate_pages.post(f"{_PAIR}/decide")
@needs("editor")
def decide(one_id: str, other_id: str) -> Response:
    """Fold, unfold, or say that the two are not the same; what goes wrong is told on the pair's page."""
    try:
        flash(_decide(one_id, other_id))
    except Permanent as error:
        flash(error_details(error), "error")
    return redirect(url_for("duplicate_pages.compare", one_id=one_id, other_id=other_id), 303)


def _decide(one_id: str, other_id: str) -> str:
    ledger, by = parts().ledger, token()
    if behind := request.form.get("behind"):
        leader = other_id if behind == one_id else one_id
        label = ledger.fold(behind, leader, by).label_beside(behind)
        said = f"Folded. In a second or two readers' lists show only “{label}”, and its page names the other."
    elif "different" in request.form:
        ledger.decide_duplicate(one_id, other_id, "different", by)
        said = "Noted: they are not the same. Nobody is asked again."
    else:
        ledger.decide_duplicate(one_id, other_id, "open", by)
        said = "Taken back. Each stands for itself, and the pair is open."
    parts().wakeup.wake(Lane.LIVE)
    return said


def _pair(one_id: str, other_id: str) -> Duplicate:
    for pair in parts().ledger.duplicates_of(one_id):
        if pair.beside(one_id) == other_id:
            return pair
    raise NoSuchPage("These two are no pair of similar stories: one was withdrawn or corrected since, perhaps.")


def _story(item: Item) -> Story | None:
    return content_of(Story, item.newest.payload)


def _passages(before: Item, after: Item) -> list[Passage]:
    """The headlines where they differ, then what differs in the texts."""
    old, new = _headline_and_text(before), _headline_and_text(after)
    headlines = [(old[0], new[0])] if old[0] != new[0] else []
    return [*headlines, *changed_passages(old[1], new[1], MOST_PASSAGES)]


def _headline_and_text(item: Item) -> tuple[str, str]:
    story = _story(item)
    return (story.headline, body_of(story.body_html, story.body_text)[1]) if story else ("", "")
