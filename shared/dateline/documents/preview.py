"""A story that isn't sent, or a front that isn't saved, on its way from the desk to web through a browser: signed by
the one, read by the other.

Nothing is kept anywhere: who hasn't the signed text can't read it, and after its minutes nobody can.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from itsdangerous import BadData, URLSafeSerializer

from dateline.domain.document import StoryDocument
from dateline.domain.front import Placement
from dateline.domain.payload import from_json, to_json
from dateline.errors import CannotStart, NotAllowed
from dateline.private_files import kept_key
from dateline.settings import Settings

LASTS: Final = timedelta(minutes=10)
"""How long a preview can be opened: long enough to reload it, too short to be passed around."""

_SALT: Final = "dateline.preview"
_FRONT_SALT: Final = "dateline.preview.front"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A story as readers would see it, the origins of the ``desk`` that may frame it, and ``until`` when."""

    story: StoryDocument
    desk: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPreview:
    """A front as readers would see it with a placement that isn't saved; ``desk`` and ``until`` as those of a story."""

    placement: Placement
    desk: str
    until: datetime


def preview_key(settings: Settings) -> str:
    """The key that ingest and web share: the setting, or one made once in the data folder.

    Raises ``CannotStart`` where that can't be used.
    """
    try:
        return settings.preview_key or kept_key(settings.data / "preview.key")
    except OSError as error:
        raise CannotStart(f"The data folder {settings.data} can't be used: {error.strerror}") from error


def sign_preview(preview: Preview, key: str) -> str:
    """``preview`` as text that is safe in a form, and that nobody without the key can make or change."""
    told = {"story": to_json(preview.story), "desk": preview.desk, "until": preview.until.isoformat()}
    return _sign(told, key, _SALT)


def read_preview(signed: str, key: str, now: datetime) -> Preview:
    """What ``sign_preview`` made. Raises ``NotAllowed`` for anything else, and when its time is over."""
    told, until = _read(signed, key, _SALT, now)
    return Preview(story=from_json(StoryDocument, told["story"]), desk=told["desk"], until=until)


def sign_front_preview(preview: FrontPreview, key: str) -> str:
    """The same of a front."""
    told = {"placement": to_json(preview.placement), "desk": preview.desk, "until": preview.until.isoformat()}
    return _sign(told, key, _FRONT_SALT)


def read_front_preview(signed: str, key: str, now: datetime) -> FrontPreview:
    """What ``sign_front_preview`` made. Raises ``NotAllowed`` as ``read_preview`` does."""
    told, until = _read(signed, key, _FRONT_SALT, now)
    return FrontPreview(placement=from_json(Placement, told["placement"]), desk=told["desk"], until=until)


def _sign(told: Mapping[str, Any], key: str, salt: str) -> str:
    signed = URLSafeSerializer(key, salt=salt).dumps(told)
    return signed if isinstance(signed, str) else signed.decode("ascii")


def _read(signed: str, key: str, salt: str, now: datetime) -> tuple[Mapping[str, Any], datetime]:
    """What was told, and until when it can be opened."""
    try:
        told = URLSafeSerializer(key, salt=salt).loads(signed)
    except BadData:
        raise NotAllowed("This is no preview that the desk made. Open it from the desk.") from None
    until = datetime.fromisoformat(told["until"])
    if until <= now:
        raise NotAllowed("This preview is over. Open it from the desk again.")
    return told, until
