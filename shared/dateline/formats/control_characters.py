"""Control characters: the C0 and C1 codes but tab, line feed and carriage return. They are dropped from every text."""

from __future__ import annotations

import re
from typing import Final

_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def drop_control_characters(text: str) -> str:
    """``text`` without control characters; tab, newline and return stay."""
    return _CONTROL_CHARACTERS.sub("", text)
