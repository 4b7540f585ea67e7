"""Settings: one table, read from ``DATELINE_*`` in the environment; a wrong value stops the start with a clear line."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.errors import BadSetting

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable is ``DATELINE_`` + NAME; ``parse`` raises ValueError with what it wants."""

    name: str
    default: str
    help: str
    parse: Callable[[str], Any] = str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The name in the environment."""
        return f"DATELINE_{self.name.upper()}"


def _whole(low: int, high: int) -> Callable[[str], int]:
    def parse(value: str) -> int:
        if not value.isdecimal() or not low <= int(value) <= high:
            raise ValueError(f"a whole number from {low} to {high}")
        return int(value)

    return parse


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not 0 < seconds <= 3600:
        raise ValueError("a number of seconds above 0 and up to 3600")
    return seconds


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError("a time zone of the IANA database, such as Europe/Minsk") from None


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        if value.lower() not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return value.lower()

    return parse


def _url(*schemes: str, or_word: str = "") -> Callable[[str], str]:
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


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("data", "var", "The data folder: ledger, embedded index, token, logs.", Path),
    Setting(
        "ledger", "", "Ledger: postgresql://user:password@host/db; empty is a SQLite file in the data folder.",
        _url("postgresql", "sqlite"), secret=True,
    ),
    Setting("broker", "redis://127.0.0.1:6379/0", "Redis for wake-ups.", _url("redis", "rediss", "unix"), secret=True),
    Setting(
        "search", "embedded", "Search index: embedded, or the address of Elasticsearch 9.",
        _url("http", "https", or_word="embedded"), secret=True,
    ),
    Setting("search_api_key", "", "API key for Elasticsearch (instead of user and password).", secret=True),
    Setting("search_ca", "", "File with the CA certificate of Elasticsearch."),
    Setting("search_prefix", "dateline", "Prefix of index names and aliases, for several newsrooms on one cluster."),
    Setting("search_shards", "1", "Primary shards of a new generation (more than one makes facet counts approximate).",
            _whole(1, 64)),
    Setting("search_replicas", "0", "Replicas of a new generation.", _whole(0, 10)),
    Setting("search_timeout", "4", "Seconds a search of the web pages may take.", _seconds),
    Setting("timezone", "Europe/Minsk", "The newsroom's time zone: says which day a story belongs to.", _zone),
    Setting("week_start", "sunday", "The weekday a week begins with in calendars.", _one_of(*WEEKDAYS)),
    Setting("title", "Dateline", "The paper's name, as the masthead shows it."),
    Setting("edition", "Minsk", "The edition's place, beside the date in the masthead."),
    Setting("language", "en", "The language of pages, dates and names."),
    Setting("web_url", "", "The web's address as readers type it; empty: the request's host.", _url("http", "https")),
    Setting("ingest_url", "", "The ingest service's address as reporters type it; empty: the request's host.",
            _url("http", "https")),
    Setting("proxies", "0", "How many proxies stand in front and are trusted for X-Forwarded-*.", _whole(0, 10)),
    Setting("secret_key", "", "Signs the desk's sessions; empty: made once, in the data folder.", secret=True),
    Setting("rate_limit", "1000 per second", "Requests one client may send to ingest."),
    Setting("sweep_seconds", "5", "How often beat looks for lost leases and what is due.", _seconds),
    Setting("lease_seconds", "30", "How long a worker may hold a batch before others take it.", _seconds),
    Setting("retag_quiet_seconds", "10", "How long the vocabulary must be quiet before a retag begins.", _seconds),
    Setting("log_level", "info", "How much the logs say.", _one_of("debug", "info", "warning", "error")),
    Setting("log_format", "text", "text for people, json for machines.", _one_of("text", "json")),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process. Made by ``read_settings``; each field is a row of ``SETTINGS``."""

    data: Path
    ledger: str
    broker: str
    search: str
    search_api_key: str
    search_ca: str
    search_prefix: str
    search_shards: int
    search_replicas: int
    search_timeout: float
    timezone: ZoneInfo
    week_start: str
    title: str
    edition: str
    language: str
    web_url: str
    ingest_url: str
    proxies: int
    secret_key: str
    rate_limit: str
    sweep_seconds: float
    lease_seconds: float
    retag_quiet_seconds: float
    log_level: str
    log_format: str

    @property
    def ledger_url(self) -> str:
        """The ledger's address, the SQLite file in the data folder included."""
        return self.ledger or f"sqlite:///{(self.data / 'ledger.sqlite').resolve()}"

    @property
    def embedded(self) -> bool:
        """Whether the index is the embedded one."""
        return self.search == "embedded"


def read_settings(environ: Mapping[str, str] | None = None, **overrides: str) -> Settings:
    """The settings that ``environ`` (default: the process's) and ``overrides`` by field name give.

    Raises ``BadSetting`` for a wrong value or an unknown ``DATELINE_`` variable.
    """
    given = os.environ if environ is None else environ
    known = {setting.variable for setting in SETTINGS}
    if unknown := sorted(name for name in given if name.startswith("DATELINE_") and name not in known | _NOT_SETTINGS):
        raise BadSetting(f"{unknown[0]} is no setting; `dateline settings` lists them")
    values = {
        setting.name: _parsed(setting, overrides.get(setting.name, given.get(setting.variable, setting.default)))
        for setting in SETTINGS
    }
    return Settings(**values)


_NOT_SETTINGS: Final = frozenset({"DATELINE_REQUIRE", "DATELINE_TOKEN", "DATELINE_INGEST"})
"""Variables of the tests and of the command line client."""


def _parsed(setting: Setting, value: str) -> Any:
    try:
        return setting.parse(value)
    except ValueError as wrong:
        shown = "its value" if setting.secret else repr(value)
        raise BadSetting(f"{setting.variable} wants {wrong}, and {shown} isn't that") from None
