"""The compose file run for real, wherever a container engine answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servers import free_port, missing

ROOT: Final = Path(__file__).resolve().parents[2]
ENGINE_SECONDS: Final = 900
SERVICES_THAT_BUILD: Final = ("migrate", "ingest", "indexer", "web")


def find_compose() -> list[str]:
    """``docker compose``, or ``docker-compose`` where that is what there is.

    ``COMPOSE_AWAIT`` names a file that appears when the engine, begun beside the tests, is ready or has failed.
    """
    if awaited := os.environ.get("COMPOSE_AWAIT"):
        deadline = time.monotonic() + ENGINE_SECONDS
        while not Path(awaited).exists() and time.monotonic() < deadline:
            time.sleep(0.5)
    if shutil.which("docker") is None or subprocess.run(["docker", "info"], capture_output=True).returncode != 0:
        missing("containers", "no container engine answers")
    if subprocess.run(["docker", "compose", "version"], capture_output=True).returncode == 0:
        return ["docker", "compose"]
    if shutil.which("docker-compose") is None:
        missing("containers", "no compose command")
    return ["docker-compose"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComposeProject:
    """A project of its own name and ports."""

    command: tuple[str, ...]
    environ: dict[str, str]
    web: str
    ingest: str

    def run(self, *arguments: str, timeout: float = 900) -> str:
        """Run a compose command; its standard output. Fails with what it said on standard error."""
        done = subprocess.run(
            [*self.command, *arguments],
            cwd=ROOT, env=self.environ, capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{' '.join(arguments)}: {done.stdout[-2000:]}\n{done.stderr[-3000:]}"
        return done.stdout

    def containers(self, service: str) -> list[str]:
        """Ids of a service's containers, stopped ones too. Asked of the engine: compose takes a second to start."""
        labels = {"project": self.command[self.command.index("-p") + 1], "service": service, "oneoff": "False"}
        filters = [f"--filter=label=com.docker.compose.{name}={value}" for name, value in labels.items()]
        listed = ["docker", "ps", "--all", "--quiet", "--no-trunc", *filters]
        return subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()


def inspect(container: str, template: str) -> str:
    """What ``docker inspect`` says of a container."""
    done = subprocess.run(["docker", "inspect", "-f", template, container], capture_output=True, text=True, check=True)
    return done.stdout.strip()


@contextmanager
def compose_project(folder: Path, **environ: str) -> Iterator[ComposeProject]:
    """A project of the product's own compose file; taken down with its volumes at the end.

    ``COMPOSE_BUILD_NETWORK`` names the network image builds use, where the engine's own reaches no registry.
    """
    files = ["-f", str(ROOT / "docker-compose.yml")]
    if network := os.environ.get("COMPOSE_BUILD_NETWORK"):
        override = folder / "override.yml"
        override.write_text(json.dumps({"services": {s: {"build": {"network": network}} for s in SERVICES_THAT_BUILD}}))
        files += ["-f", str(override)]
    web, ingest = free_port(), free_port()
    ours = {name: value for name, value in os.environ.items() if not name.startswith("DATELINE_")}
    project = ComposeProject(
        command=(*find_compose(), "-p", f"dateline{ingest}", *files),
        environ=ours | {"DATELINE_WEB_PORT": str(web), "DATELINE_INGEST_PORT": str(ingest), **environ},
        web=f"http://127.0.0.1:{web}",
        ingest=f"http://127.0.0.1:{ingest}",
    )
    try:
        yield project
    finally:
        project.run("down", "-v", "--timeout", "5")
