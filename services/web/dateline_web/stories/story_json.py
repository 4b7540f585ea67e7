"""Stories as the JSON API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.domain.document import StoryDocument
from dateline.domain.payload import to_json
from dateline.domain.story import Image
from dateline.domain.tag import Tag
from dateline.ports.index import Hit
from dateline_web.dates.formatting import iso_local
from dateline_web.tags import tag_json, tags_json
from dateline_web.urls import absolute, story_path, term_path

Json = dict[str, Any]


def story_items(hits: Iterable[Hit]) -> list[Json]:
    """The stories of a list, with what matched in them."""
    base = absolute("")
    return [_item(hit.document, hit.highlights, base) for hit in hits]


def story_item(story: StoryDocument) -> Json:
    """A story by itself, as it stands in a list."""
    return _item(story, {}, absolute(""))


def _item(story: StoryDocument, highlights: Mapping[str, Iterable[str]], base: str) -> Json:
    return {
        "id": story.id,
        "headline": story.headline,
        "summary": story.summary,
        "url": base + story_path(story),
        "section": story.section,
        "language": story.language,
        "published_at": iso_local(story.published_at),
        "updated_at": iso_local(story.updated_at),
        "byline": story.byline,
        "tags": tags_json(story),
        "highlights": {name: list(fragments) for name, fragments in highlights.items()},
    }


def story_json(story: StoryDocument, related: Iterable[StoryDocument]) -> Json:
    """A story with all its parts; its tags carry their evidence."""
    return {
        **{name: value for name, value in story_item(story).items() if name != "highlights"},
        "revision": story.revision,
        "body_html": story.body_html,
        "body_text": story.body_text,
        "slugline": story.slugline,
        "source": story.source,
        "place": story.place,
        "day": story.day.isoformat(),
        "breadcrumb": [
            {"slug": crumb.slug, "label": crumb.label, "url": absolute(term_path("section", crumb.slug))}
            for crumb in story.sections
        ],
        "urgency": story.urgency,
        "keywords": list(story.keywords),
        "tags": [_tag_with_evidence(tag) for tag in story.accepted_tags],
        "images": [image_json(image) for image in story.images],
        "links": [{"url": link.url, "title": link.title} for link in story.links],
        "related": [_story_ref(other) for other in related],
        "corrections": [
            {
                "at": iso_local(correction.at),
                "note": correction.note,
                "diff": [{"before": before, "after": after} for before, after in correction.diff],
            }
            for correction in story.corrections
        ],
    }  # fmt: skip


def _story_ref(story: StoryDocument) -> Json:
    """A story by headline and address."""
    return {"id": story.id, "headline": story.headline, "url": absolute(story_path(story))}


def image_json(image: Image) -> Json:
    """A picture."""
    return {"url": image.url, "alt": image.alt, "credit": image.credit, "caption": image.caption}


def _tag_with_evidence(tag: Tag) -> Json:
    """A tag with its score and evidence."""
    return {
        **tag_json(tag),
        "url": absolute(term_path(tag.type, tag.slug)),
        "score": tag.score,
        "source": tag.source,
        "evidence": [to_json(evidence) for evidence in tag.evidence],
    }
