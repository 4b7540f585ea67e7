"""A story that isn't sent, on its way from the desk to web through a browser: signed by the one, read by the other.

Nothing is kept anywhere: who hasn't the signed text can't read the story, and after its minutes nobody can.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from itsdangerous import BadData, URLSafeSerializer

from dateline.domain.document import StoryDocument
from dateline.domain.payload import from_json, to_json
from dateline.errors import CannotStart, NotAllowed
from dateline.private_files import kept_key
from dateline.settings import Settings

LASTS: Final = timedelta(minutes=10)
"""How long a preview can be opened: long enough to reload it, too short to be passed around."""

_SALT: Final = "dateline.preview"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A story as readers would see it, the origins of the ``desk`` that may frame it, and ``until`` when."""

    story: StoryDocument
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
    signed = URLSafeSerializer(key, salt=_SALT).dumps(told)
    return signed if isinstance(signed, str) else signed.decode("ascii")


def read_preview(signed: str, key: str, now: datetime) -> Preview:
    """What ``sign_preview`` made. Raises ``NotAllowed`` for anything else, and when its time is over."""
    try:
        told = URLSafeSerializer(key, salt=_SALT).loads(signed)
    except BadData:
        raise NotAllowed("This is no preview that the desk made. Open it from the desk.") from None
    until = datetime.fromisoformat(told["until"])
    if until <= now:
        raise NotAllowed("This preview is over. Open it from the desk again.")
    return Preview(story=from_json(StoryDocument, told["story"]), desk=told["desk"], until=until)
