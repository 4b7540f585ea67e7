"""The finder's pages: what was found, also as JSON while one types."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, render_template, request

from dateline_ingest.auth import needs
from dateline_ingest.context import token
from dateline_ingest.desk.finding.found import found
from dateline_ingest.desk.forms.form_fields import query_fields

finding_pages = Blueprint("finding", __name__)

_ON_THE_PAGE = 50


@finding_pages.get("/find")
@needs("reporter", "editor")
def find() -> str | Response:
    """What ``q`` may mean; as JSON where that is asked for."""
    typed = query_fields(request.args).get("q", "")
    if request.accept_mimetypes.best == "application/json":
        return jsonify({"items": [asdict(one) for one in found(typed, token())]})
    return render_template("desk/finding/found.html", q=typed, found=found(typed, token(), _ON_THE_PAGE))
