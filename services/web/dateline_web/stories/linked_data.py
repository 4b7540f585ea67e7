"""A story as schema.org/NewsArticle, for search engines."""

from __future__ import annotations

from typing import Any

from dateline.domain.document import StoryDocument
from dateline_web.context import Web
from dateline_web.formatting import iso_local
from dateline_web.tags import accepted_tags
from dateline_web.urls import FRONT, absolute, story_path


def news_article(web: Web, story: StoryDocument) -> dict[str, Any]:
    """The story as schema.org/NewsArticle."""
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
        "keywords": list(story.keywords) or [tag.label for tag in accepted_tags(story.tags)],
        "image": [image.url for image in story.images],
        "author": _author(web, story),
        "publisher": {"@type": "NewsMediaOrganization", "name": web.settings.title, "url": absolute(FRONT)},
        "contentLocation": {"@type": "Place", "name": story.place} if story.place else None,
    }
    return {name: value for name, value in article.items() if value}


def _author(web: Web, story: StoryDocument) -> dict[str, str]:
    if story.byline:
        return {"@type": "Person", "name": story.byline}
    return {"@type": "Organization", "name": story.source or web.settings.title}
