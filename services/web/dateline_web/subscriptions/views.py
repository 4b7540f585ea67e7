"""Calendars to subscribe to: of all events, of one, of a term; and the page where one is made."""

from __future__ import annotations

from flask import Blueprint, Response, render_template
from werkzeug.wrappers import Response as WerkzeugResponse

from dateline.domain.tag import TagType
from dateline.domain.term import TermType
from dateline_web.context import web
from dateline_web.events.page import open_event
from dateline_web.listing_params import read_params
from dateline_web.subscriptions.calendars import calendar_of_event, calendar_of_events
from dateline_web.subscriptions.page import KINDS, subscribe_page
from dateline_web.subscriptions.params import SubscriptionParams
from dateline_web.terms.page import find_term
from dateline_web.terms.redirects import at_page, moved
from dateline_web.urls import ics_path, term_path

blueprint = Blueprint("subscriptions", __name__)


@blueprint.get("/events/subscribe")
def subscribe() -> str:
    """A calendar to order: filters, reminder, bars of days; and its addresses."""
    page = subscribe_page(web(), read_params(SubscriptionParams))
    return render_template("events/subscribe.html", page=page, kinds=KINDS)


@blueprint.get("/events.ics")
def events() -> Response:
    """A calendar of all events, or of those the filters name."""
    return calendar_of_events(web(), read_params(SubscriptionParams))


@blueprint.get("/events/<event_id>.ics")
def event(event_id: str) -> Response:
    """A calendar of one event; ``on`` names one of its times."""
    return calendar_of_event(web(), open_event(web().index, event_id), read_params(SubscriptionParams))


@blueprint.get("/sections/<slug:slug>.ics")
def section(slug: str) -> Response | WerkzeugResponse:
    """A calendar of a section's events."""
    return _of_term("section", slug)


@blueprint.get("/<tags:type>/<slug:slug>.ics")
def term(type: TagType, slug: str) -> Response | WerkzeugResponse:
    """A calendar of what is about a topic, person, place or organisation."""
    return _of_term(type, slug)


def _of_term(type: TermType, slug: str) -> Response | WerkzeugResponse:
    found = find_term(web().index, type, slug)
    if elsewhere := moved(web().index, found, at_page(ics_path)):
        return elsewhere
    wanted = read_params(SubscriptionParams).of_term(type, slug)
    return calendar_of_events(web(), wanted, f"{found.label} · {web().settings.title}", term_path(type, slug))
