"""A story that is being written: what sending it would refuse, and what a copy editor would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final

from dateline.copy_check import CheckedText, Remark, remarks_on
from dateline.domain.body import body_of
from dateline.domain.tagged_text import TaggedText
from dateline.errors import FieldError, InvalidInput
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline_ingest.checking.checked_pictures import checked_pictures
from dateline_ingest.checking.links import LinkedWords, links_of
from dateline_ingest.context import parts, token
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.text_tagging import tagging_of

MOST_LINKS: Final = 30
"""Links of one story that are asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedStory:
    """``errors`` keep it from being sent, ``remarks`` don't; ``links_pending`` addresses haven't answered yet."""

    errors: tuple[FieldError, ...] = ()
    remarks: tuple[Remark, ...] = ()
    links_pending: int = 0


def check_story(body: Mapping[str, Any]) -> CheckedStory:
    """Look at a story's JSON, of which nothing need be right; nothing is stored. Aborts with 429 for one long text more
    than the token may have under way."""
    errors = _errors(body)
    try:
        html, words = body_of(body.get("body_html"), body.get("body_text"))
    except InvalidInput:  # more markup than is taken: that is among the errors
        return CheckedStory(errors=errors)
    appears_at = _appears_at(body)
    text = CheckedText(
        headline=body.get("headline", ""), summary=body.get("summary", ""), body_text=words, body_html=html,
        section=body.get("section", ""), language=body.get("language") or "en", pictures=checked_pictures(body, html),
        day=appears_at.date(), appears_at=max(appears_at, datetime.now(UTC)),
    )  # fmt: skip
    remarks, pending = _link_remarks(list(islice(links_of(body, html), MOST_LINKS)), words)
    return CheckedStory(errors=errors, remarks=(*_remarks(text, body), *remarks), links_pending=pending)


def _errors(body: Mapping[str, Any]) -> tuple[FieldError, ...]:
    """What sending it now would refuse."""
    try:
        parts().intake.new_story(load(StorySchema(), body), Write(by=token()))
    except InvalidInput as refusal:
        return refusal.errors or (FieldError("", str(refusal)),)
    return ()


def _remarks(text: CheckedText, body: Mapping[str, Any]) -> tuple[Remark, ...]:
    tagged = TaggedText(
        headline=text.headline, body_text=text.body_text, summary=text.summary, section=text.section,
        place=body.get("place", ""), language=text.language,
    )  # fmt: skip
    return remarks_on(text, tagging_of(tagged).tags, parts().vocabulary.current())


def _appears_at(body: Mapping[str, Any]) -> datetime:
    """When the story is to appear on the newsroom's clock, as far as that is said."""
    for name in ("embargo_until", "published_at"):
        with suppress(ValueError, OverflowError):
            moment = datetime.fromisoformat(body.get(name) or "")
            return moment.astimezone(parts().settings.timezone)
    return datetime.now(UTC).astimezone(parts().settings.timezone)


def _link_remarks(links: list[LinkedWords], text: str) -> tuple[tuple[Remark, ...], int]:
    """Remarks on the links that are known not to answer, and how many nobody knows yet."""
    if not parts().settings.check_links:
        return (), 0
    states = [(link, parts().link_checks.state(link.address).problem) for link in links]
    remarks = tuple(_of_links(states, text))
    return remarks, sum(problem is None for _, problem in states)


def _of_links(states: list[tuple[LinkedWords, str | None]], text: str) -> Iterator[Remark]:
    for link, problem in states:
        if problem:
            start = max(text.find(link.words), 0) if link.words else 0
            end = start + len(link.words) if text.startswith(link.words, start) else start
            yield Remark(rule="dead-link", field=link.field, message=f"{link.address} {problem}.", start=start, end=end,
                         words=text[start:end])  # fmt: skip
