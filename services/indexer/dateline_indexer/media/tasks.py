"""The Celery task of the media worker. A message only wakes; the ledger says which picture is due."""

from __future__ import annotations

from typing import Any

from dateline_indexer.media.worker import app


@app.task(name="dateline.media")  # type: ignore[untyped-decorator]
def prepare(**_: Any) -> None:
    """Make pictures ready until none is due."""
