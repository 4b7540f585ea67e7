"""What stands in addresses: slugs, years, months and days. An address that can't be one is no address (404)."""

from __future__ import annotations

import re
from typing import Final

from werkzeug.routing import BaseConverter

from dateline.domain.picture import ANIMATED, CROPS, FORMATS, WIDTHS
from dateline.domain.tag import PLURAL, TagType
from dateline.domain.term import TERM_PLURAL, TermType

TAG_TYPE_OF: Final[dict[str, TagType]] = {plural: type for type, plural in PLURAL.items()}
"""The type by its name in addresses (people)."""
TERM_TYPE_OF: Final[dict[str, TermType]] = {plural: type for type, plural in TERM_PLURAL.items()}
"""The same with sections."""


class SlugConverter(BaseConverter):
    """A term's slug."""

    regex = "[a-z0-9-]{1,100}"


class DigitsConverter(BaseConverter):
    """A number written with as many digits as given: ``<digits(4):year>``."""

    def __init__(self, map: object, length: int) -> None:
        super().__init__(map)  # type: ignore[arg-type]
        self.regex = f"[0-9]{{{length}}}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)


class Sha256Converter(BaseConverter):
    """The SHA-256 of a file, in hex."""

    regex = "[0-9a-f]{64}"


class RenditionConverter(BaseConverter):
    """The name of a picture's rendition, as ``domain.picture.renditions`` makes them; or of a GIF that moves."""

    _PER_CENT = "(?:100|[1-9]?[0-9])"
    _WIDTH = "|".join(["[1-9][0-9]?", "[12][0-9][0-9]", "3[01][0-9]", *map(str, WIDTHS)])
    """One of those made, or less than the least: of a narrower picture."""
    _CROP = "|".join(crop.replace(":", "x") for crop in CROPS if crop)
    regex = rf"(?:(?:{_WIDTH})(?:-(?:{_CROP})-{_PER_CENT}x{_PER_CENT})?\.(?:{'|'.join(FORMATS)})|{re.escape(ANIMATED)})"


class TagTypeConverter(BaseConverter):
    """A type of tags by its name in addresses: ``/people`` is ``person``."""

    regex = "|".join(PLURAL.values())

    def to_python(self, value: str) -> str:
        """The type."""
        return TAG_TYPE_OF[value]

    def to_url(self, value: str) -> str:
        """Its name in addresses."""
        return TERM_PLURAL[value]  # type: ignore[index]


CONVERTERS: Final = {
    "slug": SlugConverter, "digits": DigitsConverter, "tags": TagTypeConverter, "sha256": Sha256Converter,
    "rendition": RenditionConverter,
}  # fmt: skip


def described(converter: BaseConverter) -> dict[str, str]:
    """What the OpenAPI document says of a part of an address."""
    return {"type": "string", "pattern": f"^(?:{converter.regex})$"}
