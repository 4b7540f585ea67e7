"""A whole newsroom in this process: what the desk does is seen by readers."""

from __future__ import annotations

from security.conftest import paper

__all__ = ["paper"]
