"""The stores that the suite runs on."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.adapters.media import FolderStore
from dateline.ports.media import MediaStore


@pytest.fixture(params=["folder"])
def store(tmp_path: Path) -> MediaStore:
    """A store without files."""
    return FolderStore(tmp_path / "media")
