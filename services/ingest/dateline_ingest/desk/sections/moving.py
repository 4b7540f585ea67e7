"""Putting a section somewhere else: before or behind another, below one, into the navigation or out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline_ingest.section_tree import SectionTree

_NOT_THERE: Final = "There is no such place in the paper: look at the list again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Right below a section ("": outermost), before one that stands there ("": last). Of outermost ones some stand in
    the navigation."""

    above: str = ""
    before: str = ""
    in_navigation: bool = False


def put_at(tree: SectionTree, slug: str, place: Place) -> list[Term]:
    """The sections as they are to be written so that one stands at ``place``; none where it stands there.

    Raises ``InvalidInput`` where it would stand below itself, or the place isn't there.
    """
    section = tree.sections[slug]
    _check_above(tree, section, place.above)
    moved = _shown(_below(section, tree, place.above), place, tree)
    written = [moved] if place.above == "" and not place.in_navigation else _numbered(tree, moved, place)
    return [term for term in written if term != tree.sections[term.slug]]


def put_last(tree: SectionTree, section: Term, above: str, *, in_navigation: bool) -> Term:
    """The section behind all that stands below ``above``, or of the outermost in the navigation or out of it.

    Raises ``InvalidInput`` as ``put_at`` does.
    """
    _check_above(tree, section, above)
    moved = _shown(_below(section, tree, above), Place(above=above, in_navigation=in_navigation), tree)
    if above or not in_navigation:
        return replace(moved, order=0)
    numbers = [term.order for term in tree.right_below("") if tree.in_navigation(term)]
    return replace(moved, order=max([*numbers, 0]) + 1)


def step(tree: SectionTree, slug: str, name: str) -> Place:
    """Where a step leads: ``up``, ``down``, ``in`` (below the one before it), ``out`` (behind the one above it), into
    the navigation (``show``) or out of it (``hide``). Raises ``InvalidInput`` where there is nothing that way."""
    steps: Mapping[str, Callable[[SectionTree, str], Place | None]] = {
        "up": _up, "down": _down, "in": _in, "out": _out,
        "show": lambda *_: Place(in_navigation=True), "hide": lambda *_: Place(),
    }  # fmt: skip
    place = steps[name](tree, slug) if name in steps else None
    if place is None:
        raise InvalidInput(_NOT_THERE)
    return place


def steps_of(tree: SectionTree, slug: str) -> tuple[str, ...]:
    """The steps that a section can take."""
    outermost = not tree.above(slug)
    shown = tree.in_navigation(tree.sections[slug])
    possible = [name for name, way in (("up", _up), ("down", _down), ("in", _in), ("out", _out)) if way(tree, slug)]
    return (*possible, "hide" if shown else "show") if outermost else tuple(possible)


def _beside(tree: SectionTree, slug: str) -> list[Term]:
    """Those among which a section has its place, itself too."""
    above = tree.above(slug)
    beside = tree.right_below(above)
    if above:
        return beside
    shown = tree.in_navigation(tree.sections[slug])
    return [term for term in beside if tree.in_navigation(term) == shown]


def _here(tree: SectionTree, slug: str, before: str) -> Place:
    above = tree.above(slug)
    return Place(above=above, before=before, in_navigation=not above)


def _has_order(tree: SectionTree, slug: str) -> bool:
    return bool(tree.above(slug)) or tree.in_navigation(tree.sections[slug])


def _up(tree: SectionTree, slug: str) -> Place | None:
    slugs = [term.slug for term in _beside(tree, slug)]
    at = slugs.index(slug)
    return _here(tree, slug, slugs[at - 1]) if at and _has_order(tree, slug) else None


def _down(tree: SectionTree, slug: str) -> Place | None:
    slugs = [*(term.slug for term in _beside(tree, slug)), ""]
    at = slugs.index(slug)
    return _here(tree, slug, slugs[at + 2]) if at + 2 < len(slugs) and _has_order(tree, slug) else None


def _in(tree: SectionTree, slug: str) -> Place | None:
    slugs = [term.slug for term in _beside(tree, slug)]
    at = slugs.index(slug)
    return Place(above=slugs[at - 1]) if at else None


def _out(tree: SectionTree, slug: str) -> Place | None:
    above = tree.above(slug)
    if not above:
        return None
    slugs = [*(term.slug for term in tree.right_below(tree.above(above))), ""]
    return Place(above=tree.above(above), before=slugs[slugs.index(above) + 1] if tree.above(above) else "")


def _below(section: Term, tree: SectionTree, above: str) -> Term:
    """The section with ``above`` right above it; broader terms of other types stay."""
    if tree.slug_above(section) == above:
        return section
    others = tuple(name for name in section.broader if ":" in name and not name.startswith("section:"))
    return replace(section, broader=((above,) if above else ()) + others, order=0)


def _shown(section: Term, place: Place, tree: SectionTree) -> Term:
    """The section in the navigation or out of it."""
    shown = place.in_navigation and not place.above
    return replace(section, order=section.order if shown or place.above else 0, landing=tree.by_landing and shown)


def _numbered(tree: SectionTree, moved: Term, place: Place) -> list[Term]:
    """``moved`` among those of its place, with the numbers that make their order: those that they have, where these
    do."""
    beside = [term for term in tree.right_below(place.above) if term.slug != moved.slug]
    if not place.above:
        beside = [term for term in beside if tree.in_navigation(term)]
    slugs = [term.slug for term in beside]
    if place.before and place.before not in slugs:
        raise InvalidInput(_NOT_THERE)
    is_new = tree.above(moved.slug) != place.above
    if place.above and not place.before and is_new and not any(term.order for term in beside):
        return [replace(moved, order=0)]
    beside.insert(slugs.index(place.before) if place.before else len(beside), moved)
    numbers = sorted(term.order for term in beside)
    if len(set(numbers)) < len(numbers) or numbers[0] < 1:
        numbers = list(range(1, len(beside) + 1))
    return [replace(term, order=number) for term, number in zip(beside, numbers, strict=True)]


def _check_above(tree: SectionTree, section: Term, above: str) -> None:
    if above and above not in tree.sections:
        raise InvalidInput(_NOT_THERE, (FieldError("/broader", f"There is no section {above!r}."),))
    if above in tree.within(section.slug):
        lower = tree.sections[above].label
        why = "is this section" if above == section.slug else f"stands below {section.label} already"
        error = FieldError("/broader", f"{lower} {why}, so it can't stand above it.")
        raise InvalidInput("Sections can't go in a circle.", (error,))
