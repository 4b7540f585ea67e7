"""Reading a request strictly: the whole body, within its bound, as ``strict_json`` reads JSON; clean parameters."""

from __future__ import annotations

from typing import Any, Final

from flask import Request, abort, g
from webargs.core import missing
from webargs.flaskparser import FlaskParser

from dateline.formats.control_characters import drop_control_characters
from dateline.formats.strict_json import NotJson, read_json

MAX_BODY_BYTES: Final = 2 * 1024 * 1024
"""How large one story (or other body) may be; a bulk may be larger, its lines may not."""


class StrictParser(FlaskParser):
    """webargs' parser with ``read_json``; 400 for what is no JSON (an empty body too)."""

    keep_controls = False

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body's value, whatever the media type says (that was checked before)."""
        return json_body(req, keep_controls=self.keep_controls)

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """The query's parameters, control characters dropped."""
        cleaned = type(req.args)((key, drop_control_characters(value)) for key, value in req.args.items(multi=True))
        return self._makeproxy(cleaned, schema) if cleaned else missing


class ExactParser(StrictParser):
    """Keeps control characters, where offsets into the text as it was sent must stay right."""

    keep_controls = True


def whole_body(req: Request) -> bytes:
    """A request's body. Aborts with 413 when it is over its bound, 400 when the client went away in its middle.

    werkzeug cuts a body of unknown length (chunked) at the bound, and says nothing; and what a server ends itself
    (``wsgi.input_terminated``) it doesn't count.
    """
    data = req.get_data(cache=True)
    if len(data) < (req.content_length or 0):
        abort(400, description="The body ended before its Content-Length.")
    if req.content_length is None and len(data) >= (req.max_content_length or MAX_BODY_BYTES):
        abort(413)
    return data


def json_body(req: Request, *, keep_controls: bool = False) -> Any:
    """The JSON value of a request's body; ``g.json_body`` keeps it.

    Aborts with 400 when it is none, 413 when it is over its bound.
    """
    data = whole_body(req)
    if not data.strip():
        abort(400, description="The body is empty; a JSON object belongs there.")
    try:
        g.json_body = read_json(data, keep_controls=keep_controls)
    except NotJson as error:
        abort(400, description=str(error))
    return g.json_body
