"""Makes what an upgrade begins with: ``scripts/make-upgrade-fixture [--code] [COMMIT]``.

The packages of a commit are taken out of git, and write a newsroom: its ledger and its index are kept as files.
With ``--code`` the packages are kept too, but for what neither worker nor ledger use; those of an earlier version go.
"""

from __future__ import annotations

import argparse
import io
import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from upgrade.fixtures import CODE, EXPECTED, FOLDER, INDEX, LEDGER, MIGRATIONS

PROGRAM: Final = Path(__file__).with_name("newsroom.py")
ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("shared/dateline", "services/indexer/dateline_indexer")
NOT_KEPT: Final = ("sample", "gateway", "http", "supervisor", "calendars", "ics")
TERMS: Final = "shared/dateline/vocabulary/terms.tsv"
KEPT_TERMS: Final = ("section:", "place:belarus\t", "place:brest", "place:gomel")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make-upgrade-fixture", description=__doc__)
    parser.add_argument("commit", nargs="?", default="HEAD", help="the last one before the new migration (HEAD)")
    parser.add_argument("--code", action="store_true", help="keep its packages too: those of a release")
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        tree = Path(name) / "tree"
        archive = subprocess.run(
            ["git", "archive", options.commit, *PACKAGES], cwd=ROOT, capture_output=True, check=True
        )
        with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as packed:
            packed.extractall(tree, filter="data")
        shutil.copy(PROGRAM, tree)
        migrations = tree / "shared" / "dateline" / MIGRATIONS
        folder = FOLDER / max(path.name[:4] for path in migrations.glob("[0-9]*.py"))
        folder.mkdir(parents=True, exist_ok=True)
        _write(tree, Path(name) / "data", folder)
        if options.code:
            for old in FOLDER.glob(f"*/{CODE}"):
                old.unlink()
            _pack(tree, folder / CODE)
    print(folder)


def _write(tree: Path, data: Path, folder: Path) -> None:
    """Let the packages make a newsroom, and keep it."""
    data.mkdir()
    environ = {**os.environ, "PYTHONPATH": f"{tree}/shared:{tree}/services/indexer"}
    command = [sys.executable, str(tree / PROGRAM.name), "write", str(data), "{}"]
    done = subprocess.run(command, env=environ, stdout=subprocess.PIPE, text=True, check=True)
    (folder / EXPECTED).write_text(json.dumps(json.loads(done.stdout), indent=0) + "\n")
    with closing(sqlite3.connect(data / "ledger.sqlite")) as ledger:
        ledger.execute("VACUUM INTO ?", (str(data / "kept.sqlite"),))
    (folder / LEDGER).write_bytes(lzma.compress((data / "kept.sqlite").read_bytes()))
    current = (data / "index" / "current").read_text().strip()
    (folder / INDEX).write_bytes(lzma.compress((data / "index" / f"{current}.sqlite").read_bytes()))


def _pack(tree: Path, into: Path) -> None:
    """Keep the packages, and of the vocabulary what the newsroom's stories need."""
    terms = tree / TERMS
    lines = terms.read_text().splitlines(keepends=True)
    terms.write_text("".join(line for line in lines if line.startswith(KEPT_TERMS)))
    with tarfile.open(into, "w:xz", preset=9 | lzma.PRESET_EXTREME) as packed:
        for path in sorted(tree.rglob("*")):
            inside = path.relative_to(tree)
            if path.is_file() and "__pycache__" not in inside.parts and not set(NOT_KEPT) & set(inside.parts):
                packed.add(path, str(inside), filter=_anonymous)


def _anonymous(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = ""
    entry.mtime = 0
    return entry


if __name__ == "__main__":
    main()
