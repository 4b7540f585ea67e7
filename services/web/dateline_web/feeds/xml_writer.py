"""XML elements with text and attributes, without what XML 1.0 can't hold: for feeds and sitemaps."""

from __future__ import annotations

import re
from typing import Final
from xml.etree import ElementTree

_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold (section 2.2), escaped or not."""


def add_child(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A child of ``parent``, without the characters that XML can't hold."""
    child = ElementTree.SubElement(parent, name, {key: _xml(value) for key, value in attributes.items()})
    child.text = _xml(text) or None
    return child


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def xml_bytes(root: ElementTree.Element) -> bytes:
    """The document of ``root``."""
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
