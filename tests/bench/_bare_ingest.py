"""What ``bench.ingest`` compares with: a view that keeps what it is sent by one insert and one commit, and no more.

The same server, the same database with the same care for the disk; a connection for each thread.
"""

from __future__ import annotations

import os
import sqlite3
from threading import local
from typing import Any, Final

import psycopg
from flask import Flask, request
from flask.typing import ResponseReturnValue

from dateline.gateway import Gateway, Limits
from dateline.settings import read_settings

LEDGER: Final = "BENCH_LEDGER"


def connect(url: str) -> Any:
    """A connection of the driver's own, which waits for the disk at each commit, as the ledger's do."""
    if url.startswith("postgresql"):
        return psycopg.connect(url)
    connection = sqlite3.connect(url.removeprefix("sqlite:///"), timeout=30)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def create_table(url: str) -> None:
    """Make the one table."""
    connection = connect(url)
    connection.execute("CREATE TABLE sent (body TEXT NOT NULL)")
    connection.commit()
    connection.close()


def create_server() -> Gateway:
    """The application behind the gateway."""
    url = os.environ[LEDGER]
    insert = f"INSERT INTO sent (body) VALUES ({'%s' if url.startswith('postgresql') else '?'})"
    app, own = Flask("bare"), local()

    @app.get("/ready")
    def ready() -> ResponseReturnValue:
        return "", 200

    @app.post("/v1/stories")
    def keep() -> ResponseReturnValue:
        if not hasattr(own, "connection"):
            own.connection = connect(url)
        own.connection.execute(insert, (request.get_data(as_text=True),))
        own.connection.commit()
        return {"state": "kept"}, 202

    return Gateway(app, Limits.of(read_settings()), frozenset())
