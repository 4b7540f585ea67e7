"""What an editor says of a proposal, as its form has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import Term, TermType
from dateline.errors import Conflict, FieldError, InvalidInput, NotFound, Permanent
from dateline.formats.control_characters import drop_control_characters
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import revision_field
from dateline_ingest.desk.tagging.sent_form import terms_called
from dateline_ingest.desk.template_filters import error_details
from dateline_ingest.vocabulary.proposal_decisions import proposal_decisions
from dateline_ingest.vocabulary.term_editor import term_editor

MOST_AT_ONCE: Final = 100
_KEY: Final = re.compile(rf"({'|'.join(TAG_TYPES)}):([a-z0-9-]{{1,100}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was ``done``, in words; ``undo``: the fields of the form that takes it back, none where nothing does."""

    key: str
    done: str
    undo: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> dict[str, str]:
        """The parameters by which the list offers to take it back."""
        return {"decided": self.key, **self.undo} if self.undo else {}


def decided(type: TermType, slug: str, form: Mapping[str, str]) -> Decided:
    """Do what the form says. Raises ``NotFound``, ``Conflict``, ``InvalidInput``, ``StaleRevision``."""
    decisions, key, as_type = proposal_decisions(), f"{type}:{slug}", _type_field(form, type)
    if "undo" in form:
        decisions.take_back(type, slug, as_type, revision_field(form), token())
        return Decided(key=key, done="Taken back. It is proposed again.")
    if "reject" in form:
        decisions.reject(type, slug, token())
        return Decided(key=key, done="Rejected. It is not proposed again.", undo={"revision": "0", "as_type": type})
    if "merge" in form:
        into = _merged_into(form, type)
        term_editor().merge(type, slug, into.key, token())
        return Decided(key=key, done=f"Merged into {into.label}. Its stories are tagged again in the background.")
    receipt = decisions.accept(type, slug, token(), label=_label_field(form), as_type=as_type)
    done = "Accepted. It has a page, and its stories are tagged again in the background."
    return Decided(key=key, done=done, undo={"revision": str(receipt.revision), "as_type": as_type})


def decided_before(arguments: Mapping[str, str]) -> Decided | None:
    """What the list's address says was decided on last, and can be taken back; None where it says nothing good."""
    if not _KEY.fullmatch(arguments.get("decided", "")):
        return None
    undo = {name: arguments.get(name, "") for name in ("revision", "as_type")}
    return Decided(key=arguments["decided"], done="", undo=undo)


def several_decided(keys: Sequence[str], *, accepting: bool) -> tuple[int, list[str]]:
    """Accept or reject proposals as they are: how many were done, and what went wrong."""
    failed = [] if keys else ["None was ticked."]
    done = 0
    for key in keys[:MOST_AT_ONCE]:
        try:
            _decide_as_is(key, accepting=accepting)
            done += 1
        except Permanent as error:
            failed.append(f"{key}: {error_details(error)}")
    return done, failed


def _decide_as_is(key: str, *, accepting: bool) -> None:
    if not (match := _KEY.fullmatch(key)):
        raise NotFound("There is no such proposal.")
    type, slug = cast(TermType, match[1]), match[2]
    if accepting:
        proposal_decisions().accept(type, slug, token())
    else:
        proposal_decisions().reject(type, slug, token())


def _type_field(form: Mapping[str, str], type: TermType) -> TermType:
    given = form.get("as_type") or type
    if given not in TAG_TYPES:
        raise InvalidInput("Choose a type.", (FieldError("/as_type", "Must be one of those listed."),))
    return given


def _label_field(form: Mapping[str, str]) -> str:
    """What was typed, else the form that was chosen; "" for the name as it was proposed."""
    return drop_control_characters(form.get("label", "").strip() or form.get("form", "")).strip()


def _merged_into(form: Mapping[str, str], type: TermType) -> Term:
    """The term that a button or the field names: by key, by its name in any language, or by slug."""
    terms = parts().vocabulary.current()
    if match := _KEY.fullmatch(form["merge"]):
        found = terms.find(cast(TermType, match[1]), match[2])
        if found is None:
            raise NotFound("That term is no longer in the vocabulary.")
        return found
    typed = drop_control_characters(form.get("into", "")).strip()
    called = terms_called(typed, terms) if typed else []
    same_type = [term for term in called if term.type == type] or called
    if _KEY.fullmatch(f"{type}:{typed}") and (by_slug := terms.find(type, typed)):
        return by_slug
    if not same_type:
        raise InvalidInput("Merge into another term.", (FieldError("/into", f"There is no other {type} “{typed}”."),))
    if len(same_type) > 1:
        listed = "; ".join(f"{term.label}, {term.type} {term.slug}" for term in same_type[:5])
        raise Conflict(f"Several terms are called “{typed}”: {listed}. Type the last word of the one that you mean.")
    return same_type[0]
