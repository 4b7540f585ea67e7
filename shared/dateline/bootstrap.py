"""Where the parts are put together: the one place that says which adapter stands behind which port.

Nothing here connects when it is imported; tests pass fakes through the same doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from dateline.errors import NotFound
from dateline.ports.failed_attempts import FailedAttempts
from dateline.ports.fetch import Fetcher
from dateline.ports.index import Index
from dateline.ports.ledger import Ledger
from dateline.ports.media import MediaStore
from dateline.ports.wakeup import WakeUp
from dateline.settings import Settings


def open_ledger(settings: Settings) -> Ledger:
    """The ledger the settings name: PostgreSQL, or the SQLite file of the data folder."""
    from dateline.adapters.ledger import open_sql_ledger

    return open_sql_ledger(settings.ledger_url)


def need_newsroom(settings: Settings) -> None:
    """Raise ``NotFound`` where the ledger would be a file and isn't there: who only reads makes none."""
    file = settings.ledger_file
    if file is not None and not file.is_file():
        raise NotFound(
            f"there is no newsroom: {file} is missing. --data (or DATELINE_DATA) says in which folder one is; "
            "`dateline up` begins one"
        )


def open_index(settings: Settings) -> Index:
    """The index the settings name: Elasticsearch, or the embedded one in the data folder."""
    if settings.embedded:
        from dateline.adapters.embedded import EmbeddedIndex

        return EmbeddedIndex(settings.data / "index", settings.timezone)
    from dateline.adapters.elastic import open_elastic_index

    return open_elastic_index(settings)


def open_media(settings: Settings) -> MediaStore:
    """The media store the settings name: a folder, by default the data folder's, or a bucket of S3."""
    if settings.media.startswith("s3:"):
        from dateline.adapters.media.bucket import BucketStore

        incoming = settings.data / "media" / "incoming"
        return BucketStore(settings.media, key=settings.media_key, secret=settings.media_secret, incoming=incoming)
    from dateline.adapters.media import FolderStore

    return FolderStore(Path(settings.media) if settings.media else settings.data / "media")


def upload_folder(settings: Settings) -> Path | None:
    """Where an upload is until it is whole: on the disk of the media store's folder, since what is temporary may be in
    memory; None where the store is a bucket."""
    if settings.media.startswith("s3:"):
        return None
    return (Path(settings.media) if settings.media else settings.data / "media") / "incoming"


def open_media_folder(folder: Path) -> MediaStore:
    """A media store in a folder, whatever the settings say: what a backup has of one."""
    from dateline.adapters.media import FolderStore

    return FolderStore(folder)


def open_wakeup(settings: Settings) -> WakeUp:
    """What tells the workers that something is due, through the broker."""
    from dateline.adapters.broker import CeleryWakeUp

    return CeleryWakeUp(settings.broker)


def open_failed_attempts(settings: Settings) -> FailedAttempts:
    """What counts wrong sign-ins and tokens, in the broker's Redis."""
    from dateline.adapters.failed_attempts import RedisFailedAttempts

    return RedisFailedAttempts(settings.broker)


def open_fetcher(settings: Settings) -> Fetcher:
    """What fetches from addresses that others gave; nothing connects before it is asked."""
    from dateline.adapters.fetch import CheckedFetcher

    return CheckedFetcher(settings.fetch_networks)


def read_queue_lengths(settings: Settings) -> dict[str, int]:
    """How many wake-ups wait in each queue. Raises ``BrokerUnavailable`` within about a second."""
    from dateline.adapters import broker

    return broker.queue_lengths(settings.broker)


def make_ledger_roles(settings: Settings, passwords: Mapping[str, str]) -> None:
    """Make or renew the services' roles on the ledger's PostgreSQL. Raises ``CannotStart``, ``LedgerUnavailable``."""
    from dateline.adapters.ledger import ensure_sql_roles

    ensure_sql_roles(settings.ledger_url, passwords)


def make_index_roles(settings: Settings, passwords: Mapping[str, str]) -> None:
    """Make or renew the services' users on Elasticsearch. Raises ``CannotStart``, ``IndexUnavailable``."""
    from dateline.adapters.elastic import ensure_roles, open_elastic_client

    with closing(open_elastic_client(settings)) as client:
        ensure_roles(client, settings.search_prefix, passwords)
