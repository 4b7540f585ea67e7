"""Which stories a text is like, as far as who asks may know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dateline.documents.similar_stories import find_alike
from dateline.domain.body import body_of
from dateline.domain.similarity.shingles import MOST_CHARACTERS, shingles_of
from dateline.ports.ledger.duplicates import Alike, Duplicate
from dateline.ports.ledger.items import Item, Revision, State
from dateline_ingest.context import parts, token


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarStory:
    """A story that a text is like: from 0, nothing in common, to 1, the same words. ``url`` is where who asks may read
    it."""

    id: str
    label: str
    likeness: float
    state: State
    owner: str
    received_at: datetime
    url: str | None


def similar_to(
    headline: str, *, body_text: str = "", body_html: str = "", but: Collection[str] = ()
) -> list[SimilarStory]:
    """The stories that a text is like, the likeliest first; none of ``but``. Raises ``InvalidInput`` for HTML with more
    markup than is taken."""
    text = body_of(body_html, None)[1] if body_html else body_text[:MOST_CHARACTERS]
    alike = find_alike(shingles_of(headline, text), parts().ledger, but=but)
    seen = parts().ledger.visible_stories([one.item_id for one in alike], token()) if alike else set()
    return [_similar(one) for one in alike if one.item_id in seen]


def duplicates_of(item_id: str) -> list[Duplicate]:
    """The pairs of a story that who asks may know of, but those that an editor called different."""
    ledger = parts().ledger
    pairs = [pair for pair in ledger.duplicates_of(item_id) if pair.status != "different"]
    seen = ledger.visible_stories([pair.beside(item_id) for pair in pairs], token()) if pairs else set()
    return [pair for pair in pairs if pair.beside(item_id) in seen]


def label_beside(pair: Duplicate, item_id: str) -> str:
    """The headline of the other story of a pair, as far as who asks may know it."""
    if token().role == "editor":
        return pair.label_beside(item_id)
    return _known_label(parts().ledger.item("story", pair.beside(item_id)))


def duplicates_json(item_id: str) -> dict[str, Any]:
    """What a story's status says of it: ``possible_duplicate_of``, where there is one."""
    found = [{"id": pair.beside(item_id), "likeness": pair.likeness} for pair in duplicates_of(item_id)]
    return {"possible_duplicate_of": found} if found else {}


def _similar(alike: Alike) -> SimilarStory:
    item = parts().ledger.item("story", alike.item_id)
    web = parts().settings.web_url.rstrip("/")
    known = item.newest if _may_open(item) else _published(item)
    if _may_open(item):
        url: str | None = f"/stories/{item.id}"
    else:
        url = f"{web}/stories/{item.id}/" if web else None
    return SimilarStory(
        id=item.id, label=_known_label(item), likeness=alike.likeness, state=known.state, owner=item.owner,
        received_at=known.received_at, url=url,
    )  # fmt: skip


def _may_open(item: Item) -> bool:
    return token().role == "editor" or item.belongs_to(token())


def _published(item: Item) -> Revision:
    """What readers see: a correction that is held is its reporter's affair."""
    return next(one for one in item.revisions if one.revision == item.published_revision)


def _known_label(item: Item) -> str:
    """The newest headline for who may open the story, and the compared one, which readers see, for others."""
    if _may_open(item):
        return item.label
    return next(
        (str(text.payload["headline"]) for text in parts().ledger.compared_texts([item.id]) if text.payload), ""
    )
