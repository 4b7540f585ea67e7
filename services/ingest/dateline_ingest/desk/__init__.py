"""The reporters' desk: submit, see where each story is, correct, withdraw; for editors also terms,
proposals and the quarantine."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import BadRequest

from dateline.http.requests.body import whole_body
from dateline_ingest.desk.audit import audit_pages
from dateline_ingest.desk.completions import completion_pages
from dateline_ingest.desk.correcting.conflict import conflict_pages
from dateline_ingest.desk.correcting.withdrawing import withdrawal_pages
from dateline_ingest.desk.duplicates import duplicate_pages
from dateline_ingest.desk.event_proposals import event_proposal_pages
from dateline_ingest.desk.events.changing import event_changes
from dateline_ingest.desk.events.correcting import event_correcting
from dateline_ingest.desk.events.links import link_pages
from dateline_ingest.desk.events.pages import event_pages
from dateline_ingest.desk.events.times import event_times
from dateline_ingest.desk.events.writing import event_writing
from dateline_ingest.desk.finding.pages import finding_pages
from dateline_ingest.desk.front.pages import front_pages
from dateline_ingest.desk.importing.pages import import_pages
from dateline_ingest.desk.importing.source_check import source_check_pages
from dateline_ingest.desk.origin import DeskSessions, is_foreign
from dateline_ingest.desk.people.everybody import people_pages
from dateline_ingest.desk.people.my_account import account_pages
from dateline_ingest.desk.people.password import password_pages
from dateline_ingest.desk.people.plan_address import plan_address_pages
from dateline_ingest.desk.people.single_sign_on import single_sign_on_pages
from dateline_ingest.desk.people.tokens import token_pages
from dateline_ingest.desk.picking.pages import picking_pages
from dateline_ingest.desk.pictures.adding import picture_adding
from dateline_ingest.desk.pictures.pages import picture_pages
from dateline_ingest.desk.pictures.search import picture_search
from dateline_ingest.desk.pictures.takedown import picture_takedown
from dateline_ingest.desk.planning.pages import plan_pages
from dateline_ingest.desk.proposals.pages import proposal_pages
from dateline_ingest.desk.proposals.suggested import suggestion_pages
from dateline_ingest.desk.quarantine.pages import quarantine_pages
from dateline_ingest.desk.sections.pages import section_pages, sections_as_terms
from dateline_ingest.desk.session import session_pages
from dateline_ingest.desk.sources import source_pages
from dateline_ingest.desk.stories import story_pages
from dateline_ingest.desk.story.decisions import story_decisions
from dateline_ingest.desk.story.foreign_pictures import foreign_picture_pages
from dateline_ingest.desk.story.revisions import revision_pages
from dateline_ingest.desk.story.step_stream import step_pages
from dateline_ingest.desk.story.visitors import visitor_pages
from dateline_ingest.desk.tagging.views import tag_pages
from dateline_ingest.desk.template_filters import add_template_filters
from dateline_ingest.desk.term_changes.pages import term_change_pages
from dateline_ingest.desk.terms.list_pages import term_list
from dateline_ingest.desk.terms.pages import term_pages
from dateline_ingest.desk.writing.assignments import assignment_pages
from dateline_ingest.desk.writing.check import check_pages
from dateline_ingest.desk.writing.drafts import draft_pages
from dateline_ingest.desk.writing.pasting import pasting_pages
from dateline_ingest.desk.writing.previews import preview_pages
from dateline_ingest.desk.writing.reviews import review_pages
from dateline_ingest.pictures.uploads import brings_files

_BLUEPRINTS = (
    story_decisions, suggestion_pages,
    front_pages,
    story_pages, step_pages, revision_pages, visitor_pages, foreign_picture_pages, finding_pages, event_pages,
    link_pages, event_writing, event_correcting, event_changes, event_times,
    withdrawal_pages, conflict_pages,
    draft_pages, preview_pages, check_pages, completion_pages, pasting_pages, tag_pages, session_pages, account_pages,
    token_pages, password_pages, people_pages, single_sign_on_pages, quarantine_pages, proposal_pages, term_pages,
    term_change_pages, term_list,
    audit_pages, event_proposal_pages, duplicate_pages, source_pages, source_check_pages, import_pages, review_pages,
    assignment_pages, section_pages, sections_as_terms, picture_search,
    picture_pages, picture_adding, picture_takedown, picking_pages,
    plan_pages, plan_address_pages,
)  # fmt: skip
_PAGES = tuple(pages.name for pages in _BLUEPRINTS)


def add_desk(app: Flask) -> None:
    """Add the desk's pages to ``app``. Forms carry a CSRF token unless the request carries a bearer token, which no
    other site can make a browser send; another site's page sends none at all. One that arrives in part is refused: half
    a story is none."""
    app.config.update(WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_TIME_LIMIT=None)
    csrf = CSRFProtect(app)
    app.session_interface = DeskSessions()

    def check_form() -> None:
        if request.blueprint not in _PAGES or request.method != "POST":
            return
        if not brings_files():
            whole_body(request)
        if "Authorization" not in request.headers:
            if is_foreign():
                raise BadRequest("Another site's page sent this form. Nothing was done.")
            csrf.protect()

    app.before_request(check_form)
    for pages in _BLUEPRINTS:
        app.register_blueprint(pages)
    add_template_filters(app)
