"""The command line's own commands."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from dateline.cli import cli
from dateline.settings import SETTINGS


def run(*arguments: str, **environ: str) -> tuple[int, str, str]:
    result = CliRunner(env={"DATELINE_DATA": None, **environ}).invoke(cli, arguments)
    return result.exit_code, result.stdout, result.stderr


def test_settings_show_value_and_default_and_no_secret() -> None:
    status, out, _ = run("settings", "--json", DATELINE_TITLE="Courier", DATELINE_SECRET_KEY="hidden")
    rows = {row["variable"]: row for row in json.loads(out)["settings"]}
    assert status == 0
    assert set(rows) == {setting.variable for setting in SETTINGS}
    assert (rows["DATELINE_TITLE"]["value"], rows["DATELINE_TITLE"]["default"]) == ("Courier", "Dateline")
    assert "hidden" not in out
    assert "hidden" not in run("settings", DATELINE_SECRET_KEY="hidden")[1]


@pytest.mark.parametrize("environ", [{"DATELINE_TIMEZONE": "Nowhere"}, {"DATELINE_TYPO": "1"}])
def test_a_wrong_setting_is_one_line_and_status_1(environ: dict[str, str]) -> None:
    status, _, err = run("settings", **environ)
    (line,) = err.splitlines()
    assert status == 1
    assert line.startswith("dateline: DATELINE_")


def test_wrong_use_is_status_2() -> None:
    assert run("up", "--web-port", "seventy")[0] == 2
    assert run("no-such-command")[0] == 2


def test_all_services_commands_are_there() -> None:
    status, out, _ = run("--help")
    assert status == 0
    for name in ("up", "settings", "migrate", "index", "submit", "token", "quarantine"):
        assert f"\n  {name} " in out
