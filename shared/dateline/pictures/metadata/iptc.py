"""IPTC-IIM: the records of datasets that agencies write, out of Photoshop's block (IIM 4.2, chapter 1 and record 2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_NAMES: Final[dict[int, str]] = {
    5: "title", 25: "keyword", 55: "date", 60: "time", 80: "byline", 90: "city", 92: "sublocation", 95: "region",
    101: "country", 105: "headline", 110: "credit", 115: "source", 116: "copyright", 120: "caption",
}  # fmt: skip
_RESOURCE: Final = b"8BIM"
_IPTC: Final = 0x0404
_MOST: Final = 1_000
_UTF_8: Final = b"\x1b%G"


def read_iptc(photoshop: bytes) -> dict[str, list[str]]:
    """The datasets that are known here, each with its values; {} where there are none.

    They are UTF-8 where the file says so or they read as that; Latin-1 otherwise.
    """
    found: dict[str, list[str]] = {}
    said_utf_8 = False
    for record, number, value in _datasets(_resource(photoshop)):
        if (record, number) == (1, 90):
            said_utf_8 = value == _UTF_8
        elif record == 2 and number in _NAMES and (text := _text(value, said_utf_8).strip("\x00 \r\n\t")):
            found.setdefault(_NAMES[number], []).append(text)
    return found


def _resource(block: bytes) -> bytes:
    """The resource of Photoshop's that holds the datasets."""
    at = 0
    for _ in range(_MOST):
        if block[at : at + 4] != _RESOURCE:
            return b""
        number, name = int.from_bytes(block[at + 4 : at + 6], "big"), block[at + 6 : at + 7]
        start = at + 6 + (1 + (name[0] if name else 0) + 1) // 2 * 2
        length = int.from_bytes(block[start : start + 4], "big")
        if number == _IPTC:
            return block[start + 4 : start + 4 + length]
        at = start + 4 + length + length % 2
    return b""


def _datasets(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    for _ in range(_MOST):
        if len(block) < at + 5 or block[at] != 0x1C:
            return
        record, number, length = block[at + 1], block[at + 2], int.from_bytes(block[at + 3 : at + 5], "big")
        if length & 0x8000:  # one of over 32 KB, whose length is told in as many bytes
            return
        yield record, number, block[at + 5 : at + 5 + length]
        at += 5 + length


def _text(value: bytes, said_utf_8: bool) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8", "replace") if said_utf_8 else value.decode("latin-1")
