"""What editors do with sections: make one, put one somewhere else, merge one into another, retire one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from marshmallow import ValidationError

from dateline.domain.slugs import slug_of
from dateline.domain.term import Term
from dateline.errors import Conflict, FieldError, IndexUnavailable, InvalidInput
from dateline.formats.strict_json import clean
from dateline.ports.ledger.items import State
from dateline.ports.ledger.story_pages.story_list import StoryFilter
from dateline.schemas.fields import Slug
from dateline.schemas.pointers import load
from dateline.schemas.term import TermSchema
from dateline_ingest.context import parts, token
from dateline_ingest.desk.sections.counts import stories_in_section
from dateline_ingest.desk.sections.moving import Place, put_at, put_last, step
from dateline_ingest.intake import Write
from dateline_ingest.section_tree import SectionTree
from dateline_ingest.sections import slugs_of_section
from dateline_ingest.vocabulary.term_editor import Entry, term_editor

_STANDING: Final[tuple[State, ...]] = ("accepted", "held", "indexed", "quarantined")
"""States of stories that readers see, or may come to see."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSection:
    """A section that is to be made: its name, its slug where one was typed, and above it which section."""

    label: str
    slug: str = ""
    above: str = ""

    @classmethod
    def typed(cls, form: Mapping[str, str]) -> NewSection:
        """What was typed."""
        label, slug, above = (" ".join(form.get(name, "").split()) for name in ("label", "slug", "parent"))
        return cls(label=label, slug=slug, above=above)


def current_tree() -> SectionTree:
    """The sections as they are now."""
    return SectionTree(parts().vocabulary.current())


def make(new: NewSection) -> Term:
    """Make a section; its slug is made of its name where none is typed. Raises ``InvalidInput``."""
    label = load(TermSchema(), clean({"label": new.label}))["label"]
    slug = _checked_slug(new.slug) if new.slug else slug_of(label)
    entry = term_editor().look_up("section", slug)
    if entry.known:
        raise InvalidInput("A section is made once.", (FieldError(*_taken(new, entry)),))
    made = put_last(current_tree(), Term(type="section", slug=slug, label=label), new.above, in_navigation=False)
    term_editor().put(entry, made, Write(by=token()))
    return made


def move(slug: str, typed: Mapping[str, str]) -> None:
    """Put a section where a step leads, or at the place that was typed. Raises ``InvalidInput``, ``StaleRevision``."""
    tree = current_tree()
    if slug not in tree.sections:
        raise Conflict("This section is no longer there.")
    if name := typed.get("step", ""):
        place = step(tree, slug, name)
    else:
        above, before = typed.get("parent", ""), typed.get("before", "")
        place = Place(above=above, before=before, in_navigation=typed.get("navigation") == "1")
    _write(put_at(tree, slug, place))


def merge(slug: str, into: str) -> Term:
    """Merge a section into another, which has its stories, its sources and the sections below it from then on.

    Raises ``InvalidInput`` where there is no other, or it stands below the first one; ``NotFound``.
    """
    target = current_tree().sections.get(into)
    if target is None:
        raise InvalidInput("Choose the section that it is merged into.")
    term_editor().merge("section", slug, into, token())
    return target


def retire(slug: str, revision: int, note: str) -> None:
    """Take an empty section out of the paper; what stands below it stands above it then.

    Raises ``InvalidInput`` where stories stand in it, and ``IndexUnavailable`` while nobody can tell.
    """
    if has_stories(slug):
        raise InvalidInput("Stories stand in this section: merge it into another one, which has them then.")
    term_editor().retire(term_editor().entry("section", slug), Write(by=token(), if_match=revision), note)


def undo(move_id: str) -> None:
    """Undo a merge, or a retirement, of the last day. Raises ``NotFound``, ``Conflict``."""
    term_editor().undo(move_id, token())


def has_stories(slug: str) -> bool:
    """Whether stories stand in a section: those that readers see, and those that wait. Raises ``IndexUnavailable``."""
    public = stories_in_section(parts().index, slug)
    if public is None:
        raise IndexUnavailable("The stories of this section can't be counted right now.")
    named = slugs_of_section(slug, parts().vocabulary.current())
    waiting = parts().ledger.stories(StoryFilter(sections=named, states=_STANDING), limit=1)
    return bool(public.total or waiting.items)


def _write(sections: Iterable[Term]) -> None:
    editor = term_editor()
    editor.put_all([(editor.look_up("section", one.slug), one) for one in sections], token())


def _checked_slug(typed: str) -> str:
    try:
        return str(Slug().deserialize(typed))
    except ValidationError as error:
        raise InvalidInput("A slug has a form.", (FieldError("/slug", " ".join(error.messages)),)) from None


def _taken(new: NewSection, entry: Entry) -> tuple[str, str]:
    field = "/slug" if new.slug else "/label"
    if entry.term is None:
        return field, "A section of this name was retired or merged. Its page brings it back."
    return field, f"{entry.term.label} is there already. Choose another name, or another slug."
