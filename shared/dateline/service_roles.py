"""Each service's own role on PostgreSQL and Elasticsearch; their passwords are made once, and kept in files.

``FOLDER/web/ledger-password`` is that of web's role on the ledger: the folder of a service is all that it is shown.
Ingest and web get a key that both know, for previews.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Final

from dateline.bootstrap import make_index_roles, make_ledger_roles
from dateline.errors import CannotStart
from dateline.private_files import write_private
from dateline.settings import Settings

ON_THE_LEDGER: Final = ("ingest", "indexer", "web")
ON_THE_INDEX: Final = ("ingest", "indexer", "web")
SIGNS_PREVIEWS: Final = "ingest"
READS_PREVIEWS: Final = "web"
_BYTES: Final = 32


def make_service_roles(settings: Settings, folder: Path) -> None:
    """Make the services' roles with the rights of this version, or bring those that are there to it.

    The address in ``settings`` must be of who may make roles. Raises ``CannotStart`` when it may not, or when
    ``folder`` can't be written to; ``LedgerUnavailable``, ``IndexUnavailable``.
    """
    make_ledger_roles(settings, {one: _password(folder / one / "ledger-password") for one in ON_THE_LEDGER})
    if not settings.embedded:
        make_index_roles(settings, {one: _password(folder / one / "search-password") for one in ON_THE_INDEX})
    _share_preview_key(folder)


def _share_preview_key(folder: Path) -> None:
    """Give ingest and web the same key."""
    key = _password(folder / SIGNS_PREVIEWS / "preview-key")
    other = folder / READS_PREVIEWS / "preview-key"
    if not other.exists() or other.read_text(encoding="ascii").strip() != key:
        write_private(other, key)


def _password(path: Path) -> str:
    """What ``path`` holds; made when there is none."""
    try:
        if path.exists() and (kept := path.read_text(encoding="ascii").strip()):
            return kept
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = secrets.token_urlsafe(_BYTES)
        write_private(path, made)
    except OSError as error:
        raise CannotStart(
            f"the folder of the roles' passwords, {path.parent}, can't be used: {error.strerror}"
        ) from error
    return made
