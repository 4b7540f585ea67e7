"""The indexer's commands, for the entry-point group ``dateline.commands``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Final

import click

from dateline.bootstrap import need_newsroom, open_index, open_ledger
from dateline.errors import LedgerUnavailable, NotFound
from dateline.log import set_up_logging
from dateline.ports.index import Index
from dateline.settings import Settings, read_settings
from dateline.supervisor.editor_token import ensure_token
from dateline_indexer.consistency import compare
from dateline_indexer.parts import Parts, build
from dateline_indexer.reindex import Reindex
from dateline_indexer.used_terms import ensure_index

_data_folder = click.option(
    "--data", type=click.Path(file_okay=False), help="The newsroom's data folder (DATELINE_DATA)."
)


def _settings(data: str | None) -> Settings:
    """The settings of a newsroom that is there. Raises ``NotFound`` where none is."""
    settings = read_settings(None, **({"data": data} if data else {}))
    need_newsroom(settings)
    return settings


@contextmanager
def _parts(data: str | None) -> Iterator[Parts]:
    parts = build(_settings(data))
    try:
        yield parts
    finally:
        parts.close()


@contextmanager
def _index(settings: Settings) -> Iterator[Index]:
    """The index alone: no ledger, and no broker's library."""
    with closing(open_index(settings)) as opened:
        yield opened


def _need_generation(opened: Index, name: str) -> None:
    if name not in opened.generations():
        raise NotFound(f"there is no generation {name}; `dateline index list` names those that are there")


@click.group()
def index() -> None:
    """Make, check and fill the search index and its generations.

    Example: dateline index check
    """


@index.command()
@_data_folder
def ensure(data: str | None) -> None:
    """Make what is missing of the index. It gets the sections and landing topics of the shipped vocabulary.

    Example: dateline index ensure
    """
    with _index(_settings(data)) as opened:
        ensure_index(opened)
        click.echo(f"Readers see {opened.current_generation()}.")


@index.command()
@_data_folder
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(as_json: bool, data: str | None) -> None:
    """Compare ledger and index, and name every difference. Exit status 1 when there is one.

    Example: dateline index check --json
    """
    with _parts(data) as parts:
        parts.index.check()
        found = compare(parts.ledger, parts.index, parts.pipeline.document_context())
    if as_json:
        rows = [{"kind": one.kind, "id": one.id, "what": one.what} for one in found]
        click.echo(json.dumps({"differences": rows}))
    else:
        for one in found:
            click.echo(str(one))
        click.echo(f"{len(found)} differences.")
    if found:
        raise click.exceptions.Exit(1)


@index.command()
@_data_folder
def reindex(data: str | None) -> None:
    """Fill a new generation, then let readers see it. Stories go on arriving meanwhile.

    An interrupted run continues. The old generation stays until it is dropped.

    Example: dateline index reindex
    """
    with _parts(data) as parts:
        lease = timedelta(seconds=parts.settings.lease_seconds)
        run = Reindex(parts.ledger, parts.index, parts.pipeline.document_context, lease=lease, report=click.echo)
        click.echo(f"Readers see {run.run()}.")


@index.command()
@_data_folder
@click.argument("generation")
def swap(generation: str, data: str | None) -> None:
    """Let readers see another generation. It is a way back after a reindex.

    Example: dateline index swap dateline-v1-20261123t2210
    """
    with _index(_settings(data)) as opened:
        _need_generation(opened, generation)
        opened.swap(generation)
        click.echo(f"Readers see {opened.current_generation()}.")


@index.command()
@_data_folder
@click.argument("generation")
def drop(generation: str, data: str | None) -> None:
    """Remove a generation that readers don't see.

    Example: dateline index drop dateline-v1-20261123t2210
    """
    with _index(_settings(data)) as opened:
        _need_generation(opened, generation)
        opened.drop_generation(generation)
        click.echo(f"{generation} is gone.")


@index.command(name="list")
@_data_folder
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_generations(as_json: bool, data: str | None) -> None:
    """List the generations, oldest first. The one readers see is marked.

    Example: dateline index list
    """
    with _parts(data) as parts:
        current, names = parts.index.current_generation(), parts.index.generations()
        filling = parts.ledger.open_generation()
    if as_json:
        click.echo(json.dumps({"generations": names, "current": current, "filling": filling}))
        return
    for name in names:
        mark = "  (readers see it)" if name == current else "  (being filled)" if name == filling else ""
        click.echo(name + mark)


@click.command()
def prepare() -> None:
    """Make ledger, index and token of a data folder. `dateline up` runs this first.

    Example: DATELINE_DATA=var dateline prepare
    """
    settings = read_settings()
    set_up_logging(settings)
    with closing(open_ledger(settings)) as ledger:
        try:
            ledger.check()
        except LedgerUnavailable:
            ledger.migrate()
        ensure_token(ledger, settings.data)
    with _index(settings) as opened:
        ensure_index(opened)


commands: Final[list[click.Command]] = [index, prepare]
