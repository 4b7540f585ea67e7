"""Stories that come as ninjs: read into the shape of a story, and told what is wrong in ninjs' own places."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import Request, Response, g, request
from marshmallow import ValidationError

from dateline.errors import FieldError, InvalidInput
from dateline.formats.ninjs import NinjsStory
from dateline.http.requests.body import StrictParser, json_body
from dateline.http.responses.problems import webargs_errors
from dateline.ports.ledger.submissions import Submission
from dateline.schemas.pointers import INVALID
from dateline_ingest.api.parameters import NINJS, change_write, new_write
from dateline_ingest.api.responses import receipt_response
from dateline_ingest.context import parts
from dateline_ingest.ninjs_concepts import asserted
from dateline_ingest.ninjs_versions import notice, notice_on, uri_of
from dateline_ingest.shown_images import check_alt_of_addresses
from dateline_ingest.withdrawals import withdrawal


class StoryParser(StrictParser):
    """Reads stories in JSON, and in ninjs where the media type says so."""

    def load_json(self, req: Request, schema: Any) -> Any:
        """The story's fields as they would come in JSON."""
        if req.mimetype != NINJS:
            body = super().load_json(req, schema)
            check_alt_of_addresses(body)
            return body
        ninjs = sent_ninjs()
        return {**ninjs.fields, **asserted(ninjs, parts().vocabulary.current())}

    def handle_error(self, error: ValidationError, req: Request, schema: Any, **options: Any) -> NoReturn:
        """422 with pointers into what was sent."""
        ninjs: NinjsStory | None = g.get("ninjs")
        if ninjs is None:
            super().handle_error(error, req, schema, **options)
        messages = error.messages if isinstance(error.messages, dict) else {}
        errors = tuple(FieldError(ninjs.pointer(one.pointer), one.detail) for one in webargs_errors(messages))
        raise InvalidInput(INVALID, errors)


def sent_ninjs() -> NinjsStory:
    """The request's body as ninjs; read once. Raises ``InvalidInput``, aborts as ``json_body`` does."""
    if "ninjs" not in g:
        g.ninjs = NinjsStory(json_body(request))
    ninjs: NinjsStory = g.ninjs
    return ninjs


def ninjs_notes() -> list[FieldError]:
    """What of the request's ninjs was read otherwise than it was sent."""
    ninjs: NinjsStory | None = g.get("ninjs")
    return ninjs.notes if ninjs else []


def takes_notices(view: Callable[..., Response]) -> Callable[..., Response]:
    """Let a view of stories answer a kill or a hold as well: ninjs without a text, which its schema would refuse."""

    @wraps(view)
    def answer(*arguments: Any, **of_address: Any) -> Response:
        if request.mimetype != NINJS or not sent_ninjs().without_text:
            return view(*arguments, **of_address)
        return receipt_response(parts().intake.submit(_notice(sent_ninjs())))

    return answer


def _notice(ninjs: NinjsStory) -> Submission:
    if g.get("item") is not None:
        item = g.item
        return notice_on(withdrawal("story", item, change_write(), ""), ninjs, item)
    write = new_write()
    uri = uri_of(ninjs)
    return notice(ninjs, uri, by=write.by, sent=write.sent, idempotency=write.idempotency)
