"""Labels as they are compared: two that differ in case, accents, spaces or signs are the same one."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from dateline.analysis.folding import fold

_SIGNS: Final = re.compile(r"(?:_|[^\w+#])+")
"""``C++`` and ``C#`` are no ``C``."""


def label_key(label: str) -> str:
    """``label`` without what doesn't tell it from another; empty where nothing in it does.

    >>> label_key("  Café-Théâtre ")
    'cafe theatre'
    """
    return _SIGNS.sub(" ", "".join(map(_bare, fold(label))).casefold()).strip()


def _bare(char: str) -> str:
    """A Latin letter without its accents: other scripts are folded already."""
    parts = unicodedata.normalize("NFKD", char)
    return parts[0] if len(parts) > 1 and "LATIN" in unicodedata.name(parts[0], "") else char
