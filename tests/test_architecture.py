"""The rules that keep the code as docs/architecture.md draws it. They read the source; nothing is imported."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = {
    "dateline": ROOT / "shared/dateline",
    "dateline_ingest": ROOT / "services/ingest/dateline_ingest",
    "dateline_indexer": ROOT / "services/indexer/dateline_indexer",
    "dateline_web": ROOT / "services/web/dateline_web",
}
SERVICES: Final = frozenset(PACKAGES) - {"dateline"}
SERVER_CLIENTS: Final = frozenset({"celery", "kombu", "redis", "sqlalchemy", "alembic", "psycopg", "elasticsearch"})
VAGUE_NAMES: Final = ("utils", "helpers", "common", "misc", "manager")
MOST_LINES: Final = 300


def modules() -> Iterator[tuple[str, Path]]:
    for package, folder in PACKAGES.items():
        for path in sorted(folder.rglob("*.py")):
            yield package, path


@cache
def imported(path: Path) -> frozenset[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return frozenset(names)


def roots(path: Path) -> frozenset[str]:
    return frozenset(name.split(".")[0] for name in imported(path))


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


ALL: Final = [pytest.param(package, path, id=named(path)) for package, path in modules()]


def test_there_are_modules_to_check() -> None:
    assert {package for package, _ in modules()} == set(PACKAGES)
    assert len(ALL) > 50


@pytest.mark.parametrize(("package", "path"), ALL)
def test_services_are_imported_by_nobody_else(package: str, path: Path) -> None:
    assert not roots(path) & (SERVICES - {package})


@pytest.mark.parametrize(("package", "path"), ALL)
def test_only_adapters_and_the_worker_know_the_servers(package: str, path: Path) -> None:
    if "adapters" in path.parts or (package == "dateline_indexer" and path.name in ("worker.py", "tasks.py")):
        return
    assert not roots(path) & SERVER_CLIENTS


@pytest.mark.parametrize(("package", "path"), ALL)
def test_the_domain_does_no_input_or_output(package: str, path: Path) -> None:
    if "domain" not in path.parts and "tagging" not in path.parts:
        return
    forbidden = SERVER_CLIENTS | {"flask", "marshmallow", "socket", "sqlite3", "subprocess"}
    assert not roots(path) & forbidden
    assert "urllib.request" not in imported(path)
    above = {name for name in imported(path) if name.startswith("dateline.")}
    assert not {n for n in above if n.split(".")[1] in {"adapters", "bootstrap", "http", "schemas", "newsroom"}}


@pytest.mark.parametrize(("package", "path"), ALL)
def test_adapters_are_put_together_in_bootstrap_only(package: str, path: Path) -> None:
    if "adapters" in path.parts or path.name in ("bootstrap.py", "worker.py", "tasks.py"):
        return
    indexes_and_ledgers = {n for n in imported(path) if n.startswith("dateline.adapters.")}
    assert indexes_and_ledgers <= {"dateline.adapters.broker"}


@pytest.mark.parametrize(("package", "path"), ALL)
def test_names_say_what_a_module_does(package: str, path: Path) -> None:
    assert not any(vague in path.stem for vague in VAGUE_NAMES)


@pytest.mark.parametrize(("package", "path"), ALL)
def test_no_file_is_two(package: str, path: Path) -> None:
    assert len(path.read_text().splitlines()) <= MOST_LINES or path.parent.name == "ports"


@pytest.mark.parametrize(("package", "path"), ALL)
def test_nothing_catches_everything_silently(package: str, path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.ExceptHandler):
            continue
        broad = node.type is None or (
            isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException")
        )
        says_so = any(
            isinstance(inner, ast.Raise) or (isinstance(inner, ast.Attribute) and inner.attr in ("exception", "error"))
            for inner in ast.walk(node)
        )
        assert not broad or says_so, f"line {node.lineno} swallows every error"


@pytest.mark.parametrize(("package", "path"), ALL)
def test_times_are_aware(package: str, path: Path) -> None:
    text = path.read_text()
    assert "utcnow(" not in text
    assert "datetime.now()" not in text
    assert "fromtimestamp(" not in text or "tz=" in text


def test_a_view_is_a_few_lines() -> None:
    """Parse, call, render: a function that answers a route is at most ten statement lines."""
    long = []
    for package, path in modules():
        if package not in ("dateline_ingest", "dateline_web"):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef) and any(_is_route(d) for d in node.decorator_list):
                body = node.body[1:] if ast.get_docstring(node) else node.body
                lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
                if lines > 12:
                    long.append(f"{named(path)}:{node.lineno} {node.name} ({lines} lines)")
    assert not long


def _is_route(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in ("route", "get", "post", "put", "delete")


def test_a_task_is_fewer() -> None:
    """Look up, call, return."""
    path = PACKAGES["dateline_indexer"] / "tasks.py"
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            assert len(node.body) <= 6, node.name
