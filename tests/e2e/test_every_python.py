"""``scripts/demo`` on a machine that has bash and one Python, and nothing else: the newsroom runs on each version."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from servers import missing
from servers.newsroom import Newsroom

ROOT: Final = Path(__file__).resolve().parents[2]
VERSIONS: Final = ("3.11", "3.12", "3.13", "3.14")
"""Those that pyproject.toml names; the whole suite runs on one of them."""
THIS: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
TOOLS: Final = ("bash", "env", "cat", "cksum", "dirname", "rm")
"""What the scripts call besides Python."""
INSTALL_SECONDS: Final = 600


def test_the_versions_are_those_of_the_package() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    named = [line.split('"')[1] for line in text.splitlines() if "Programming Language :: Python :: 3." in line]
    assert named == [f"Programming Language :: Python :: {version}" for version in VERSIONS]
    assert f'requires-python = ">={VERSIONS[0]}"' in text


def interpreter(version: str) -> Path | None:
    """A Python of ``version`` on PATH, or one that pyenv has."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    on_path = shutil.which(f"python{version}")
    for path in (*([Path(on_path)] if on_path else []), *sorted(pyenv.glob(f"{version}.*/bin/python{version}"))):
        asked = subprocess.run([path, "-c", "import venv, ensurepip, sqlite3"], capture_output=True, check=False)
        if asked.returncode == 0:
            return path
    return None


@pytest.fixture
def machine(version: str, tmp_path: Path) -> Mapping[str, str]:
    """The environment on a bare machine: PATH has the tools, and one Python."""
    python = interpreter(version)
    if python is None:
        missing(f"python{version}", "neither PATH nor pyenv has it")
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found, name
        (tools / name).symlink_to(found)
    script = tools / f"python{version}"
    script.write_text(f'#!{tools / "bash"}\nexec "{python}" "$@"\n')
    script.chmod(0o755)
    return {"PATH": str(tools)}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A copy of the project as it comes, without what was made from it."""
    made = shutil.ignore_patterns(".*", "__pycache__", "var", "tests", "docs")
    return Path(shutil.copytree(ROOT, tmp_path / "dateline", ignore=made))


@pytest.fixture
def room(machine: Mapping[str, str], sources: Path, tmp_path: Path) -> Iterator[Newsroom]:
    """A newsroom that ``scripts/demo`` runs; its packages are installed."""
    install = ["bash", "-c", ". scripts/environment.sh; need_environment run"]
    subprocess.run(
        install, cwd=sources, env={**os.environ, "PIP_NO_COMPILE": "1", **machine}, check=True, timeout=INSTALL_SECONDS
    )
    room = Newsroom(tmp_path / "data", environ=machine, program=(str(sources / "scripts/demo"),))
    yield room
    room.kill_all()


@pytest.mark.timeout(INSTALL_SECONDS + 200)
@pytest.mark.parametrize("version", [version for version in VERSIONS if version != THIS])
def test_the_newsroom_runs(room: Newsroom, sources: Path, version: str) -> None:
    room.start()
    story = room.submit({"headline": "Filed on a bare machine", "body_text": "A sentence."}).body["id"]
    room.wait_for(lambda: room.headline(story) == "Filed on a bare machine", "the story")
    (broker,) = room.find("redis-server")
    assert str(sources / ".venv") in broker.exe()
    (web,) = room.find("dateline_web")
    assert f"python{version}" in os.path.realpath(web.exe())
    assert room.stop() == 0
