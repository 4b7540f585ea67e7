"""The web service: what readers see. It reads the index, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import Final

from flask import Flask
from flask_smorest import Blueprint as ApiBlueprint

from dateline.bootstrap import open_index
from dateline.http import JsonApi, furnish
from dateline.log import set_up_logging
from dateline.ports.deadline import set_deadline
from dateline.ports.index import Index
from dateline.settings import Settings, read_settings
from dateline_web.context import EXTENSION, Web, locale_of, wall_clock
from dateline_web.converters import CONVERTERS, described
from dateline_web.errors import error_page
from dateline_web.rendering import prepare_templates

MODULES: Final = ("front", "search", "stories", "terms", "archive", "events", "feeds", "sitemap", "stream")
"""Each may have a ``blueprint`` of pages and an ``api`` of JSON routes."""


def create_app(
    settings: Settings | None = None, *, index: Index | None = None, now: Callable[[], datetime] = wall_clock
) -> Flask:
    """The application; without ``settings`` that of this process, its logs set up. Tests pass an index and a clock.

    Raises ``BadSetting`` for a setting that can't be used.
    """
    if settings is None:
        settings = read_settings()
        set_up_logging(settings)
    app = Flask(__name__)
    index = index or open_index(settings)
    app.extensions[EXTENSION] = Web(settings=settings, index=index, locale=locale_of(settings.language), now=now)
    app.url_map.converters.update(CONVERTERS)
    furnish(app, settings, checks={"index": index.check}, error_page=error_page)
    app.before_request(lambda: set_deadline(settings.search_timeout))
    app.teardown_request(lambda _: set_deadline(None))
    prepare_templates(app, index)
    api = JsonApi(app, settings.title)
    for converter in CONVERTERS.values():
        api.register_converter(converter, described)
    for name in MODULES:
        _register(app, api, f"dateline_web.{name}")
    return app


def _register(app: Flask, api: JsonApi, module: str) -> None:
    if find_spec(module) is None:
        return
    for blueprint in (getattr(import_module(module), name, None) for name in ("blueprint", "api")):
        if isinstance(blueprint, ApiBlueprint):
            api.register_blueprint(blueprint)
        elif blueprint is not None:
            app.register_blueprint(blueprint)
