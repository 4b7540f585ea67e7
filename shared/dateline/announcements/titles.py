"""What an announced event is called, in the words of its sentence."""

from __future__ import annotations

import re
from typing import Final

from dateline.announcements.cues import KIND, LABEL

_NAMED: Final = re.compile(r"((?:[^\W\d_][\w'’-]*\s+){0,4})([«“\"„][^«»“”\"„]{2,80}[»”\"])")
_ARTICLE: Final = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
MOST: Final = 120
_ENDS: Final = re.compile(
    r"\s+(?:will|shall|is|are|takes?|runs?|opens?|starts?|begins?|performs?|plays|returns?|premieres|kicks|hosts?"
    r"|состо|пройд|буд|откро|начн|старту|проход|провод|работа|назначен|покаж|выступ|начина|организу|—"
    r"|адбуд|адбыва|пройдз|адкры|пачн|праходз|ладз|працу|прызначан|пакажу|пачына|–|-\s)",
    re.IGNORECASE,
)
"""Where a sentence goes on with what happens."""


def title_in(sentence: str, start: int) -> str:
    """What is called an event in ``sentence``, whose date begins at ``start``; "" where it doesn't say.

    'The exhibition “Lost Manors” opens …' is Exhibition “Lost Manors”; 'A lecture on Skaryna takes place …' is
    Lecture on Skaryna. 'The concert' tells too little.
    """
    if LABEL.search(sentence):
        return ""
    for named in _NAMED.finditer(sentence):
        words = named[1].split()
        kinds = [at for at, word in enumerate(words) if KIND.found_in(word.lower())]
        if kinds:
            return _capital(" ".join([*words[kinds[0] :], named[2]]))
    end = _ENDS.search(sentence)
    subject = _ARTICLE.sub("", sentence[: min(end.start() if end else len(sentence), start)]).strip(" ,:;–—-")
    telling = len(subject.split()) >= (3 if subject.isascii() else 2)
    if end and end.start() <= start and telling and len(subject) <= MOST and KIND.found_in(subject.lower()):
        return _capital(subject)
    return ""


def _capital(title: str) -> str:
    return title[:1].upper() + title[1:]
