"""A form that waited while its reporter signed in again: where it goes, and in words what it will do to what."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final, get_args

from flask import current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from dateline.domain.document import Kind
from dateline.domain.term import TermType
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.tokens import Token
from dateline_ingest.context import parts

NEW_STORY: Final = "/stories"
_OF_STORIES: Final = ("desk.submit", "desk.correct")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What sending a form does: ``words`` for the person who sends it; ``is_story``: it is a story's text."""

    action: str
    words: str
    is_story: bool


def deed(path: str, fields: Mapping[str, str], who: Token) -> Deed:
    """What sending ``fields`` to ``path`` will do; a new story where nothing takes a form at ``path``."""
    with suppress(HTTPException, RequestRedirect):
        endpoint, named = current_app.url_map.bind_to_environ(request.environ).match(path, method="POST")
        if words := _words(endpoint, named, fields, who):
            return Deed(action=path, words=words, is_story=endpoint in _OF_STORIES)
    return Deed(action=NEW_STORY, words=_NEW, is_story=True)


_NEW: Final = "submit a new story"


def _words(endpoint: str, named: Mapping[str, Any], fields: Mapping[str, str], who: Token) -> str:
    """The deed in words; "" for an address that takes no form which can wait."""
    page, _, action = endpoint.partition(".")
    if endpoint == "desk.submit":
        return _NEW
    if page in _PAGES_OF_ITEMS or action in ("change_tags", "show_difference"):
        item = _item_name(named.get("story_id") or named.get("item_id", ""), who)
        return _OF_ITEMS.get(action, "").format(item=item, **_change(fields))
    if page in ("term_pages", "proposal_pages") and "slug" in named:
        choice = next((one for one in ("reject", "merge") if one in fields), "accept")
        words = _OF_TERMS.get(choice if action == "decide" else action, "")
        return words.format(
            term=_term_name(named["type"], named["slug"]), into=fields.get("into") or fields.get("merge", "")
        )
    if endpoint == "proposal_pages.decide_several":
        return f"{'accept' if 'accept' in fields else 'reject'} the proposals that are ticked"
    if page == "plan_pages":
        return "change who covers what"
    if page == "suggestion_pages":
        return f"{'accept' if {'accept', 'accept_all'} & fields.keys() else 'refuse'} suggested tags"
    if page == "event_proposal_pages":
        return f"{'reject' if 'reject' in fields else 'accept'} what stories announce, as proposed events"
    if page in _PAGES_OF_EVENTS:
        event = _item_name(named["event_id"], who) if "event_id" in named else f"the event “{fields.get('title', '')}”"
        return _OF_EVENTS.get(named.get("change", action), "").format(event=event)
    if page in ("review_pages", "assignment_pages"):
        draft, to = _draft_name(named.get("draft_id", ""), who), fields.get("to", "")
        return _OF_DRAFTS.get(action, "").format(draft=draft, to=to, new=fields.get("assigned-headline", ""))
    return ""


_PAGES_OF_ITEMS: Final = ("desk", "withdrawing", "quarantine_pages", "story_visitors", "revisions", "foreign_pictures")
_OF_ITEMS: Final[Mapping[str, str]] = {
    "correct": "correct {item}",
    "withdraw": "withdraw {item}",
    "restore": "bring back {item}",
    "change_tags": "{change} {item}",
    "show_difference": "change what readers see of a correction of {item}",
    "add_note": "leave a note at {item}",
    "restore_revision": "restore an earlier text of {item}",
    "bring": "bring in a picture that is shown in {item}",
    "requeue": "try {item} again",
    "requeue_alike": "try again all that failed as {item} did",
    "discard": "give up on {item}",
}
_PAGES_OF_EVENTS: Final = ("event_writing", "event_correcting", "event_changes", "event_times")
_OF_EVENTS: Final[Mapping[str, str]] = {
    "submit": "announce {event}",
    "correct": "change {event}",
    "restore": "bring back {event}",
    "withdraw": "withdraw {event}",
    "postpone": "postpone {event}",
    "move": "move {event}",
    "resume": "announce that {event} takes place after all",
    "cancel": "cancel {event}, or a time of it",
    "change": "change times of {event}",
    "remove": "take a time out of {event}",
}
_OF_DRAFTS: Final[Mapping[str, str]] = {
    "give_back": "give {draft} back with your notes",
    "take_back": "take {draft} back from the editors",
    "give": "give {draft} to {to}",
    "give_new": "give “{new}” to {to} to write",
    "take_away": "take {draft} from who was given it",
}
_OF_TERMS: Final[Mapping[str, str]] = {
    "save": "save {term}",
    "show_preview": "show what would change with {term}",
    "merge": "merge {term} into “{into}”",
    "remove": "take {term} out of the vocabulary",
    "reject": "reject {term}",
    "accept": "accept {term}",
}


def _change(fields: Mapping[str, str]) -> dict[str, str]:
    """What an editor's word does to the tags of a story."""
    tag = f"{fields.get('type', '')} “{fields.get('slug', '')}”"
    return {"change": f"add the tag {tag} to" if "add" in fields else f"take the tag {tag} from"}


def _item_name(item_id: str, who: Token) -> str:
    """An item by its kind and headline, for who may see that."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    for kind in kinds:
        with suppress(NotFound):
            item = parts().ledger.item(kind, item_id)
            if who.role == "editor" or item.belongs_to(who):
                return f"the {kind} “{item.label}”"
    return f"{item_id}, which is not yours"


def _draft_name(draft_id: str, who: Token) -> str:
    """A draft by its headline, for who may see that."""
    with suppress(NotFound, Conflict):
        return f"the draft “{parts().ledger.draft(draft_id, who).label}”"
    return "a draft that you don't see"


def _term_name(type: TermType, slug: str) -> str:
    """A term by its type and label."""
    term = parts().vocabulary.current().find(type, slug)
    return f"the {type} “{term.label if term else slug}”"
