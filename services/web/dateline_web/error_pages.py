"""Errors as pages for people. They ask the index nothing: it may be what is missing."""

from __future__ import annotations

from typing import Final

from flask import render_template, request

from dateline.http import Problem

TITLES: Final = {
    403: "This can’t be shown",
    404: "There is no such page",
    405: "This page can’t be used that way",
    410: "Withdrawn",
    422: "Something in this address is wrong",
    503: "The archive can’t be searched right now",
}

LEADS: Final = {
    404: "The address may be mistyped, or what was here has another address now.",
    503: "Nothing is lost: stories that reporters submit now are safe and will appear. "
    "Please try again in a few seconds.",
    500: "Something went wrong here. It has been logged.",
}


def error_page(problem: Problem) -> str:
    """The page for an error: what happened, in words, and where to go on."""
    return render_template(
        "error.html",
        navigation=None,
        problem=problem,
        heading=TITLES.get(problem.status, problem.title),
        lead=LEADS.get(problem.status, problem.detail),
        asked=request.args.get("q", "")[:200],
    )
