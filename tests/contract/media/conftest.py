"""The stores that the suite runs on: a folder, and a bucket of a server that speaks as S3 does."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.bootstrap import open_media
from dateline.ports.media import MediaStore
from dateline.settings import read_settings
from servers.s3 import S3Server, running_s3


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    with running_s3() as server:
        yield server


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    """A store without files."""
    settings = {"DATELINE_DATA": str(tmp_path / "data")}
    if request.param == "bucket":
        s3: S3Server = request.getfixturevalue("s3")
        settings |= {"DATELINE_MEDIA": s3.address(f"paper/{uuid.uuid4()}")}
        settings |= {"DATELINE_MEDIA_KEY": "key", "DATELINE_MEDIA_SECRET": "secret"}
    return open_media(read_settings(settings))
