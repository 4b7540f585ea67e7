"""Takes off files of the media store that no picture on record has: of uploads whose commit never came, and the like.

A sweep looks at one of 256 parts of the store, those whose SHA-256 begins alike; the clock says which, so that all of
the store is looked at every few hours and no sweep takes long. Several at a time do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

import structlog

from dateline.ports.ledger.pictures import Pictures
from dateline.ports.media import MediaStore

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.media")

PARTS: Final = 256
PART_SECONDS: Final = 60
"""How long it is a part's turn."""
KEPT: Final = timedelta(days=1)
"""How long a file may be there before a picture has it."""
UNFINISHED_KEPT: Final = timedelta(hours=1)
"""How long a file may be coming in without a byte more."""
_MOST_ORPHANS: Final = 20
"""More than these, and than there are pictures: that is another newsroom's store, or a ledger that lost its data."""
_PAGE: Final = 1000


def sweep_files(ledger: Pictures, store: MediaStore, at: datetime) -> int:
    """Take off what no picture has in the part whose turn it is; returns how many files.

    Where the ledger has no picture at all nothing goes: it may be about to be restored. Raises ``LedgerUnavailable``
    and ``MediaUnavailable``.
    """
    unfinished = store.drop_unfinished(at - UNFINISHED_KEPT)
    if not ledger.files_of_pictures(limit=1):
        return unfinished
    part = f"{int(at.timestamp() // PART_SECONDS) % PARTS:02x}"
    orphans = [(sha256, keys) for sha256, keys in _old_files(store, part, at - KEPT) if not _is_named(ledger, sha256)]
    if len(orphans) > _MOST_ORPHANS + sum(1 for _ in _named(ledger, part)):
        log.error(
            "most files of the media store belong to no picture: none is taken off", part=part, files=len(orphans)
        )
        return unfinished
    for sha256, keys in orphans:
        if not _is_named(ledger, sha256):  # nobody sent it again meanwhile
            store.delete(*keys)
            log.info("files without a picture taken off", sha256=sha256, files=len(keys))
    return unfinished + sum(len(keys) for _, keys in orphans)


def _old_files(store: MediaStore, part: str, before: datetime) -> Iterator[tuple[str, list[str]]]:
    """The files of a part by their pictures' SHA-256: the originals, and then the renditions."""
    for folder in ("originals", "renditions"):
        keys = store.keys(f"{folder}/{part}", before=before)
        for sha256, files in groupby(keys, key=lambda key: key.split("/")[1]):
            if len(sha256) == 64:  # what somebody else put there is left alone
                yield sha256, list(files)


def _is_named(ledger: Pictures, sha256: str) -> bool:
    """Whether a picture has that file; the first SHA-256 behind all but its last letter is its own."""
    return sha256 in ledger.files_of_pictures(after=sha256[:-1], limit=1)


def _named(ledger: Pictures, part: str) -> Iterator[str]:
    """The files of a part that pictures have."""
    after = part
    while page := [one for one in ledger.files_of_pictures(after=after, limit=_PAGE) if one.startswith(part)]:
        yield from page
        after = page[-1]
