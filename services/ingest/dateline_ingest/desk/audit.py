"""The audit, for editors: who did what, when, and from where."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from dateline.ports.ledger.audit import AuditPage
from dateline_ingest.audit.search import read_filters, search_of
from dateline_ingest.auth import needs
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import query_fields

audit_pages = Blueprint("audit_pages", __name__, url_prefix="/audit")

FILTERS = ("who", "what", "from", "to")


@audit_pages.get("")
@needs("editor")
def show() -> str:
    """Who did what, newest first."""
    typed = query_fields(request.args)
    query, problems = read_filters({name: typed[name] for name in FILTERS if name in typed})
    page = AuditPage(items=()) if problems else _page(query, typed.get("cursor"))
    return render_template("desk/audit.html", page=page, query=typed, problems=problems)


def _page(query: dict[str, Any], cursor: str | None) -> AuditPage:
    return parts().ledger.audit(search_of(query, parts().settings.timezone), cursor=cursor)
