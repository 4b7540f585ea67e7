"""The page of proposed terms: decide on one, or on all that are ticked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from marshmallow import EXCLUDE, fields, validate
from werkzeug.wrappers import Response

from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import TermType
from dateline.errors import Permanent
from dateline.schemas.fields import Counted, Text
from dateline.schemas.pointers import load
from dateline_ingest.api.parameters import Query
from dateline_ingest.auth import needs
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.proposals.deciding import Decided, decided, decided_before, several_decided
from dateline_ingest.desk.proposals.proposal_page import proposal_page
from dateline_ingest.desk.template_filters import error_details

proposal_pages = Blueprint("proposal_pages", __name__, url_prefix="/proposals")

_TERM = "/<any(person, place, organisation, topic):type>/<slug:slug>"
Page = str | Response | tuple[Response, int]


class ProposalsQuery(Query):
    """Which proposals."""

    type = fields.String(validate=validate.OneOf(TAG_TYPES))
    q = Text(200, load_default="")
    cursor = Counted(0, 100_000, load_default=0)


@proposal_pages.get("")
@needs("editor")
def show() -> Page:
    """The names the tagger found that nobody has decided on, first what most sources mention."""
    query = load(ProposalsQuery(), query_fields(request.args), unknown=EXCLUDE)
    page = proposal_page(query["q"], query.get("type", ""), query["cursor"])
    return render_template(
        "desk/proposals/list.html", page=page, query=query, types=TAG_TYPES, before=decided_before(request.args)
    )


@proposal_pages.post("")
@needs("editor")
def decide_several() -> Page:
    """Accept or reject all that are ticked, as they are."""
    done, failed = several_decided(request.form.getlist("proposal"), accepting="accept" in request.form)
    if done:
        flash(f"{done} {'accepted' if 'accept' in request.form else 'rejected'}.")
    for detail in failed:
        flash(detail, "error")
    return redirect(url_for("proposal_pages.show"), 303)


@proposal_pages.post(f"{_TERM}/decide")
@needs("editor")
def decide(type: TermType, slug: str) -> Page:
    """Accept, reject or merge a proposal, or take that back; a script is told what came of it."""
    try:
        return _told(decided(type, slug, request.form))
    except Permanent as error:
        if _asks_for_json():
            return jsonify(error=error_details(error)), 409
        flash(error_details(error), "error")
        return redirect(url_for("proposal_pages.show"), 303)


def _told(outcome: Decided) -> Page:
    if _asks_for_json():
        return jsonify(done=outcome.done, undo=outcome.undo or None)
    flash(outcome.done)
    parameters: dict[str, Any] = outcome.address
    return redirect(url_for("proposal_pages.show", **parameters), 303)


def _asks_for_json() -> bool:
    return request.accept_mimetypes.best == "application/json"
