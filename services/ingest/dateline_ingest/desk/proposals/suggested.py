"""The page of suggested tags: by term, the stories that speak of it, to accept or refuse by column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from marshmallow import EXCLUDE, fields, validate
from werkzeug.wrappers import Response

from dateline.domain.tag import TAG_TYPES, TagType
from dateline.domain.term import Term
from dateline.ports.ledger.suggested_tags import SuggestedStory
from dateline.ports.wakeup import Lane
from dateline.schemas.fields import Counted
from dateline.schemas.pointers import load
from dateline_ingest.api.parameters import Query
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.tagging.reasons import reason_words

suggestion_pages = Blueprint("suggestion_pages", __name__, url_prefix="/suggested-tags")

TERMS: Final = 10
STORIES: Final = 10
"""Terms of a page, and of each the newest stories: the others come when these are decided on."""


class SuggestionsQuery(Query):
    """Which suggested tags."""

    type = fields.String(validate=validate.OneOf(TAG_TYPES))
    cursor = Counted(0, 100_000, load_default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTerm:
    """A term, of how many stories it is suggested, and the newest of them."""

    term: Term
    count: int
    stories: list[SuggestedStory]


@suggestion_pages.get("")
@needs("editor")
def show() -> str:
    """The terms that stories speak of and haven't as tags, first those of most stories."""
    query = load(SuggestionsQuery(), query_fields(request.args), unknown=EXCLUDE)
    shown, following = _page(query.get("type", ""), query["cursor"])
    return render_template(
        "desk/proposals/suggested.html", shown=shown, next=following, query=query, types=TAG_TYPES, why=reason_words
    )  # fmt: skip


@suggestion_pages.post("/<any(person, place, organisation, topic):type>/<slug:slug>")
@needs("editor")
def decide(type: TagType, slug: str) -> Response:
    """Tag the stories that are ticked, or all that were shown, with the term; or never suggest it of them again."""
    everything = "accept_all" in request.form or "refuse_all" in request.form
    ids = request.form.getlist("shown" if everything else "story")[:STORIES]
    accepting = "accept_all" in request.form or "accept" in request.form
    decided = parts().ledger.decide_suggestions(type, slug, ids, "accepted" if accepting else "refused", token())
    _tell(len(decided), accepting=accepting)
    return redirect(url_for("suggestion_pages.show"), 303)


def _tell(count: int, *, accepting: bool) -> None:
    if not count:
        flash("None was ticked that waits for a decision.", "error")
    elif accepting:
        parts().wakeup.wake(Lane.LIVE)
        flash(f"{_stories(count)} tagged in a few seconds, and your word stays.")
    else:
        flash(f"Refused. It is not suggested again of {'this story' if count == 1 else f'these {count} stories'}.")


def _stories(count: int) -> str:
    return "One story is" if count == 1 else f"{count} stories are"


def _page(type: str, start: int) -> tuple[list[ShownTerm], int | None]:
    """The terms from ``start`` on that are in the vocabulary still, and where the next begin."""
    ledger, terms = parts().ledger, parts().vocabulary.current()
    found = ledger.suggested_terms(type=type, limit=TERMS + 1, start=start)
    known = {(one.type, one.slug): terms.find(one.type, one.slug) for one in found[:TERMS]}
    stories = ledger.suggested_stories([term.key for term in known.values() if term], each=STORIES)
    shown = [
        ShownTerm(term=term, count=one.count, stories=[story for story in stories if story.tag.slug == one.slug
                                                       and story.tag.type == one.type])
        for one in found[:TERMS]
        if (term := known[one.type, one.slug])
    ]  # fmt: skip
    return shown, start + TERMS if len(found) > TERMS else None
