"""XMP: properties out of a packet of RDF (ISO 16684-1), as Dublin Core, Photoshop, IPTC and rights have them."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element, ParseError, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

_RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACES: Final = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop",
    "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/": "iptc",
    "http://iptc.org/std/Iptc4xmpExt/2008-02-29/": "ext",
    "http://ns.adobe.com/xap/1.0/rights/": "rights",
    "http://ns.adobe.com/xap/1.0/": "xmp",
    "http://ns.useplus.org/ldf/xmp/1.0/": "plus",
}
_MOST: Final = 1_000
_MOST_ELEMENTS: Final = 20_000
"""Of a packet: four kilobytes of a PNG unpack to a million, which take seconds and hundreds of megabytes to read."""
_MOST_ATTRIBUTES: Final = 1_000
"""Of an element."""


class _BoundedBuilder(TreeBuilder):
    """Builds no tree of more elements, or of more attributes, than a packet has."""

    def __init__(self) -> None:
        super().__init__()
        self._elements = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        """Begin an element. Raises ``ValueError`` where there were too many."""
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(attrs) > _MOST_ATTRIBUTES:
            raise ValueError("the packet has too many elements")
        return super().start(tag, attrs)


def read_xmp(packet: bytes) -> dict[str, list[str]]:
    """The properties of known namespaces (``dc:description``), each with its values; of one in several languages the
    default one comes first. {} where the packet can't be read, asks for entities, or is made to take long."""
    end = packet.rfind(b">")
    parser = DefusedXMLParser(target=_BoundedBuilder(), forbid_dtd=True)
    try:
        parser.feed(packet[: end + 1].strip(b"\x00 \r\n\t"))
        root = parser.close()
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    found: dict[str, list[str]] = {}
    rdf = next(root.iter(f"{_RDF}RDF"), root)
    for description in rdf.findall(f"{_RDF}Description")[:_MOST]:  # not those inside: each level would be read again
        for name, value in description.attrib.items():
            _add(found, name, [value])
        for child in list(description)[:_MOST]:
            _add(found, child.tag, _values(child))
    return found


def _add(found: dict[str, list[str]], name: str, values: list[str]) -> None:
    space, _, local = name.removeprefix("{").partition("}")
    kept = [text for value in values if (text := value.strip())]
    if kept and (prefix := _SPACES.get(space)):
        found.setdefault(f"{prefix}:{local}", kept[:_MOST])


def _values(element: Element) -> list[str]:
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        return [element.text or element.get(f"{_RDF}resource") or ""]
    items.sort(key=lambda item: item.get(_LANGUAGE) not in (None, "x-default"))
    return [item.text or "" for item in items]
