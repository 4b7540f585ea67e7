"""Between the HTTP server and a Flask application: a request takes a thread once it is here whole.

The server (gunicorn's ASGI worker) speaks HTTP in one event loop; ``Gateway`` collects a request's body there, runs the
WSGI application in a thread, and sends the answer from the loop, however slowly the client takes it. Silent and slow
clients hold a socket and no thread.
"""

from dateline.gateway.gateway import Gateway
from dateline.gateway.limits import Limits, Uploads
from dateline.gateway.push import PUSH, Push
from dateline.gateway.taken import TAKEN
from dateline.gateway.wait import WAIT, Wait

__all__ = ["PUSH", "TAKEN", "WAIT", "Gateway", "Limits", "Push", "Uploads", "Wait"]
