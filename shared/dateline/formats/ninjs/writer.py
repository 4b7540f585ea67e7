"""A story as readers see it written as ninjs 3.1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from dateline.domain.document import StoryDocument
from dateline.domain.shown_pictures import with_absolute_pictures
from dateline.domain.tag import PLURAL, TAG_TYPES, Tag
from dateline.domain.timestamps import rfc3339
from dateline.formats.ninjs.associations import picture, values

SCHEMA: Final = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"


def write_ninjs(
    story: StoryDocument, *, uri: str, address: str, base_url: str, events: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """``story`` as ninjs 3.1. ``uri`` names it for good, ``address`` is where its page is now; terms' pages are on
    ``base_url``. ``events`` are the titles and addresses of those that it is about. What came as ninjs and no field of
    a story holds goes out as it came."""
    object_: dict[str, Any] = {
        "uri": uri,
        "type": "text",
        "representationType": "full",
        "version": str(story.revision),
        "firstCreated": rfc3339(story.published_at),
        "versionCreated": rfc3339(story.updated_at),
        "contentCreated": rfc3339(story.published_at),
        "pubStatus": "canceled" if story.withdrawn else "usable",
        "language": story.language,
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "altIds": [{"role": "dateline", "value": story.id}, {"role": "url", "value": address}],
    }
    if story.withdrawn:
        return object_ | ({"edNote": story.notice} if story.notice else {})
    object_["altIds"] = [*story.ninjs.get("altIds", ()), *object_["altIds"]]
    about = [{"name": title, "rel": "about", "uri": page} for title, page in events]
    named = {"events": [*story.ninjs.get("events", ()), *about]} if about else {}
    return {**story.ninjs, **object_, **_content(story, base_url), **_concepts_of(story, base_url), **named}


def _content(story: StoryDocument, base_url: str) -> dict[str, Any]:
    words = len(story.body_text.split())
    optional: dict[str, Any] = {
        "by": story.byline,
        "slugline": story.slugline,
        "located": story.place,
        "urgency": story.urgency,
        "descriptions": values(story.summary),
        "infoSources": [{"name": story.source}] if story.source else [],
        "associations": [picture(place, image, base_url) for place, image in enumerate(story.images, 1)],
        "edNote": story.corrections[-1].note if story.corrections else "",
    }
    return {
        "headlines": [{"value": story.headline, "contentType": "text/plain"}],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": with_absolute_pictures(story.body_html, base_url)},
            {"role": "plain", "contentType": "text/plain", "charCount": len(story.body_text), "wordCount": words,
             "value": story.body_text},
        ],
        **{name: value for name, value in optional.items() if value},
    }  # fmt: skip


def _concepts_of(story: StoryDocument, base_url: str) -> dict[str, Any]:
    """The accepted tags, each type under ninjs' name for it; the section is a subject too."""
    shown: dict[str, Any] = {}
    for type in TAG_TYPES:
        name = "subjects" if type == "topic" else PLURAL[type]
        tags = [concept(tag, base_url) for tag in story.tags if tag.type == type and tag.status == "accepted"]
        if tags:
            shown[name] = tags
    sections = [
        {"name": crumb.label, "rel": "section", "uri": f"{base_url}/sections/{crumb.slug}"} for crumb in story.sections
    ]
    if sections:
        shown["subjects"] = [*sections, *shown.get("subjects", ())]
    return shown


def concept(tag: Tag, base_url: str) -> dict[str, Any]:
    """A tag as a person, place, organisation or subject."""
    concept: dict[str, Any] = {"name": tag.label, "rel": "about", "uri": f"{base_url}/{PLURAL[tag.type]}/{tag.slug}"}
    if tag.type == "topic":
        concept |= {"creator": tag.source, "confidence": round(tag.score * 100)}
    return concept
