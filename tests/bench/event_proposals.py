"""How well announced events are read, and what that costs a worker.

Precision and recall on the sentences of ``tests/corpus/announcements``: an event is right only if its first and last
day, its times and its rule are. ``tune.txt`` may be looked at while the rules are changed; ``measure.txt`` is only
measured on. Beside them stands the time that it takes as a part of the time that tagging the same texts takes: of texts
as dense as newswire, few of which name a day to come, and of the sample newsroom's stories, most of which do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from typing import Final, TypeVar

from bench._announcement_gold import ZONE, Count, gold, in_words, measured
from bench._newswire import submissions
from bench._report import report
from dateline.announcements.reader import announcements
from dateline.domain.body import body_of
from dateline.domain.tagged_text import TaggedText
from dateline.sample import stories
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped

T = TypeVar("T")

PRECISION: Final = 0.9
RECALL: Final = 0.7
OF_TAGGING: Final = 0.03
TEXTS: Final = 500
ROUNDS: Final = 9
LANGUAGES: Final = ("en", "ru", "be")


def main() -> None:
    """Measure and report."""
    for part in ("tune", "measure"):
        _report_quality(part)
    tagger = Tagger(shipped())
    newswire = [_text(given) for given in islice(submissions(TEXTS), TEXTS)]
    _report_cost("newswire", tagger, newswire, date(2026, 6, 15), OF_TAGGING)
    _report_cost("sample newsroom", tagger, [_text(given) for given in stories()], date(2017, 12, 5), None)


def _report_quality(part: str) -> None:
    whole, languages = Count(), {}
    for language in LANGUAGES:
        count = measured((one for one in gold(part) if one.language == language), _read)
        whole.right += count.right
        whole.found += count.found
        whole.there += count.there
        languages[language] = [round(count.precision, 2), round(count.recall, 2)]
    limits = (PRECISION, RECALL) if part == "measure" else (None, None)
    report(f"event-proposals {part}, precision", ours=whole.precision, limit=limits[0], unit="of those found",
           precision_and_recall=languages)  # fmt: skip
    report(f"event-proposals {part}, recall", ours=whole.recall, limit=limits[1], unit="of those there")


def _read(sentence: str, day: date) -> list[str]:
    return [in_words(one) for one in announcements(sentence, day, ZONE)]


def _report_cost(name: str, tagger: Tagger, texts: Sequence[str], day: date, limit: float | None) -> None:
    tagged = [TaggedText(headline="News", body_text=text) for text in texts]
    tagging = _fastest(lambda text: tagger.tag(text, explain=False), tagged)
    reading = _fastest(lambda text: announcements(text, day, ZONE), texts)
    report(f"event-proposals cost, {name}", ours=reading / len(texts) * 1e6, limit=limit, unit="microseconds a text",
           ratio=reading / tagging)  # fmt: skip


def _text(given: dict[str, str]) -> str:
    return body_of(given.get("body_html"), given.get("body_text"))[1]


def _fastest(work: Callable[[T], object], texts: Sequence[T]) -> float:
    """Seconds for all of them, each by its fastest round, so that other work on the machine counts for little."""
    best = [float("inf")] * len(texts)
    for _ in range(ROUNDS):
        for at, text in enumerate(texts):
            started = time.perf_counter()
            work(text)
            best[at] = min(best[at], time.perf_counter() - started)
    return sum(best)


if __name__ == "__main__":
    main()
