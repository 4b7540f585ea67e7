"""Settings: one table, read from ``DATELINE_*`` in the environment; a wrong value stops the start with a clear line."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from pathlib import Path
from typing import Any, Final, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from dateline.domain.slugline_pattern import slugline_pattern
from dateline.errors import BadSetting
from dateline.ports.ledger.tokens import Role
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS
from dateline.setting_rows import Setting, row
from dateline.setting_values import (
    Networks,
    address,
    host_names,
    hours,
    index_prefix,
    language,
    media_place,
    networks,
    one_of,
    pairs,
    rates,
    readable_file,
    seconds,
    time_of_day,
    whole_number,
    with_password,
    words,
    yes_or_no,
    zone,
)

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TASK_SECONDS: Final = 20
"""The hard time limit of a worker's task. No setting, but leases must be longer than it."""
MEDIA_SECONDS: Final = 75
"""That of a task which makes pictures ready; one of them may take half of it."""
SUSPECT_SECONDS: Final = 4
"""That of a task which works on what another died of: nobody else's story waits longer for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one process, which ``read_settings`` makes. Each field is a row: default, meaning, parser.

    ``row`` gives a dataclass field whose default is parsed anew.
    """

    data: Path = row("var", "The data folder: ledger, embedded index, token, logs.", Path)  # noqa: RUF009
    ledger: str = row(
        "",
        "Ledger: postgresql://user:password@host/db; empty is a SQLite file in the data folder.",
        address("postgresql", "sqlite"),
        secret=True,
    )
    ledger_password: str = row("", "Password of the ledger's address, where that says none.", str, secret=True)
    broker: str = row(
        "redis://127.0.0.1:6379/0", "Redis for wake-ups.", address("redis", "rediss", "unix"), secret=True
    )
    broker_password: str = row("", "Password of the broker's address, where that says none.", str, secret=True)
    search: str = row(
        "embedded",
        "Search index: embedded, or the address of Elasticsearch 9.",
        address("http", "https", or_word="embedded"),
        secret=True,
    )
    search_password: str = row("", "Password of Elasticsearch's address, where that says none.", str, secret=True)
    search_api_key: str = row("", "API key for Elasticsearch (instead of user and password).", str, secret=True)
    search_ca: str = row("", "File with the CA certificate of Elasticsearch.", readable_file)
    search_prefix: str = row(
        "dateline", "Prefix of index names and aliases, for several newsrooms on one cluster.", index_prefix
    )
    search_shards: int = row("1", "Primary shards of a new generation.", whole_number(1, 64))
    search_replicas: int = row("0", "Replicas of a new generation.", whole_number(0, 10))
    search_timeout: float = row("4", "Seconds a search of the web pages may take.", seconds)
    media: str = row(
        "",
        "Where pictures' files are: a folder, or s3://bucket/prefix?endpoint=…&region=…; empty: in the data folder.",
        media_place,
    )
    media_key: str = row("", "Id of the key for the bucket; empty: as AWS's own settings say.", str, secret=True)
    media_secret: str = row("", "The secret of that key.", str, secret=True)
    timezone: ZoneInfo = row("Europe/Minsk", "The zone that says which day a story belongs to.", zone)  # noqa: RUF009
    week_start: str = row("sunday", "The weekday a week begins with in calendars.", one_of(*WEEKDAYS))
    title: str = row("Dateline", "The paper's name, as the masthead shows it.", words)
    edition: str = row("Minsk", "The edition's place, beside the date in the masthead.", str)
    language: str = row("en", "The language of pages, dates and names.", language)
    web_url: str = row("", "The web's address as readers type it; empty: the request's host.", address("http", "https"))
    ingest_url: str = row(
        "", "The ingest service's address as reporters type it; empty: the request's host.", address("http", "https")
    )
    allowed_hosts: tuple[str, ...] = row(
        "",
        "Further host names by which the services may be asked when DATELINE_WEB_URL is set, with commas between.",
        host_names,
    )
    proxies: int = row("0", "How many proxies stand in front and are trusted for X-Forwarded-*.", whole_number(0, 10))
    secret_key: str = row("", "Signs the desk's sessions; empty: made once, in the data folder.", str, secret=True)
    preview_key: str = row("", "Signs previews for web; empty: made once, in the data folder.", str, secret=True)
    web_port: int = row(
        "8000", "Web's port on the desk's host, where DATELINE_WEB_URL is empty.", whole_number(1, 65535)
    )
    smtp: str = row(
        "",
        "Server for mail, smtp://user:password@host:port?starttls=1 or smtps://…; empty: none is sent.",
        address("smtp", "smtps"),
        secret=True,
    )
    smtp_password: str = row("", "Password of the mail server's address, where that says none.", str, secret=True)
    mail_from: str = row("", "The address that mail comes from.", str)
    plan_mail_at: time | None = row(  # noqa: RUF009
        "07:00",
        "When the mail of the plan goes to editors and those who promised something; empty: never.",
        time_of_day,
    )
    oidc_issuer: str = row(
        "", "Provider of single sign-on (OpenID Connect), as it names itself; empty: none.", address("https", "http")
    )
    oidc_client_id: str = row("", "What the provider calls this newsroom.", str)
    oidc_client_secret: str = row("", "The secret that the provider gave for it.", str, secret=True)
    oidc_scopes: str = row("openid email profile", "What the provider is asked for.", str)
    oidc_roles_claim: str = row("roles", "The claim that says who is what.", str)
    oidc_roles: Mapping[str, str] = row(
        "editor=editor,reporter=reporter",
        "Roles, each with the value of that claim that gives it, with commas between; the first that fits counts.",
        pairs,
    )
    oidc_name: str = row("Single sign-on", "What the sign-in page calls it.", words)
    session_hours: float = row("720", "Hours after which a session of the desk ends, used or not.", hours)
    session_idle_hours: float = row("72", "Hours after which a session that isn't used ends.", hours)
    media_hotlinks: bool = row("yes", "Whether pages of other sites may show the pictures.", yes_or_no)
    threads: int = row("8", "Requests that one process of ingest or web works on at a time.", whole_number(1, 100))
    connections: int = row(
        "1000",
        "Connections that one process of ingest or web keeps open, half of them for one address.",
        whole_number(10, 100_000),
    )
    header_timeout: float = row("10", "Seconds a client may take to send a request's headers.", seconds)
    body_timeout: float = row(
        "60", "Seconds a client may take to send a body, and may pause in a bulk or in taking an answer.", seconds
    )
    streams: int = row(
        "500", "Listeners of /stream in one process; one address may have a quarter of them.", whole_number(4, 100_000)
    )
    rate_limit: str = row("1000 per second", "Requests one token, or one address without, may send to ingest.", rates)
    web_rate_limit: str = row("1000 per second", "Requests one address may send to web's JSON API.", rates)
    bulks: int = row("2", "Bulks of one token that one process of ingest works on at a time.", whole_number(1, 100))
    taggings: int = row(
        "2",
        "Long texts and previews of terms that one process of ingest tags for one token at a time.",
        whole_number(1, 100),
    )
    import_seconds: float = row(
        "20", "Seconds of the processor that reading one calendar may take; it counts as a bulk, too.", seconds
    )
    bulk_refused: int = row("1000", "Refused lines after which a bulk ends.", whole_number(1, 1_000_000))
    bulk_spool: int = row(
        "64",
        "Megabytes of a bulk's answer that are kept until its last line was read; over it the bulk ends.",
        whole_number(1, 10_000),
    )
    reporters_make_sections: bool = row(
        "no", "Whether a reporter's story makes a section that nobody made before, as an editor's does.", yes_or_no
    )
    story_proposals: int = row(
        str(DEFAULT_BOUNDS.of_item), "Unknown names that one story or event may propose.", whole_number(0, 10_000)
    )
    reporter_proposals: int = row(
        str(DEFAULT_BOUNDS.of_reporter),
        "Unknown names of one reporter that wait for an editor's word; beyond it the rarest and oldest go.",
        whole_number(0, 1_000_000),
    )
    slugline: str = row("", "How the desk makes sluglines, as {place}-{words}; empty: by hand.", slugline_pattern)
    check_links: bool = row("yes", "Whether the desk asks in the background if a story's links answer.", yes_or_no)
    media_max_bytes: int = row(
        "52428800", "Bytes that the file of one picture may have.", whole_number(10_000, 1_000_000_000)
    )
    fetch_networks: Networks = row(  # noqa: RUF009
        "", "Private networks from which sources and links may be fetched (10.1.0.0/16), with commas between.", networks
    )
    fetch_pictures: bool = row(
        "yes", "Whether pictures that sources name by an address are fetched, and shown as the newsroom's.", yes_or_no
    )
    sweep_seconds: float = row("5", "How often beat looks for lost leases and what is due.", seconds)
    lease_seconds: float = row(
        "30", "How long a worker may hold a batch before others take it; longer than a task may take (20).", seconds
    )
    retag_quiet_seconds: float = row("10", "How long the vocabulary must be quiet before a retag begins.", seconds)
    log_level: str = row("info", "How much the logs say.", one_of("debug", "info", "warning", "error"))
    log_format: str = row("text", "text for people, json for machines.", one_of("text", "json"))

    @property
    def ledger_url(self) -> str:
        """The ledger's address, the SQLite file in the data folder included."""
        return self.ledger or f"sqlite:///{(self.data / 'ledger.sqlite').resolve()}"

    @property
    def ledger_file(self) -> Path | None:
        """The file that is the ledger; None where a server is."""
        scheme, _, path = self.ledger_url.partition("///")
        return Path(path.partition("?")[0]) if scheme == "sqlite:" else None

    @property
    def embedded(self) -> bool:
        """Whether the index is the embedded one."""
        return self.search == "embedded"


SETTINGS: Final = tuple(Setting(name=one.name, **one.metadata) for one in fields(Settings))
"""The table, for ``dateline settings`` and for who reads the environment."""

DEFAULT_INGEST: Final = "http://127.0.0.1:8001"
"""Where the command line looks for the ingest service, unless ``DATELINE_INGEST`` or an option says another address."""
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


def settings_or_exit() -> Settings:
    """The settings of a process that begins: for a wrong one it ends with one line and status 2."""
    try:
        return read_settings()
    except BadSetting as error:
        print(f"dateline: {error}", file=sys.stderr)
        sys.exit(2)


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
    if bool(settings.media_key) != bool(settings.media_secret):
        raise BadSetting("DATELINE_MEDIA_KEY and DATELINE_MEDIA_SECRET go together: give both")
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
