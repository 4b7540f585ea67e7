"""The desk's list of stories: filters, what has a problem on top, a page at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, get_args

from flask import render_template, request, url_for
from marshmallow import EXCLUDE

from dateline.errors import InvalidInput
from dateline.ports.ledger.items import Page, State
from dateline.ports.ledger.story_pages.story_list import WITH_A_PROBLEM
from dateline.schemas.pointers import load
from dateline_ingest.api.story_list import StoryListQuery, story_filter
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import form_errors, query_fields

STATES: Final[tuple[State, ...]] = get_args(State)
LABELS: Final = {
    "words": "Words", "state": "State", "section": "Section", "reporter": "Reporter", "day": "Day",
    "q": "Headline has", "limit": "Lines", "cursor": "Page",
}  # fmt: skip
_WITHOUT: Final[tuple[State, ...]] = tuple(state for state in STATES if state not in WITH_A_PROBLEM)
_LINES: Final = 50
_PROBLEMS: Final = 10


def list_page() -> str | tuple[str, int]:
    """The list that the address asks for; what is wrong there is told, and nothing is listed."""
    typed = query_fields(request.args)
    try:
        query = load(StoryListQuery(), typed, unknown=EXCLUDE)
    except InvalidInput as refusal:
        return _shown(typed, Page(items=()), errors=form_errors(refusal.errors, LABELS)), 422
    chosen = story_filter(query, token(), parts().settings.timezone)
    ledger, cursor = parts().ledger, query.get("cursor")
    if chosen.states:
        return _shown(typed, ledger.stories(chosen, limit=_LINES, cursor=cursor))
    problems = Page(items=())
    if cursor is None:
        problems = ledger.stories(replace(chosen, states=WITH_A_PROBLEM), limit=_PROBLEMS)
    return _shown(typed, ledger.stories(replace(chosen, states=_WITHOUT), limit=_LINES, cursor=cursor), problems)


def _shown(typed: dict[str, str], page: Page, problems: Page | None = None, errors: Any = ()) -> str:
    kept: dict[str, Any] = {name: typed[name] for name in LABELS if typed.get(name) and name not in ("cursor", "limit")}
    older = url_for("desk.mine", **kept, cursor=page.next) if page.next else None
    all_problems = url_for("desk.mine", **(kept | {"state": "quarantined"})) if problems and problems.next else None
    owners = parts().ledger.story_owners() if token().role == "editor" else ()
    return render_template(
        "desk/finding/stories.html", page=page, problems=problems.items if problems else (), query=kept, older=older,
        all_problems=all_problems, owners=owners, errors=errors, states=STATES, filtered=bool(kept),
    )  # fmt: skip
