"""The web application on an embedded index in a temporary folder, which a test fills."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from dateline.bootstrap import open_media
from dateline.domain.document import Document
from dateline.ports.index import Index, PutStatus
from dateline.ports.media import MediaStore
from dateline.settings import Settings, read_settings
from dateline_web.app import create_app
from dateline_web.context import EXTENSION
from dateline_web.navigation import NAVIGATION, LatestNavigation
from dateline_web.public_media import PublicMedia
from dateline_web.walks import Walks
from unit.web.documents import MINSK, NOW, many_stories, terms_of

Fill = Callable[[Sequence[Document]], None]
Change = Callable[..., None]


@pytest.fixture(scope="session")
def empty_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty index: a copy of it is ready at once."""
    folder = tmp_path_factory.mktemp("empty") / "index"
    made = EmbeddedIndex(folder, MINSK)
    made.ensure()
    made.close()
    return folder


@pytest.fixture
def index(tmp_path: Path, empty_index: Path) -> Iterator[EmbeddedIndex]:
    """An empty index."""
    shutil.copytree(empty_index, tmp_path / "index")
    opened = EmbeddedIndex(tmp_path / "index", MINSK)
    yield opened
    opened.close()


def app_on(index: Index, **settings: str) -> Flask:
    """The application on ``index``, at noon of one day."""
    return create_app(read_settings({}, log_level="error", **settings), index=index, now=lambda: NOW)


@pytest.fixture(scope="session")
def only_app(empty_index: Path) -> Flask:
    """The application with the settings of most tests. Making one takes as long as fifty requests: take ``app``."""
    return app_on(EmbeddedIndex(empty_index, MINSK))


@pytest.fixture
def media(tmp_path: Path) -> MediaStore:
    """An empty media store."""
    return open_media(read_settings({}, media=str(tmp_path / "media")))


@pytest.fixture
def app(only_app: Flask, index: EmbeddedIndex, media: MediaStore) -> Iterator[Flask]:
    """The application on the test's index and media store, which forgets afterwards what the test left in it."""
    before = only_app.extensions
    parts = replace(before[EXTENSION], index=index, media=PublicMedia(media), walks=Walks())
    only_app.extensions = {**before, EXTENSION: parts, NAVIGATION: LatestNavigation(index)}
    yield only_app
    only_app.extensions = before


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A reader."""
    return app.test_client()


@pytest.fixture
def fill(index: EmbeddedIndex) -> Fill:
    """Put documents into the index."""

    def put(documents: Sequence[Document]) -> None:
        assert {result.status for result in index.put(documents)} <= {PutStatus.DONE}

    return put


@pytest.fixture
def change(app: Flask) -> Change:
    """Change the application's time and settings."""

    def changed(now: datetime = NOW, **settings: Any) -> None:
        parts = app.extensions[EXTENSION]
        told: Settings = replace(parts.settings, **settings)
        app.extensions[EXTENSION] = replace(parts, settings=told, now=lambda: now)

    return changed


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A reader of 300 stories, which no test changes."""
    opened = EmbeddedIndex(tmp_path_factory.mktemp("newsroom") / "index", MINSK)
    opened.ensure()
    stories = list(many_stories(300))
    opened.put([*stories, *terms_of(stories)])
    yield app_on(opened).test_client()
    opened.close()


def items(client: FlaskClient, address: str) -> list[dict[str, Any]]:
    """The items of all pages of a listing, from its first."""
    found: list[dict[str, Any]] = []
    following: str | None = address
    while following:
        page = client.get(following).get_json()
        found += page["items"]
        following = page["next"]
    return found
