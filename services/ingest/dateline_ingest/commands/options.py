"""Options that many commands share, and how they speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from dateline.bootstrap import need_newsroom, open_ledger
from dateline.errors import BadSetting, DatelineError
from dateline.ports.ledger import Ledger
from dateline.private_files import tighten
from dateline.settings import DEFAULT_INGEST, Settings, read_settings
from dateline_ingest.commands.client import Refused, connect

as_json = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
data_folder = click.option(
    "--data", type=click.Path(file_okay=False), help="The newsroom's data folder (DATELINE_DATA)."
)


def over_http(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` a ``client`` of the ingest service, and the options that say where it is."""

    @click.option(
        "--ingest", envvar="DATELINE_INGEST", default=DEFAULT_INGEST, show_default=True, help="The ingest service."
    )
    @data_folder
    @wraps(command)
    def run(*, ingest: str, data: str | None, **given: Any) -> Any:
        return command(client=connect(ingest, data), **given)

    return run


def on_the_ledger(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give ``command`` the ``ledger`` itself, which must be reachable from here, and say its errors in one line."""
    return _with_ledger(command, make=False)


def on_a_new_ledger(command: Callable[..., Any]) -> Callable[..., Any]:
    """The same for a command with which a newsroom may begin."""
    return _with_ledger(command, make=True)


def _with_ledger(command: Callable[..., Any], *, make: bool) -> Callable[..., Any]:
    @data_folder
    @wraps(command)
    def run(*, data: str | None, **given: Any) -> Any:
        with newsroom(data, make=make) as (_, ledger):
            return command(ledger=ledger, **given)

    return run


@contextmanager
def newsroom(data: str | None, *, make: bool = False) -> Iterator[tuple[Settings, Ledger]]:
    """The settings and the open ledger of a data folder.

    Where the ledger is a file, its tables are brought to this version's shape, and with ``make`` it is made where there
    is none. Raises ``Refused`` where there is no newsroom, or the ledger can't be used.
    """
    try:
        settings = read_settings(None, **({"data": data} if data else {}))
        if not make:
            need_newsroom(settings)
        if settings.ledger_file is not None:
            _prepare_folder(settings.data)
        with closing(open_ledger(settings)) as ledger:
            if settings.ledger_file is not None:
                ledger.migrate()
            yield settings, ledger
    except BadSetting as error:
        raise click.UsageError(str(error)) from None
    except DatelineError as error:
        raise Refused(str(error)) from None


def _prepare_folder(data: Path) -> None:
    data.mkdir(parents=True, exist_ok=True)
    for warning in tighten(data):
        click.echo(f"dateline: warning: {warning}", err=True)


def echo_result(result: Any, as_json: bool, text: str, *, err: bool = False) -> None:
    """Print ``result`` as JSON, or ``text``, which says the same to people; with ``err`` on standard error."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text, err=err)
