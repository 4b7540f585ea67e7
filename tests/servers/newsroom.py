"""A whole newsroom for the tests: `dateline up` as a subprocess, on free ports, in a temporary folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psutil
import pytest

from servers import free_port

START_SECONDS: Final = 90.0
"""Generous: the machine that runs the tests may be busy."""

Story = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer with its JSON (or text)."""

    status: int
    body: Any
    headers: Mapping[str, str]


@dataclass(slots=True)
class Newsroom:
    """A newsroom that a test may maltreat. ``start`` may be called again on the same folder."""

    data: Path
    web_port: int = field(default_factory=free_port)
    ingest_port: int = field(default_factory=free_port)
    options: tuple[str, ...] = ("--empty",)
    program: tuple[str, ...] = (sys.executable, "-m", "dateline.cli", "up")
    environ: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    out: Path | None = None

    @property
    def output(self) -> str:
        """What the supervisor wrote."""
        return self._out.read_text(errors="replace") if self._out.exists() else ""

    @property
    def _out(self) -> Path:
        return self.out or self.data.with_suffix(".out")

    @property
    def token(self) -> str:
        """The editor's token."""
        return (self.data / "token").read_text().strip()

    # --- life ---
    def launch(self) -> None:
        """Run the command and return at once."""
        command = [
            *self.program, "--data", str(self.data), "--web-port", str(self.web_port),
            "--ingest-port", str(self.ingest_port), *self.options,
        ]  # fmt: skip
        with self._out.open("wb") as output:
            self.process = subprocess.Popen(
                command, env={**os.environ, **self.environ}, stdout=output, stderr=output, start_new_session=True
            )

    def start(self) -> None:
        """Run it and return when it says that it is ready."""
        self.launch()
        assert self.process is not None
        deadline = time.monotonic() + START_SECONDS
        while "Ctrl-C" not in self.output:
            if self.process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"the newsroom did not start:\n{self.output}\n{self.logs()}")
            time.sleep(0.05)

    def stop(self) -> int:
        """SIGTERM; returns the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)

    def kill_all(self) -> None:
        """kill -9 for every process, the supervisor first."""
        for process in self.processes():
            process.kill()
        psutil.wait_procs(self.processes(), timeout=10)
        if self.process is not None:
            self.process.wait(timeout=10)

    def processes(self) -> list[psutil.Process]:
        """The supervisor and everything below it."""
        if self.process is None or self.process.poll() is not None:
            return []
        root = psutil.Process(self.process.pid)
        return [root, *root.children(recursive=True)]

    def find(self, *words: str) -> list[psutil.Process]:
        """Direct children of the supervisor whose command line has all ``words`` as arguments or in them."""
        assert self.process is not None
        children = psutil.Process(self.process.pid).children()
        return [child for child in children if all(word in " ".join(_command(child)) for word in words)]

    def kill(self, *words: str) -> None:
        """kill -9 for the child with ``words`` on its command line."""
        (child,) = self.find(*words)
        child.kill()

    def logs(self) -> str:
        """The last lines of every log."""
        files = sorted((self.data / "logs").glob("*.log"))
        return "\n".join(f"== {file.name}\n{file.read_text(errors='replace')[-2000:]}" for file in files)

    def memory(self) -> int:
        """Bytes of all processes together, shared pages counted once (PSS)."""
        return sum(_pss(process.pid) for process in self.processes())

    # --- reporting and reading ---
    def ask(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """One request to ingest, with the token."""
        given = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json", **headers}
        return _ask(self.ingest_port, method, path, body, given)

    def read(self, path: str) -> Answer:
        """One request to web."""
        return _ask(self.web_port, "GET", path, None, {})

    def ask_all(self, path: str) -> Iterator[dict[str, Any]]:
        """The items on all pages of a listing of ingest."""
        return _all_items(lambda page: self.ask("GET", page), path)

    def read_all(self, path: str) -> Iterator[dict[str, Any]]:
        """The items on all pages of a listing of web."""
        return _all_items(self.read, path)

    def submit(self, story: Story, **headers: str) -> Answer:
        """POST a story; the answer must be 202."""
        answer = self.ask("POST", "/v1/stories", story, **headers)
        assert answer.status == 202, answer
        return answer

    def correct(self, item_id: str, revision: int, story: Story) -> Answer:
        """PUT a correction of ``revision``; the answer must be 202."""
        answer = self.ask("PUT", f"/v1/stories/{item_id}", story, **{"If-Match": f'"{revision}"'})
        assert answer.status == 202, answer
        return answer

    def headline(self, item_id: str) -> str | None:
        """The headline readers see; None while there is none."""
        answer = self.read(f"/v1/stories/{item_id}")
        return str(answer.body["headline"]) if answer.status == 200 else None

    def settled(self, item_id: str) -> tuple[int, str]:
        """Revision and state of the item's receipt, once it is no longer on its way: readers see a story a moment
        before the ledger has its mark."""

        def receipt() -> tuple[int, str]:
            body = self.ask("GET", f"/v1/stories/{item_id}").body
            return body["revision"], body["state"]

        self.wait_for(lambda: receipt()[1] != "accepted", f"the mark of {item_id}")
        return receipt()

    def wait_for(self, condition: Callable[[], bool], what: str, seconds: float = 60.0) -> float:
        """Return when ``condition`` holds, with the seconds it took; fail after ``seconds``."""
        started = time.monotonic()
        while not condition():
            if time.monotonic() > started + seconds:
                pytest.fail(f"not within {seconds} s: {what}\n{self.output}\n{self.logs()}")
            time.sleep(0.02)
        return time.monotonic() - started


@contextmanager
def newsroom(*options: str, environ: Mapping[str, str] | None = None) -> Iterator[Newsroom]:
    """A newsroom that runs until the block ends."""
    with TemporaryDirectory(prefix="dateline-newsroom-", ignore_cleanup_errors=True) as name:
        room = Newsroom(Path(name) / "data", options=options or ("--empty",), environ=environ or {})
        try:
            room.start()
            yield room
        finally:
            room.kill_all()


def _ask(port: int, method: str, path: str, body: object, headers: Mapping[str, str]) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        connection.request(method, path, data, dict(headers))
        answer = connection.getresponse()
        text = answer.read()
    except (OSError, HTTPException) as lost:
        return Answer(0, str(lost), {})
    finally:
        connection.close()
    is_json = answer.headers.get_content_type().endswith(("/json", "+json"))
    return Answer(answer.status, json.loads(text) if is_json and text else text.decode(), dict(answer.headers))


def _all_items(get: Callable[[str], Answer], path: str) -> Iterator[dict[str, Any]]:
    while path:
        page = get(path).body
        yield from page["items"]
        path = page["next"][page["next"].index("/v1/") :] if page["next"] else ""


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
