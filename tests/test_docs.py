"""What the code offers, the docs name: every setting, command, route and metric."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click
import pytest

from dateline.cli import cli
from dateline.settings import SETTINGS, Setting, read_settings

DOCS: Final = Path(__file__).resolve().parent.parent / "docs"


def read(*names: str) -> str:
    return "\n".join((DOCS / name).read_text() for name in names)


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_is_documented_with_its_default(setting: Setting) -> None:
    rows = [line for line in read("settings.md").splitlines() if line.startswith(f"| `{setting.variable}` |")]
    assert len(rows) == 1
    assert f"`{setting.default}`" in rows[0] if setting.default else True
    assert setting.help in rows[0]


def test_the_docs_name_no_setting_that_is_gone() -> None:
    named = set(re.findall(r"^\| `(DATELINE_\w+)` \|", read("settings.md"), re.MULTILINE))
    assert named == {setting.variable for setting in SETTINGS}


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if child := command.get_command(context, name):
                yield from commands(child, f"{path} {name}")
    else:
        yield path, command


ALL_COMMANDS: Final = dict(commands(cli, "dateline"))


@pytest.mark.parametrize("path", ALL_COMMANDS)
def test_every_command_is_documented_and_shows_an_example(path: str) -> None:
    assert f"`{path}" in read("commands.md"), "docs/commands.md does not name it"
    command = ALL_COMMANDS[path]
    text = command.get_help(click.Context(command, info_name=path))
    assert re.search(rf"^\s*(\$ )?(\w+=\S+ )*{path}|example", text, re.IGNORECASE | re.MULTILINE), (
        "no example in --help"
    )


METHODS: Final = ("GET", "POST", "PUT", "DELETE")


def normalised(path: str) -> str:
    """A path without the names of its parameters."""
    return re.sub(r"<[^>]*>|\{\w+\}", "{}", path)


def routes(service: str) -> set[str]:
    """Each method and path that a service answers."""
    settings = read_settings({"DATELINE_DATA": "unused"})
    if service == "web":
        from dateline_web.app import create_app as create_web

        app = create_web(settings)
    else:
        from dateline_ingest.app import create_app as create_ingest

        app = create_ingest(settings)
    return {
        f"{method} {normalised(rule.rule)}"
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) & set(METHODS)
        if not rule.rule.startswith("/static")
    }


def named_routes(page: str) -> Iterator[tuple[str, str]]:
    """Each route that a page names whole, between backticks: its method (none means GET) and its path."""
    prose = re.sub(r"^```.*?^```", "", read(page), flags=re.MULTILINE | re.DOTALL)
    for method, path in re.findall(rf"`(?:({'|'.join(METHODS)}) )?(/[^`\s?]*)(?:\?[^`]*)?`", prose):
        yield method, normalised(path)


SERVICES: Final = pytest.mark.parametrize(("service", "page"), [("ingest", "api.md"), ("web", "api-web.md")])


@SERVICES
def test_every_route_is_documented(service: str, page: str) -> None:
    documented = {f"{method or 'GET'} {path}" for method, path in named_routes(page)}
    assert not routes(service) - documented


@SERVICES
def test_the_docs_name_no_route_that_is_gone(service: str, page: str) -> None:
    named = {f"{method} {path}" for method, path in named_routes(page) if method}
    assert not named - routes(service)


def test_every_metric_is_documented() -> None:
    root = DOCS.parent
    sources = [*(root / "shared/dateline").rglob("*.py"), *(root / "services").rglob("*.py")]
    named = {
        name
        for path in sources
        for name in re.findall(r'"((?:dateline|http_server)_[a-z_]+)"', path.read_text())
        if not name.startswith(("dateline_ingest", "dateline_indexer", "dateline_web"))
    }
    text = read("operations.md")
    assert {"dateline_oldest_pending_seconds"} <= named
    assert not {name for name in named if name not in text}


def test_links_between_docs_lead_somewhere() -> None:
    broken = []
    for page in [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            if not (page.parent / target).exists():
                broken.append(f"{page.name} -> {target}")
    assert not broken


ROOT: Final = DOCS.parent


def test_each_attack_names_its_test_and_each_test_its_attack() -> None:
    there = {path.name for path in (ROOT / "tests/security").glob("test_*.py")}
    named = {path for path in re.findall(r"`((?:[\w/]+/)?test_\w+\.py)`", read("security.md"))}
    assert not there - named
    assert not {name for name in named - there if not (ROOT / name).exists()}


CODE: Final = ("shared/dateline", *(f"services/{one}/dateline_{one}" for one in ("ingest", "indexer", "web")))


def on_the_map() -> set[str]:
    """What docs/architecture.md names of the code, between backticks."""
    section = read("architecture.md").partition("## Where things are")[2].partition("\n## ")[0]
    return {name.strip("/") for name in re.findall(r"`([a-z][\w/.]*)`", section)}


def test_every_folder_of_the_code_is_on_the_map() -> None:
    folders = {
        folder.relative_to(ROOT)
        for code in CODE
        for folder in {path.parent for path in (ROOT / code).rglob("*.py")} - {ROOT / code}
    }
    named = on_the_map() | {"database/migrations", "database/migrations/versions"}
    assert len(folders) > 25
    assert not {str(folder) for folder in folders if not any(f"/{folder}".endswith(f"/{name}") for name in named)}


def test_the_map_names_nothing_that_is_gone() -> None:
    there = {
        str(path.relative_to(ROOT).with_suffix("" if path.suffix == ".py" else path.suffix))
        for code in CODE
        for path in (ROOT / code).rglob("*")
        if path.name != "__init__.py" and "__pycache__" not in path.parts
    }
    there |= {*CODE, *(str(Path(code).parent) for code in CODE)}
    assert not {name for name in on_the_map() if not any(f"/{place}".endswith(f"/{name}") for place in there)}
