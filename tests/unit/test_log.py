"""Logs: our lines and the libraries', in one format."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CODE = """
import logging, structlog
from dateline.log import set_up_logging
from dateline.settings import read_settings
set_up_logging(read_settings())
log = structlog.get_logger("dateline.test")
log.debug("too quiet")
log.info("indexed", item="a", words="Минск")
logging.getLogger("library").warning("from %s", "outside")
logging.getLogger("kombu").info("noise")
try:
    1 / 0
except ZeroDivisionError:
    log.exception("failed")
"""


def lines(code: str = CODE, **environ: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", code], env={"PYTHONIOENCODING": "utf-8", **environ}, capture_output=True, check=True
    )
    assert done.stdout == b""
    return done.stderr.decode().splitlines()


def test_json_is_one_object_a_line() -> None:
    ours, library, failed = (json.loads(line) for line in lines(DATELINE_LOG_FORMAT="json"))
    assert (ours["event"], ours["item"], ours["words"]) == ("indexed", "a", "Минск")
    assert (ours["level"], ours["logger"]) == ("info", "dateline.test")
    assert ours["timestamp"].endswith("Z")
    assert (library["event"], library["logger"], library["level"]) == ("from outside", "library", "warning")
    assert "ZeroDivisionError" in failed["exception"]


def test_text_is_for_people() -> None:
    found = lines()
    assert "indexed" in found[0]
    assert "item=a" in found[0]
    assert "[dateline.test]" in found[0]
    assert "from outside" in found[1]
    assert any("ZeroDivisionError" in line for line in found[2:])


@pytest.mark.parametrize(("level", "count"), [("error", 1), ("debug", 4)])
def test_the_level_counts_for_both(level: str, count: int) -> None:
    assert len(lines(DATELINE_LOG_FORMAT="json", DATELINE_LOG_LEVEL=level)) == count


LONG = """
import logging, structlog
from dateline.log import set_up_logging
from dateline.settings import read_settings
set_up_logging(read_settings())
structlog.get_logger("dateline.http").info("request", path="/" + chr(10) * 100_000, method="GET")
structlog.get_logger("dateline.http").info("request", path=chr(0) * 100_000)
logging.getLogger("library").warning("from %s", "outside " * 100_000)
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_line_is_bounded_whatever_a_client_sends(form: str) -> None:
    found = lines(LONG, DATELINE_LOG_FORMAT=form)
    assert len(found) == 3
    assert max(map(len, found)) < 5_000
    assert "(100001)" in found[0]
    assert "GET" in found[0]
