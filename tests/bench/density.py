"""How dense the made-up newswire of the benchmarks is, beside texts with hand-checked names, where they are here.

Each text is read in pieces of the same length. The tagger counts for all of them: tags a piece, the places where they
stand, and the names that nobody knows; besides capitals, words, and how many of those are different.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from bench import _newswire, _tagging_gold
from bench._report import report
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped

LENGTH: Final = _newswire.LENGTH
STORIES: Final = 300
_WORD: Final = re.compile(r"\w+")


def pieces(text: str) -> list[str]:
    """Pieces of ``LENGTH`` characters; the last may be half as long."""
    return [text[start : start + LENGTH] for start in range(0, len(text) - LENGTH // 2, LENGTH)]


def density(tagger: Tagger, texts: Iterable[str]) -> dict[str, float]:
    """Averages of a piece."""
    sums: Counter[str] = Counter()
    for piece in (piece for text in texts for piece in pieces(text)):
        words = _WORD.findall(piece)
        tags = tagger.tag(TaggedText(headline="", body_text=piece)).tags
        sums["pieces"] += 1
        sums["tags"] += len(tags)
        sums["mentions"] += sum(len(tag.evidence) for tag in tags)
        sums["proposed"] += sum(tag.status == "proposed" for tag in tags)
        sums["words"] += len(words)
        sums["different"] += len({word.lower() for word in words})
        sums["capitals"] += sum(word[0].isupper() for word in words)
    return {name: round(total / sums["pieces"], 1) for name, total in sums.items() if name != "pieces"}


def report_names() -> None:
    """Names in a hundred words, as hand-checked."""
    for name, read in (("gum", _tagging_gold.gum), ("wikigold", _tagging_gold.wikigold)):
        texts = list(read())
        words = sum(len(_WORD.findall(gold.text)) for gold in texts)
        names = Counter(type_ for gold in texts for type_, *_ in gold.names)
        of_types = {type_: round(100 * count / words, 2) for type_, count in names.items()}
        report(f"names, {name}", ours=100 * names.total() / words, limit=None, unit="names in 100 words", **of_types)


def main() -> None:
    tagger = Tagger(shipped())
    texts = {"made up": [story["body_text"] for story in _newswire.submissions(STORIES)]}
    if _tagging_gold.GOLD.is_dir():
        report_names()
        texts |= {"gum": [gold.text for gold in _tagging_gold.gum()]}
        texts |= {"wikigold": [gold.text for gold in _tagging_gold.wikigold()]}
    for name, read in texts.items():
        found = density(tagger, read)
        report(f"density, {name}", ours=found.pop("tags"), limit=None, unit=f"tags in {LENGTH} characters", **found)


if __name__ == "__main__":
    main()
