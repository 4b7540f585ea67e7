"""The corpus of tests/corpus: whole tags against those an editor would give."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench._tagging_gold import Count
from dateline.domain.tag import PLURAL, TAG_TYPES
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import Vocabulary

CORPUS: Final = Path(__file__).resolve().parents[1] / "corpus"


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text, the keys of the tags it must get, and of those that are no mistake."""

    text: TaggedText
    wanted: frozenset[str]
    also: frozenset[str]


def corpus(part: str, vocabulary: Vocabulary) -> Iterator[CheckedText]:
    """The texts of ``tune`` or ``measure``."""
    for entry in tomllib.loads((CORPUS / f"{part}.toml").read_text(encoding="utf-8"))["text"]:
        wanted = frozenset(f"{type_}:{slug}" for type_ in TAG_TYPES for slug in entry[PLURAL[type_]])
        yield CheckedText(_text(entry), wanted, frozenset(entry.get("also", ())) | _above(wanted, vocabulary))


def measure(tagger: Tagger, texts: list[CheckedText]) -> dict[str, Count]:
    """The counts of each type over all texts."""
    counts = {type_: Count() for type_ in TAG_TYPES}
    for checked in texts:
        given = {tag.key for tag in tagger.tag(checked.text).tags}
        for key in given | checked.wanted:
            count = counts[key.partition(":")[0]]  # type: ignore[index]
            if key in given and key in checked.wanted:
                count.right += 1
                count.found += 1
            elif key in checked.wanted:
                count.missed += 1
                count.examples.append(f"-{key}")
            elif key not in checked.also:
                count.wrong += 1
                count.examples.append(f"+{key}")
    return dict(counts)


def _text(entry: dict[str, Any]) -> TaggedText:
    return TaggedText(
        headline=entry["headline"],
        body_text=entry["body"],
        place=entry.get("place", ""),
        section=entry.get("section", ""),
        language=entry.get("language", "en"),
    )


def _above(keys: frozenset[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The broader terms of what is wanted: no mistake either."""
    terms = [vocabulary.find(key.partition(":")[0], key.partition(":")[2]) for key in keys]  # type: ignore[arg-type]
    return frozenset(above.key for term in terms if term for above in vocabulary.ancestors(term))
