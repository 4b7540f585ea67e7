"""What a wire puts on every story, and what says nothing of how alike two are: bylines, datelines, credits."""

from __future__ import annotations

import re
from typing import Final

_CREDIT: Final = re.compile(
    r"^[ \t(\[*–—-]*(?:"
    r"by [^\n.]{2,60}$"
    r"|(?:additional |further )*(?:reporting|writing|editing|compiled|translated|photos?|video|graphics?) (?:by|from)\b"
    r"|(?:©|copyright\b|\(c\))|all rights reserved|our standards:|sources?:|editors?:|read (?:more|also)\b|follow us\b"
    r"|sign up\b|subscribe\b|this (?:story|report|article) (?:was|has been)\b"
    r"|(?:автор|источник|редактор|фото|читайте также|подписывайтесь|крыніца|аўтар|рэдактар|чытайце таксама)\b"
    r")[^\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
_IN_BRACKETS: Final = re.compile(
    r"\((?:additional |further )*(?:reporting|writing|editing|compiled|translated)\b[^()\n]{0,300}\)", re.IGNORECASE
)
_DATELINE: Final = re.compile(r"^[^\n()]{2,60}\([^()\n]{2,40}\)[ \u00a0]*(?:--?|[–—:])[ \u00a0]*")
_END_MARK: Final = re.compile(r"^\s*(?:-0-|-30-|###)\s*$", re.MULTILINE)


def without_boilerplate(text: str) -> str:
    """The text without its dateline, and without the lines that only say who wrote, edited or owns it."""
    text = _DATELINE.sub("", text.lstrip(), count=1)
    for pattern in (_IN_BRACKETS, _CREDIT, _END_MARK):
        text = pattern.sub("", text)
    return text
