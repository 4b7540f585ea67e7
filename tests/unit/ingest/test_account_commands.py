"""`dateline account …` on a data folder."""

from __future__ import annotations

import json
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dateline.bootstrap import open_ledger
from dateline.cli import cli
from dateline.settings import read_settings
from dateline_ingest.passwords.hashes import PasswordHashes
from unit.ingest.conftest import CHEAP

GOOD = "kettle-orbit-walnut-48"


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATELINE_DATA", str(tmp_path))
    for module in ("accounts", "sample_accounts"):
        monkeypatch.setattr(f"dateline_ingest.commands.{module}.PasswordHashes", lambda: CHEAP)


def run(*arguments: str, status: int = 0, stdin: str | None = None) -> Result:
    result = CliRunner().invoke(cli, ["account", *arguments], input=stdin)
    assert result.exit_code == status, result.output
    return result


def run_json(*arguments: str, stdin: str | None = None) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(run(*arguments, "--json", stdin=stdin).stdout)
    return answer


RITA = ("create", "Rita Mori", "--email", "rita@example.org", "--role", "reporter", "--section", "world")


def test_an_account_is_made_with_a_link_listed_disabled_and_enabled() -> None:
    made = run_json(*RITA)
    assert made["link"].startswith("http://127.0.0.1:8001/password?link=")
    assert (made["state"], made["role"], made["sections"]) == ("invited", "reporter", ["world"])
    assert "an account named" in run(*RITA, status=1).output
    assert run_json("list")["items"] == [{name: made[name] for name in made if name != "link"}]
    assert run_json("disable", "RITA@example.org")["state"] == "disabled"
    run("reset", "Rita Mori", status=1)
    assert run_json("enable", "rita mori")["state"] == "invited"
    assert "password?link=" in run("reset", "Rita Mori").output
    assert "no account" in run("disable", "nobody", status=1).output


def test_a_password_is_read_from_standard_input() -> None:
    assert "too easy" in run(*RITA, "--password-stdin", stdin="password123\n", status=1).output
    made = run_json(*RITA, "--password-stdin", stdin=f"{GOOD}\n")
    assert made["state"] == "live" and "link" not in made
    with closing(open_ledger(read_settings())) as ledger:
        assert CHEAP.verify(ledger.password_hash(made["id"]), GOOD)
        run_json("reset", "Rita Mori", "--password-stdin", stdin="velvet-harbor-tuba-93\n")
        assert not CHEAP.verify(ledger.password_hash(made["id"]), GOOD)


@pytest.mark.parametrize(
    "wrong",
    [
        ("create", "Rita", "--email", "nowhere", "--role", "reporter"),
        ("create", "r@ta", "--email", "rita@example.org", "--role", "reporter"),
        ("create", "Rita", "--email", "rita@example.org", "--role", "king"),
        ("create", "Rita", "--email", "rita@example.org", "--role", "reporter", "--section", "No slug"),
    ],
)
def test_what_is_no_account_is_wrong_use(wrong: tuple[str, ...]) -> None:
    run(*wrong, status=2)


def test_the_sample_has_an_editor_and_a_reporter_once(tmp_path: Path) -> None:
    run("sample")
    file = tmp_path / "accounts"
    told = [line.split("\t") for line in file.read_text().splitlines()]
    assert [role for role, *_ in told] == ["editor", "reporter"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with closing(open_ledger(read_settings())) as ledger:
        for role, name, email, password in told:
            found = ledger.find_account(email)
            assert found and (found.name, found.role) == (name, role)
            assert CHEAP.verify(ledger.password_hash(found.id), password)
    before = file.read_text()
    run("sample")
    assert file.read_text() == before


def test_hashes_that_were_cheaper_are_renewed() -> None:
    kept = CHEAP.hash(GOOD)
    assert CHEAP.renewed(kept, GOOD) == ""
    assert PasswordHashes().renewed(kept, GOOD) != ""
