"""The way of a submission knows no web framework."""

from __future__ import annotations

import subprocess
import sys


def test_the_intake_imports_no_web_framework() -> None:
    code = "import sys, dateline_ingest.intake; print({'flask', 'werkzeug', 'webargs'} & set(sys.modules))"
    imported = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert imported.stdout == "set()\n"
