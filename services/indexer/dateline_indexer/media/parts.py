"""What one process of the media worker works with; built when it is first needed, after the fork."""

from __future__ import annotations

import shutil
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Final

from dateline.bootstrap import open_ledger, open_media, open_wakeup
from dateline.settings import Settings, read_settings
from dateline_indexer.media.preparing import FOLDER_PREFIX, Preparing
from dateline_indexer.parts import worker_name

_LEFT_OVER_SECONDS: Final = 600


@cache
def preparing() -> Preparing:
    """The work of this process."""
    return build(read_settings())


def build(settings: Settings) -> Preparing:
    """The work for ``settings``; nothing is connected yet."""
    return Preparing(
        ledger=open_ledger(settings),
        store=open_media(settings),
        wakeup=open_wakeup(settings),
        worker=worker_name(),
    )


def remove_left_overs() -> None:
    """Take off the temporary folders of workers that were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        try:
            if folder.stat().st_mtime < time.time() - _LEFT_OVER_SECONDS:
                shutil.rmtree(folder)
        except OSError:  # another worker's, or gone by now
            continue
