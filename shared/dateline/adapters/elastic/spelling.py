"""Did you mean: a near word that is much better known. Only offered, never put in place of what was typed."""

from __future__ import annotations

from typing import Any, Final
from unicodedata import normalize

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.query import words_query

RARER: Final = 100
"""How many times better known a word must be before it is offered for a known one."""

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


def better_known(client: ElasticClient, alias: str, word: str) -> str | None:
    """The nearest word at edit distance <= 2 that stories use 100 times more (or at all, when ``word`` is unknown).

    Known is what a search would find, by stems too. The suggester also knows words of texts that are gone, so what it
    offers is counted again.
    """
    word = normalize("NFC", word).lower()
    with client.request() as server:
        answer = server.search(
            index=alias,
            query={"bool": {"should": [words_query(word), {"term": {"words": word}}]}},
            suggest={"word": {"text": word, "term": SUGGESTER}},
            size=0,
            track_total_hits=True,
        )
    known = answer["hits"]["total"]["value"]
    parts = answer["suggest"]["word"]
    options = [option["text"] for option in parts[0]["options"]] if len(parts) == 1 else []
    counts = _counted(client, alias, options)
    return next((text for text in options if counts[text] >= max(1, RARER * known)), None)


def _counted(client: ElasticClient, alias: str, words: list[str]) -> dict[str, int]:
    if not words:
        return {}
    filters = {word: {"term": {"words": word}} for word in words}
    with client.request() as server:
        answer = server.search(
            index=alias,
            aggregations={"words": {"filters": {"filters": filters}}},
            size=0,
            track_total_hits=False,
        )
    return {word: bucket["doc_count"] for word, bucket in answer["aggregations"]["words"]["buckets"].items()}
