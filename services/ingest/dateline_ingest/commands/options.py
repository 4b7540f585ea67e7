"""Options that many commands share, and how they speak."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import wraps
from typing import Any

import click

from dateline.bootstrap import open_ledger
from dateline.errors import BadSetting, DatelineError
from dateline.ports.ledger import Ledger
from dateline.private_files import tighten
from dateline.settings import Settings, read_settings
from dateline_ingest.commands.client import DEFAULT_INGEST, Refused, connect

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

    @data_folder
    @wraps(command)
    def run(*, data: str | None, **given: Any) -> Any:
        with newsroom(data) as (_, ledger):
            return command(ledger=ledger, **given)

    return run


@contextmanager
def newsroom(data: str | None) -> Iterator[tuple[Settings, Ledger]]:
    """The settings and the open ledger of a data folder; where the ledger is a file, its folder and tables are made."""
    try:
        settings = read_settings(None, **({"data": data} if data else {}))
        is_file = settings.ledger_url.startswith("sqlite")
        if is_file:
            settings.data.mkdir(parents=True, exist_ok=True)
            for warning in tighten(settings.data):
                click.echo(f"dateline: warning: {warning}", err=True)
        with closing(open_ledger(settings)) as ledger:
            if is_file:
                ledger.migrate()
            yield settings, ledger
    except BadSetting as error:
        raise click.UsageError(str(error)) from None
    except DatelineError as error:
        raise Refused(str(error)) from None


def echo_result(result: Any, as_json: bool, text: str) -> None:
    """Print ``result`` as JSON, or ``text``, which says the same to people."""
    click.echo(json.dumps(result, ensure_ascii=False) if as_json else text)
