"""Texts in base64 (``SUMMARY;ENCODING=BASE64:…``, ``data:text/html;base64,…``), read as text."""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from typing import Final
from urllib.parse import unquote_to_bytes

from dateline.formats.ics.encodings.charset import codec_named

_TEXTS: Final = "SUMMARY|DESCRIPTION|LOCATION|COMMENT|CONTACT|CATEGORIES|UID|URL|X-ALT-DESC|STATUS"
_HEAD: Final = re.compile(
    rf"(?:{_TEXTS})(?:;[^:;\"]{{0,100}}){{0,9}};(?:ENCODING=)?\"?(?:BASE64|B)\"?(?=[;:])(?:;[^:;\"]{{0,100}}){{0,9}}:",
    re.IGNORECASE,
)
_CHARSET: Final = re.compile(r";CHARSET=\"?([^;:,\"]{1,40})", re.IGNORECASE)
_ENCODING: Final = re.compile(
    r";(?:ENCODING=)?\"?(?:BASE64|B)\"?(?=[;:])|;CHARSET=[^;:]{0,40}|;VALUE=BINARY", re.IGNORECASE
)
_DATA: Final = re.compile(r"data:(text/[a-z.+-]{1,40})((?:;[^,;]{1,100}){0,9}),", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")


def decoded_base64(line: str) -> str | None:
    """A content line of a text with its value as text, without ENCODING and CHARSET; any other line as it is; None for
    a text that can't be decoded."""
    head = _HEAD.match(line)
    if head is None:
        return line
    text = _text(line[head.end() :], _CHARSET.search(head[0]))
    if text is None:
        return None
    escaped = re.sub(r"\r\n|\r|\n", r"\\n", text.replace("\\", "\\\\"))
    return _ENCODING.sub("", head[0]) + escaped


def read_data_url(url: str) -> tuple[str, str] | None:
    """The media type and the text of a data URL (RFC 2397); None for any other address, and for what is no text."""
    found = _DATA.match(url)
    if found is None:
        return None
    charset = _CHARSET.search(found[2])
    payload = url[found.end() :]
    if found[2].lower().endswith(";base64"):
        text = _text(unquote_to_bytes(payload).decode("ascii", "replace"), charset)
    else:
        text = _decoded(unquote_to_bytes(payload), charset)
    return None if text is None else (found[1].lower(), text)


def _text(value: str, charset: re.Match[str] | None) -> str | None:
    compact = re.sub(r"\s+", "", value).rstrip("=").replace("-", "+").replace("_", "/")
    try:
        return _decoded(b64decode(compact + "=" * (-len(compact) % 4), validate=True), charset)
    except (Error, ValueError):
        return None


def _decoded(data: bytes, charset: re.Match[str] | None) -> str | None:
    """Bytes in their charset, else as UTF-8; None for what is no text."""
    for name in filter(None, (codec_named(charset[1]) if charset else "", "utf-8-sig")):
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
