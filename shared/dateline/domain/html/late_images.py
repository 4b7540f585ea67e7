"""Images whose address stands where a script, or a choice among sizes, would look for it, and not in ``src``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Final

import nh3

from dateline.domain.web_address import absolute_address

_LATE: Final = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
_LATE_SETS: Final = ("data-srcset", "data-lazy-srcset")
_FALLBACK: Final = "data-fallback"
IMAGE_ATTRIBUTES: Final = frozenset({*_LATE, *_LATE_SETS, "srcset", _FALLBACK})
SOURCE_ATTRIBUTES: Final = frozenset({*_LATE_SETS, "srcset"})

_MARKS: Final = (*_LATE, "srcset", "<picture", "<noscript")
_NOSCRIPT: Final = re.compile(
    r"<noscript(?:\s[^<>]*)?>((?:(?!</?noscript)[^\0])*)</noscript\s*>",
    re.IGNORECASE,
)
_FALLBACK_READER: Final = nh3.Cleaner(
    tags={"img"}, attributes={"img": {"src", "alt", "width", "height", "style", "hidden", *IMAGE_ATTRIBUTES}}
)
_IMAGE: Final = re.compile(r"<img(?: [^>]*)?>")
_TOKEN: Final = re.compile(r"<(/?)(img|source|picture)((?: [^>]*)?)>")
_TAG: Final = re.compile(r"<[^>]*>")
_ATTRIBUTE: Final = re.compile(r' ([^\s=]+)="([^"]*)"')
_BETWEEN: Final = " \t\n\r\f\v,"
_CANDIDATE: Final = re.compile(r"[\s,]*+(\S++)(?:(?<=,)|([^,]*+))", re.ASCII)
"""An address of ``srcset``, and what is said of it (HTML, section 4.8.4.2.1). In a text without separators at its end
each character is looked at once."""
_SIZE: Final = re.compile(r"(?:(\d{1,9}(?:\.\d{1,9})?)[wx])?", re.ASCII)
"""A width or a density."""
_DOT: Final = frozenset({"0", "1"})
"""The size of images that count readers."""


@dataclass(slots=True)
class _Image:
    """An image that was written: where, whether a script was to show it, and with which address."""

    part: int
    end: int
    address: str
    is_late: bool


def has_late_images(html: str) -> bool:
    """Whether ``html`` has anything for this module to do. Cheap."""
    lowered = html.lower()
    return any(mark in lowered for mark in _MARKS)


def with_fallbacks_open(html: str) -> str:
    """``html`` with the images of ``noscript`` in its place, marked; its words are for browsers that run no scripts."""
    return _NOSCRIPT.sub(lambda found: "".join(_fallbacks(found[1])), html)


def with_addresses(html: str) -> str:
    """Well-formed ``html`` with each image's address in ``src``; what stands in ``noscript`` for it is left out."""
    writer = _Writer(html)
    last = 0
    for token in _TOKEN.finditer(html):
        writer.parts.append(html[last : token.start()])
        last = token.end()
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(token[3])}
        if token[2] == "picture":
            writer.sources = []
        elif token[2] == "source" and not SOURCE_ATTRIBUTES & attributes.keys():
            writer.parts.append(token[0])
        elif token[2] == "source":
            writer.sources += [attributes.get(name, "") for name in (*_LATE_SETS, "srcset")]
        elif not token[1]:
            writer.image(token, attributes)
    return "".join([*writer.parts, html[last:]])


class _Writer:
    """Writes images, each of them once."""

    def __init__(self, html: str) -> None:
        self.parts: list[str] = []
        self.sources: list[str] = []
        self._html = html
        self._before: _Image | None = None

    def image(self, token: re.Match[str], attributes: Mapping[str, str]) -> None:
        """Write an image, unless the one right before it is the same."""
        address, is_late = _address(attributes, self.sources)
        before = self._before if self._is_beside(token.start()) else None
        if before and address and (address == before.address or (before.is_late and _FALLBACK in attributes)):
            if before.address:
                before.end = token.end()
                return
            self.parts[before.part] = ""
        written = {name: value for name, value in attributes.items() if name not in {"src", *IMAGE_ATTRIBUTES}}
        if address:
            written = {"src": address} | written
        self.parts.append("".join(["<img", *(f' {name}="{escape(value)}"' for name, value in written.items()), ">"]))
        self._before = _Image(len(self.parts) - 1, token.end(), address, is_late or not address)

    def _is_beside(self, at: int) -> bool:
        """Whether no words stand between the last image and ``at``."""
        return self._before is not None and not _TAG.sub("", self._html[self._before.end : at]).strip()


def _fallbacks(html: str) -> Iterator[str]:
    for image in _IMAGE.findall(_FALLBACK_READER.clean(html)):
        attributes = dict(_ATTRIBUTE.findall(image))
        if not {attributes.get("width"), attributes.get("height")} & _DOT:
            yield f'<img {_FALLBACK}=""{image[4:]}'


def _address(attributes: Mapping[str, str], sources: list[str]) -> tuple[str, bool]:
    """Where the image is, and whether that stood elsewhere than in ``src``; no address where none leads anywhere."""
    late = [attributes[name] for name in _LATE if name in attributes]
    late += [_largest(attributes[name]) for name in _LATE_SETS if name in attributes]
    for address in late:
        if found := absolute_address(address):
            return found, True
    if found := absolute_address(attributes.get("src", "")):
        return found, False
    for candidates in (attributes.get("srcset", ""), *reversed(sources)):
        if found := _largest(candidates):
            return found, True
    return "", False


def _largest(candidates: str) -> str:
    """The address of a ``srcset`` with the largest picture, of those that lead somewhere."""
    found = [
        (_size(said.strip()), address)
        for written, said in _CANDIDATE.findall(candidates.strip(_BETWEEN))
        if (address := absolute_address(written.rstrip(",")))
    ]
    return max(found, key=lambda one: one[0])[1] if found else ""


def _size(said: str) -> float:
    """A candidate's width or density, 1 where nothing is said, and 0 where it is something else."""
    size = _SIZE.fullmatch(said)
    return float(size[1] or 1) if size else 0.0
