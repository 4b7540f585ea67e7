"""What must stand before the services start: the ledger's tables and an editor's token. ``dateline up`` runs it."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from dateline.errors import NotFound
from dateline.ports.ledger.tokens import Tokens
from dateline.supervisor.data_folder import DataFolder

TOKEN_NAME: Final = "newsroom"


def ensure_token(ledger: Tokens, data: Path) -> None:
    """See that ``data/token`` holds a live editor's token; one that no longer lives is replaced."""
    path = DataFolder(data.resolve()).token
    try:
        secret = path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        secret = ""
    if secret and ledger.find_token(secret):
        return
    with suppress(NotFound):
        ledger.revoke_token(TOKEN_NAME)
    secret, _ = ledger.create_token(TOKEN_NAME, "editor")
    _write_private(path, secret)


def _write_private(path: Path, secret: str) -> None:
    fresh = path.with_name(".token")
    fresh.unlink(missing_ok=True)
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secret + "\n")
    fresh.replace(path)
