"""The examples of docs/api.md run as they stand."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

PAGE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def test_the_examples_run(service, address, tmp_path) -> None:  # type: ignore[no-untyped-def]
    examples = re.findall(r"```sh\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert len(examples) > 5
    script = "\necho\n".join(["set -eu -o pipefail", *examples])
    environ = {**os.environ, "INGEST": address, "TOKEN": service.tokens["editor"]}
    done = subprocess.run(
        ["bash", "-c", script], env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for expected in ('"state":"accepted"', '"revision":2', '"status": 422', '"tags":', '"recurrence_id":null'):
        assert expected in done.stdout
