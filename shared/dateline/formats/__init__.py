"""Formats of the outside world: what comes in and goes out, as pure functions."""
