"""Documents as the JSON API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import orjson
from flask import Response

from dateline.domain.document import StoryDocument, TermDocument
from dateline.domain.payload import to_json
from dateline.domain.tag import Tag, TagType
from dateline.domain.term import TermType
from dateline.ports.index import FacetValue, Hit, Suggestion, TermLine
from dateline_web.formatting import iso_local
from dateline_web.urls import absolute, story_path, term_path

Json = dict[str, Any]


def ready_json(answer: Json, headers: Mapping[str, str]) -> Response:
    """An answer that is in its schema's shape already: going through the schema takes longer than all the rest."""
    return Response(orjson.dumps(answer), headers=dict(headers), mimetype="application/json")


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
        "tags": [tag_ref(tag) for tag in accepted(story.tags)],
        "highlights": {name: list(fragments) for name, fragments in highlights.items()},
    }


def story_whole(story: StoryDocument, related: Iterable[StoryDocument]) -> Json:
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
        "tags": [tag_whole(tag) for tag in accepted(story.tags)],
        "images": [
            {"url": image.url, "alt": image.alt, "credit": image.credit, "caption": image.caption}
            for image in story.images
        ],
        "links": [{"url": link.url, "title": link.title} for link in story.links],
        "related": [story_ref(other) for other in related],
        "corrections": [
            {
                "at": iso_local(correction.at),
                "note": correction.note,
                "diff": [{"before": before, "after": after} for before, after in correction.diff],
            }
            for correction in story.corrections
        ],
    }  # fmt: skip


def story_ref(story: StoryDocument) -> Json:
    """A story by headline and address."""
    return {"id": story.id, "headline": story.headline, "url": absolute(story_path(story))}


def accepted(tags: Iterable[Tag]) -> list[Tag]:
    """The tags readers see: a proposed one waits for an editor."""
    return [tag for tag in tags if tag.status == "accepted"]


def tag_ref(tag: Tag) -> Json:
    """A tag in a list."""
    return {"type": tag.type, "slug": tag.slug, "label": tag.label}


def tag_whole(tag: Tag) -> Json:
    """A tag with its score and evidence."""
    return {
        **tag_ref(tag),
        "url": absolute(term_path(tag.type, tag.slug)),
        "score": tag.score,
        "source": tag.source,
        "evidence": [to_json(evidence) for evidence in tag.evidence],
    }


def facet_value(value: FacetValue) -> Json:
    """A value of a facet."""
    return {"value": value.value, "label": value.label, "count": value.count, "selected": value.selected}


def term_line(line: TermLine) -> Json:
    """A term in a list, with how many stories carry it."""
    return {**term_ref(line.document), "stories": line.stories}


def term_ref(term: TermDocument) -> Json:
    """A term by name and address."""
    return {
        "type": term.type,
        "slug": term.slug,
        "label": term.label,
        "url": absolute(term_path(term.type, term.slug)),
    }


def together(values: Mapping[TagType, Iterable[FacetValue]]) -> Json:
    """What a term appears with, by type."""
    return {
        type: [{"slug": value.value, "label": value.label, "count": value.count} for value in found]
        for type, found in values.items()
    }


def suggestion(found: Suggestion, type: TermType | None) -> Json:
    """A suggestion with the address it leads to; a story's address finds its slug by itself."""
    path = term_path(type, found.slug) if type else f"/stories/{found.id}/{found.slug}"
    return {"kind": found.kind, "type": type, "slug": found.slug, "label": found.label, "url": absolute(path)}
