"""What stands in addresses: slugs, years, months and days. An address that can't be one is no address (404)."""

from __future__ import annotations

from typing import Final

from werkzeug.routing import BaseConverter


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


CONVERTERS: Final = {"slug": SlugConverter, "digits": DigitsConverter}
