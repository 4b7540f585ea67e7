"""The terms written by hand: sections, topics, organisations, people, areas (the files beside this module)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.domain.slugs import slug_of
from dateline.domain.term import Term, TermType, TopicRules
from dateline.vocabulary.tsv import TermRow
from vocabulary import listing, places, spelling

HERE = Path(__file__).parent
FILES: dict[str, TermType] = {
    "sections": "section",
    "topics": "topic",
    "organisations": "organisation",
    "people": "person",
    "areas": "place",
}


def rows() -> Iterator[TermRow]:
    """The row of every table of every file, and of every line of the lists."""
    for name, type_ in FILES.items():
        for entry in listing.written(name):
            yield _row(type_, entry)


def _row(type_: TermType, entry: dict[str, Any]) -> TermRow:
    label = entry["label"].strip()
    aliases = list(entry.get("aliases", ()))
    if type_ == "person":
        aliases += spelling.of_person([label, *aliases])
    broader = list(entry.get("broader", ()))
    if "country" in entry:
        broader.append("place:" + places.country_slug(entry["country"]))
    return TermRow(
        term=Term(
            type=type_,
            slug=entry.get("slug") or slug_of(label),
            label=label,
            labels=entry.get("labels", {}),
            aliases=tuple(dict.fromkeys(alias for alias in aliases if alias != label)),
            broader=tuple(broader),
            same_as=(f"medtop:{entry['code']}",) if "code" in entry else (),
            rules=TopicRules(**{name: tuple(entry.get(name, ())) for name in ("any", "all", "none")}),
            order=entry.get("order", 0),
        ),
        kind="area" if type_ == "place" else "",
        weak=tuple(entry.get("weak", ())),
        sections=tuple(entry.get("sections", ())),
        threshold=entry.get("threshold", 0.0),
    )
