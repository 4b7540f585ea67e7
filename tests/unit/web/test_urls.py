"""Paths are built in one module."""

from __future__ import annotations

import ast
from pathlib import Path

import dateline_web
from dateline_web import urls

ROOT = Path(dateline_web.__file__).parent
PATH_LIKE = ("/v1", *(f"/{page}" for page in (
    "search", "stories", "sections", "topics", "people", "places", "organisations", "archive", "events", "sitemap",
)))  # fmt: skip


def spelled_paths(file: Path) -> list[str]:
    """The texts of a module that begin like a path of the service, those of its routes left out."""
    tree = ast.parse(file.read_text())
    routes = {
        id(inside)
        for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list for inside in ast.walk(decorator)
    }  # fmt: skip
    texts = (
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in routes
    )
    return [text for text in texts if text.startswith(PATH_LIKE)]


def test_no_other_module_spells_a_path_out() -> None:
    own = Path(urls.__file__)
    assert spelled_paths(own)
    assert {file.name: found for file in ROOT.rglob("*.py") if file != own and (found := spelled_paths(file))} == {}
