"""What a changed term changes: which texts would get it, and which would lose it."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.domain.tag import EditorTags, Tag, TagRef
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term
from dateline.ports.vocabulary import TermDifference
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

    def difference(self, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> TermDifference | None:
        """Whether a text, with the tags that people asserted, gains or loses the term, and by which words; None when
        neither."""
        if not any(self._names.scan(Offsets(text))):
            return None
        before, after = (self._tag(tagger, text, asserted, editor) for tagger in (self._before, self._after))
        if (before is None) == (after is None):
            return None
        tag = before or after
        words = (evidence.text for evidence in tag.evidence if evidence.text) if tag else ()
        return TermDifference(effect="gain" if after else "lose", words=tuple(dict.fromkeys(words)))

    def _tag(self, tagger: Tagger, text: TaggedText, asserted: Sequence[TagRef], editor: EditorTags) -> Tag | None:
        tags = tagger.tag(text, asserted, editor, explain=False).tags
        return next((tag for tag in tags if tag.key == self._key), None)
