"""html-validate, by which pages are held against the HTML standard: what browsers mend quietly, it names."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from servers.node import install

_FOLDER: Final = Path(__file__).with_name("html_validate")
_PRESET: Final = "standard"


def invalid_html(pages: Mapping[str, str], folder: Path) -> list[str]:
    """What is wrong in ``pages`` (HTML by name), a line each; ``folder`` is empty and takes them as files. Skips the
    test where html-validate can't be installed."""
    install(_FOLDER, "html-validate", "html-validate")
    names = dict(enumerate(pages))
    for number, name in names.items():
        (folder / f"{number}.html").write_text(pages[name], encoding="utf-8")
    program = _FOLDER / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    command = ["node", str(program), "--preset", _PRESET, "--formatter", "json", str(folder)]
    with (folder / "report.json").open("w+") as report:  # a pipe is cut off where Node.js ends before it is read
        told = subprocess.run(command, stdout=report, stderr=subprocess.PIPE, text=True, timeout=120, check=False)
        assert told.returncode in (0, 1), told.stderr
        report.seek(0)
        files = json.loads(report.read() or "[]")
    return [
        f"{names[int(Path(file['filePath']).stem)]}:{found['line']}: {found['ruleId']}: {found['message']}"
        for file in files
        for found in file["messages"]
    ]
