"""The way of a picture: claim, then make its renditions in a child process, keep them in the media store, mark.

What a picture's rights don't let readers see has no files for them. Everything may be repeated: names stand for the
same bytes each time, and only the newest claim is heard.
"""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import structlog

from dateline.domain.picture import ANIMATED, MadePicture, Picture, renditions
from dateline.errors import InvalidInput, MediaMissing, MediaUnavailable, PictureUnreadable, RenderingFailed
from dateline.pictures.child import WALL_SECONDS, render_in_child
from dateline.ports.ledger.claims import Indexed, Later, Quarantine
from dateline.ports.ledger.pictures import ClaimedPicture, PictureOutcome, Pictures
from dateline.ports.media import MediaStore, original_key, rendition_key, rights_key
from dateline.ports.wakeup import Lane, WakeUp

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.media")

WORK_SECONDS: Final = 10.0
"""A task begins pictures so long."""
LEASE: Final = timedelta(seconds=2 * WALL_SECONDS)
AGAIN: Final = timedelta(seconds=5)
"""When a picture comes again for which the media store wasn't there."""
FOLDER_PREFIX: Final = "dateline-picture-"
_PUTTING: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparing:
    """Makes pictures ready, one after another, for one process."""

    ledger: Pictures
    store: MediaStore
    wakeup: WakeUp
    worker: str
    clock: Callable[[], float] = time.monotonic

    def work(self, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Take pictures until none is due; returns True where there may be more, since time was over before.

        Raises ``LedgerUnavailable``: then the lease ends, and the picture comes again.
        """
        until = self.clock() + WORK_SECONDS
        while self.take_one():
            if stopping() or self.clock() >= until:
                return True
        return False

    def take_one(self) -> bool:
        """Take one picture its whole way; False where none is due."""
        claimed = next(iter(self.ledger.claim_pictures(worker=self.worker, lease=LEASE, limit=1)), None)
        if claimed is None:
            return False
        outcome = self._outcome(claimed)
        if not self.ledger.mark_pictures([outcome]):
            self._drop_if_gone(claimed)
        elif outcome.changed:
            self.wakeup.wake(Lane.LIVE)
        _log(outcome)
        return True

    def _outcome(self, claimed: ClaimedPicture) -> PictureOutcome:
        item = claimed.claimed
        try:
            return self._prepare(claimed, datetime.now(UTC))
        except MediaUnavailable as away:
            later = Later(claimed=item, delay=AGAIN, stage="media store", reason=str(away), counted=False)
            return PictureOutcome(outcome=later, public=False, changed=False)
        except RenderingFailed as failed:
            later = Later(claimed=item, delay=AGAIN, stage="renditions", reason=str(failed))
            return PictureOutcome(outcome=later, public=False, changed=False)
        except (PictureUnreadable, InvalidInput, MediaMissing) as broken:
            refused = Quarantine(claimed=item, stage="renditions", reason=str(broken))
            return PictureOutcome(outcome=refused, public=False, changed=False)

    def _prepare(self, claimed: ClaimedPicture, now: datetime) -> PictureOutcome:
        picture, item = claimed.picture, claimed.claimed
        if picture is None:
            self._drop(claimed.sha256, original=True)
            return PictureOutcome(outcome=Indexed(claimed=item, public=False), public=False)
        again = picture.next_change(now)
        if not picture.is_usable(now):
            self._drop(claimed.sha256)
            return PictureOutcome(outcome=Indexed(claimed=item, public=False, again_at=again), public=False)
        made = self._make(picture, None if claimed.anew else claimed.made, anew=claimed.anew)
        return PictureOutcome(outcome=Indexed(claimed=item, again_at=again), public=True, made=made)

    def _make(self, picture: Picture, made: MadePicture | None, *, anew: bool) -> MadePicture:
        """Have every rendition in the store, and before them until when they may be shown."""
        rights = {"usable_until": picture.usable_until.isoformat() if picture.usable_until else None}
        self.store.put(rights_key(picture.sha256), io.BytesIO(json.dumps(rights).encode()))
        there = () if anew or made is None else self._there(picture.sha256)
        if made is not None and _names(picture, made) <= set(there):
            return made
        focal = picture.focal or (made.focal if made else None)
        with TemporaryDirectory(prefix=FOLDER_PREFIX) as name, self.store.local(original_key(picture.sha256)) as path:
            folder = Path(name)
            work = render_in_child(path.resolve(), folder, (picture.width, picture.height), focal, there)
            with ThreadPoolExecutor(_PUTTING) as threads:
                list(threads.map(lambda one: self._keep(picture.sha256, folder / one), work.names))
        return made if made and not work.made.jpeg_size else work.made

    def _keep(self, sha256: str, file: Path) -> None:
        self.store.put(rendition_key(sha256, file.name), file)

    def _there(self, sha256: str) -> tuple[str, ...]:
        return tuple(key.rpartition("/")[2] for key in self.store.keys(f"renditions/{sha256}/"))

    def _drop(self, sha256: str, *, original: bool = False) -> None:
        """Take the files off that readers have; what says until when they may be shown goes last."""
        if not sha256:
            return
        rights = rights_key(sha256)
        self.store.delete(*(key for key in self.store.keys(f"renditions/{sha256}/") if key != rights))
        self.store.delete(rights, *([original_key(sha256)] if original else []))

    def _drop_if_gone(self, claimed: ClaimedPicture) -> None:
        """Another worker had this picture meanwhile: take off what was kept here after it took it off there."""
        now = datetime.now(UTC)
        known = self.ledger.pictures_of([claimed.claimed.item_id]).get(claimed.claimed.item_id)
        if known is None or not known.picture.is_usable(now):
            self._drop(claimed.sha256, original=known is None)


def _names(picture: Picture, made: MadePicture) -> set[str]:
    focal = picture.focal or made.focal
    names = {one.name for one in renditions(picture.width, picture.height, focal)}
    return names | {ANIMATED} if made.animated else names


def _log(outcome: PictureOutcome) -> None:
    match outcome.outcome:
        case Indexed(claimed=item):
            log.info("picture ready", item=item.item_id, version=item.version, public=outcome.public)
        case Later(claimed=item, stage=stage, reason=reason):
            log.warning("later", stage=stage, item=item.item_id, version=item.version, reason=reason)
        case Quarantine(claimed=item, stage=stage, reason=reason):
            log.error("quarantined", stage=stage, item=item.item_id, version=item.version, reason=reason)
