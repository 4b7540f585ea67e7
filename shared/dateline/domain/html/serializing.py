"""A way around nh3: it takes time by the square of the signs such as ``«`` and ``¹`` that stand in one text."""

from __future__ import annotations

import re
from typing import Final, Protocol

_SLOW: Final = re.compile("[\x80-\xbf]")
"""Those that UTF-8 begins with the same byte as a no-break space, which its serializer looks for."""
_FEW: Final = 2_000
_ELSEWHERE: Final = 0xF0000
_THERE: Final = {code: _ELSEWHERE + code for code in range(0x80, 0xC0)}
_BACK: Final = {moved: code for code, moved in _THERE.items()}
_IN_THE_WAY: Final = re.compile(f"[{chr(_ELSEWHERE + 0x80)}-{chr(_ELSEWHERE + 0xBF)}]")


class Cleaner(Protocol):
    """What writes HTML anew."""

    def clean(self, html: str) -> str:
        """``html`` as it lets it through."""
        ...


def serialized(cleaner: Cleaner, html: str) -> str:
    """What ``cleaner`` makes of ``html``: where it has very many of those signs, it sees others of private use."""
    if html.isascii() or sum(1 for _ in zip(range(_FEW), _SLOW.finditer(html), strict=False)) < _FEW:
        return cleaner.clean(html)
    return cleaner.clean(_IN_THE_WAY.sub("", html).translate(_THERE)).translate(_BACK)
