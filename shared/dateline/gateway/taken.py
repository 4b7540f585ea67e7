"""Answers that a client takes slowly, or not at all: the application may be told when one is off its hands."""

from __future__ import annotations

from typing import Final

TAKEN: Final = "dateline.taken"
"""In the WSGI environ: call it with a function, which is called once, when the client has taken the answer, or is gone.
It may be called in any thread, and must return at once."""
