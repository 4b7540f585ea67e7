"""Control characters: the C0 and C1 codes but tab, line feed and carriage return. They are dropped from every text.

Two kinds of them are letters or breaks that a program wrote so: C1 codes stand for the characters of Windows-1252, as
HTML reads their numbers (section 13.2.5.80), and a vertical tab is the line break of Word, PowerPoint and InDesign.
"""

from __future__ import annotations

import re
from typing import Final

_CONTROL_CHARACTERS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_C1: Final = re.compile(r"[\x80-\x9f]")
_SOFT_BREAK: Final = re.compile(r"(?<=[^\x00-\x1f\x7f])\x0b+(?=[^\x00-\x1f\x7f])")
"""Beside other control characters a vertical tab is noise, as they are."""
_MEANT: Final = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}


def drop_control_characters(text: str) -> str:
    """``text`` without control characters; tab, newline and return stay, and what others were meant for.

    >>> drop_control_characters("Minsk\\x92s\\x00 vote")
    'Minsk’s vote'
    """
    if not _CONTROL_CHARACTERS.search(text):
        return text
    if "\x0b" in text:
        text = _SOFT_BREAK.sub("\n", text)
    if _C1.search(text):
        text = text.translate(_MEANT)
    return _CONTROL_CHARACTERS.sub("", text)
