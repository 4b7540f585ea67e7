"""The desk's lists of terms, by name and by what an editor looks for; and the way to a term that isn't there yet."""

from __future__ import annotations

from typing import Any, cast

from flask import Blueprint, redirect, render_template, request, url_for
from marshmallow import EXCLUDE, fields, validate
from werkzeug.wrappers import Response

from dateline.domain.slugs import slug_of
from dateline.domain.term import TERM_TYPES, Term, TermType
from dateline.errors import FieldError, InvalidInput
from dateline.schemas.fields import Counted, Slug, Text
from dateline.schemas.pointers import load
from dateline_ingest.api.parameters import Query
from dateline_ingest.auth import needs
from dateline_ingest.context import parts
from dateline_ingest.desk.events.list_page import today_here
from dateline_ingest.desk.forms.form_fields import query_fields
from dateline_ingest.desk.terms.views import VIEWS, Listed, ListedTerm, Room, found_by_name, listed, newest

term_list = Blueprint("term_list", __name__, url_prefix="/terms")


class ListQuery(Query):
    """Which terms: those with a name, or a view."""

    view = fields.String(validate=validate.OneOf(tuple(VIEWS)), load_default="used")
    type = fields.String(validate=validate.OneOf(TERM_TYPES))
    q = Text(200, load_default="")
    limit = Counted(1, 100, load_default=20)
    cursor = Text(200, load_default="")


class NameQuery(Query):
    """The type and the name, or the slug, of a term that is to be made."""

    type = fields.String(required=True, validate=validate.OneOf(TERM_TYPES))
    name = Text(300, load_default="")
    slug = Slug()


@term_list.get("")
@needs("editor")
def show() -> str:
    """Terms of a name, best first, or those of a view."""
    query = load(ListQuery(), query_fields(request.args), unknown=EXCLUDE)
    return render_template("desk/terms/list.html", found=_found(query), query=query, types=TERM_TYPES, views=VIEWS)


@term_list.get("/open")
@needs("editor")
def open_named() -> Response:
    """Go to the term of a type and a name, or to the form in which one is made."""
    typed = {name: value.strip() for name, value in query_fields(request.args).items()}
    query = load(NameQuery(), typed, unknown=EXCLUDE)
    label = query["name"]
    if not (label or "slug" in query):
        raise InvalidInput("A term needs a name.", (FieldError("/name", "Must not be blank."),))
    term = _called(label, query["type"]) if label else None
    slug = term.slug if term else query.get("slug") or slug_of(label)
    new = {} if term or not label else {"label": label}
    return redirect(url_for("term_pages.show", type=query["type"], slug=slug, **new), 303)


def _found(query: dict[str, Any]) -> Listed:
    here, type, limit = parts(), cast(TermType | None, query.get("type")), query["limit"]
    terms = here.vocabulary.current()
    room = Room(terms=terms, index=here.index, ledger=here.ledger, today=today_here())
    if query["view"] == "newest" and not query["q"]:
        return newest(room, type, limit, query["cursor"] or None)
    start = _start(query["cursor"])
    if not query["q"]:
        return listed(room, query["view"], type, start, limit)
    found = found_by_name(terms, query["q"], type, start + limit + 1)
    rows = tuple(ListedTerm(term=term) for term in found[start : start + limit])
    return Listed(terms=rows, next=str(start + limit) if len(found) > start + limit else None)


def _start(cursor: str) -> int:
    if cursor and not (cursor.isascii() and cursor.isdigit() and int(cursor) <= 100_000):
        raise InvalidInput("No page begins there.", (FieldError("/cursor", "Must be a number."),))
    return int(cursor or 0)


def _called(label: str, type: TermType) -> Term | None:
    """The term of a type that has just this name."""
    wanted = label.casefold()
    found = parts().vocabulary.current().search(label, type, 20)
    return next((term for term in found if wanted in map(str.casefold, term.names)), None)
