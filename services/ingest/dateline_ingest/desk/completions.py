"""What a byline and a place complete from: what the house has used most of late, and the vocabulary."""

from __future__ import annotations

from typing import Final, cast

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import NotFound

from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import TermType
from dateline.ports.ledger.items import UsedField
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import query_fields

completion_pages = Blueprint("completions", __name__)

MOST: Final = 20
_TERMS: Final[dict[UsedField, TermType]] = {"place": "place", "byline": "person"}


@completion_pages.get("/completions")
@needs("reporter", "editor")
def complete() -> Response:
    """What ``q`` may become in ``field``, the house's own words first."""
    query = query_fields(request.args)
    if query.get("field") == "into" and token().role == "editor":
        return jsonify({"items": terms_named(query.get("q", ""))})
    if query.get("field") not in _TERMS:
        raise NotFound
    return jsonify({"items": completions(cast(UsedField, query["field"]), query.get("q", ""))})


def completions(field: UsedField, typed: str) -> list[str]:
    """What begins with, or has a word that begins with, what was typed."""
    wanted = typed.strip()[:100].casefold()
    used = [value for value in used_values(field) if f" {wanted}" in f" {value.casefold()}"]
    terms = parts().vocabulary.current().search(typed.strip()[:100], _TERMS[field], MOST) if wanted else ()
    return list(dict.fromkeys([*used, *(term.label for term in terms)]))[:MOST]


def terms_named(typed: str) -> list[str]:
    """The labels of the terms of which a name contains what was typed, best first."""
    wanted = typed.strip()[:100]
    found = parts().vocabulary.current().search(wanted, None, MOST) if wanted else ()
    return list(dict.fromkeys(term.label for term in found if term.type in TAG_TYPES))


def used_values(field: UsedField) -> tuple[str, ...]:
    """What the newest public stories have there."""
    return parts().ledger.used_values(field)
