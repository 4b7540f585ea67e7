"""Tags as nh3 writes them: in attributes and text it escapes both angle brackets."""

from __future__ import annotations

import re
from html import unescape
from typing import Final

TAG: Final = re.compile(r"<(/?)([a-z][^\s/>]*)([^>]*)>")
"""Whether it ends its element, what that is called, and the attributes."""
_ATTRIBUTE: Final = re.compile(r'([^\s=]+)="([^"]*)"')


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of a tag by their names, from what stands between the element's name and ``>``."""
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(written)}
