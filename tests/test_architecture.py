"""The rules of the code that import-linter's contracts in pyproject.toml can't say. They read the source only."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = (
    ROOT / "shared/dateline",
    ROOT / "services/ingest/dateline_ingest",
    ROOT / "services/indexer/dateline_indexer",
    ROOT / "services/web/dateline_web",
)
TASKS: Final = (
    ROOT / "services/indexer/dateline_indexer/tasks.py",
    ROOT / "services/ingest/dateline_ingest/tasks.py",
)
MIGRATIONS: Final = ROOT / "shared/dateline/adapters/ledger/database/migrations/versions"
MADE: Final = ROOT / "tests/upgrade/made"
FIRST_MADE: Final = "0005"
VAGUE_NAMES: Final = ("utils", "helpers", "common", "misc", "manager")
NAIVE_TIMES: Final = ("utcnow(", "datetime.now()", "fromtimestamp(")
MOST_LINES: Final = 300
MOST_VIEW_LINES: Final = 12
MOST_TASK_STATEMENTS: Final = 6


@cache
def modules() -> tuple[Path, ...]:
    """The source files of the four packages."""
    found = tuple(path for package in PACKAGES for path in sorted(package.rglob("*.py")))
    assert {package for package in PACKAGES for path in found if package in path.parents} == set(PACKAGES)
    return found


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def place(path: Path, node: ast.expr | ast.stmt | ast.excepthandler | None = None) -> str:
    """How an offender is named."""
    return f"{path.relative_to(ROOT)}:{node.lineno if node else 1}"


def test_names_say_what_a_module_does() -> None:
    assert not [place(path) for path in modules() if any(vague in path.stem for vague in VAGUE_NAMES)]


def test_each_module_begins_by_saying_what_it_is() -> None:
    assert not [place(path) for path in modules() if path.stat().st_size and not ast.get_docstring(tree_of(path))]


def test_no_file_is_two() -> None:
    assert not [place(path) for path in modules() if len(path.read_text().splitlines()) > MOST_LINES]


def test_nothing_catches_everything_silently() -> None:
    assert not [
        place(path, node)
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and _is_broad(node) and not _says_so(node)
    ]


def test_times_are_aware() -> None:
    assert not [
        f"{place(path).rpartition(':')[0]}:{number} {line.strip()}"
        for path in modules()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if any(naive in line for naive in NAIVE_TIMES) and "tz=" not in line
    ]


def test_a_view_is_a_few_lines() -> None:
    """Parse, call, render."""
    assert not [
        f"{place(path, node)} {node.name}"
        for path in modules()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and any(map(_is_route, node.decorator_list))
        if _body_lines(node) > MOST_VIEW_LINES
    ]


def test_a_task_is_fewer() -> None:
    """Look up, call, return."""
    for path in TASKS:
        tasks = [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef) and n.decorator_list]
        assert tasks
        assert not [node.name for node in tasks if len(node.body) > MOST_TASK_STATEMENTS]


def test_each_migration_brings_a_newsroom_of_the_version_before() -> None:
    numbers = sorted(path.name[:4] for path in MIGRATIONS.glob("[0-9]*.py"))
    missing = [before for before in numbers[:-1] if before >= FIRST_MADE and not (MADE / before).is_dir()]
    assert not missing, "run scripts/make-upgrade-fixture COMMIT, where COMMIT is the last one without the migration"
    assert len(list(MADE.glob("*/code.tar.xz"))) == 1


def _is_broad(node: ast.ExceptHandler) -> bool:
    return node.type is None or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))


def _says_so(node: ast.ExceptHandler) -> bool:
    return any(
        isinstance(inner, ast.Raise) or (isinstance(inner, ast.Attribute) and inner.attr in ("exception", "error"))
        for inner in ast.walk(node)
    )


def _is_route(decorator: ast.expr) -> bool:
    call = decorator.func if isinstance(decorator, ast.Call) else decorator
    return isinstance(call, ast.Attribute) and call.attr in ("route", "get", "post", "put", "delete")


def _body_lines(node: ast.FunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
