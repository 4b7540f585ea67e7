"""A real Elasticsearch for the tests, without a container: the server its makers publish for integration tests.

``org.elasticsearch.distribution.integ-test-zip`` from Maven Central (once, then from the local repository), run as
another user when root (Elasticsearch refuses root), with ``AnalysisLab.java`` giving it the language analysis that this
build leaves out, under the names and with the tokens of the full distribution.
"""

from __future__ import annotations

import os
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from servers import free_port, missing

VERSION: Final = "9.5.0"
ARTIFACT: Final = "org.elasticsearch.distribution.integ-test-zip"
PLUGIN: Final = Path(__file__).with_name("AnalysisLab.java")
USER: Final = "nobody"
START_SECONDS: Final = 240
"""Generous: the machine that runs the tests may be busy."""
ROOM: Final = 2_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ElasticServer:
    """A running server: its address, and the password of the user ``elastic`` when security is on."""

    url: str
    pid: int
    password: str = ""
    ca: Path | None = None


def find_jdk() -> Path | None:
    """A JDK of version 21 or newer."""
    homes = [os.environ.get("ES_JAVA_HOME", ""), os.environ.get("JAVA_HOME", "")]
    homes += [str(path) for path in sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)]
    for home in filter(None, homes):
        javac = Path(home) / "bin" / "javac"
        if javac.is_file():
            answer = subprocess.run([javac, "-version"], capture_output=True, text=True, check=False)
            words = (answer.stdout + answer.stderr).split()
            if len(words) > 1 and words[1].split(".")[0].isdecimal() and int(words[1].split(".")[0]) >= 21:
                return Path(home)
    return None


def find_zip() -> Path:
    """The server's zip, downloaded once into the local Maven repository."""
    local = Path.home() / ".m2" / "repository"
    path = local / ARTIFACT.replace(".", "/") / "elasticsearch" / VERSION / f"elasticsearch-{VERSION}.zip"
    if path.is_file():
        return path
    if shutil.which("mvn") is None:
        missing("elasticsearch", "no mvn on PATH to fetch the server with")
    got = subprocess.run(
        [
            "mvn",
            "-q",
            "-B",
            "dependency:get",
            f"-Dartifact={ARTIFACT}:elasticsearch:{VERSION}:zip",
            "-Dtransitive=false",
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if not path.is_file():
        missing("elasticsearch", f"mvn could not fetch the server: {got.stdout.strip()[-300:]}")
    return path


def install(folder: Path, jdk: Path) -> Path:
    """Unpack the server into ``folder`` and give it the language filters; returns its home."""
    shutil.unpack_archive(find_zip(), folder)
    home = folder / f"elasticsearch-{VERSION}"
    classes = folder / "classes"
    plugin = home / "plugins" / "analysis-lab"
    plugin.mkdir(parents=True)
    subprocess.run(
        [jdk / "bin/javac", "--release", "21", "-nowarn", "-cp", f"{home}/lib/*", "-d", classes, PLUGIN],
        check=True,
        capture_output=True,
    )
    subprocess.run([jdk / "bin/jar", "cf", plugin / "analysis-lab.jar", "-C", classes, "lab"], check=True)
    plugin.joinpath("plugin-descriptor.properties").write_text(
        "description=language filters\nversion=1.0\nname=analysis-lab\nclassname=lab.AnalysisLab\n"
        f"java.version=21\nelasticsearch.version={VERSION}\n"
    )
    for script in (home / "bin").iterdir():
        script.chmod(0o755)
    return home


def memory() -> str | None:
    """A folder in memory, where there is one with room: an index of a test needs no disk."""
    return "/dev/shm" if Path("/dev/shm").is_dir() and shutil.disk_usage("/dev/shm").free > ROOM else None


def as_user(command: list[str]) -> list[str]:
    """The command, run as the server's own user when root."""
    if os.getuid() != 0:
        return command
    return ["setpriv", f"--reuid={USER}", "--regid=nogroup", "--clear-groups", *command]


def _answers(server: ElasticServer) -> bool:
    request = urllib.request.Request(f"{server.url}/_cluster/health?wait_for_status=yellow&timeout=1s")
    if server.password:
        request.add_header("Authorization", "Basic " + b64encode(f"elastic:{server.password}".encode()).decode())
    try:
        trust = ssl.create_default_context(cafile=server.ca) if server.ca else None
        with urllib.request.urlopen(request, timeout=3, context=trust) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def elasticsearch(*, password: str = "", certificates: Path | None = None) -> Iterator[ElasticServer]:
    """Run a server in a temporary folder on a free port of 127.0.0.1; ended by its pid.

    With a ``password`` security is on; ``certificates`` is a folder with ca.pem, node.pem and node.key for TLS.
    """
    jdk = find_jdk()
    if jdk is None:
        missing("elasticsearch", "no JDK of version 21 or newer")
    with (
        tempfile.TemporaryDirectory(prefix="dateline-es-", ignore_cleanup_errors=True) as name,
        tempfile.TemporaryDirectory(prefix="dateline-es-", dir=memory(), ignore_cleanup_errors=True) as data,
    ):
        folder = Path(name)
        folder.chmod(0o755)
        home = install(folder, jdk)
        port = free_port()
        options = {
            "http.port": str(port),
            "transport.port": str(free_port()),
            "path.data": data,
            "network.host": "127.0.0.1",
            "discovery.type": "single-node",
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "xpack.security.enabled": "true" if password else "false",
        }
        if certificates:
            for path in certificates.iterdir():
                shutil.copy(path, home / "config" / path.name)
            options |= {
                "xpack.security.http.ssl.enabled": "true",
                "xpack.security.http.ssl.certificate": "node.pem",
                "xpack.security.http.ssl.key": "node.key",
            }
        if os.getuid() == 0:
            shutil.chown(folder, USER, "nogroup")
            shutil.chown(data, USER, "nogroup")
            for path in folder.rglob("*"):
                shutil.chown(path, USER, "nogroup")
        environ = os.environ | {"ES_JAVA_HOME": str(jdk), "ES_JAVA_OPTS": "-Xms512m -Xmx512m", "HOME": str(folder)}
        if password:
            keystore = str(home / "bin/elasticsearch-keystore")
            subprocess.run(as_user([keystore, "create"]), env=environ, check=True, capture_output=True, cwd=home)
            subprocess.run(
                as_user([keystore, "add", "-xf", "bootstrap.password"]),
                env=environ, check=True, capture_output=True, cwd=home, input=password.encode(),
            )  # fmt: skip
        log = folder / "output.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                as_user([str(home / "bin/elasticsearch"), *(f"-E{k}={v}" for k, v in options.items())]),
                env=environ, cwd=home, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        server = ElasticServer(
            url=f"{'https' if certificates else 'http'}://127.0.0.1:{port}",
            pid=process.pid,
            password=password,
            ca=certificates and certificates / "ca.pem",
        )
        try:
            _wait_for(server, process, log)
            yield server
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(server: ElasticServer, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"Elasticsearch did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.3)


@pytest.fixture(scope="session")
def elastic_server() -> Iterator[ElasticServer]:
    """One server for the whole run; tests use index prefixes of their own."""
    with elasticsearch() as server:
        yield server
