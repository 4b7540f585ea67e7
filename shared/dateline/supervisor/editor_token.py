"""What must stand before the services start: the ledger's tables and an editor's token. ``dateline up`` runs it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from dateline.errors import NotFound
from dateline.ports.ledger.tokens import Tokens
from dateline.private_files import write_private
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
    write_private(path, f"{secret}\n")
