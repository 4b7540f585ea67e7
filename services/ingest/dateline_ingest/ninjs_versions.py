"""What a wire's versions make of a story: a newer one counts, a kill withdraws, what is withheld is held back.

ninjs says of each object which version it is, and whether it may be published (``pubStatus``). What came last under a
``uri`` is kept with the story, or with its tombstone, and the next object is judged by it in the ledger's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from marshmallow import ValidationError

from dateline.domain.payload import from_payload, is_tombstone, to_payload, tombstone_payload
from dateline.domain.story import Story
from dateline.errors import Conflict, InvalidInput
from dateline.formats.ninjs import NinjsStory, latest, order_of
from dateline.formats.ninjs.members import WITHOUT_TEXT
from dateline.formats.strict_json import digest
from dateline.ports.ledger.items import WITHHELD_UNTIL, Item, Payload
from dateline.ports.ledger.submissions import Earlier, Idempotency, Submission, Unchanged
from dateline.ports.ledger.tokens import Token
from dateline.schemas.pointers import INVALID, field_errors
from dateline.schemas.story import StorySchema
from dateline_ingest.source_names import sources_of_uri

URI_SOURCE: Final = "uri"
"""The source under which ninjs' uris are kept: one is unique everywhere, whatever agency an object names."""

KILLED: Final = "This story was withdrawn by its source."
WITHHELD: Final = "This story is held back by its source for now."
MAX_NOTICE: Final = 2_000


def notice_of(ninjs: NinjsStory) -> str:
    """What readers are told of a story that its source withdrew: its ``edNote``, or a standard text."""
    told: str = ninjs.kept.get("edNote", "").strip()
    return told[:MAX_NOTICE] or KILLED


def uri_of(ninjs: NinjsStory) -> str:
    """Its uri, as a story's external id is checked and kept. Raises ``InvalidInput``."""
    try:
        return str(StorySchema().fields["external_id"].deserialize(ninjs.fields["external_id"]))
    except ValidationError as error:
        raise InvalidInput(INVALID, tuple(field_errors(error.messages, "/uri"))) from None


def version_of_story(submission: Submission, ninjs: NinjsStory, after: Callable[[Earlier], Story]) -> Submission:
    """``submission`` of a story that came as ninjs, so that it follows what stands under its uri.

    ``after`` gives the story as it follows something. A ``Conflict`` is raised for one that an editor withdrew, and for
    one that was killed where nothing says that this version is newer.
    """
    first = replace(
        submission,
        external_source=URI_SOURCE,
        other_sources=_other_sources(ninjs),
        after_withdrawal=True,
        withheld=_withheld(ninjs),
    )

    def following(earlier: Earlier) -> Submission | Unchanged:
        return _unchanged(ninjs, earlier) or _held_as_told(first, after(earlier), ninjs, earlier)

    return replace(first, following=following)


def corrected_version(submission: Submission, story: Story, ninjs: NinjsStory | None, earlier: Earlier) -> Submission:
    """``submission`` of the correction ``story``: held back and let go as ``ninjs`` says.

    A correction that is no ninjs leaves a withheld story so, unless it says that nothing holds it (``embargo_until``
    null).
    """
    if ninjs is not None:
        return _held_as_told(replace(submission, withheld=_withheld(ninjs)), story, ninjs, earlier)
    if earlier.embargo_until == WITHHELD_UNTIL and story.embargo_until is not None:
        return replace(submission, keep_embargo=True)
    return submission


def notice(ninjs: NinjsStory, uri: str, *, by: Token, sent: Any, idempotency: Idempotency | None) -> Submission:
    """The submission of an object without a text, a kill or a hold, about what stands under ``uri``.

    Where nothing does, its tombstone stops an older version that comes later.
    """
    killed = ninjs.status == "canceled"
    first = Submission(
        kind="story",
        action="withdraw",
        payload=tombstone_payload(ninjs.kept),
        by=by,
        label=uri,
        external_source=URI_SOURCE,
        external_id=uri,
        other_sources=_other_sources(ninjs),
        for_sources=sources_of_uri(_source(ninjs), uri),
        external_digest=digest(sent),
        idempotency=idempotency,
        note=notice_of(ninjs) if killed else WITHHELD,
        after_withdrawal=True,
    )

    def following(earlier: Earlier) -> Submission | Unchanged:
        if killed:
            killing = replace(first, label="", payload=_tombstone(ninjs, earlier.payload))
            return "repeat" if earlier.withdrawn and _is_dead(ninjs, _told(earlier.payload)) else killing
        if earlier.withdrawn:
            return "repeat"
        return _unchanged(ninjs, earlier) or _withheld_again(first, earlier, ninjs)

    return replace(first, following=following)


def notice_on(submission: Submission, ninjs: NinjsStory, item: Item) -> Submission:
    """The same about ``item``, whose newest revision the writer named."""
    if ninjs.status == "canceled":
        payload = _tombstone(ninjs, item.newest.payload or {})
        return replace(submission, action="withdraw", payload=payload, note=notice_of(ninjs))
    if item.newest.payload is None or is_tombstone(item.newest.payload):
        raise Conflict("this story was withdrawn, and stays so")
    earlier = Earlier(payload=item.newest.payload, embargo_until=item.embargo_until)
    return _withheld_again(replace(submission, action="correct"), earlier, ninjs)


def sources_besides(external_id: str) -> tuple[str, ...]:
    """Where a story that is no ninjs may stand besides its own source: what is a URI may have come as ninjs before."""
    return (URI_SOURCE,) if ":" in external_id else ()


def _other_sources(ninjs: NinjsStory) -> tuple[str, ...]:
    """Where the story of a uri may stand that came in JSON before: under its source, or its token."""
    source = _source(ninjs)
    return (source, "") if source else ("",)


def _source(ninjs: NinjsStory) -> str:
    source: str = ninjs.fields.get("source", "").strip()
    return source


def _unchanged(ninjs: NinjsStory, earlier: Earlier) -> Unchanged | None:
    """Whether the object changes nothing of what stands, and why. A kill and a withdrawal hold until a newer version
    comes; what was withheld comes back with the same, and the text of a hold that came without it is new."""
    told = _told(earlier.payload)
    order, before = order_of(ninjs.kept, told), told.get("pubStatus", "usable")
    if earlier.withdrawn and before == "usable":
        raise Conflict("this story was withdrawn, and stays so")
    if order == "older":
        return "older"
    if earlier.withdrawn and before == "canceled":
        if order == "unknown":
            raise Conflict("this story was killed by its source; a version that says it is newer brings it back")
        return "repeat" if order == "same" else None
    completes = WITHOUT_TEXT.items() <= told.items() and not ninjs.without_text
    return "repeat" if order == "same" and ninjs.status == before and not completes else None


def _is_dead(ninjs: NinjsStory, told: Mapping[str, Any]) -> bool:
    """Whether a kill says nothing new of what is withdrawn: a newer one stops what is older than itself as well."""
    before = told.get("pubStatus")
    return before != "withheld" and not (before == "canceled" and order_of(ninjs.kept, told) == "newer")


def _tombstone(ninjs: NinjsStory, before: Payload) -> Payload:
    """What is kept of a killed story: only what is newer than the kill, and than what it killed, brings it back."""
    return tombstone_payload({**ninjs.kept, **latest(ninjs.kept, _told(before))})


def _held_as_told(submission: Submission, story: Story, ninjs: NinjsStory, earlier: Earlier) -> Submission:
    """``submission`` of ``story``. An embargo that the object doesn't name outlives that the story is withheld."""
    lifted = earlier.embargo_until == WITHHELD_UNTIL
    if submission.keep_embargo and (lifted or ninjs.status == "withheld"):
        story = replace(story, embargo_until=_embargo(earlier))
    payload = to_payload(story)
    if not lifted:
        return replace(submission, payload=payload)
    return replace(submission, payload=payload, embargo_until=story.embargo_until, keep_embargo=False)


def _withheld_again(submission: Submission, earlier: Earlier, ninjs: NinjsStory) -> Submission:
    """The submission that holds back the text which stands."""
    before = from_payload(Story, earlier.payload)
    story = replace(before, embargo_until=_embargo(earlier), ninjs={**before.ninjs, **ninjs.kept})
    action = "correct" if submission.item_id else "submit"
    return replace(submission, action=action, payload=to_payload(story), label="", note="", withheld=WITHHELD)  # type: ignore[arg-type]


def _embargo(earlier: Earlier) -> datetime | None:
    """The embargo of what stands, whether it holds the story now or will when nothing withholds it."""
    if earlier.embargo_until != WITHHELD_UNTIL:
        return earlier.embargo_until
    return from_payload(Story, earlier.payload).embargo_until


def _withheld(ninjs: NinjsStory) -> str:
    return WITHHELD if ninjs.status == "withheld" else ""


def _told(payload: Payload) -> Mapping[str, Any]:
    """What the last object said that came under this uri."""
    told: Mapping[str, Any] = payload.get("ninjs", {})
    return told
