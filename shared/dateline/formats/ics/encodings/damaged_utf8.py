"""UTF-8 in which a few bytes are none: cut, of another charset, or pairs of surrogates as some databases write them."""

from __future__ import annotations

import re
from typing import Final

_CHARACTER: Final = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""Well-formed ones that are not ASCII (Unicode, table 3-7)."""
_PAIR: Final = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""A character beyond the first 65,536 in CESU-8 (Unicode Technical Report 26)."""
_LONE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_REPLACEMENT: Final = "\ufffd"
_NEARLY_ALL: Final = 4
"""So many characters of UTF-8 for each that is none; in no other charset do so many look like it by chance."""


def mended_utf8(data: bytes, *, is_said: bool = False) -> str | None:
    """``data`` as UTF-8, what is none of it as U+FFFD; None where too little of it is UTF-8.

    Nearly all must be; more than half of it where somebody said (``is_said``) that it is.
    """
    joined = _LONE.sub(_REPLACEMENT.encode(), _PAIR.sub(_joined, data))
    text = joined.decode("utf-8", "replace")
    good = sum(1 for _ in _CHARACTER.finditer(joined)) - joined.count(_REPLACEMENT.encode())
    bad = text.count(_REPLACEMENT) - data.count(_REPLACEMENT.encode())
    return text if good > bad * (1 if is_said else _NEARLY_ALL - 0.5) else None


def _joined(pair: re.Match[bytes]) -> bytes:
    surrogates = pair[0].decode("utf-8", "surrogatepass")
    return surrogates.encode("utf-16-le", "surrogatepass").decode("utf-16-le").encode()
