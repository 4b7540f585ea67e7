"""Stories that come as ninjs: read into the shape of a story, and told what is wrong in ninjs' own places."""

from __future__ import annotations

from typing import Any, NoReturn

from flask import Request, g
from marshmallow import ValidationError

from dateline.domain.tag import PLURAL
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ninjs import NinjsStory
from dateline.http.body import StrictParser
from dateline.http.problems import webargs_errors
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import NINJS
from dateline_ingest.context import parts


class StoryParser(StrictParser):
    """Reads stories in JSON, and in ninjs where the media type says so."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """The story's fields as they would come in JSON."""
        value = super().load_json(req, schema)
        if req.mimetype != NINJS:
            return value
        g.ninjs = NinjsStory(value)
        return {**g.ninjs.fields, **asserted(g.ninjs)}

    def handle_error(self, error: ValidationError, req: Request, schema: Any, **options: Any) -> NoReturn:
        """422 with pointers into what was sent."""
        ninjs: NinjsStory | None = g.get("ninjs")
        if ninjs is None:
            super().handle_error(error, req, schema, **options)
        messages = error.messages if isinstance(error.messages, dict) else {}
        errors = tuple(FieldError(ninjs.pointer(one.pointer), one.detail) for one in webargs_errors(messages))
        raise InvalidInput(INVALID, errors)


def asserted(ninjs: NinjsStory) -> dict[str, Any]:
    """The terms that the vocabulary knows of those the object names, by code or by label; others stay keywords."""
    vocabulary = parts().vocabulary.current()
    tags: dict[str, list[str]] = {}
    for type, name, code in ninjs.concepts():
        wanted = name.casefold()
        for term in vocabulary.search(name, type, 5):
            if wanted in {term.label.casefold(), *(alias.casefold() for alias in term.aliases)} or code in term.same_as:
                slugs = tags.setdefault(PLURAL[type], [])
                if term.slug not in slugs and len(slugs) < 100:
                    slugs.append(term.slug)
                break
    return {"tags": tags} if tags else {}
