"""Texts with hand-checked names, and how tags are counted against them.

Gold names stand in the text as spans. A tag is right when its evidence overlaps a gold name of its type; a gold name
(each spelling once a text, a surname with its full name) is found when a tag of its type has evidence on it. Tags that
the gold does not know of are left out: countries that are only implied by a city or a demonym.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from dateline.domain.tag import Tag
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger

GOLD: Final = Path(__file__).resolve().parents[3] / "shared/gold"
_GUM_TYPES: Final = {"person": "person", "place": "place", "organization": "organisation"}
_WIKIGOLD_TYPES: Final = {"PER": "person", "LOC": "place", "ORG": "organisation"}
_PRONOUNS: Final = frozenset(("I", "He", "She", "It", "We", "They", "You", "Who", "Someone"))
_NO_SPACE_BEFORE: Final = frozenset(".,;:?!%)]'’") | {"'s", "’s", "n't", "-", "–", "/"}
_NO_SPACE_AFTER: Final = frozenset("([$£€-–/#")


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and its names as (type, start, end)."""

    text: str
    names: tuple[tuple[str, int, int], ...]


@dataclass(slots=True)
class Count:
    """Right, wrong and missed tags."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """The share of the tags that is right."""
        return self.right / ((self.right + self.wrong) or 1)

    @property
    def recall(self) -> float:
        """The share of the names that was found."""
        return self.found / ((self.found + self.missed) or 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1)


def gum() -> Iterator[GoldText]:
    """GUM's Wikinews articles. Common nouns are entities there; names are those all in capitals but for small words."""
    for line in (GOLD / "gum_news.jsonl").read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        tokens = [token for sentence in document["sentences"] for token in (*sentence, "\n")]
        places = [i for i, token in enumerate(tokens) if token != "\n"]
        text, spans = _joined(tokens)
        names = []
        for entity in document["entities"]:
            words = [places[i] for i in range(entity["start"], entity["end"])]
            while words and tokens[words[0]].lower() in ("the", "a", "an"):
                words.pop(0)
            while words and tokens[words[-1]] in ("'s", "’s"):
                words.pop()
            if entity["type"] in _GUM_TYPES and words and _is_name([tokens[i] for i in words], tokens):
                names.append((_GUM_TYPES[entity["type"]], spans[words[0]][0], spans[words[-1]][1]))
        yield GoldText(text, tuple(names))


def wikigold() -> Iterator[GoldText]:
    """WikiGold's Wikipedia articles."""
    sentences: dict[int, list[dict[str, list[str]]]] = defaultdict(list)
    for line in (GOLD / "wikigold.jsonl").read_text(encoding="utf-8").splitlines():
        sentence = json.loads(line)
        sentences[sentence["doc"]].append(sentence)
    for document in sentences.values():
        tokens = [token for sentence in document for token in (*sentence["tokens"], "\n")]
        marks = [mark for sentence in document for mark in (*sentence["tags"], "O")]
        text, spans = _joined(tokens)
        names: list[tuple[str, int, int]] = []
        for i, mark in enumerate(marks):
            type_ = _WIKIGOLD_TYPES.get(mark[2:])
            if type_ and (mark.startswith("B") or marks[i - 1][2:] != mark[2:]):
                names.append((type_, *spans[i]))
            elif type_:
                names[-1] = (*names[-1][:2], spans[i][1])
        yield GoldText(text, tuple(names))


def measure(tagger: Tagger, texts: Iterable[GoldText]) -> dict[str, Count]:
    """The counts of each type over all texts."""
    counts = {"place": Count(), "person": Count(), "organisation": Count()}
    for gold in texts:
        tags = tagger.tag(TaggedText(headline="", body_text=gold.text)).tags
        for type_, count in counts.items():
            spans = [(start, end) for kind, start, end in gold.names if kind == type_]
            _count(count, [tag for tag in tags if tag.type == type_ and not _is_implied(tag)], spans, gold.text)
    return counts


def _count(count: Count, tags: list[Tag], spans: list[tuple[int, int]], text: str) -> None:
    covered: set[tuple[int, int]] = set()
    for tag in tags:
        on = {span for span in spans for mention in tag.evidence if mention.start < span[1] and span[0] < mention.end}
        covered |= on
        count.right += bool(on)
        count.wrong += not on
        if not on:
            count.examples.append(f"+{tag.label} ({tag.evidence[0].rule})")
    names = defaultdict(list)
    for span in spans:
        names[_same(text[slice(*span)], [text[slice(*other)] for other in spans])].append(span)
    for name, mentions in names.items():
        found = not covered.isdisjoint(mentions)
        count.found += found
        count.missed += not found
        if not found:
            count.examples.append(f"-{name}")


def _same(name: str, names: list[str]) -> str:
    """A surname is the same name as the full name that ends with it."""
    return next((other for other in names if other.endswith(f" {name}")), name)


def _is_implied(tag: Tag) -> bool:
    return all(mention.rule.startswith("in:") or mention.rule == "demonym" for mention in tag.evidence)


def _is_name(words: list[str], tokens: list[str]) -> bool:
    """Whether a phrase is a name: capitals but for small words; a lone word not only because a sentence begins."""
    small = ("of", "the", "for", "and", "de", "van", "von", "'s", "-", "&", "in", "al", "bin", ".")
    if not (words[0][:1].isupper() and all(word[:1].isupper() or word in small for word in words)):
        return False
    return len(words) > 1 or (words[0].lower() not in tokens and words[0] not in _PRONOUNS)


def _joined(tokens: list[str]) -> tuple[str, list[tuple[int, int]]]:
    text, spans, before = "", [], "\n"
    for token in tokens:
        if (
            text
            and token not in _NO_SPACE_BEFORE
            and token != "\n"
            and before[-1] not in _NO_SPACE_AFTER
            and before != "\n"
        ):
            text += " "
        spans.append((len(text), len(text) + len(token)))
        text += token
        before = token
    return text, spans
