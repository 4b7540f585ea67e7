"""Entries of a feed as submissions: each is checked as one that is sent, and a bad one harms no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from dateline.errors import Permanent
from dateline.formats.feeds import FeedEntry
from dateline.formats.ninjs import NinjsStory
from dateline.ports.ledger.pulled_sources import SourceDetails
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.vocabulary import Terms
from dateline.ports.wakeup import Lane
from dateline.schemas.pointers import load
from dateline.schemas.story import StorySchema
from dateline_ingest.intake import Intake, Write
from dateline_ingest.ninjs_concepts import asserted
from dateline_ingest.ninjs_versions import notice, uri_of
from dateline_ingest.pulling.pull import Taken, taken

_AT_ONCE: Final = 20
"""So many entries go before what came in bulk."""


class EntryIntake:
    """Hands in what a source has, as whom it writes."""

    def __init__(self, intake: Intake, terms: Callable[[], Terms], source: SourceDetails, by: Token) -> None:
        self._terms = terms()
        self._intake = intake.with_terms(self._terms)
        self._source = source
        self._by = by

    def take(self, entries: Sequence[FeedEntry]) -> Sequence[Taken]:
        """Put those on record that may be, in one transaction. Raises ``LedgerUnavailable``."""
        lane = Lane.LIVE if len(entries) <= _AT_ONCE else Lane.BULK
        answers: dict[int, Receipt | Exception] = {}
        submissions: dict[int, Submission] = {}
        for place, entry in enumerate(entries):
            try:
                submissions[place] = self._submission(entry, lane)
            except Permanent as refusal:
                answers[place] = refusal
        if submissions:
            answers |= zip(submissions, self._intake.submit_many(list(submissions.values()), lane), strict=True)
        return [taken(answers[place]) for place in range(len(entries))]

    def _submission(self, entry: FeedEntry, lane: Lane) -> Submission:
        if entry.ninjs is None:
            sent = story_json(entry, self._source)
            write = Write(by=self._by, sent=sent, lane=lane, dated_by_change=entry.dated_by_version)
            return self._intake.new_story(load(StorySchema(), sent), write)
        ninjs = NinjsStory(entry.ninjs)
        if ninjs.without_text:
            return notice(ninjs, uri_of(ninjs), by=self._by, sent=entry.ninjs, idempotency=None)
        fields = {**_defaults(self._source), **ninjs.fields, **asserted(ninjs, self._terms)}
        write = Write(by=self._by, sent=entry.ninjs, lane=lane, ninjs=ninjs)
        return self._intake.new_story(load(StorySchema(), fields), write)


def story_json(entry: FeedEntry, source: SourceDetails) -> Mapping[str, Any]:
    """An entry that is no ninjs as it would be sent as JSON."""
    return {**_defaults(source), **entry.story, "source": source.name, "external_id": entry.id}


def _defaults(source: SourceDetails) -> dict[str, Any]:
    """What a source says of its stories, where an entry says nothing."""
    said = {"section": source.section, "language": source.language}
    return {name: value for name, value in said.items() if value}
