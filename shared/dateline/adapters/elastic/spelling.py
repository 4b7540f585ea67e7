"""Did you mean: a near word that is much better known. Only offered, never put in place of what was typed.

The field ``words`` has the words of headlines, summaries, labels and bylines as they are written. Bodies are not
analysed once more for it: there the suggester finds stems, and marks in a few stories show what words those are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.document_json import SUFFIXES
from dateline.adapters.elastic.text.highlights import MARKED, MARKS
from dateline.adapters.elastic.text.query import Query, stem_query, words_query
from dateline.analysis.edit_distance import edits
from dateline.analysis.folding import fold
from dateline.ports.index import BETTER_KNOWN, MARKED_LENGTH

MAX_EDITS: Final = 2
WORDS: Final = "words"
BODIES: Final = {f"body_{suffix}": suffix for suffix in SUFFIXES}
SUGGESTER: Final[dict[str, Any]] = {
    "suggest_mode": "always",
    "sort": "score",
    "max_edits": MAX_EDITS,
    "prefix_length": 1,
    "min_word_length": 4,
    "size": 5,
    "string_distance": "damerau_levenshtein",
}
SHOWN: Final = 3
"""Stories that show what words a stem stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Offer:
    """What the suggester found near a typed ``word``, in ``field``; ``stories`` must know it for it to be offered."""

    word: str
    field: str
    text: str
    stories: int

    def search(self) -> Query:
        """What counts its stories, and marks it in some of them where it is a stem."""
        if self.field == WORDS:
            return {"query": words_query([self.text]), "size": 0, "track_total_hits": True}
        marks = {"number_of_fragments": 1, "max_analyzed_offset": MARKED_LENGTH, **MARKS, "fields": {self.field: {}}}
        in_body = {"term": {self.field: self.text}}
        counted = {"bool": {"filter": [stem_query(self.text, BODIES[self.field])], "should": [in_body]}}
        return {"query": counted, "size": SHOWN, "track_total_hits": True, "_source": False, "highlight": marks}

    def words_in(self, answer: Mapping[str, Any]) -> set[str]:
        """The words that the answer to ``search`` shows."""
        if self.field == WORDS:
            return {self.text}
        parts = [part for hit in answer["hits"]["hits"] for part in hit.get("highlight", {}).get(self.field, ())]
        return {_folded(marked) for part in parts for marked in MARKED.findall(part)}


def spelling_body(words: Sequence[str]) -> dict[str, Any]:
    """The search that tells how many stories know each word, and which words and stems are near it.

    Known is what a search would find, by stems too.
    """
    folded = [_folded(word) for word in words]
    known = {
        f"w{place}": {"bool": {"should": [words_query([word]), {"term": {WORDS: word}}]}}
        for place, word in enumerate(folded)
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "aggregations": {"known": {"filters": {"filters": known}}},
        "suggest": {
            f"w{place} {field}": {"text": word, "term": {**SUGGESTER, "field": field}}
            for place, word in enumerate(folded)
            for field in (WORDS, *BODIES)
        },
    }


def better_known(client: ElasticClient, alias: str, words: Sequence[str], answer: Mapping[str, Any]) -> dict[str, str]:
    """For each word the nearest one that stories use 100 times more (or at all, when it is unknown), if there is one.

    ``answer`` is that of ``spelling_body``. The suggester also knows words of texts that are gone, so what it offers
    is counted again.
    """
    known = {name: bucket["doc_count"] for name, bucket in answer["aggregations"]["known"]["buckets"].items()}
    offers = [
        offer
        for place, word in enumerate(words)
        for offer in _offers(word, max(1, BETTER_KNOWN * known[f"w{place}"]), answer["suggest"], f"w{place}")
    ]
    if not offers:
        return {}
    near: dict[str, list[tuple[int, int, str]]] = {}
    for offer, found in zip(offers, client.ask(alias, [offer.search() for offer in offers]), strict=True):
        count = found["hits"]["total"]["value"]
        for text in offer.words_in(found) if count >= offer.stories else ():
            if 0 < (distance := edits(_folded(offer.word), text)) <= MAX_EDITS:
                near.setdefault(offer.word, []).append((distance, -count, text))
    return {word: min(found)[2] for word, found in near.items()}


def _offers(word: str, enough: int, suggested: Mapping[str, Any], name: str) -> list[_Offer]:
    """What may be known to ``enough`` stories: at most its own ones and those of the best known elsewhere."""
    if len(suggested[f"{name} {WORDS}"]) != 1:
        return []
    found = {
        field: parts[0]["options"] for field in (WORDS, *BODIES) if len(parts := suggested[f"{name} {field}"]) == 1
    }
    written = {option["text"] for option in found[WORDS]}
    most = {field: max((option["freq"] for option in options), default=0) for field, options in found.items()}
    elsewhere = {field: sum(most.values()) - most[field] for field in found}
    return [
        _Offer(word=word, field=field, text=option["text"], stories=enough)
        for field, options in found.items()
        for option in options
        if option["freq"] + elsewhere[field] >= enough and (field == WORDS or option["text"] not in written)
    ]


def _folded(word: str) -> str:
    return fold(word).lower()
