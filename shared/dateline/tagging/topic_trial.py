"""A topic's phrases tried on texts, by themselves: what each text says for it, whether that is enough or not."""

from __future__ import annotations

from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term
from dateline.ports.vocabulary import TopicScore
from dateline.tagging.lexicon import Lexicon
from dateline.tagging.offsets import Offsets
from dateline.tagging.rules.topics import tallied
from dateline.vocabulary.vocabulary import Vocabulary


class TopicTrial:
    """One topic as it would be in ``vocabulary``. Safe for threads.

    Only its phrases are looked for: a narrower topic that implies it, and that no text has more than so many topics,
    count for nothing here.
    """

    def __init__(self, vocabulary: Vocabulary, topic: Term) -> None:
        row = vocabulary.with_term(topic).row(topic.key)
        self._key = topic.key
        self._phrases = Lexicon([row] if row else [])

    def score(self, text: TaggedText) -> TopicScore | None:
        """What a text says for the topic; None where it has none of the phrases."""
        offsets = Offsets(text)
        _, phrases = self._phrases.scan(offsets)
        tally = tallied(offsets, phrases).get(self._key)
        if tally is None:
            return None
        score = tally.with_section(text.section)
        return TopicScore(
            score=score,
            needed=tally.threshold,
            reached=tally.reaches(score),
            excluded=tally.forbidden,
            words=tuple(dict.fromkeys(offsets.text[start:end] for start, end in sorted(tally.mentions))),
        )
