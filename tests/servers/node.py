"""npm packages that tests run: installed from the lock file beside them, once."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from servers import missing

_INSTALL_SECONDS: Final = 120


def install(folder: Path, package: str, name: str) -> None:
    """Install what ``folder`` locks, of which ``package`` is one. Skips the test where there is no Node.js, or it can't
    be installed: then ``name`` could not be run here."""
    if not shutil.which("node") or not shutil.which("npm"):
        missing(name, "no Node.js with npm on PATH")
    if (folder / "node_modules" / package).exists():
        return
    line = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    try:
        subprocess.run(line, cwd=folder, check=True, capture_output=True, timeout=_INSTALL_SECONDS)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as failed:
        missing(name, f"npm can't install {package}: {failed}")
