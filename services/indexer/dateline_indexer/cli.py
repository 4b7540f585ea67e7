"""The indexer's commands, for the entry-point group ``dateline.commands``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Final

import click

from dateline.bootstrap import open_index, open_ledger
from dateline.errors import LedgerUnavailable
from dateline.log import set_up_logging
from dateline.ports.index import Index
from dateline.settings import read_settings
from dateline.supervisor.editor_token import ensure_token
from dateline_indexer.consistency import compare
from dateline_indexer.parts import Parts, build
from dateline_indexer.reindex import Reindex
from dateline_indexer.used_terms import ensure_index


@contextmanager
def _parts() -> Iterator[Parts]:
    parts = build(read_settings())
    try:
        yield parts
    finally:
        parts.close()


@contextmanager
def _index() -> Iterator[Index]:
    """The index alone: no ledger, and no broker's library."""
    with closing(open_index(read_settings())) as opened:
        yield opened


@click.group()
def index() -> None:
    """The search index: make, check, fill again, and change generations.

    Example: dateline index check
    """


@index.command()
def ensure() -> None:
    """Make what is missing of the index, with the sections and landing topics of the shipped vocabulary.

    Example: dateline index ensure
    """
    with _index() as opened:
        ensure_index(opened)
        click.echo(f"Readers see {opened.current_generation()}.")


@index.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(as_json: bool) -> None:
    """Compare ledger and index, and name every difference; exit status 1 when there is one.

    Example: dateline index check --json
    """
    with _parts() as parts:
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
def reindex() -> None:
    """Fill a new generation from the ledger while stories arrive, then let readers see it.

    An interrupted run continues. The old generation stays until it is dropped.

    Example: dateline index reindex
    """
    with _parts() as parts:
        lease = timedelta(seconds=parts.settings.lease_seconds)
        run = Reindex(parts.ledger, parts.index, parts.pipeline.document_context, lease=lease, report=click.echo)
        click.echo(f"Readers see {run.run()}.")


@index.command()
@click.argument("generation")
def swap(generation: str) -> None:
    """Let readers see another generation: a way back after a reindex.

    Example: dateline index swap dateline-v1-20261123t2210
    """
    with _index() as opened:
        opened.swap(generation)
        click.echo(f"Readers see {opened.current_generation()}.")


@index.command()
@click.argument("generation")
def drop(generation: str) -> None:
    """Remove a generation that readers don't see.

    Example: dateline index drop dateline-v1-20261123t2210
    """
    with _index() as opened:
        opened.drop_generation(generation)
        click.echo(f"{generation} is gone.")


@index.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def list_generations(as_json: bool) -> None:
    """List the generations, oldest first; the one readers see is marked.

    Example: dateline index list
    """
    with _parts() as parts:
        current, names = parts.index.current_generation(), parts.index.generations()
        filling = parts.ledger.open_generation()
    if as_json:
        click.echo(json.dumps({"generations": names, "current": current, "filling": filling}))
        return
    for name in names:
        mark = "  (readers see it)" if name == current else "  (being filled)" if name == filling else ""
        click.echo(name + mark)


@click.command(hidden=True)
def prepare() -> None:
    """Ledger, index and token of the data folder, before the services start: what ``dateline up`` runs first.

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
    with _index() as opened:
        ensure_index(opened)


commands: Final[list[click.Command]] = [index, prepare]
