"""Static files under names that carry a hash of their content: browsers keep them for good (RFC 8246)."""

from __future__ import annotations

import re
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from flask import Flask, Response, current_app, g, request

_HASHED: Final = re.compile(r"(?P<stem>.+)\.(?P<hash>[0-9a-f]{12})(?P<suffix>\.\w+)")
_FOR_GOOD: Final = "public, max-age=31536000, immutable"


def hash_static_names(app: Flask) -> None:
    """Let ``url_for`` name each static file of ``app`` and its blueprints with its hash, and serve it by that name.

    A name without the hash, or with an old one (of a page from before an upgrade), gives the present file, not to be
    kept.
    """
    app.url_defaults(_add_hash)
    app.url_value_preprocessor(_take_hash)
    app.after_request(_keep)


def _add_hash(endpoint: str, values: dict[str, Any]) -> None:
    if _is_static(endpoint) and (file := _file(endpoint, values.get("filename", ""))):
        values["filename"] = _hashed(file, values["filename"])


def _take_hash(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if not endpoint or not values or not _is_static(endpoint):
        return
    given = str(values["filename"])
    if match := _HASHED.fullmatch(given):
        plain = f"{match['stem']}{match['suffix']}"
        if file := _file(endpoint, plain):
            values["filename"] = plain
            g.keep_static = _hashed(file, plain) == given


def _keep(response: Response) -> Response:
    if _is_static(request.endpoint or "") and g.get("keep_static") and response.status_code in (200, 304):
        response.headers["Cache-Control"] = _FOR_GOOD
    return response


def _is_static(endpoint: str) -> bool:
    return endpoint == "static" or endpoint.endswith(".static")


def _file(endpoint: str, name: str) -> Path | None:
    """The file that an endpoint serves by its plain name; None where there is none."""
    blueprint = current_app.blueprints.get(endpoint.rpartition(".")[0])
    folder = (blueprint or current_app).static_folder
    if folder is None or not re.fullmatch(r"[\w-]+(\.[\w-]+)*", name):
        return None
    path = Path(folder, name)
    return path if path.is_file() else None


def _hashed(file: Path, name: str) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}.{_hash(file)}.{suffix}"


@cache
def _hash(file: Path) -> str:
    return blake2b(file.read_bytes(), digest_size=6).hexdigest()
