"""The editor in the package is what its sources and lock file make."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from servers import missing

INGEST: Final = Path(__file__).parents[2] / "services" / "ingest"
BUNDLE: Final = ("editor.js", "editor.licences.txt")


def test_the_bundle_is_what_the_sources_make(tmp_path: Path) -> None:
    if shutil.which("npm") is None:
        missing("node", "no npm on PATH")
    editor, static = tmp_path / "editor", tmp_path / "dateline_ingest" / "static"
    shutil.copytree(INGEST / "editor", editor, ignore=shutil.ignore_patterns("node_modules"))
    static.mkdir(parents=True)
    subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=editor, check=True, timeout=300)
    subprocess.run(["npm", "run", "build"], cwd=editor, check=True, timeout=60)
    for name in BUNDLE:
        assert (static / name).read_bytes() == (INGEST / "dateline_ingest" / "static" / name).read_bytes(), (
            f"{name} is not what its sources make: run scripts/build-editor"
        )
