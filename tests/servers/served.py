"""An application of ours on a free port of 127.0.0.1, served by threads of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server


@contextmanager
def served(app: Flask, request_handler: type[WSGIRequestHandler] | None = None) -> Iterator[str]:
    """The address at which it answers until the block ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=request_handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
