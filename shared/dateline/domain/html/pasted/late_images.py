"""Images whose address stands where a script, or a choice among sizes, would look for it, and not in ``src``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

import nh3

from dateline.domain.html.pasted.embeds import FALLBACK
from dateline.domain.html.pasted.hiding import is_zero
from dateline.domain.html.pasted.looks import declarations
from dateline.domain.html.pasted.sizes import is_shrunk
from dateline.domain.html.tags import attributes_of
from dateline.domain.web_address import absolute_address

_LATE: Final = (
    "data-orig-file", "data-full-url", "data-large-file", "data-hi-res-src", "data-src", "data-lazy-src",
    "data-original", "data-actualsrc", "data-lazyload", "data-lazy", "data-cfsrc", "data-ll-src", "data-echo",
)  # fmt: skip
_LATE_SETS: Final = ("data-srcset", "data-lazy-srcset", "data-original-set", "data-cfsrcset", "data-ll-srcset")
IMAGE_ATTRIBUTES: Final = frozenset({*_LATE, *_LATE_SETS, "srcset", FALLBACK})
SOURCE_ATTRIBUTES: Final = frozenset({*_LATE_SETS, "srcset", "media"})

_MARKS: Final = ("data-", "srcset", "<picture", "<noscript")
_NOSCRIPT: Final = re.compile(
    r"<noscript(?:\s[^<>]*)?>((?:(?!</?noscript)[^\0])*)</noscript\s*>",
    re.IGNORECASE,
)
_SIZED: Final = frozenset({"src", "width", "height", "style", "hidden", "layout"})
_FALLBACK_READER: Final = nh3.Cleaner(
    tags={"img", "iframe"},
    attributes={"img": {"alt", *_SIZED, *IMAGE_ATTRIBUTES}, "iframe": {"title", "data-src", *_SIZED}},
)
_SHOWN: Final = re.compile(r"<(img|iframe)((?: [^>]*)?)>")
_TOKEN: Final = re.compile(r"<(/?)(img|source|picture)((?: [^>]*)?)>")
_TAG: Final = re.compile(r"<[^>]*>")
_BETWEEN: Final = " \t\n\r\f\v,"
_CANDIDATE: Final = re.compile(r"[\s,]*+(\S++)(?:(?<=,)|([^,]*+))", re.ASCII)
"""An address of ``srcset``, and what is said of it (HTML, section 4.8.4.2.1). In a text without separators at its end
each character is looked at once."""
_SIZE: Final = re.compile(r"(?:(\d{1,9}(?:\.\d{1,9})?)[wx])?", re.ASCII)
"""A width or a density."""
_STAND_IN: Final = frozenset({
    "blank", "spacer", "placeholder", "holder", "transparent", "1x1", "1px", "loading", "loader", "lazy", "lazyload",
    "dummy", "empty", "fallback", "grey", "gray", "preload", "preloader", "pixel", "spinner", "trans", "clear",
    "noimage", "lqip",
})  # fmt: skip
_BESIDE_IT: Final = re.compile(
    r"(?:image|img|place|bg|post|article|default|white|black|light|dark|thumb|no|px|\d+(?:x\d+)?)"
)
"""Of both are the names of files that are shown until the picture comes."""
_NARROW: Final = re.compile(r"max-width|prefers-color-scheme|print", re.IGNORECASE)
"""Of ``media``: for small windows, or another taste."""

_PREVIEW: Final = re.compile(r"https?://[\w.-]{0,100}(?<=[./])medium\.com/(?:[^?#]{0,100}freeze/|[^?#]{0,1000}\?q=\d)")
_MOST_BESIDE: Final = 3
"""Images that may stand for one: blurred, for a script, and without one."""


@dataclass(slots=True)
class _Image:
    """An image that was written: where, whether a script was to show it, and with which address."""

    part: int
    end: int
    address: str
    is_late: bool
    is_faded: bool = False


_SIGN_CLASSES: Final = frozenset({"emoji", "wp-smiley", "twemoji", "twitter-emoji", "joypixels", "emojione", "an1"})
_LONGEST_SIGN: Final = 16
"""Code points of an emoji with its joiners."""


def has_late_images(html: str) -> bool:
    """Whether ``html`` has anything for this module to do. Cheap."""
    lowered = html.lower()
    return any(mark in lowered for mark in _MARKS)


def with_fallbacks_open(html: str) -> str:
    """``html`` with the images and frames of ``noscript`` in its place, marked.

    Its words are for browsers that run no scripts.
    """
    return _NOSCRIPT.sub(lambda found: "".join(_fallbacks(found[1])), html)


def with_addresses(html: str) -> str:
    """Well-formed ``html`` with each image's address in ``src``; what stands in ``noscript`` for it is left out."""
    writer = _Writer(html)
    last = 0
    for token in _TOKEN.finditer(html):
        writer.parts.append(html[last : token.start()])
        last = token.end()
        attributes = attributes_of(token[3])
        if token[2] == "picture":
            writer.sources, writer.narrow = [], []
        elif token[2] == "source" and not SOURCE_ATTRIBUTES & attributes.keys():
            writer.parts.append(token[0])
        elif token[2] == "source":
            sets = [attributes.get(name, "") for name in (*_LATE_SETS, "srcset")]
            (writer.narrow if _NARROW.search(attributes.get("media", "")) else writer.sources).extend(sets)
        elif not token[1]:
            writer.image(token, attributes)
    return "".join([*writer.parts, html[last:]])


class _Writer:
    """Writes images, each of them once."""

    def __init__(self, html: str) -> None:
        self.parts: list[str] = []
        self.sources: list[str] = []
        self.narrow: list[str] = []
        self._html = html
        self._beside: list[_Image] = []
        """The last images, of which none has words behind it."""

    def image(self, token: re.Match[str], attributes: Mapping[str, str]) -> None:
        """Write an image, unless one right before it is the same."""
        address, is_late = _address(attributes, self.sources, self.narrow)
        if not self._is_beside(token.start()):
            self._beside = []
        style = dict(declarations(attributes["style"])) if "opacity" in attributes.get("style", "") else {}
        is_faded = is_zero(style.pop("opacity", ""))
        if is_faded and (is_late or FALLBACK in attributes):  # a script, or a style, shows it once it is there
            attributes = {**attributes, "style": ";".join(f"{name}:{value}" for name, value in style.items())}
            is_faded = False
        for before in [one for one in self._beside if address and self._is_same(one, address, attributes)]:
            is_preview = before.address != address and _is_preview(before.address)
            if before.address and not before.is_faded and not is_preview:
                self._beside[-1].end = token.end()
                return
            self.parts[before.part] = ""
            self._beside.remove(before)
        written = {name: value for name, value in attributes.items() if name not in {"src", *IMAGE_ATTRIBUTES}}
        if address:
            written = {"src": address} | written
        self.parts.append("".join(["<img", *(f' {name}="{escape(value)}"' for name, value in written.items()), ">"]))
        image = _Image(len(self.parts) - 1, token.end(), address, is_late or not address, is_faded)
        self._beside = [*self._beside, image][-_MOST_BESIDE:]

    def _is_same(self, before: _Image, address: str, attributes: Mapping[str, str]) -> bool:
        """Whether an image is the one ``before``, the picture for which that stood, or what stands in ``noscript``."""
        if address == before.address or (_is_preview(before.address) and _file(address) == _file(before.address)):
            return True
        return before is self._beside[-1] and before.is_late and FALLBACK in attributes

    def _is_beside(self, at: int) -> bool:
        """Whether no words stand between the last image and ``at``."""
        return bool(self._beside) and not _TAG.sub("", self._html[self._beside[-1].end : at]).strip()


def _is_preview(address: str) -> bool:
    """Whether it is Medium's blurred picture, which is shown until the other comes."""
    return _PREVIEW.match(address) is not None


def _file(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


def _fallbacks(html: str) -> Iterator[str]:
    for shown in _SHOWN.finditer(_FALLBACK_READER.clean(html)):
        attributes = attributes_of(shown[2])
        style = dict(declarations(attributes.get("style", "")))
        if not is_shrunk(attributes, style):
            yield f'<{shown[1]} {FALLBACK}=""{shown[2]}>' + ("</iframe>" if shown[1] == "iframe" else "")


def _address(attributes: Mapping[str, str], sources: list[str], narrow: list[str]) -> tuple[str, bool]:
    """Where the image is, and whether that stood elsewhere than in ``src``; no address where none leads anywhere.

    The largest of those whose size is told; else what a script would show, what is shown without one, and the rest.
    What stands in for a picture until it comes is the last.
    """
    sets = [_largest(attributes[name]) for name in (*_LATE_SETS, "srcset") if name in attributes]
    sets += map(_largest, reversed(sources))
    src = absolute_address(attributes.get("src", "")) or ""
    size, largest = max(sets, key=lambda one: one[0], default=(0.0, ""))
    if size > max(1.0, _width(attributes) if src and size > _DENSE else 0.0) and not _stands_in(largest):
        return largest, largest != src
    late = [absolute_address(attributes[name]) or "" for name in _LATE if name in attributes]
    late += [_largest(attributes[name])[1] for name in _LATE_SETS if name in attributes]
    others = [*(address for _, address in sets), *(_largest(one)[1] for one in narrow)]
    # of a set without sizes the one takes the place of src (HTML, section 4.8.4.3.7)
    own = next((address for size, address in [_largest(attributes.get("srcset", ""))] if size <= 1), "")
    candidates = [address for address in (*late, own, src, *others) if address]
    found = next((one for one in candidates if not _stands_in(one)), next(iter(candidates), ""))
    return found, found != src


_LONGEST_NAME: Final = 100
_MOST_WORDS: Final = 9
_DENSE: Final = 10.0
"""Above this a size is a width, and no density."""


def _stands_in(address: str) -> bool:
    name = address.partition("?")[0].rpartition("/")[2]
    words = re.split(r"[-_. ]", name.lower(), maxsplit=_MOST_WORDS) if len(name) < _LONGEST_NAME else []
    known = [word for word in words[:-1] if word in _STAND_IN]
    return bool(known) and all(word in _STAND_IN or _BESIDE_IT.fullmatch(word) for word in words[:-1])


def _width(attributes: Mapping[str, str]) -> float:
    """The width that ``src`` was made for, where that is none of the set's."""
    written = attributes.get("width", "").strip().removesuffix("px")
    known = (attributes.get(name, "") for name in ("srcset", *_LATE_SETS))
    is_known = any(attributes.get("src", "").strip() in one for one in known)
    return float(written) if written.isascii() and written.isdigit() and len(written) < 6 and not is_known else 0.0


def _largest(candidates: str) -> tuple[float, str]:
    """The largest picture of a ``srcset``, of those that lead somewhere: its size, and its address."""
    found = [
        (_size(said.strip()), address)
        for written, said in _CANDIDATE.findall(candidates.strip(_BETWEEN))
        if (address := absolute_address(written.rstrip(",")))
    ]
    return max(found, key=lambda one: one[0], default=(0.0, ""))


def _size(said: str) -> float:
    """A candidate's width or density, 1 where nothing is said, and 0 where it is something else."""
    size = _SIZE.fullmatch(said)
    return float(size[1] or 1) if size else 0.0


def drawn_sign(attributes: Mapping[str, str]) -> str:
    """The sign that an image only draws (an emoji of WordPress, of X, of Gmail); empty for any other image."""
    classes = attributes.get("class", "").lower().split()
    alt = attributes.get("alt", "").strip()
    is_drawn = "data-goomoji" in attributes or not _SIGN_CLASSES.isdisjoint(classes)
    is_drawn = is_drawn or "/emoji" in attributes.get("src", "")
    return alt if is_drawn and 0 < len(alt) <= _LONGEST_SIGN and not re.search(r"[^\W\d_]", alt) else ""
