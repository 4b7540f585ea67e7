"""How many remarks a text gets that its editors have read already: most would be false alarms.

The sample's stories with their headlines, GUM's Wikinews with theirs, WikiGold's articles. What is missing isn't
counted: gold texts have no sections and summaries.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from statistics import median
from time import perf_counter
from typing import Final

from bench import _tagging_gold
from bench._report import report
from dateline.copy_check import CheckedText, remarks_on
from dateline.domain.body import body_of
from dateline.domain.tagged_text import TaggedText
from dateline.sample import corrections, stories
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped

MOST: Final = 0.1
"""Remarks a text."""
MISSING: Final = frozenset({"no-summary", "no-section", "no-alt"})


def main() -> None:
    """Print one line: all texts together, and by source how many texts have how many remarks of which rule."""
    terms, milliseconds = shipped(), []
    tagger = Tagger(terms)
    sources: dict[str, dict[str, int]] = {}
    for name, texts in {"sample": sample(), "gum": gum(), "wikigold": wikigold()}.items():
        counts = Counter[str]()
        for text in texts:
            tagged = TaggedText(headline=text.headline, body_text=text.body_text, language=text.language)
            tags = tagger.tag(tagged).tags
            began = perf_counter()
            counts.update(remark.rule for remark in remarks_on(text, tags, terms) if remark.rule not in MISSING)
            milliseconds.append(1000 * (perf_counter() - began))
            counts["texts"] += 1
        sources[name] = dict(counts)
    texts_read = len(milliseconds)
    remarks = sum(sum(counts.values()) for counts in sources.values()) - texts_read
    report("copy-check", ours=remarks / texts_read, limit=MOST, unit="remarks a text", sources=sources,
           milliseconds=round(median(milliseconds), 2))  # fmt: skip


def sample() -> Iterator[CheckedText]:
    """The sample newsroom's stories and corrections."""
    for body in (*stories(), *corrections()):
        html, text = body_of(body.get("body_html"), body.get("body_text"))
        day = datetime.fromisoformat(body["published_at"]).date()
        yield CheckedText(
            headline=body["headline"], summary=body.get("summary", ""), body_text=text, body_html=html, day=day,
            language=body.get("language", "en"),
        )  # fmt: skip


def gum() -> Iterator[CheckedText]:
    """GUM's articles, a paragraph a sentence; none where the gold texts aren't here."""
    file = _tagging_gold.GOLD / "gum_news.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    for document, gold in zip(map(json.loads, lines), _tagging_gold.gum() if lines else (), strict=True):
        day = date.fromisoformat(document["date"])
        yield CheckedText(headline=document["title"], body_text=gold.text.replace("\n", "\n\n"), day=day)


def wikigold() -> Iterator[CheckedText]:
    """WikiGold's articles, a paragraph a sentence; none where the gold texts aren't here."""
    if (_tagging_gold.GOLD / "wikigold.jsonl").exists():
        for gold in _tagging_gold.wikigold():
            yield CheckedText(body_text=gold.text.replace("\n", "\n\n"), day=date(2009, 1, 1))


if __name__ == "__main__":
    main()
