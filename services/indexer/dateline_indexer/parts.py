"""What one worker process works with; built when it is first needed, after the fork that made the process."""

from __future__ import annotations

import os
import secrets
import socket
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from dateline.bootstrap import open_index, open_ledger, open_wakeup
from dateline.ports.index import Index
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.vocabulary import ProposalBounds
from dateline.ports.wakeup import WakeUp
from dateline.settings import Settings, read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_indexer.front_recorder import FrontRecorder
from dateline_indexer.mentions.search import MentionSearch
from dateline_indexer.pipeline import Pipeline
from dateline_indexer.retag import Retag
from dateline_indexer.similarity import Similarity
from dateline_indexer.suggestions import TagSuggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Ledger, index, broker, and what works on them."""

    settings: Settings
    ledger: Ledger
    index: Index
    wakeup: WakeUp
    pipeline: Pipeline
    retag: Retag
    similarity: Similarity
    mentions: MentionSearch
    front_recorder: FrontRecorder
    suggestions: TagSuggestions

    def close(self) -> None:
        """End all connections."""
        self.wakeup.close()
        self.index.close()
        self.ledger.close()


@cache
def vocabulary() -> LiveVocabulary:
    """The vocabulary, over a ledger of its own: the worker's parent loads it once and its children share it."""
    return LiveVocabulary(open_ledger(read_settings()))


def load() -> None:
    """Load, in the worker's parent, what its children then share: the vocabulary and the adapters' libraries.

    A child that imported them with its first task would keep the first story of the day waiting for a second. Raises
    ``LedgerUnavailable``.
    """
    build(read_settings(), vocabulary()).close()
    vocabulary().tagger()


@cache
def parts() -> Parts:
    """The parts of this process."""
    return build(read_settings(), vocabulary())


def worker_name() -> str:
    """A name for this start of this process: in a container, host and process number come again after a death."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(4)}"


def build(settings: Settings, vocabulary: LiveVocabulary | None = None) -> Parts:
    """The parts for ``settings``; nothing is connected yet."""
    ledger, index, wakeup = open_ledger(settings), open_index(settings), open_wakeup(settings)
    vocabulary = vocabulary or LiveVocabulary(ledger)
    return Parts(
        settings=settings,
        ledger=ledger,
        index=index,
        wakeup=wakeup,
        pipeline=Pipeline(
            ledger=ledger,
            index=index,
            vocabulary=vocabulary,
            zone=settings.timezone,
            lease=timedelta(seconds=settings.lease_seconds),
            proposal_bounds=ProposalBounds(of_item=settings.story_proposals, of_reporter=settings.reporter_proposals),
            worker=worker_name(),
        ),
        retag=Retag(ledger, index, wakeup, timedelta(seconds=settings.retag_quiet_seconds)),
        similarity=Similarity(ledger),
        suggestions=TagSuggestions(ledger, vocabulary),
        mentions=MentionSearch(ledger, index, wakeup, settings.timezone, vocabulary.current),
        front_recorder=FrontRecorder(ledger, index, wakeup),
    )
