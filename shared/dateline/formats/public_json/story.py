"""A story as JSON."""

from __future__ import annotations

from dateline.domain.document import StoryDocument
from dateline.formats.public_json.images import absolute_html, image_json, lead_ref
from dateline.formats.public_json.parts import Json, tag_with_evidence, tags_json
from dateline.formats.public_json.site import Site, story_path, term_path


def story_item(story: StoryDocument, site: Site) -> Json:
    """A story as it stands in a list."""
    return {
        "id": story.id,
        "headline": story.headline,
        "summary": story.summary,
        "url": site.url(story_path(story)),
        "section": story.section,
        "language": story.language,
        "published_at": site.local(story.published_at),
        "updated_at": site.local(story.updated_at),
        "byline": story.byline,
        "image": lead_ref(story.images, site),
        "tags": tags_json(story),
    }


def story_json(story: StoryDocument, site: Site) -> Json:
    """A story with all its own parts; its tags carry their evidence. What is related to it, other stories decide."""
    return {
        **story_item(story, site),
        "revision": story.revision,
        "body_html": absolute_html(story.body_html, site),
        "body_text": story.body_text,
        "slugline": story.slugline,
        "source": story.source,
        "place": story.place,
        "day": story.day.isoformat(),
        "breadcrumb": [
            {"slug": crumb.slug, "label": crumb.label, "url": site.url(term_path("section", crumb.slug))}
            for crumb in story.sections
        ],
        "urgency": story.urgency,
        "keywords": list(story.keywords),
        "tags": [tag_with_evidence(tag, site) for tag in story.accepted_tags],
        "images": [image_json(image, site) for image in story.images],
        "links": [{"url": link.url, "title": link.title} for link in story.links],
        "corrections": [
            {
                "at": site.local(correction.at),
                "kind": correction.kind or "correction",
                "note": correction.note,
                "diff": [{"before": before, "after": after} for before, after in correction.diff],
                "diff_state": correction.diff_state,
            }
            for correction in story.corrections
        ],
        **({"folded_into": story.folded_into} if story.folded_into else {}),
    }  # fmt: skip
