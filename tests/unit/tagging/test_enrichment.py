"""What is kept of tags: all of them come back, with the words of their evidence."""

from __future__ import annotations

import json
import tomllib
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dateline.documents.kept_enrichment import KeptEnrichment
from dateline.domain.document import Crumb, EventDocument, StoryDocument, TermDocument
from dateline.domain.enrichment import Enrichment, compact, enrichment_of, from_compact
from dateline.domain.tag import EditorTags, Evidence, EvidenceField, Tag, TagRef, TagType
from dateline.domain.tagged_text import TaggedText
from dateline.tagging.tagger import Tagger

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "tune.toml"
NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def kept_and_back(enrichment: Enrichment) -> KeptEnrichment:
    kept = from_compact(json.loads(json.dumps(compact(enrichment))))
    return KeptEnrichment(kept=kept, zone=ZoneInfo("Europe/Minsk"), now=NOW)


def test_the_tags_of_every_text_come_back(tagger: Tagger) -> None:
    pieces = 0
    for entry in tomllib.loads(CORPUS.read_text())["text"]:
        text = TaggedText(
            headline=entry["headline"], body_text=entry["body"], summary=entry["headline"],
            place=entry.get("place", ""), section=entry.get("section", ""),
        )  # fmt: skip
        asserted = (TagRef(type="topic", slug="trade"),)
        found = tagger.tag(text, asserted, EditorTags(added=(TagRef(type="place", slug="brest"),))).tags
        accepted = tuple(tag for tag in found if tag.status == "accepted")
        pieces += sum(len(tag.evidence) for tag in accepted)
        again = kept_and_back(Enrichment(tags=accepted))
        assert again.tags(text, asserted, EditorTags()) == accepted
        assert again.breadcrumb("news") == ()
    assert pieces > 100


@pytest.mark.parametrize("type", ["topic", "person", "place", "organisation"])
@pytest.mark.parametrize("field", ["headline", "summary", "body_text", "section", "place", "tags"])
def test_every_kind_of_evidence_comes_back(type: TagType, field: EvidenceField) -> None:
    text = TaggedText(headline="Brest", body_text="Brest", summary="Brest")
    evidence = (
        Evidence(field, 1, 3, "re", "a rule"),
        Evidence("place", 0, 2, "re", "b"),
        Evidence(field, 0, 1, "", "c"),
    )
    if field in ("headline", "summary", "body_text"):
        evidence = (*evidence[:2], Evidence(field, 0, 1, "B", "c"))
    tag = Tag(type=type, slug="x", label="Х\tÿ", score=0.123456789, source="editor", evidence=evidence)
    sections = (Crumb(slug="a", label="A"), Crumb(slug="b", label="B"))
    again = kept_and_back(Enrichment(tags=(tag, tag), sections=sections))
    assert again.tags(text, (), EditorTags()) == (tag, tag)
    assert again.breadcrumb("b") == sections


def test_only_what_readers_see_is_kept() -> None:
    proposed = Tag(type="person", slug="xyz", label="Xyz", status="proposed")
    accepted = Tag(type="place", slug="brest", label="Brest")
    story = StoryDocument(
        id="a", version=1, revision=1, published_at=NOW, updated_at=NOW, day=NOW.date(), tags=(proposed, accepted)
    )
    event = EventDocument(id="b", version=1, revision=1, updated_at=NOW, tags=(accepted, proposed))
    assert enrichment_of(story) == enrichment_of(event) == Enrichment(tags=(accepted,))
    assert enrichment_of(TermDocument(id="place:brest", version=1, type="place", slug="brest", label="B")) is None
