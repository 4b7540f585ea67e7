"""Settings: one table, read from ``DATELINE_*`` in the environment; a wrong value stops the start with a clear line."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Final, TypeVar, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline.domain.slugline_pattern import slugline_pattern
from dateline.errors import BadSetting
from dateline.ports.ledger.tokens import Role
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS
from dateline.setting_values import (
    Networks,
    address,
    host_names,
    hours,
    networks,
    one_of,
    pairs,
    seconds,
    whole_number,
    with_password,
    yes_or_no,
    zone,
)

T = TypeVar("T")
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TASK_SECONDS: Final = 20
"""The hard time limit of a worker's task. No setting, but leases must be longer than it."""
SUSPECT_SECONDS: Final = 4
"""That of a task which works on what another died of: nobody else's story waits longer for it."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the table: the variable is ``DATELINE_`` + NAME; ``parse`` raises ValueError with what it wants.

    A ``secret`` one may stand in a file instead, which the variable with ``_FILE`` behind it names.
    """

    name: str
    default: str
    help: str
    parse: Callable[[str], Any]
    secret: bool

    @property
    def variable(self) -> str:
        """The name in the environment."""
        return f"DATELINE_{self.name.upper()}"

    @property
    def variables(self) -> tuple[str, ...]:
        """The names under which the environment may say it."""
        return (self.variable, f"{self.variable}_FILE") if self.secret else (self.variable,)

    def given(self, environ: Mapping[str, str]) -> str | None:
        """What the environment says, or the file that it names; None where it says nothing. Raises ``BadSetting``."""
        value = environ.get(self.variable)
        path = environ.get(self.variables[-1], "") if self.secret else ""
        if not path:
            return value
        if value:
            raise BadSetting(f"{self.variable} and {self.variable}_FILE are both set: give one of them")
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "it is no text"
            raise BadSetting(f"{self.variable}_FILE names a file that can't be read: {reason}") from None


def _row(default: str, help: str, parse: Callable[[str], T], *, secret: bool = False) -> T:
    """A field of ``Settings`` that is a row of ``SETTINGS`` too. To mypy it is what ``parse`` returns."""
    row: T = field(
        default_factory=lambda: parse(default),
        metadata={"default": default, "help": help, "parse": parse, "secret": secret},
    )
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process, which ``read_settings`` makes. Each field is a row: default, meaning, parser.

    ``_row`` gives a dataclass field whose default is parsed anew.
    """

    data: Path = _row("var", "The data folder: ledger, embedded index, token, logs.", Path)  # noqa: RUF009
    ledger: str = _row(
        "",
        "Ledger: postgresql://user:password@host/db; empty is a SQLite file in the data folder.",
        address("postgresql", "sqlite"),
        secret=True,
    )
    ledger_password: str = _row("", "Password of the ledger's address, where that says none.", str, secret=True)
    broker: str = _row(
        "redis://127.0.0.1:6379/0", "Redis for wake-ups.", address("redis", "rediss", "unix"), secret=True
    )
    broker_password: str = _row("", "Password of the broker's address, where that says none.", str, secret=True)
    search: str = _row(
        "embedded",
        "Search index: embedded, or the address of Elasticsearch 9.",
        address("http", "https", or_word="embedded"),
        secret=True,
    )
    search_password: str = _row("", "Password of Elasticsearch's address, where that says none.", str, secret=True)
    search_api_key: str = _row("", "API key for Elasticsearch (instead of user and password).", str, secret=True)
    search_ca: str = _row("", "File with the CA certificate of Elasticsearch.", str)
    search_prefix: str = _row(
        "dateline", "Prefix of index names and aliases, for several newsrooms on one cluster.", str
    )
    search_shards: int = _row("1", "Primary shards of a new generation.", whole_number(1, 64))
    search_replicas: int = _row("0", "Replicas of a new generation.", whole_number(0, 10))
    search_timeout: float = _row("4", "Seconds a search of the web pages may take.", seconds)
    timezone: ZoneInfo = _row("Europe/Minsk", "The zone that says which day a story belongs to.", zone)  # noqa: RUF009
    week_start: str = _row("sunday", "The weekday a week begins with in calendars.", one_of(*WEEKDAYS))
    title: str = _row("Dateline", "The paper's name, as the masthead shows it.", str)
    edition: str = _row("Minsk", "The edition's place, beside the date in the masthead.", str)
    language: str = _row("en", "The language of pages, dates and names.", str)
    web_url: str = _row(
        "", "The web's address as readers type it; empty: the request's host.", address("http", "https")
    )
    ingest_url: str = _row(
        "", "The ingest service's address as reporters type it; empty: the request's host.", address("http", "https")
    )
    allowed_hosts: tuple[str, ...] = _row(
        "",
        "Further host names by which the services may be asked when DATELINE_WEB_URL is set, with commas between.",
        host_names,
    )
    proxies: int = _row("0", "How many proxies stand in front and are trusted for X-Forwarded-*.", whole_number(0, 10))
    secret_key: str = _row("", "Signs the desk's sessions; empty: made once, in the data folder.", str, secret=True)
    preview_key: str = _row("", "Signs previews for web; empty: made once, in the data folder.", str, secret=True)
    web_port: int = _row(
        "8000", "Web's port on the desk's host, where DATELINE_WEB_URL is empty.", whole_number(1, 65535)
    )
    smtp: str = _row(
        "",
        "Server for mail, smtp://user:password@host:port?starttls=1 or smtps://…; empty: none is sent.",
        address("smtp", "smtps"),
        secret=True,
    )
    smtp_password: str = _row("", "Password of the mail server's address, where that says none.", str, secret=True)
    mail_from: str = _row("", "The address that mail comes from.", str)
    oidc_issuer: str = _row(
        "", "Provider of single sign-on (OpenID Connect), as it names itself; empty: none.", address("https", "http")
    )
    oidc_client_id: str = _row("", "What the provider calls this newsroom.", str)
    oidc_client_secret: str = _row("", "The secret that the provider gave for it.", str, secret=True)
    oidc_scopes: str = _row("openid email profile", "What the provider is asked for.", str)
    oidc_roles_claim: str = _row("roles", "The claim that says who is what.", str)
    oidc_roles: Mapping[str, str] = _row(
        "editor=editor,reporter=reporter",
        "Roles, each with the value of that claim that gives it, with commas between; the first that fits counts.",
        pairs,
    )
    oidc_name: str = _row("Single sign-on", "What the sign-in page calls it.", str)
    session_hours: float = _row("720", "Hours after which a session of the desk ends, used or not.", hours)
    session_idle_hours: float = _row("72", "Hours after which a session that isn't used ends.", hours)
    threads: int = _row("8", "Requests that one process of ingest or web works on at a time.", whole_number(1, 100))
    connections: int = _row(
        "1000",
        "Connections that one process of ingest or web keeps open, half of them for one address.",
        whole_number(10, 100_000),
    )
    header_timeout: float = _row("10", "Seconds a client may take to send a request's headers.", seconds)
    body_timeout: float = _row(
        "60", "Seconds a client may take to send a body, and may pause in a bulk or in taking an answer.", seconds
    )
    streams: int = _row(
        "500", "Listeners of /stream in one process; one address may have a quarter of them.", whole_number(4, 100_000)
    )
    rate_limit: str = _row("1000 per second", "Requests one token, or one address without, may send to ingest.", str)
    web_rate_limit: str = _row("1000 per second", "Requests one address may send to web's JSON API.", str)
    bulks: int = _row("2", "Bulks of one token that one process of ingest works on at a time.", whole_number(1, 100))
    taggings: int = _row(
        "2",
        "Long texts and previews of terms that one process of ingest tags for one token at a time.",
        whole_number(1, 100),
    )
    import_seconds: float = _row(
        "20", "Seconds of the processor that reading one calendar may take; it counts as a bulk, too.", seconds
    )
    bulk_refused: int = _row("1000", "Refused lines after which a bulk ends.", whole_number(1, 1_000_000))
    bulk_spool: int = _row(
        "64",
        "Megabytes of a bulk's answer that are kept until its last line was read; over it the bulk ends.",
        whole_number(1, 10_000),
    )
    reporters_make_sections: bool = _row(
        "no", "Whether a reporter's story makes a section that nobody made before, as an editor's does.", yes_or_no
    )
    story_proposals: int = _row(
        str(DEFAULT_BOUNDS.of_item), "Unknown names that one story or event may propose.", whole_number(0, 10_000)
    )
    reporter_proposals: int = _row(
        str(DEFAULT_BOUNDS.of_reporter),
        "Unknown names of one reporter that wait for an editor's word; beyond it the rarest and oldest go.",
        whole_number(0, 1_000_000),
    )
    slugline: str = _row("", "How the desk makes sluglines, as {place}-{words}; empty: by hand.", slugline_pattern)
    check_links: bool = _row("yes", "Whether the desk asks in the background if a story's links answer.", yes_or_no)
    fetch_networks: Networks = _row(  # noqa: RUF009
        "", "Private networks from which sources and links may be fetched (10.1.0.0/16), with commas between.", networks
    )
    sweep_seconds: float = _row("5", "How often beat looks for lost leases and what is due.", seconds)
    lease_seconds: float = _row(
        "30", "How long a worker may hold a batch before others take it; longer than a task may take (20).", seconds
    )
    retag_quiet_seconds: float = _row("10", "How long the vocabulary must be quiet before a retag begins.", seconds)
    log_level: str = _row("info", "How much the logs say.", one_of("debug", "info", "warning", "error"))
    log_format: str = _row("text", "text for people, json for machines.", one_of("text", "json"))

    @property
    def ledger_url(self) -> str:
        """The ledger's address, the SQLite file in the data folder included."""
        return self.ledger or f"sqlite:///{(self.data / 'ledger.sqlite').resolve()}"

    @property
    def embedded(self) -> bool:
        """Whether the index is the embedded one."""
        return self.search == "embedded"


SETTINGS: Final = tuple(Setting(name=row.name, **row.metadata) for row in fields(Settings))
"""The table, for ``dateline settings`` and for who reads the environment."""

_NOT_SETTINGS: Final = frozenset({"DATELINE_REQUIRE", "DATELINE_TOKEN", "DATELINE_INGEST"})
"""Variables of the tests and of the command line client."""


def read_settings(environ: Mapping[str, str] | None = None, **overrides: str) -> Settings:
    """The settings that ``environ`` (default: the process's) and ``overrides`` by field name give.

    Raises ``BadSetting`` for a wrong value, for values that contradict each other and for an unknown ``DATELINE_``
    variable.
    """
    given = os.environ if environ is None else environ
    known = {variable for setting in SETTINGS for variable in setting.variables}
    if unknown := sorted(name for name in given if name.startswith("DATELINE_") and name not in known | _NOT_SETTINGS):
        raise BadSetting(f"{unknown[0]} is no setting; `dateline settings` lists them")
    values = {setting.name: _parsed(setting, _said(setting, given, overrides)) for setting in SETTINGS}
    settings = Settings(**values)
    _check_together(settings)
    return replace(
        settings,
        ledger=with_password(settings.ledger, settings.ledger_password),
        broker=with_password(settings.broker, settings.broker_password),
        search=with_password(settings.search, settings.search_password),
        smtp=with_password(settings.smtp, settings.smtp_password),
    )


def is_given(name: str, environ: Mapping[str, str] | None = None) -> bool:
    """Whether the environment (default: the process's) says a setting, be it in a file. Raises ``BadSetting``."""
    setting = next(one for one in SETTINGS if one.name == name)
    return bool(setting.given(os.environ if environ is None else environ))


def _said(setting: Setting, environ: Mapping[str, str], overrides: Mapping[str, str]) -> str:
    if setting.name in overrides:
        return overrides[setting.name]
    given = setting.given(environ)
    return setting.default if given is None else given


def _parsed(setting: Setting, value: str) -> Any:
    try:
        return setting.parse(value)
    except ValueError as error:
        shown = "its value" if setting.secret else repr(value)
        raise BadSetting(f"{setting.variable} wants {error}, and {shown} isn't that") from None


def _check_together(settings: Settings) -> None:
    """Raise ``BadSetting`` for values of which each is right and that don't go together."""
    if settings.lease_seconds <= TASK_SECONDS:
        raise BadSetting(
            f"DATELINE_LEASE_SECONDS is {settings.lease_seconds:g}, and a task may take {TASK_SECONDS} seconds: "
            "a lease must be longer, or others take a batch that is still worked on"
        )
    if settings.search_api_key and urlsplit(settings.search).username:
        raise BadSetting("DATELINE_SEARCH names a user, and DATELINE_SEARCH_API_KEY gives a key: give one of them")
    if settings.smtp and not (settings.ingest_url and "@" in settings.mail_from):
        raise BadSetting(
            "DATELINE_SMTP needs DATELINE_MAIL_FROM, an address, and DATELINE_INGEST_URL, which links in mails lead to"
        )
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.oidc_client_secret and settings.ingest_url):
        raise BadSetting(
            "DATELINE_OIDC_ISSUER needs DATELINE_OIDC_CLIENT_ID, DATELINE_OIDC_CLIENT_SECRET and DATELINE_INGEST_URL, "
            "which the provider leads back to"
        )
    if unknown := set(settings.oidc_roles) - set(get_args(Role)):
        raise BadSetting(f"DATELINE_OIDC_ROLES names {unknown.pop()!r}, which is no role")
