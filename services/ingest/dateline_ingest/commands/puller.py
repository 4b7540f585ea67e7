"""puller: the worker that pulls the sources which are kept on the desk."""

from __future__ import annotations

import click


@click.command(epilog="Example: dateline puller")
def puller() -> None:
    """Pull the sources that are kept on the desk, when due. It runs until it is stopped; `dateline up` starts it."""
    from dateline_ingest.worker import ARGUMENTS, app

    app.worker_main(list(ARGUMENTS))
