"""Addresses that mail programs and networks wrapped in their own, to count or check who follows them.

They name more than where they lead: Outlook's and Proofpoint's say to whom the mail went.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from html import escape, unescape
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from dateline.domain.web_address import MOST_CHARACTERS, absolute_address

_MOST_WRAPPED: Final = 3
_WRAPPERS: Final[tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]] = tuple(
    (re.compile(rf"https?://{pattern}", re.IGNORECASE), names)
    for pattern, names in (
        (r"[\w.-]{1,60}\.safelinks\.protection\.outlook\.com/[^?]{0,200}\?", ("url",)),
        (r"statics\.teams\.cdn\.office\.net/[^?]{0,200}/atp-safelinks\.html\?", ("url",)),
        (r"(?:www\.)?google\.[a-z]{2,3}(?:\.[a-z]{2})?/url\?", ("q", "url")),
        (r"(?:www\.)?youtube\.com/redirect\?", ("q",)),
        (r"(?:l|lm|m|www)\.(?:facebook|messenger)\.com/l\.php\?", ("u",)),
        (r"l\.(?:instagram|threads)\.(?:com|net)/\?", ("u",)),
        (r"slack-redir\.net/link\?", ("url",)),
        (r"(?:www\.)?linkedin\.com/(?:redir/redirect|safety/go)/?\?", ("url",)),
        (r"(?:m\.)?vk\.(?:com|ru)/away\.php\?", ("to",)),
        (r"linkprotect\.cudasvc\.com/url\?", ("a",)),
        (r"(?:[\w-]{1,40}\.)?url-protection\.com/[^?]{0,200}\?", ("o", "u")),
        (r"(?:www\.)?duckduckgo\.com/l/\?", ("uddg",)),
        (r"t\.umblr\.com/redirect\?", ("z",)),
    )
)
"""Who wraps, and the parameters that hold the address."""
_PROOFPOINT_2: Final = re.compile(r"https?://urldefense(?:\.proofpoint)?\.com/v2/url\?", re.IGNORECASE)
_PROOFPOINT_3: Final = re.compile(
    r"https?://urldefense(?:\.proofpoint)?\.com/v3/__(.{1,8000}?)__;([\w-]*)!", re.IGNORECASE
)
_CISCO: Final = re.compile(r"https?://secure-web\.cisco\.com/[^/?#]{1,2000}/(https?%3A[^/?#]{1,8000})", re.IGNORECASE)
_RUNS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_STAR: Final = re.compile(rf"\*\*([{_RUNS}])|\*")
_HOSTS: Final = (
    "safelinks", "google.", "youtube.com/redirect", "/l.php?", "l.instagram.", "l.threads.", "slack-redir.net",
    "linkedin.com/", "/away.php?", "cudasvc.com", "url-protection.com", "duckduckgo.com/l/", "t.umblr.com",
    "urldefense", "secure-web.cisco.com",
)  # fmt: skip
_ANYWHERE: Final = re.compile(r"https?://(?:(?!&(?:gt|lt|quot|nbsp);)[^\s\"<>]){1,8000}", re.IGNORECASE)
_TRAILING: Final = re.compile(r"[.,;:!?)\]'’”»]{0,9}$")


def unwrapped(address: str) -> str:
    """Where a wrapped address leads; any other as it stands.

    >>> unwrapped("https://www.google.com/url?q=https://example.org/a&sa=D&source=editors&usg=AOv")
    'https://example.org/a'
    """
    for _ in range(_MOST_WRAPPED):
        inner = _inner(address) if len(address) <= MOST_CHARACTERS else ""
        if not inner:
            break
        address = inner
    return address


def with_unwrapped_addresses(text: str, *, is_html: bool = True) -> str:
    """Clean HTML, or plain text, with each wrapped address as the one that it leads to."""
    if not any(host in text for host in _HOSTS):
        return text

    def written(found: re.Match[str]) -> str:
        whole = unescape(found[0]) if is_html else found[0]
        end = _TRAILING.search(whole)
        tail = end[0] if end else ""
        address = whole[: len(whole) - len(tail)]
        inner = unwrapped(address)
        if inner == address:
            return found[0]
        return escape(inner + tail) if is_html else inner + tail

    return _ANYWHERE.sub(written, text)


def _inner(address: str) -> str:
    try:
        for wrapper, names in _WRAPPERS:
            if wrapper.match(address):
                given = parse_qs(urlsplit(address).query, max_num_fields=50)
                return next((found for name in names if (found := _absolute((given.get(name) or [""])[0]))), "")
        if _PROOFPOINT_2.match(address):
            given = parse_qs(urlsplit(address).query, max_num_fields=50)
            return _absolute(unquote((given.get("u") or [""])[0].replace("-", "%").replace("_", "/")))
        if starred := _PROOFPOINT_3.match(address):
            return _absolute(_with_stars_filled(starred[1], starred[2]))
        checked = _CISCO.match(address)
        return _absolute(unquote(checked[1])) if checked else ""
    except ValueError:
        return ""


def _absolute(address: str) -> str:
    """``address`` where it names its scheme and can be followed."""
    return absolute_address(address) or "" if address.lower().startswith(("http://", "https://")) else ""


def _with_stars_filled(address: str, encoded: str) -> str:
    """Version 3 of Proofpoint's: signs that it replaced by stars stand in Base64 behind the address."""
    signs = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    taken = 0

    def filled(star: re.Match[str]) -> str:
        nonlocal taken
        count = _RUNS.index(star[1]) + 2 if star[1] else 1
        taken += count
        return signs[taken - count : taken]

    whole = _STAR.sub(filled, re.sub(r"^(https?:/)(?=[^/])", r"\1/", address))
    return whole if taken <= len(signs) else ""
