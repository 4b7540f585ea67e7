"""What the desk's finder finds: stories, drafts, events and terms by headline, slug, id or address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from flask import url_for

from dateline.domain.term import TERM_PLURAL, TermType
from dateline.errors import NotFound
from dateline.ports.ledger.items import ItemSummary
from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline.ports.ledger.tokens import Token
from dateline_ingest.context import parts
from dateline_ingest.desk.template_filters import STATE_LABELS, format_time

FoundKind = Literal["story", "draft", "event", "term"]
EACH: Final = 6
"""Of each kind, while one types."""
_ID: Final = re.compile(r"[0-9a-z]{26}")
"""An item's id, wherever it stands in what was typed: in a pasted address too."""
_KINDS: Final[tuple[Literal["story", "event"], ...]] = ("story", "event")
_TERM: Final = re.compile(rf"({'|'.join(get_args(TermType))}):([a-z0-9-]{{1,100}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One thing that was found: what it is called, a few words on it, and where its page is."""

    kind: FoundKind
    label: str
    about: str
    address: str


def found(typed: str, by: Token, each: int = EACH) -> list[Found]:
    """What ``by`` may see of what was ``typed``: by id first, then drafts, stories, terms, events."""
    typed = typed.strip()[:200]
    if not typed:
        return []
    groups = (_named(typed, by), _drafts(typed, by, each), _stories(typed, by, each), _terms(typed, by, each),
              _events(typed, by, each))  # fmt: skip
    return list({one.address: one for group in groups for one in group}.values())


def _named(typed: str, by: Token) -> Iterator[Found]:
    """What an id in the words names."""
    for item_id in _ID.findall(typed.lower())[:3]:
        with suppress(NotFound):
            yield _draft(by, item_id)
        for kind in _KINDS:
            with suppress(NotFound):
                item = parts().ledger.item(kind, item_id)
                if by.role == "editor" or item.belongs_to(by):
                    yield _item(kind, item_id, item.label, f"{STATE_LABELS[item.newest.state]}, {item_id}")
    if (key := _TERM.fullmatch(typed.lower())) and (term := parts().vocabulary.current().find(key[1], key[2])):  # type: ignore[arg-type]
        yield from _term(by, term.type, term.slug, term.label)


def _draft(by: Token, draft_id: str) -> Found:
    draft = parts().ledger.draft(draft_id, by)
    address = url_for("draft_pages.write", draft_id=draft.id)
    about = "sent" if draft.sent else f"saved {format_time(draft.updated_at, 'd MMM, HH:mm')}"
    whose = "" if draft.belongs_to(by) else f", of {draft.owner}"
    return Found(kind="draft", label=draft.label or "Draft", about=about + whose, address=address)


def _drafts(typed: str, by: Token, most: int) -> Iterator[Found]:
    for line in parts().ledger.find_drafts(by, typed, limit=most):
        whose = "" if line.belongs_to(by) else f", of {line.owner}"
        about = f"saved {format_time(line.updated_at, 'd MMM, HH:mm')}{whose}"
        address = url_for("draft_pages.write", draft_id=line.id)
        yield Found(kind="draft", label=line.label or "Draft", about=about, address=address)


def _stories(typed: str, by: Token, most: int) -> Iterator[Found]:
    """Those first that have the words in headline or slugline."""
    chosen = StoryFilter(owner=by if by.role == "reporter" else None, words=typed, headlines_only=True)
    lines = list(parts().ledger.stories(chosen, limit=most).items)
    if len(lines) < most:
        known = {line.id for line in lines}
        others = parts().ledger.stories(replace(chosen, headlines_only=False), limit=most).items
        lines += [line for line in others if line.id not in known]
    return (_item("story", line.id, line.label, _about(line, by)) for line in lines[:most])


def _events(typed: str, by: Token, most: int) -> Iterator[Found]:
    """Events are editors' work."""
    if by.role != "editor":
        return iter(())
    lines = parts().ledger.items("event", query=typed, limit=most).items
    return (_item("event", line.id, line.label, _about(line, by)) for line in lines)


def _about(line: ItemSummary, by: Token) -> str:
    said = [STATE_LABELS[line.state], line.section, line.owner if by.role == "editor" else "",
            format_time(line.received_at, "d MMM y")]  # fmt: skip
    return ", ".join(filter(None, said))


def _item(kind: Literal["story", "event"], item_id: str, label: str, about: str) -> Found:
    page = url_for("desk.show", story_id=item_id) if kind == "story" else url_for("event_pages.show", event_id=item_id)
    return Found(kind=kind, label=label or item_id, about=about, address=page)


def _terms(typed: str, by: Token, most: int) -> Iterator[Found]:
    words = typed.replace("-", " ") if re.fullmatch("[a-z0-9-]+", typed) else typed
    for term in parts().vocabulary.current().search(words, None, most):
        yield from _term(by, term.type, term.slug, term.label)


def _term(by: Token, type: TermType, slug: str, label: str) -> Iterator[Found]:
    """Editors change a term; whoever else looks for one sees what readers see."""
    if by.role == "editor":
        yield Found(kind="term", label=label, about=type, address=url_for("term_pages.show", type=type, slug=slug))
    elif web := parts().settings.web_url:
        yield Found(kind="term", label=label, about=type, address=f"{web}/{TERM_PLURAL[type]}/{slug}")
