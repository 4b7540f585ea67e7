"""What a setting's text may say: each function reads it, and raises ValueError with what is wanted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, time
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, urlsplit, urlunsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_RATE: Final = re.compile(
    r"\s*\d+\s*(/|per)\s*\d*\s*(second|minute|hour|day|month|year)s?\s*", re.ASCII | re.IGNORECASE
)
_INDEX_PREFIX: Final = re.compile(r"[a-z0-9][a-z0-9_.-]{0,99}", re.ASCII)

Networks = tuple[IPv4Network | IPv6Network, ...]
_HOST_NAME: Final = re.compile(r"[a-z0-9._-]+|[0-9a-f:]*:[0-9a-f:.]*", re.ASCII)


def whole_number(low: int, high: int) -> Callable[[str], int]:
    """A whole number within bounds."""

    def parse(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return parse


def seconds(value: str) -> float:
    """A number of seconds, up to an hour."""
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= 3600:
        raise ValueError("a number of seconds above 0 and up to 3600")
    return seconds


def hours(value: str) -> float:
    """A number of hours, up to a year."""
    try:
        hours = float(value)
    except ValueError:
        hours = -1
    if not 0 < hours <= 8784:
        raise ValueError("a number of hours above 0 and up to 8784")
    return hours


def time_of_day(value: str) -> time | None:
    """A time of the day, as 07:00; none where it is empty."""
    try:
        at = time.fromisoformat(value) if value else None
    except ValueError:
        at = time(tzinfo=UTC)
    if at is not None and (at.tzinfo or at.second or at.microsecond):
        raise ValueError("a time of the day, such as 07:00, or nothing")
    return at


def zone(value: str) -> ZoneInfo:
    """A time zone of the IANA database."""
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone of the IANA database, such as Europe/Minsk") from None


def one_of(*choices: str) -> Callable[[str], str]:
    """One of ``choices``, in lower case."""

    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return value.lower()

    return parse


def rates(value: str) -> str:
    """How much in how long, in the words of flask-limiter; several with commas or semicolons between."""
    if not all(_RATE.fullmatch(one) for one in re.split(r"[,;|]", value)):
        raise ValueError("a rate such as 1000 per second, or several with commas between")
    return value


def language(value: str) -> str:
    """A BCP 47 tag of a language whose dates and names are known."""
    if value != "en":  # who has the default loads nothing
        from babel import Locale, UnknownLocaleError

        try:
            Locale.parse(value, sep="-")
        except (UnknownLocaleError, ValueError):
            raise ValueError("a language such as en or be") from None
    return value


def words(value: str) -> str:
    """Something to read, in one line of up to 100 characters."""
    if not 1 <= len(value.strip()) <= 100 or not value.isprintable():
        raise ValueError("1 to 100 characters in one line")
    return value


def index_prefix(value: str) -> str:
    """What names of Elasticsearch's indices may begin with."""
    if not _INDEX_PREFIX.fullmatch(value):
        raise ValueError("up to 100 of a-z, 0-9, _ . and -, a letter or digit first")
    return value


def readable_file(value: str) -> str:
    """Nothing, or the path of a file that is there."""
    if value and not Path(value).is_file():
        raise ValueError("the path of a file that is there")
    return value


def yes_or_no(value: str) -> bool:
    """Whether it says yes."""
    return one_of("yes", "no")(value) == "yes"


def address(*schemes: str, or_word: str = "") -> Callable[[str], str]:
    """Nothing, an address of one of ``schemes``, or ``or_word``."""

    def parse(value: str) -> str:
        if value and value == or_word:
            return value
        if value and urlsplit(value).scheme.split("+")[0] not in schemes:
            raise ValueError(
                (f"{or_word}, or " if or_word else "")
                + "an address that begins with "
                + ", ".join(f"{scheme}://" for scheme in schemes)
            )
        return value

    return parse


def media_place(value: str) -> str:
    """Nothing, the whole path of a folder, or the address of a bucket with its endpoint and region."""
    try:
        parts = urlsplit(value)
        given = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
        endpoint = urlsplit(given.get("endpoint", "https://-"))
        in_bucket = parts.scheme == "s3" and parts.netloc and not set("@:") & set(parts.netloc)
        right = in_bucket and given.keys() <= {"endpoint", "region"} and endpoint.scheme in ("http", "https")
    except ValueError:
        right = False
    if value and not value.startswith("/") and not right:
        raise ValueError("the whole path of a folder, or s3://bucket/prefix?endpoint=https://…&region=…")
    return value


def host_names(value: str) -> tuple[str, ...]:
    """Names of hosts, with commas between."""
    names = tuple(name.strip().lower().rstrip(".") for name in value.split(",") if name.strip())
    if not all(_HOST_NAME.fullmatch(name) for name in names):
        raise ValueError("host names without scheme and port, with commas between")
    return names


def pairs(value: str) -> Mapping[str, str]:
    """Names with values, ``name=value``, with commas between."""
    parts = [part.strip().partition("=") for part in value.split(",") if part.strip()]
    if not all(name and given for name, _, given in parts):
        raise ValueError("name=value, with commas between")
    return {name: given for name, _, given in parts}


def networks(value: str) -> Networks:
    """Networks of IP addresses, with commas between."""
    try:
        return tuple(ip_network(one.strip()) for one in value.split(",") if one.strip())
    except ValueError:
        raise ValueError("networks such as 10.1.0.0/16 or fd00::/8, with commas between") from None


def with_password(url: str, password: str) -> str:
    """An address with ``password`` in it, where it has none of its own; a file's or a word has no place for one."""
    parts = urlsplit(url)
    if not password or not parts.hostname or parts.password:
        return url
    user, _, host = parts.netloc.rpartition("@")
    return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{host}"))
