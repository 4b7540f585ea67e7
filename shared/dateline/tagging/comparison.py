"""What a changed term changes: which texts would get it, and which would lose it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.domain.tag import EditorTags, TagRef
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term
from dateline.ports.vocabulary import TermEffect
from dateline.tagging.lexicon import Lexicon
from dateline.tagging.offsets import Offsets
from dateline.tagging.tagger import Tagger


class Comparison:
    """One term as the vocabulary of ``tagger`` has it, and as it would be. Safe for threads.

    Only texts that have one of its names or phrases are tagged, before and after: in others it changes nothing.
    """

    def __init__(self, tagger: Tagger, changed: Term) -> None:
        before, after = tagger.vocabulary, tagger.vocabulary.with_term(changed)
        rows = [row for vocabulary in (before, after) if (row := vocabulary.row(changed.key))]
        self._key = changed.key
        self._names = Lexicon(rows)
        self._before = tagger
        self._after = Tagger(after)

    def effect(self, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> TermEffect | None:
        """Whether a text, with the tags that people asserted, gains or loses the term; None when neither."""
        if not any(self._names.scan(Offsets(text))):
            return None
        before, after = (self._carries(tagger, text, asserted, editor) for tagger in (self._before, self._after))
        return None if before == after else "gain" if after else "lose"

    def _carries(self, tagger: Tagger, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> bool:
        return any(tag.key == self._key for tag in tagger.tag(text, asserted, editor, explain=False).tags)
