"""Did you mean: a near word that is much better known. Only offered, never put in place of what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.text.query import words_query
from dateline.analysis.folding import fold
from dateline.ports.index import BETTER_KNOWN

SUGGESTER: Final[dict[str, Any]] = {
    "field": "words",
    "suggest_mode": "always",
    "sort": "score",
    "max_edits": 2,
    "prefix_length": 1,
    "min_word_length": 4,
    "size": 5,
    "string_distance": "damerau_levenshtein",
}


def spelling_body(words: Sequence[str]) -> dict[str, Any]:
    """The search that tells how many stories know each word, and which words are near it.

    Known is what a search would find, by stems too.
    """
    folded = [_folded(word) for word in words]
    known = {
        f"w{place}": {"bool": {"should": [words_query([word]), {"term": {"words": word}}]}}
        for place, word in enumerate(folded)
    }
    return {
        "size": 0,
        "track_total_hits": False,
        "aggregations": {"known": {"filters": {"filters": known}}},
        "suggest": {f"w{place}": {"text": word, "term": SUGGESTER} for place, word in enumerate(folded)},
    }


def better_known(client: ElasticClient, alias: str, words: Sequence[str], answer: Mapping[str, Any]) -> dict[str, str]:
    """For each word the nearest one that stories use 100 times more (or at all, when it is unknown), if there is one.

    ``answer`` is that of ``spelling_body``. The suggester also knows words of texts that are gone, so what it offers
    is counted again.
    """
    known = {name: bucket["doc_count"] for name, bucket in answer["aggregations"]["known"]["buckets"].items()}
    enough = {word: max(1, BETTER_KNOWN * known[f"w{place}"]) for place, word in enumerate(words)}
    offers = {
        word: [option["text"] for option in parts[0]["options"] if option["freq"] >= enough[word]]
        for place, word in enumerate(words)
        if len(parts := answer["suggest"][f"w{place}"]) == 1
    }
    counts = _counted(client, alias, sorted({text for options in offers.values() for text in options}))
    chosen = {
        word: next((text for text in options if counts[text] >= enough[word]), None) for word, options in offers.items()
    }
    return {word: text for word, text in chosen.items() if text is not None}


def _folded(word: str) -> str:
    return fold(word).lower()


def _counted(client: ElasticClient, alias: str, words: Sequence[str]) -> dict[str, int]:
    if not words:
        return {}
    filters = {word: {"term": {"words": word}} for word in words}
    counting = {"aggregations": {"words": {"filters": {"filters": filters}}}, "size": 0, "track_total_hits": False}
    [answer] = client.ask(alias, [counting])
    return {word: bucket["doc_count"] for word, bucket in answer["aggregations"]["words"]["buckets"].items()}
