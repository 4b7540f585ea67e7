"""The web service: what readers see. It reads the index, and the shipped terms that no story carries yet.

The ledger is asked for nothing but whose token wants to see ``/metrics``, and opened then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Final

from flask import Flask, request

from dateline.bootstrap import open_index, open_ledger, open_media
from dateline.deadline import set_deadline
from dateline.http import JsonApi, set_up_service
from dateline.http.requests.bearer import guard_metrics
from dateline.http.requests.rate_limit import client_address, limit_rate
from dateline.log import set_up_logging
from dateline.ports.index import Index
from dateline.ports.ledger.tokens import Tokens
from dateline.ports.media import MediaStore
from dateline.settings import Settings, read_settings
from dateline_web.archive import views as archive
from dateline_web.calendar import views as calendar
from dateline_web.context import EXTENSION, Web, locale_of, wall_clock, web
from dateline_web.converters import CONVERTERS, described
from dateline_web.error_pages import error_page
from dateline_web.events import views as events
from dateline_web.feeds import views as feeds
from dateline_web.front import previews as front_previews
from dateline_web.front import views as front
from dateline_web.media import views as media_files
from dateline_web.navigation import NAVIGATION, LatestNavigation
from dateline_web.public_media import PublicMedia
from dateline_web.rendering import prepare_templates
from dateline_web.search import views as search
from dateline_web.sitemap import views as sitemap
from dateline_web.stories import previews
from dateline_web.stories import views as stories
from dateline_web.stream import views as stream
from dateline_web.subscriptions import views as subscriptions
from dateline_web.terms import views as terms
from dateline_web.urls import API_PREFIX

BLUEPRINTS: Final = (
    front.blueprint,
    front_previews.blueprint,
    search.blueprint,
    stories.blueprint,
    previews.blueprint,
    terms.blueprint,
    archive.blueprint,
    calendar.blueprint,
    events.blueprint,
    subscriptions.blueprint,
    media_files.blueprint,
    feeds.blueprint,
    sitemap.blueprint,
    stream.blueprint,
)
API_BLUEPRINTS: Final = (search.api, stories.api, terms.api, archive.api, events.api)


def create_app(
    settings: Settings | None = None,
    *,
    index: Index | None = None,
    tokens: Tokens | None = None,
    media: MediaStore | None = None,
    now: Callable[[], datetime] = wall_clock,
) -> Flask:
    """The application; without ``settings`` that of this process, its logs set up. Tests pass its parts and a clock.

    Raises ``BadSetting`` for a setting that can't be used.
    """
    if settings is None:
        settings = read_settings()
        set_up_logging(settings)
    app = Flask(__name__)
    index = index or open_index(settings)
    app.extensions[EXTENSION] = Web(
        settings=settings, index=index, media=PublicMedia(media or open_media(settings)),
        locale=locale_of(settings.language), now=now,
    )  # fmt: skip
    app.extensions[NAVIGATION] = LatestNavigation(index)
    app.url_map.converters.update(CONVERTERS)
    known = cache(lambda: tokens or open_ledger(settings))
    set_up_service(
        app, settings, checks={"index": lambda: web().index.check()}, error_page=error_page,
        authorise=lambda: guard_metrics(lambda secret: known().find_token(secret)),
    )  # fmt: skip
    limit_rate(
        app, settings.web_rate_limit, client=client_address,
        is_free=lambda: not request.path.startswith(API_PREFIX),
    )  # fmt: skip
    app.before_request(lambda: set_deadline(settings.search_timeout))
    app.teardown_request(lambda _: set_deadline(None))
    prepare_templates(app)
    api = JsonApi(app, settings.title)
    for converter in CONVERTERS.values():
        api.register_converter(converter, described)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    for api_blueprint in API_BLUEPRINTS:
        api.register_blueprint(api_blueprint)
    return app
