"""Reading bodies strictly: UTF-8 JSON of RFC 8259, no lone surrogates, no control characters, bounded size."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, Final, NoReturn

from flask import Request, abort, g
from webargs.core import missing
from webargs.flaskparser import FlaskParser

from dateline.errors import FieldError, InvalidInput
from dateline.schemas.pointers import escaped

MOST_BYTES: Final = 2 * 1024 * 1024
"""How large one story (or other body) may be; a bulk may be larger, its lines may not."""

MOST_NESTED: Final = 100
"""How deep a body may be nested (RFC 8259 section 9 lets a reader say)."""

_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")
_SUSPECTS: Final = re.compile(rb"[\x7f]|\\u00[01789]|\\u[dD][89a-fA-F]|\xc2[\x80-\x9f]", re.IGNORECASE)


class NotJson(ValueError):
    """The bytes are no JSON text."""


def read_json(data: bytes, *, keep_controls: bool = False) -> Any:
    """The value of a JSON text, control characters dropped from its strings (tab, newline and return stay) unless
    they are to be kept.

    Raises ``NotJson``; and ``InvalidInput`` for a name that comes twice in an object, of which one value would be lost
    (RFC 7493 section 2.3), and with a pointer for each string with a lone surrogate.
    """
    try:
        value = json.loads(data.decode("utf-8-sig"), parse_constant=_refuse, object_pairs_hook=_object)
        _check_depth(value, data)
    except (ValueError, RecursionError) as wrong:
        raise NotJson(f"The body is not JSON: {wrong}" if isinstance(wrong, json.JSONDecodeError) else _WHY) from wrong
    return clean(value) if not keep_controls and _SUSPECTS.search(data) else value


def digest(value: Any) -> str:
    """The SHA-256 of a JSON value, the same however its text was written."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


_WRONG: Final = "Something here is not as it must be."
_WHY: Final = "The body is not JSON: it must be UTF-8 text as RFC 8259 says, not nested too deeply."


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidInput(_WRONG, tuple(_doubled(name for name, _ in pairs)))
    return members


def _doubled(names: Iterable[str]) -> Iterator[FieldError]:
    seen = Counter(clean_text(name) for name in names)
    return (FieldError("", f"{name[:100]!r} comes twice in an object.") for name, times in seen.items() if times > 1)


def _check_depth(value: Any, data: bytes) -> None:
    """Refuse what is nested deeper than anything we read, before our own recursion meets it."""
    if data.count(b"[") + data.count(b"{") <= MOST_NESTED:
        return
    level = [value]
    for _ in range(MOST_NESTED):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _inside(value: Any) -> Iterable[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (one for one in inner if isinstance(one, dict | list))


def clean(value: Any) -> Any:
    """``value`` without control characters in its strings; ``InvalidInput`` for lone surrogates, and for names that
    differ in control characters only."""
    wrong: list[FieldError] = []
    result = _cleaned(value, "", wrong)
    if wrong:
        raise InvalidInput(_WRONG, tuple(wrong))
    return result


def clean_text(text: str) -> str:
    """``text`` without control characters; tab, newline and return stay."""
    return _CONTROLS.sub("", text)


def _cleaned(value: Any, pointer: str, wrong: list[FieldError]) -> Any:
    if isinstance(value, str):
        if _SURROGATES.search(value):
            wrong.append(FieldError(pointer, "Half of a surrogate pair is no character."))
        return clean_text(value)
    if isinstance(value, list):
        return [_cleaned(inner, f"{pointer}/{index}", wrong) for index, inner in enumerate(value)]
    if isinstance(value, dict):
        members = {
            _cleaned(key, pointer, wrong): _cleaned(inner, f"{pointer}/{escaped(key)}", wrong)
            for key, inner in value.items()
        }
        if len(members) != len(value):
            wrong.extend(_doubled(value))
        return members
    return value


class StrictParser(FlaskParser):
    """webargs' parser with ``read_json``; 400 for what is no JSON (an empty body too)."""

    keep_controls = False

    def load_json(self, req: Request, schema: Any) -> Any:
        """The body's value, whatever the media type says (that was checked before)."""
        return json_body(req, keep_controls=self.keep_controls)

    def load_querystring(self, req: Request, schema: Any) -> Any:
        """The query's parameters, control characters dropped."""
        cleaned = type(req.args)((key, clean_text(value)) for key, value in req.args.items(multi=True))
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
    if req.content_length is None and len(data) >= (req.max_content_length or MOST_BYTES):
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
    except NotJson as wrong:
        abort(400, description=str(wrong))
    return g.json_body
