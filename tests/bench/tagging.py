"""How well and how fast the tagger tags: precision, recall and F1 by type, texts a second, load time, memory.

The corpus's tune part and the even gold texts may be looked at while the tagger is changed; ``measure`` and the odd
ones are only measured on. Speed is on texts of 2 KB made from the corpus and, where it is here, the gold.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from statistics import mean
from typing import Any, Final

from bench import _tagging_corpus, _tagging_gold
from bench._report import report
from bench._tagging_gold import Count
from dateline.domain.html import clean_html, text_of
from dateline.domain.tagged_text import TaggedText
from dateline.sample import stories
from dateline.tagging.lexicon import lexicon_of
from dateline.tagging.offsets import Offsets
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped

TEXTS_A_SECOND: Final = 3_000
LOAD_SECONDS: Final = 2.0
MEGABYTES: Final = 80
AIMS: Final = {"place": 0.80, "person": 0.75, "organisation": 0.65, "topic": 0.60}
LENGTH: Final = 2_000
ROUNDS: Final = 30

_LOAD: Final = """
import json, time
from pathlib import Path
def resident():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6
import dateline.domain.term, dateline.ports.ledger
before, start = resident(), time.perf_counter()
from dateline.tagging.tagger import Tagger
from dateline.domain.tagged_text import TaggedText
from dateline.vocabulary import shipped
Tagger(shipped()).tag(TaggedText(headline="Minsk", body_text="Minsk"))
print(json.dumps([time.perf_counter() - start, resident() - before]))
"""


def main() -> None:
    """Measure and report."""
    tagger = Tagger(shipped())
    for name, counts in _measured(tagger):
        for type_, count in counts.items():
            _report_count(name, type_, count)
    _report_speed(tagger)
    _report_load()


def _measured(tagger: Tagger) -> Iterator[tuple[str, dict[str, Count]]]:
    for part in ("tune", "measure"):
        yield f"corpus {part}", _tagging_corpus.measure(tagger, list(_tagging_corpus.corpus(part, shipped())))
    if not _tagging_gold.GOLD.is_dir():
        print("the gold texts are not here: measured on the corpus alone", file=sys.stderr)
        return
    for name, read in (("gum", _tagging_gold.gum), ("wikigold", _tagging_gold.wikigold)):
        texts = list(read())
        yield f"{name} tune", _tagging_gold.measure(tagger, texts[0::2])
        yield f"{name} measure", _tagging_gold.measure(tagger, texts[1::2])


def _report_count(name: str, type_: str, count: Count) -> None:
    row = f"| {name} | {type_} | {count.precision:.2f} | {count.recall:.2f} | {count.f1:.2f} |"
    print(row, file=sys.stderr)
    report(
        f"tagging {name} {type_} f1",
        ours=count.f1,
        limit=AIMS[type_],
        unit="F1",
        precision=round(count.precision, 3),
        recall=round(count.recall, 3),
    )


def _report_speed(tagger: Tagger) -> None:
    """Texts a second on one core as a worker tags them, each by its fastest round, so that other work on the machine
    counts for little."""
    texts = list(_texts_of_two_kilobytes())
    sample = [_text_of(story) for story in stories()]
    gc.collect()
    gc.freeze()
    offsets_of_texts = [Offsets(text) for text in texts]
    lexicon = lexicon_of(shipped())
    tagging = sum(_fastest(lambda text=text: tagger.tag(text, explain=False)) for text in texts)
    scanning = sum(_fastest(lambda offsets=offsets: lexicon.scan(offsets)) for offsets in offsets_of_texts)
    of_sample = sum(_fastest(lambda text=text: tagger.tag(text, explain=False)) for text in sample)
    report(
        "tagging speed",
        ours=len(texts) / tagging,
        limit=TEXTS_A_SECOND,
        unit="texts of 2 KB a second",
        ratio=scanning / tagging,
        automaton_alone=round(len(texts) / scanning),
    )
    report(
        "tagging speed, sample newsroom",
        ours=len(sample) / of_sample,
        limit=None,
        unit="stories a second",
        characters=round(mean(len(text.body_text) for text in sample)),
    )


def _text_of(story: Mapping[str, Any]) -> TaggedText:
    """A story of the sample newsroom as the tagger is given it."""
    said = {name: story[name] for name in ("headline", "summary", "section", "place", "language") if name in story}
    return TaggedText(body_text=story.get("body_text") or text_of(clean_html(story["body_html"])), **said)


def _fastest(work: Callable[[], object]) -> float:
    """Seconds."""
    seconds = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def _texts_of_two_kilobytes() -> Iterator[TaggedText]:
    whole = "\n\n".join(
        f"{checked.text.headline}\n\n{checked.text.body_text}"
        for part in ("tune", "measure")
        for checked in _tagging_corpus.corpus(part, shipped())
        if checked.text.language == "en"
    )
    if _tagging_gold.GOLD.is_dir():
        whole += "".join(gold.text for gold in _tagging_gold.gum())
    for start in range(0, len(whole) - LENGTH, LENGTH):
        yield TaggedText(headline=whole[start : start + 60], body_text=whole[start : start + LENGTH])


def _report_load() -> None:
    answer = subprocess.run([sys.executable, "-c", _LOAD], capture_output=True, text=True, check=True)
    seconds, megabytes = json.loads(answer.stdout)
    report("tagging load", ours=seconds, limit=LOAD_SECONDS, unit="s")
    report("tagging memory", ours=megabytes, limit=MEGABYTES, unit="MB more a process")


if __name__ == "__main__":
    main()
