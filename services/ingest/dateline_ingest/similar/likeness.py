"""Which stories a text is like, as far as who asks may know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from dateline.documents.similar_stories import find_alike
from dateline.domain.body import body_of
from dateline.domain.similarity.shingles import MOST_CHARACTERS, shingles_of
from dateline.ports.ledger.duplicates import Duplicate
from dateline.ports.ledger.items import Item
from dateline_ingest.context import parts, token


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarStory:
    """A story that a text is like: from 0, nothing in common, to 1, the same words. ``url`` is where who asks may read
    it."""

    item: Item
    likeness: float
    url: str | None


def similar_to(
    headline: str, *, body_text: str = "", body_html: str = "", but: Collection[str] = ()
) -> list[SimilarStory]:
    """The stories that a text is like, the likeliest first; none of ``but``. Raises ``InvalidInput`` for HTML with more
    markup than is taken."""
    text = body_of(body_html, None)[1] if body_html else body_text[:MOST_CHARACTERS]
    ledger = parts().ledger
    alike = find_alike(shingles_of(headline, text), ledger, but=but)
    seen = ledger.visible_stories([one.item_id for one in alike], token()) if alike else set()
    return [_similar(ledger.item("story", one.item_id), one.likeness) for one in alike if one.item_id in seen]


def _similar(item: Item, likeness: float) -> SimilarStory:
    web = parts().settings.web_url.rstrip("/")
    if token().role == "editor" or item.belongs_to(token()):
        url: str | None = f"/stories/{item.id}"
    else:
        url = f"{web}/stories/{item.id}/" if web else None
    return SimilarStory(item=item, likeness=likeness, url=url)


def duplicates_of(item_id: str) -> list[Duplicate]:
    """The pairs of a story that who asks may know of, but those that an editor called different."""
    ledger = parts().ledger
    pairs = [pair for pair in ledger.duplicates_of(item_id) if pair.status != "different"]
    seen = ledger.visible_stories([pair.beside(item_id) for pair in pairs], token()) if pairs else set()
    return [pair for pair in pairs if pair.beside(item_id) in seen]


def duplicates_json(item_id: str) -> dict[str, Any]:
    """What a story's status says of it: ``possible_duplicate_of``, where there is one."""
    found = [{"id": pair.beside(item_id), "likeness": pair.likeness} for pair in duplicates_of(item_id)]
    return {"possible_duplicate_of": found} if found else {}
