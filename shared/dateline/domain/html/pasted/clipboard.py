"""The header that Windows' clipboard puts before HTML (CF_HTML): where it begins, and from which file it was copied."""

from __future__ import annotations

import re
from typing import Final

_HEADER: Final = re.compile(
    r"\ufeff?\s{0,20}Version:\s?\d\.\d\s{1,9}"
    r"(?:(?:(?:Start|End)(?:HTML|Fragment|Selection):\s?-?\d{1,20}|SourceURL:[^\r\n<]{0,4000})\s{1,9}){2,12}",
    re.IGNORECASE,
)


def without_clipboard_header(html: str) -> str:
    """``html`` without it. The file's address is nobody's business."""
    found = _HEADER.match(html)
    return html[found.end() :] if found else html
