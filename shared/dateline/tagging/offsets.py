"""A text as it is being read: all its fields in one string, and the way back to each field's own offsets."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from typing import Final, Literal

from dateline.domain.tag import Evidence
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.fold import BOUNDARY, UNSEEN, folded

Field = Literal["headline", "summary", "body_text"]
Mention = tuple[int, int, str]
"""A span, and the rule that found it."""

MOST_READ: Final = 200_000
"""Characters of a body that are read, as long as a novel's first part: whoever is tagged next waits for all of them."""
_BETWEEN: Final = f"\n{BOUNDARY}\n"
_SOFT_BREAK: Final = "\u00ad\n"


class Offsets:
    """Headline, summary and body in one string, ``text``, without what nobody sees (``fold.UNSEEN``).

    ``folded`` is one longer at each end: a space stands there, so that every word is between two of them, and
    ``folded[i + 1]`` belongs to ``text[i]``. All spans (start, end) that the rules pass around count in ``text``.
    """

    __slots__ = ("_origins", "_positions", "_stored", "body", "folded", "summary", "text")

    def __init__(self, text: TaggedText) -> None:
        self._stored = _BETWEEN.join((text.headline, text.summary, text.body_text[:MOST_READ]))
        self.text = self._stored
        self.summary = len(text.headline) + len(_BETWEEN)
        self.body = self.summary + len(text.summary) + len(_BETWEEN)
        self._origins = {"headline": 0, "summary": self.summary, "body_text": self.body}
        # A carriage return before a newline is no second space: "Kursk\r\nOblast" is one name.
        source = self._stored.replace("\r\n", _SOFT_BREAK) if "\r" in self._stored else self._stored
        line = folded(source)
        self._positions: list[int] | None = None
        if UNSEEN in line:
            self._positions = [i for i, char in enumerate(line) if char != UNSEEN]
            self.text = "".join([source[i] for i in self._positions])
            line = line.replace(UNSEEN, "")
            self.summary = bisect_left(self._positions, self.summary)
            self.body = bisect_left(self._positions, self.body)
        self.folded = f" {line} "

    def field_of(self, start: int) -> Field:
        """Which field a span begins in."""
        return "body_text" if start >= self.body else "summary" if start >= self.summary else "headline"

    def has_title_case(self, start: int) -> bool:
        """Whether the field of a span is a headline in which most words have capitals, so that they mean nothing."""
        if start >= self.summary:
            return False
        words = [word for word in self.text[: self.summary].split() if word[0].isalpha()]
        return sum(word[0].isupper() for word in words) * 3 > len(words) * 2

    def evidence_of(self, mentions: list[Mention]) -> tuple[Evidence, ...]:
        """``evidence`` of each mention."""
        if self._positions is not None:
            return tuple(self.evidence(*mention) for mention in mentions)
        stored, new = self._stored, tuple.__new__
        found: tuple[Evidence, ...] = ()
        for start, end, rule in mentions:
            words = stored[start:end]
            # not Evidence(...): that is a Python function, and a text has dozens
            if start >= self.body:
                found += (new(Evidence, ("body_text", start - self.body, end - self.body, words, rule)),)
            elif start >= self.summary:
                found += (new(Evidence, ("summary", start - self.summary, end - self.summary, words, rule)),)
            else:
                found += (new(Evidence, ("headline", start, end, words, rule)),)
        return found

    def evidence(self, start: int, end: int, rule: str) -> Evidence:
        """The evidence of a span, in the offsets of the field as it is stored."""
        field = self.field_of(start)
        origin = self._origins[field]
        if self._positions is not None:
            start, end = self._positions[start], self._with_marks(self._positions[end - 1] + 1)
        return Evidence(field=field, start=start - origin, end=end - origin, text=self._stored[start:end], rule=rule)

    def _with_marks(self, end: int) -> int:
        """The end of a span with the combining marks that stand on its last letter."""
        while end < len(self._stored) and unicodedata.combining(self._stored[end]):
            end += 1
        return end
