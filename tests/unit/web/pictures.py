"""Pictures of the newsroom as documents hold them, with files that stand for their renditions."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import Any, Final

from dateline.domain.picture import FocalPoint, PublicImage, largest_jpeg, media_path

_numbers = count(1)
ID: Final = "01kb0000000000000000000000"


def picture(alt: str = "A bridge at dusk", width: int = 2000, height: int = 1500, **fields: Any) -> PublicImage:
    """A picture of ours."""
    number = next(_numbers)
    digest = sha256(str(number).encode()).hexdigest()
    given = {
        "id": f"{ID[:-6]}{number:06}", "sha256": digest, "width": width, "height": height, "alt": alt,
        "url": media_path(digest, largest_jpeg(width, height).name), "focal": FocalPoint(40, 60),
        "credit": "Dateline drawing",
    }  # fmt: skip
    return PublicImage(**(given | fields))
