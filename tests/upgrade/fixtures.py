"""The newsrooms that earlier versions made, by the number of their ledger's newest migration."""

from __future__ import annotations

import json
import lzma
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "made"
LEDGER: Final = "ledger.sqlite.xz"
LEDGER_SQL: Final = "ledger.sql.xz"
"""How ledgers were kept before they had full-text tables, which no text of SQL holds."""

INDEX: Final = "index.sqlite.xz"
EXPECTED: Final = "expected.json"
CODE: Final = "code.tar.xz"
MIGRATIONS: Final = "adapters/ledger/database/migrations/versions"


def made() -> list[Path]:
    """All of them, oldest first."""
    return sorted(path.parent for path in FOLDER.glob(f"*/{EXPECTED}"))


def with_code() -> Path:
    """The one of which the packages are there too."""
    [path] = FOLDER.glob(f"*/{CODE}")
    return path.parent


def restore(fixture: Path, data: Path) -> dict[str, dict[str, Any]]:
    """Lay ledger and index into a data folder; what readers must get in the end, by id."""
    (data / "index").mkdir(parents=True)
    if (kept := fixture / LEDGER).exists():
        (data / "ledger.sqlite").write_bytes(lzma.decompress(kept.read_bytes()))
    else:
        with closing(sqlite3.connect(data / "ledger.sqlite")) as ledger:
            ledger.executescript(lzma.decompress((fixture / LEDGER_SQL).read_bytes()).decode())
    (data / "index" / "index-made.sqlite").write_bytes(lzma.decompress((fixture / INDEX).read_bytes()))
    (data / "index" / "current").write_text("index-made")
    expected: dict[str, dict[str, Any]] = json.loads((fixture / EXPECTED).read_text())
    return expected


def unpack_code(fixture: Path, tree: Path) -> Path:
    """Unpack the packages; the program that works with them."""
    with tarfile.open(fixture / CODE) as packed:
        packed.extractall(tree, filter="data")
    return tree / "newsroom.py"
