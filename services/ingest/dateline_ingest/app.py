"""The ingest service: where reporters and editors submit.

``create_app`` puts the parts together; tests pass their own through the same door.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Callable
from datetime import timedelta
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, render_template, request
from werkzeug.routing import BaseConverter

from dateline.bootstrap import (
    open_failed_attempts,
    open_fetcher,
    open_index,
    open_ledger,
    open_media,
    open_wakeup,
    read_queue_lengths,
)
from dateline.errors import BrokerUnavailable
from dateline.http import JsonApi, Problem, set_up_service
from dateline.http.requests.rate_limit import limit_rate
from dateline.log import set_up_logging
from dateline.ports.failed_attempts import FailedAttempts
from dateline.ports.fetch import Fetcher
from dateline.ports.index import Index
from dateline.ports.ledger import Ledger
from dateline.ports.media import MediaStore
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import WakeUp
from dateline.settings import Settings, read_settings
from dateline.supervisor.data_folder import DataFolder
from dateline.supervisor.embedded_broker import running_broker
from dateline_ingest.api.audit import audit
from dateline_ingest.api.bulk import bulk
from dateline_ingest.api.changes import changes
from dateline_ingest.api.check import check
from dateline_ingest.api.coverages import coverages
from dateline_ingest.api.drafts import drafts
from dateline_ingest.api.duplicates import duplicates, similar
from dateline_ingest.api.event_import import event_import
from dateline_ingest.api.event_proposals import event_proposals
from dateline_ingest.api.events import events
from dateline_ingest.api.front import front
from dateline_ingest.api.images.views import images
from dateline_ingest.api.occurrences import occurrences
from dateline_ingest.api.plan_calendar import plan_calendar
from dateline_ingest.api.quarantine import quarantine
from dateline_ingest.api.reviews import reviews
from dateline_ingest.api.sources import sources
from dateline_ingest.api.stories import stories
from dateline_ingest.api.story_notes import story_notes
from dateline_ingest.api.tags import tags
from dateline_ingest.api.term_moves import term_moves
from dateline_ingest.api.terms import terms
from dateline_ingest.audit.setting_changes import note_setting_changes
from dateline_ingest.auth import authorise, client, is_free, may_see_detail
from dateline_ingest.changes.change_cache import ChangeCache
from dateline_ingest.changes.change_watch import ChangeWatch
from dateline_ingest.context import Parts, parts
from dateline_ingest.desk import add_desk
from dateline_ingest.desk.session import SESSION_ENDED, SESSION_ENDED_KEPT, pending_fields, secret_key, sign_in_page
from dateline_ingest.event_register import EventRegister
from dateline_ingest.intake import Intake
from dateline_ingest.link_checks import LinkChecks
from dateline_ingest.mailer import Mailer
from dateline_ingest.newsroom_metrics import newsroom_metrics
from dateline_ingest.passwords.hashes import PasswordHashes
from dateline_ingest.pictures.uploads import UploadRequest
from dateline_ingest.slots.token_slots import TokenSlots


class OpaqueId(BaseConverter):
    """An item's id in an address; anything else is a 404 before the ledger is asked."""

    regex = "[A-Za-z0-9_-]{1,64}"


class ItemKey(OpaqueId):
    """The id of an item of any kind; a term's is its type and slug."""

    regex = "[A-Za-z0-9_:-]{1,120}"


class SlugInAddress(BaseConverter):
    """A term's slug in an address."""

    regex = "[a-z0-9-]{1,100}"


class IngestApp(Flask):
    """The application, which asks for the key of its sessions when it first needs it."""

    request_class = UploadRequest

    @cached_property
    def secret_key(self) -> str:  # type: ignore[override]
        """The key that signs the desk's sessions."""
        parts: Parts = self.extensions["dateline"]
        return secret_key(parts.settings)


def create_app(
    settings: Settings | None = None,
    *,
    ledger: Ledger | None = None,
    wakeup: WakeUp | None = None,
    vocabulary: LiveTerms | None = None,
    queue_lengths: Callable[[], dict[str, int]] | None = None,
    index: Index | None = None,
) -> Flask:
    """The WSGI application; without ``settings`` that of this process, its logs set up.

    Raises ``BadSetting`` or ``CannotStart`` with one clear line.
    """
    own_process = settings is None
    settings = settings or read_settings()
    own = build_parts(settings, ledger, wakeup, vocabulary, queue_lengths, index=index)
    if own_process:
        set_up_logging(settings)
        atexit.register(own.wakeup.close)
        note_setting_changes(own.ledger, os.environ, running_broker(DataFolder(settings.data.resolve())))
        atexit.register(own.mailer.close)
        atexit.register(own.link_checks.close)
    app = IngestApp("dateline_ingest", root_path=str(Path(__file__).parent))
    app.extensions["dateline"] = own
    if settings.data.is_dir():
        app.secret_key  # noqa: B018 - a folder that can't be written to must stop the start, not the first request
    app.url_map.converters |= {"opaque": OpaqueId, "item": ItemKey, "slug": SlugInAddress}
    app.config.update(
        SESSION_COOKIE_NAME="desk_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_SECURE=settings.ingest_url.startswith("https://"),
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
    )
    set_up_service(
        app,
        settings,
        checks={"ledger": lambda: parts().ledger.check()},
        metrics=newsroom_metrics(lambda: parts().ledger.metrics(), lambda: parts().queue_lengths()),
        error_page=error_page,
        authorise=authorise,
        client=client,
        may_see_detail=may_see_detail,
        may_compress=_may_compress,
    )
    app.after_request(_keep_private)
    limit_rate(app, settings.rate_limit, client=client, is_free=is_free)
    api = JsonApi(app, f"{settings.title}: ingest", bearer=True)
    for blueprint in (
        stories, story_notes, duplicates, similar, bulk, drafts, reviews, check, tags, event_import, events,
        event_proposals, images, occurrences, terms, term_moves, front, quarantine, changes, audit, sources,
        coverages, plan_calendar,
    ):  # fmt: skip
        api.register_blueprint(blueprint)
    add_desk(app)
    return app


def build_parts(
    settings: Settings,
    ledger: Ledger | None = None,
    wakeup: WakeUp | None = None,
    vocabulary: LiveTerms | None = None,
    queue_lengths: Callable[[], dict[str, int]] | None = None,
    failed_attempts: FailedAttempts | None = None,
    password_hashes: PasswordHashes | None = None,
    fetcher: Fetcher | None = None,
    media: MediaStore | None = None,
    index: Index | None = None,
) -> Parts:
    """What the views work with: what is given, and what ``settings`` name for the rest."""
    ledger = ledger or open_ledger(settings)
    wakeup = wakeup or open_wakeup(settings)
    vocabulary = vocabulary or _live_vocabulary(ledger)
    fetcher = fetcher or open_fetcher(settings)
    return Parts(
        settings=settings,
        ledger=ledger,
        wakeup=wakeup,
        vocabulary=vocabulary,
        intake=Intake(
            ledger,
            wakeup,
            vocabulary.current,
            settings.timezone,
            reporters_make_sections=settings.reporters_make_sections,
        ),
        change_watch=ChangeWatch(ledger.last_change),
        change_cache=ChangeCache(),
        failed_attempts=failed_attempts or open_failed_attempts(settings),
        password_hashes=password_hashes or PasswordHashes(),
        mailer=Mailer(settings),
        link_checks=LinkChecks(fetcher),
        fetcher=fetcher,
        media=media or open_media(settings),
        index=index or open_index(settings),
        event_register=EventRegister(ledger),
        bulk_slots=TokenSlots("bulks", settings.bulks),
        tagging_slots=TokenSlots("long texts and previews", settings.taggings),
        queue_lengths=queue_lengths or _queue_lengths(settings),
    )


def _live_vocabulary(ledger: Ledger) -> LiveTerms:
    from dateline.tagging.live_vocabulary import LiveVocabulary

    return LiveVocabulary(ledger)


def _queue_lengths(settings: Settings) -> Callable[[], dict[str, int]]:
    def count() -> dict[str, int]:
        try:
            return read_queue_lengths(settings)
        except BrokerUnavailable:
            return {}

    return count


def _keep_private(response: Response) -> Response:
    """What a reporter is shown is for nobody's cache; static files may be kept."""
    if request.endpoint not in ("static", "docs.static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def _may_compress(response: Response) -> bool:
    """Not the desk's pages, where a CSRF token stands beside what was typed; nor what has its revision as its ETag,
    which If-Match compares byte by byte."""
    if request.endpoint in ("static", "docs.static"):
        return True
    revision = "ETag" in response.headers and request.endpoint != "changes.list_changes"
    return request.path.startswith(("/v1/", "/metrics")) and not revision


def error_page(problem: Problem) -> Response | str:
    """An error as a page of the desk; who isn't signed in gets the sign-in form, and what was typed waits in it."""
    if problem.status == 401:
        kept = pending_fields()
        ended = SESSION_ENDED_KEPT if kept else SESSION_ENDED
        return sign_in_page("Sign in first." if request.method == "GET" else ended, kept)
    if problem.status == 429 and request.endpoint == "session.sign_in":
        return sign_in_page(f"{problem.detail} Try again in a minute.", pending_fields())
    return render_template("error.html", problem=problem)
