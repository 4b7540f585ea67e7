"""Where passwords may stand: in the environment or in files, in no command line, and not those that everybody knows."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from celery.beat import PersistentScheduler

from dateline.errors import BadSetting
from dateline.settings import SETTINGS, read_settings
from dateline.supervisor import embedded_broker
from dateline.supervisor.command_line import without_options
from servers.newsroom import Newsroom, newsroom
from servers.redis import redis_server

ROOT: Final = Path(__file__).parents[2]
SECRET: Final = "Hidden/41@%:word"
WRITTEN: Final = "Hidden%2F41%40%25%3Aword"
COMPOSE: Final = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("name", "address", "becomes"),
    [
        ("ledger", "postgresql://dateline@db/dateline", f"postgresql://dateline:{WRITTEN}@db/dateline"),
        ("broker", "redis://broker:6379/0", f"redis://:{WRITTEN}@broker:6379/0"),
        ("search", "http://elastic@[::1]:9200", f"http://elastic:{WRITTEN}@[::1]:9200"),
        ("ledger", "postgresql://dateline:own@db/dateline", "postgresql://dateline:own@db/dateline"),
        ("search", "embedded", "embedded"),
        ("ledger", "", ""),
    ],
)
def test_a_password_comes_by_a_file(tmp_path: Path, name: str, address: str, becomes: str) -> None:
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    environ = {f"DATELINE_{name.upper()}": address, f"DATELINE_{name.upper()}_PASSWORD_FILE": str(path)}
    assert getattr(read_settings(environ), name) == becomes


@pytest.mark.parametrize("setting", [one for one in SETTINGS if one.secret], ids=lambda one: one.name)
def test_each_secret_setting_may_stand_in_a_file(tmp_path: Path, setting: Any) -> None:
    addresses = {"ledger": "sqlite:///a", "broker": "redis://a", "smtp": "smtp://a"}
    wanted = setting.default or addresses.get(setting.name, "key")
    path = tmp_path / "secret"
    path.write_text(f"{wanted}\n", encoding="utf-8")
    beside = {"DATELINE_MAIL_FROM": "desk@example.org", "DATELINE_INGEST_URL": "https://desk.example.org"}
    pair = {"DATELINE_MEDIA_KEY", "DATELINE_MEDIA_SECRET"}
    beside |= dict.fromkeys(pair - {setting.variable}, "other") if setting.variable in pair else {}
    assert getattr(read_settings({**beside, f"{setting.variable}_FILE": str(path)}), setting.name) == wanted
    with pytest.raises(BadSetting, match="are both set") as told:
        read_settings({setting.variable: wanted, f"{setting.variable}_FILE": str(path)})
    with pytest.raises(BadSetting, match="can't be read: No such file"):
        read_settings({f"{setting.variable}_FILE": str(tmp_path / "none")})
    assert "\n" not in str(told.value)


def test_what_is_no_secret_has_no_file() -> None:
    with pytest.raises(BadSetting, match="DATELINE_TITLE_FILE is no setting"):
        read_settings({"DATELINE_TITLE_FILE": "/etc/passwd"})


@pytest.mark.parametrize("given", [["--broker", "redis://:x@h"], ["--broker=redis://:x@h"]])
def test_a_password_leaves_a_command_line(given: list[str]) -> None:
    line = ["python", "-m", "dateline.cli", "up", "--data", "var", *given, "--empty"]
    assert without_options(line, {"broker": "redis://:x@h"}) == [*line[:6], "--empty"]


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    """A newsroom whose broker's password was given in the worst place."""
    with redis_server() as broker:
        with socket.create_connection(("127.0.0.1", broker.port)) as connection:
            connection.sendall(b"CONFIG SET requirepass Hidden41word\r\n")
            assert connection.recv(100) == b"+OK\r\n"
        url = broker.url.replace("://", "://:Hidden41word@")
        with newsroom("--empty", "--broker", url, environ={"DATELINE_SECRET_KEY": "Hidden41" * 4}) as running:
            yield running


def test_no_process_shows_a_secret(room: Newsroom) -> None:
    lines = {one.pid: Path(f"/proc/{one.pid}/cmdline").read_bytes() for one in room.processes()}
    assert len(lines) >= 6
    assert [line for line in lines.values() if b"Hidden41" in line or room.token.encode() in line] == []
    assert "Hidden41" not in room.output + room.logs()


def test_beat_keeps_no_pickle(room: Newsroom) -> None:
    """Who can write a file of pickles runs code as beat."""
    from dateline_indexer.worker import StaticScheduler, app

    assert app.conf.beat_scheduler == f"{StaticScheduler.__module__}:{StaticScheduler.__name__}"
    assert not issubclass(StaticScheduler, PersistentScheduler)
    room.wait_for((room.data / "beat-alive").exists, "beat looked what is due")
    assert {path.name for path in room.data.glob("beat*")} == {"beat-alive"}
    assert (room.data / "beat-alive").read_bytes() == b""
    story = room.submit({"headline": "Bridge opens", "body_text": "It is open."}).body["id"]
    room.wait_for(lambda: room.headline(story) is not None, "the newsroom works")


def refused(published_on: str, **passwords: str) -> str:
    """What compose's first step says; empty where it goes on to the ledger."""
    given = {f"DATELINE_{name}_PASSWORD": "dateline" for name in ("LEDGER", "BROKER", "SEARCH")}
    *_, script = COMPOSE["services"]["migrate"]["command"]
    environ = {**os.environ, **given, **passwords, "PUBLISHED_ON": published_on}
    said = subprocess.run(
        ["sh", "-c", f"dateline() {{ echo ran; }}\n{script.replace('$$', '$')}"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ("ran" in said.stdout) == (said.returncode == 0)
    return said.stderr


@pytest.mark.parametrize("published_on", ["0.0.0.0", "", "::", "192.0.2.7", "10.0.0.1"])
def test_known_passwords_are_refused_beyond_this_machine(published_on: str) -> None:
    assert "set passwords of your own" in refused(published_on)
    assert refused(published_on, DATELINE_LEDGER_PASSWORD="a", DATELINE_BROKER_PASSWORD="b")
    own = {f"DATELINE_{name}_PASSWORD": "own" for name in ("LEDGER", "BROKER", "SEARCH")}
    assert refused(published_on, **own) == ""


@pytest.mark.parametrize("published_on", ["127.0.0.1", "127.0.0.53", "localhost", "::1", "[::1]"])
def test_a_first_look_needs_none(published_on: str) -> None:
    assert refused(published_on) == ""


def test_compose_publishes_on_what_it_checks_and_puts_no_password_in_a_command() -> None:
    services = COMPOSE["services"]
    assert services["migrate"]["environment"]["PUBLISHED_ON"] == "${DATELINE_BIND:-127.0.0.1}"
    ports = [port for one in services.values() for port in one.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith("${DATELINE_BIND:-127.0.0.1}:") for port in ports)
    assert not [name for name, one in services.items() if "PASSWORD}" in str(one.get("command", ""))]
    assert not [name for name, one in services.items() if "PASSWORD:-" in str(one.get("command", ""))]


def test_the_systems_redis_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one in the wheel is old: docs/security.md says what it lacks."""
    own = tmp_path / "redis-server"
    own.write_text("#!/bin/sh\n")
    own.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(embedded_broker, "_wheels", lambda: iter([Path("/wheel")]))
    assert embedded_broker.find_binary() == str(own)
