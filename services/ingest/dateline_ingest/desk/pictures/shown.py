"""A picture as the desk's pages show it: its thumbnail, where it stands, and what its rights say, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, cast

from dateline.domain.picture import Crop, Picture, largest_jpeg, rendition_name, sizes
from dateline.ports.ledger.pictures import PictureOnRecord, Pictures
from dateline_ingest.context import parts
from dateline_ingest.desk.template_filters import hold_words

ENDS_SOON: Final = timedelta(days=14)
"""So long before the end of its rights a picture says when that is."""
_SHOWN_BY_BROWSERS: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"})
_MOST_SHOWN: Final = 8_000_000
"""Bytes of an original that stands in for renditions which aren't there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPicture:
    """A picture with what pages say of it. ``thumb`` and ``large`` are addresses, "" where there is nothing to show."""

    on: PictureOnRecord
    thumb: str
    large: str
    state: str
    rights: str
    name: str

    @property
    def lacks_alt(self) -> bool:
        """Whether who doesn't see it is told nothing, and nobody said that nothing need be told."""
        return not (self.on.picture.alt or self.on.picture.decorative)


def pictures() -> Pictures:
    """What the ledger knows of pictures."""
    return cast(Pictures, parts().ledger)


def shown_picture(on: PictureOnRecord) -> ShownPicture:
    """A picture with what pages say of it at this moment."""
    now = datetime.now(UTC)
    return ShownPicture(
        on=on, thumb=thumb_address(on, now), large=large_address(on, now), state=state_words(on),
        rights=rights_words(on.picture, now), name=name_of(on.picture),
    )  # fmt: skip


def name_of(picture: Picture) -> str:
    """How people call a picture: by its caption, else by what it shows, else by its file's name."""
    words = picture.caption or picture.alt or picture.filename or "A picture without words"
    return words if len(words) <= 120 else f"{words[:119].rstrip()}…"


def has_renditions(on: PictureOnRecord, at: datetime) -> bool:
    """Whether its files for readers are there: they are taken off where its rights don't let readers see it."""
    return on.made is not None and on.ready_revision is not None and on.picture.is_usable(at)


def thumb_address(on: PictureOnRecord, at: datetime, crop: Crop = "") -> str:
    """The smallest JPEG of a picture; where there is none the original, if browsers show it."""
    if not has_renditions(on, at):
        return _original(on)
    width, _ = sizes(on.picture.width, on.picture.height, crop)[0]
    return file_address(on.id, rendition_name(width, crop, on.focal, "jpg"))


def large_address(on: PictureOnRecord, at: datetime) -> str:
    """A JPEG of the whole picture as wide as a page of the desk, or the original."""
    if not has_renditions(on, at):
        return _original(on)
    widths = [width for width, _ in sizes(on.picture.width, on.picture.height, "") if width <= 1280]
    name = rendition_name(widths[-1], "", on.focal, "jpg") if widths else _largest(on.picture)
    return file_address(on.id, name)


def _largest(picture: Picture) -> str:
    return largest_jpeg(picture.width, picture.height).name


def _original(on: PictureOnRecord) -> str:
    is_shown = on.picture.media_type in _SHOWN_BY_BROWSERS and on.picture.size <= _MOST_SHOWN
    return file_address(on.id, "original") if is_shown else ""


def file_address(picture_id: str, name: str) -> str:
    """Where staff get a file of a picture."""
    return f"/v1/images/{picture_id}/files/{name}"


def state_words(on: PictureOnRecord) -> str:
    """Where a picture stands, "" where it is ready."""
    if on.state == "quarantined":
        return f"could not be made ready: {on.error or 'nobody knows why'}"
    if on.state == "discarded":
        return "given up"
    if on.state == "withdrawn":
        return "withdrawn"
    if on.made is None:
        return "received, and being made ready"
    return "" if on.ready_revision == on.revision else "a change of it is being made ready"


def rights_words(picture: Picture, now: datetime) -> str:
    """What its rights say that one must know, "" where it may be shown for a while."""
    if picture.usable_from is not None and now < picture.usable_from:
        return f"not to be shown before {hold_words(picture.usable_from)}"
    if picture.usable_until is None or picture.usable_until - now > ENDS_SOON:
        return ""
    over = picture.usable_until <= now
    return f"rights ended {hold_words(picture.usable_until)}" if over else f"until {hold_words(picture.usable_until)}"
