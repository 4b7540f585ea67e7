"""The command line's own commands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dateline.cli import GROUPS, HELP_WIDTH, cli
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


@pytest.mark.parametrize(
    "environ",
    [
        {"DATELINE_TIMEZONE": "Nowhere"}, {"DATELINE_TYPO": "1"}, {"DATELINE_RATE_LIMIT": "lots"},
        {"DATELINE_LANGUAGE": "xx"},
    ],
)  # fmt: skip
def test_a_wrong_setting_is_one_line_and_status_2(environ: dict[str, str]) -> None:
    status, _, err = run("settings", **environ)
    (line,) = err.splitlines()
    assert status == 2
    assert line.startswith("dateline: DATELINE_")


def test_wrong_use_is_status_2() -> None:
    assert run("up", "--web-port", "seventy")[0] == 2
    assert run("no-such-command")[0] == 2


@pytest.mark.parametrize(
    "arguments", [("up", "--web-port", "8000", "--ingest-port", "8000"), ("up", "--broker", "foo://x")]
)
def test_up_begins_with_nothing_wrong(arguments: tuple[str, ...], tmp_path: Path) -> None:
    status, out, err = run(*arguments, "--data", str(tmp_path / "data"))
    assert (status, out) == (2, "")
    assert err.splitlines()[-1].startswith("dateline: ")
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["--nope"], 2),
        (["nope"], 2),
        (["token", "create"], 2),
        (["withdraw", "x", "--ingest", "http://127.0.0.1:9"], 1),
    ],
)
def test_every_error_begins_in_the_same_way(arguments: list[str], status: int) -> None:
    found, _, err = run(*arguments, DATELINE_TOKEN="secret")
    assert found == status
    assert err.splitlines()[-1].startswith("dateline: ")
    assert "Error:" not in err


def _all_commands(group: click.Group, name: str = "") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for one in group.list_commands(context):
        command = group.get_command(context, one)
        assert command is not None
        yield f"{name} {one}".strip(), command
        if isinstance(command, click.Group):
            yield from _all_commands(command, f"{name} {one}".strip())


def test_each_commands_line_of_help_is_whole() -> None:
    long = {name for name, one in _all_commands(cli) if len(one.get_short_help_str(limit=1000)) > HELP_WIDTH}
    assert not long
    _, out, _ = run("--help")
    assert not [line for line in out.splitlines()[1:] if "..." in line]
    assert max(map(len, out.splitlines())) <= 80


def test_each_command_stands_in_a_group_of_the_help() -> None:
    _, out, _ = run("--help")
    assert [title for title in (*GROUPS, "Other") if f"\n{title}:\n" in out] == list(GROUPS)
    grouped = [name for names in GROUPS.values() for name in names]
    assert sorted(grouped) == sorted(cli.list_commands(click.Context(cli)))


def test_a_command_that_reads_makes_no_newsroom(tmp_path: Path) -> None:
    for command in ("export", "token list", "account list", "audit", "index list", "index check", "index ensure"):
        status, out, err = run(*command.split(), "--data", str(tmp_path / "typo"))
        assert (status, out) == (1, ""), command
        assert "there is no newsroom" in err.lower()
    assert not list(tmp_path.iterdir())


def test_a_generation_that_is_not_there_is_not_dropped(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    assert run("token", "create", "rita", "--role", "reporter", *data)[0] == 0
    assert run("index", "ensure", *data)[0] == 0
    for command in ("drop", "swap"):
        status, out, err = run("index", command, "nope", *data)
        assert (status, out) == (1, "")
        assert "there is no generation nope" in err


def test_all_services_commands_are_there() -> None:
    status, out, _ = run("--help")
    assert status == 0
    for name in ("up", "settings", "migrate", "index", "submit", "token", "quarantine"):
        assert f"\n  {name} " in out
