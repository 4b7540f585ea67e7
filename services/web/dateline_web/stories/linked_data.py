"""A story as schema.org/NewsArticle, for search engines."""

from __future__ import annotations

from typing import Any

from dateline.domain.document import StoryDocument
from dateline.domain.slugs import slug_of
from dateline.vocabulary import find_shipped
from dateline_web.context import Web
from dateline_web.dates.formatting import iso_local
from dateline_web.pictures.linked_images import linked_images
from dateline_web.pictures.outward import for_api
from dateline_web.stories.author import author_of
from dateline_web.urls import FRONT, absolute, story_path


def news_article(web: Web, story: StoryDocument, *, about: list[dict[str, Any]]) -> dict[str, Any]:
    """The story as schema.org/NewsArticle; ``about`` are the events that it is about."""
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline[:110],
        "description": story.summary,
        "datePublished": iso_local(story.published_at),
        "dateModified": iso_local(story.updated_at),
        "inLanguage": story.language,
        "mainEntityOfPage": absolute(story_path(story)),
        "url": absolute(story_path(story)),
        "articleSection": [crumb.label for crumb in story.sections],
        "keywords": list(story.keywords) or [tag.label for tag in story.accepted_tags],
        "image": linked_images(for_api(story).images),
        "author": _author(web, story),
        "publisher": {"@type": "NewsMediaOrganization", "name": web.settings.title, "url": absolute(FRONT)},
        "about": about,
        "contentLocation": {"@type": "Place", "name": story.place} if story.place else None,
    }
    return {name: value for name, value in article.items() if value}


def _author(web: Web, story: StoryDocument) -> dict[str, str]:
    """Who signs it: an agency that is the byline is no person."""
    is_person = story.byline and not _is_organisation(web, story)
    return {"@type": "Person" if is_person else "Organization", "name": author_of(story)}


def _is_organisation(web: Web, story: StoryDocument) -> bool:
    """Whether the byline names the story's source, this paper, or an organisation of its tags or the vocabulary."""
    name = story.byline.casefold()
    tagged = {tag.label.casefold() for tag in story.accepted_tags if tag.type == "organisation"}
    if name in {story.source.casefold(), web.settings.title.casefold(), *tagged}:
        return True
    shipped = find_shipped("organisation", slug_of(story.byline))
    return shipped is not None and name == shipped.label.casefold()
