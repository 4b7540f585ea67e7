"""Dateline: a story goes from submission to search, topic page, archive day and calendar."""

__version__ = "0.1.0"
