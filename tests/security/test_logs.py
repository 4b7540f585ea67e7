"""What clients can write into the logs: no second line, nothing that moves a terminal's cursor, and little of it."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from typing import Any, Final

import pytest

from unit.ingest.conftest import STORY

HOSTILE: Final = (
    "\x1b[2J\x1b[1;31m", "\r\n2026-05-01T10:00:00Z info [dateline.auth] forged", "\x9b31m", "\x07\x08\x0c", "\x85",
    "\u2028forged", "\u202edesrever", "\u2066x", "\ud800", "\x7f", "\x00",
)  # fmt: skip
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
CODE: Final = """
import logging, structlog
from dateline.log import set_up_logging
from dateline.settings import read_settings
set_up_logging(read_settings())
hostile = {hostile!r}
log = structlog.get_logger("dateline.http")
log.info("request", path="/" + hostile, method="GET")
log.warning("later", reason=ValueError(hostile * 10_000), parts=[hostile] * 10_000)
logging.getLogger("library").warning("invalid request from %s", hostile)
try:
    raise ValueError(hostile)
except ValueError:
    log.exception("failed")
"""


def written(hostile: str, **environ: str) -> str:
    """What is in the log."""
    given = {"PYTHONIOENCODING": "utf-8:surrogatepass", **environ}
    done = subprocess.run([sys.executable, "-c", CODE.format(hostile=hostile)], env=given, capture_output=True)
    assert done.returncode == 0, done.stderr
    return done.stderr.decode("utf-8", "surrogatepass")


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda text: f"{ord(text[0]):x}")
@pytest.mark.parametrize("form", ["text", "json"])
def test_nothing_forges_a_line_or_moves_a_cursor(hostile: str, form: str) -> None:
    text = written(hostile, DATELINE_LOG_FORMAT=form)
    assert not FORBIDDEN.search(text)
    before_trace = text.split("Traceback")[0].splitlines()
    assert [line for line in before_trace if line.startswith("2026-05-01")] == []
    assert len(text) < 25_000
    if form == "json":
        lines = [json.loads(line) for line in text.splitlines()]
        assert [line["event"] for line in lines][::3] == ["request", "failed"]
        assert lines[0]["path"] == "/" + hostile
    else:
        assert len(before_trace) == 4


def test_a_terminal_is_not_moved_either() -> None:
    """Whoever looks at a process without a file sees colours of ours only."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen([sys.executable, "-c", CODE.format(hostile=HOSTILE[0])], stderr=theirs)
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 65_536):
            seen += chunk
    except OSError:  # what a terminal says when the other side is gone
        pass
    os.close(ours)
    assert program.wait() == 0
    assert b"failed" in seen
    assert b"\x1b[2J" not in seen


@pytest.mark.parametrize("given", ["a\r\nb", "\x1b[2J", "x" * 65, "a b", "é"])
def test_a_request_id_of_the_clients_is_plain_or_ours(newsroom: Any, given: str) -> None:
    headers = {"Authorization": "Bearer secret-rita"}
    answer = newsroom.client.post(
        "/v1/stories", json=STORY, headers=headers,
        environ_overrides={"HTTP_X_REQUEST_ID": given.encode().decode("latin-1")},
    )  # fmt: skip
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
