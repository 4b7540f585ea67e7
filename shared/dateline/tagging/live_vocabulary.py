"""The vocabulary of a running process: built again only when the ledger says that it changed."""

from __future__ import annotations

from threading import Lock

from dateline.domain.term import Term
from dateline.ports.ledger.vocabulary import TermChanges
from dateline.tagging.comparison import Comparison
from dateline.tagging.tagger import Tagger
from dateline.tagging.topic_trial import TopicTrial
from dateline.vocabulary.vocabulary import Vocabulary, shipped


class LiveVocabulary:
    """The shipped terms under the layer of ``ledger``, and the tagger over both. Safe for threads.

    Each call asks the ledger for its vocabulary number (cheap) and may raise ``LedgerUnavailable``.
    """

    def __init__(self, ledger: TermChanges) -> None:
        self._ledger = ledger
        self._lock = Lock()
        self._vocabulary = shipped()
        self._tagger: Tagger | None = None

    def current(self) -> Vocabulary:
        """The vocabulary as the ledger has it now."""
        number = self._ledger.vocabulary_number()
        with self._lock:
            if number != self._vocabulary.number:
                self._vocabulary = shipped().layered(self._ledger.term_changes(), number)
            return self._vocabulary

    def tagger(self) -> Tagger:
        """The tagger over ``current()``."""
        vocabulary = self.current()
        with self._lock:
            if self._tagger is None or self._tagger.vocabulary is not vocabulary:
                self._tagger = Tagger(vocabulary)
            return self._tagger

    def comparison(self, changed: Term) -> Comparison:
        """The term of that key as it is in ``current()``, beside ``changed``."""
        return Comparison(self.tagger(), changed)

    def trial(self, topic: Term) -> TopicTrial:
        """The phrases of a topic as it would be in ``current()``."""
        return TopicTrial(self.current(), topic)
