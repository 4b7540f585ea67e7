"""One pull: ask for the feed, unless it is as it was; read it, hand its entries in, and say what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dateline.errors import Conflict, DatelineError, InvalidInput
from dateline.formats.feeds import FeedEntry, read_feed
from dateline.ports.fetch import Fetcher
from dateline.ports.ledger.pulled_sources import MOST_REFUSALS, PullReport
from dateline.ports.ledger.submissions import Receipt
from dateline_ingest.conditional_fetch import fetch_unless_same

_ACCEPT: Final = (
    "application/feed+json, application/ninjs+json, application/atom+xml, application/rss+xml, application/json;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)
_MOST_IN_REASON: Final = 300

_COUNTED: Final = {
    "new": "new", "changed": "changed", "unchanged": "as before", "kept_out": "withdrawn or erased here",
    "lapsed": "withdrawn, as it no longer has them", "refused": "refused", "left_out": "not read, behind the first 200",
}  # fmt: skip

Outcome = Literal["new", "changed", "unchanged", "kept_out", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of an entry; ``why`` one was refused."""

    outcome: Outcome
    why: str = ""


Take = Callable[[Sequence[FeedEntry]], Sequence[Taken]]
"""Hands entries in, the oldest first, and says of each in their order what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pull:
    """What a pull brought, None where nothing was new; and what the server said of its answer, for the next time."""

    report: PullReport | None
    etag: str = ""
    modified: str = ""


def pull(fetcher: Fetcher, url: str, take: Take, *, etag: str = "", modified: str = "") -> Pull:
    """Pull the feed at ``url`` once.

    Raises ``FetchRefused`` and ``FetchFailed``, ``InvalidInput`` for what is no feed, and what ``take`` raises.
    """
    answer = fetch_unless_same(fetcher, url, _ACCEPT, etag=etag, modified=modified)
    if answer.fetched is None:
        return Pull(report=None, etag=answer.etag, modified=answer.modified)
    feed = read_feed(answer.fetched.body, answer.fetched.url, answer.content_type)
    report = _report(list(reversed(take(feed.entries[::-1]))), feed.left_out)
    return Pull(report=report, etag=answer.etag, modified=answer.modified)


def taken(answer: Receipt | Exception) -> Taken:
    """What became of an entry that was submitted. Raises what is no refusal of this entry."""
    if isinstance(answer, Receipt):
        changed: Outcome = "new" if answer.revision == 1 else "changed"
        return Taken(outcome=changed if answer.changed else "unchanged")
    if isinstance(answer, Conflict):
        return Taken(outcome="kept_out")
    if not isinstance(answer, DatelineError):
        raise answer
    return Taken(outcome="refused", why=_reason(answer))


def report_in_words(report: PullReport) -> str:
    """What became of a pull's entries: "12 new, 3 as before"."""
    counts = {words: getattr(report, name) for name, words in _COUNTED.items()}
    return ", ".join(f"{count:,} {words}" for words, count in counts.items() if count) or "nothing in it"


def _report(all_taken: Sequence[Taken], left_out: int) -> PullReport:
    counts: Counter[str] = Counter(one.outcome for one in all_taken)
    refusals = [f"entry {number}: {one.why}" for number, one in enumerate(all_taken, 1) if one.outcome == "refused"]
    return PullReport(**counts, left_out=left_out, refusals=tuple(refusals[:MOST_REFUSALS]))


def _reason(error: DatelineError) -> str:
    """Why an entry was refused: the first wrong field."""
    errors = error.errors if isinstance(error, InvalidInput) else ()
    said = f"{errors[0].pointer}: {errors[0].detail}" if errors else str(error)
    return said[:_MOST_IN_REASON]
