"""What templates can say: dates in words, addresses, marked snippets; and the conditional answer of every page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from flask import Flask, Response, current_app, request, url_for
from markupsafe import Markup

from dateline.analysis.direction import direction
from dateline.domain.picture import ANIMATED, media_path
from dateline.domain.term import TERM_PLURAL, TermType
from dateline.domain.timestamps import day_or_rfc3339
from dateline.http import answer_conditionally
from dateline.http.requests.checks import HEALTH_PATHS
from dateline_web import urls
from dateline_web.context import web
from dateline_web.dates import formatting
from dateline_web.dates.reader_zone import reader_zone, vary_by_zone
from dateline_web.events.in_words import hours
from dateline_web.navigation import NAVIGATION
from dateline_web.pictures.choice import beside_text, lead_picture, picture_of_term, thumbnail
from dateline_web.pictures.in_text import body_with_pictures
from dateline_web.pictures.markup import picture_markup
from dateline_web.pictures.social import social_image
from dateline_web.stories.folds import also_from, source_name
from dateline_web.tags import PAGE_ORDER

HEADINGS: Final[dict[TermType, str]] = {type: plural.capitalize() for type, plural in TERM_PLURAL.items()}

_NOT_A_MARK: Final = re.compile(r"<(?!/?mark>)")
_TAG: Final = re.compile(r"</?mark>")
SHOWN_OF_ADDRESS: Final = 40
_PAGE_CACHING: Final = "public, max-age=0, must-revalidate"


def prepare_templates(app: Flask) -> None:
    """Give templates their words, and every answer its ETag."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        day=formatting.day_in_words, weekday=formatting.weekday_in_words,
        weekday_day=formatting.weekday_and_day, short_day=formatting.short_day,
        month=formatting.month_in_words, month_name=formatting.month_name, day_month=formatting.day_and_month,
        clock=formatting.clock_time, moment=formatting.moment_in_words, zone=formatting.zone_in_words,
        city=formatting.city_of, number=formatting.number,
        stories=formatting.stories_count, iso=formatting.iso_local, marked=marked, excerpt=excerpt, hours=hours,
        absolute=urls.absolute, rfc3339=day_or_rfc3339, direction=direction, bare_address=bare_address,
    )  # fmt: skip
    app.jinja_env.globals.update(
        story_path=urls.story_path, event_path=urls.event_path, event_ics_path=urls.event_ics_path,
        ics_path=urls.ics_path,
        api_story_path=urls.api_story_path, api_event_path=urls.api_event_path,
        term_path=urls.term_path, terms_path=urls.terms_path, feed_paths=urls.feed_paths,
        day_path=urls.day_path, month_path=urls.month_path, year_path=urls.year_path,
        past_front_path=urls.past_front_path,
        events_month_path=urls.events_month_path, with_query=urls.with_query, static_path=static_path,
        picture_path=urls.picture_path, media_path=media_path, ANIMATED=ANIMATED,
        picture_markup=picture_markup, lead_picture=lead_picture, thumbnail=thumbnail,
        beside_text=beside_text, picture_of_term=picture_of_term, body_with_pictures=body_with_pictures,
        HEADINGS=HEADINGS, PAGE_ORDER=PAGE_ORDER, also_from=also_from, source_name=source_name, reader_zone=reader_zone,
        social_image=social_image,
    )  # fmt: skip
    app.context_processor(
        lambda: {"settings": web().settings, "today": web().today, "navigation": current_app.extensions[NAVIGATION]}
    )
    app.after_request(answer_with_etag)
    vary_by_zone(app)


def marked(fragment: str) -> Markup:
    """A highlight: escaped text in which only ``<mark>`` is markup."""
    return Markup(_NOT_A_MARK.sub("&lt;", fragment))


def bare_address(address: str) -> str:
    """An address as it is shown: without its scheme, and not the whole of a long one."""
    bare = address.partition("://")[2]
    return bare if len(bare) <= SHOWN_OF_ADDRESS else f"{bare[: SHOWN_OF_ADDRESS - 1]}…"


def excerpt(fragments: Iterable[str]) -> Markup:
    """Highlights as one line, with dots where a sentence goes on before or after."""
    parts = [fragment.strip() for fragment in fragments]
    text = " … ".join(parts)
    bare = _TAG.sub("", text)
    before = "… " if bare[:1].islower() else ""
    after = " …" if bare and bare[-1] not in ".!?”»" else ""
    return marked(before + text + after)


def static_path(name: str) -> str:
    """A static file's address, which changes with its content."""
    return url_for("static", filename=name)


def answer_with_etag(response: Response) -> Response:
    """ETag, If-None-Match and caching for every complete answer that has none of its own yet."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.is_streamed:
        return response
    if request.path in HEALTH_PATHS:
        return response
    response.headers.setdefault("Cache-Control", _PAGE_CACHING)
    return response if response.get_etag()[0] else answer_conditionally(response)
