"""One term becomes several: each has some of its names, and the stories that an editor gives to it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dateline.domain.tag import TAG_TYPES, TagRef
from dateline.domain.term import Term, TopicRules
from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.ports.ledger.duplicates import Duplicates
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.term_moves import NewMove, SaidTag
from dateline.ports.vocabulary import Terms
from dateline_ingest.intake import Write
from dateline_ingest.vocabulary.entry import Entry, removal, written
from dateline_ingest.vocabulary.merging import LookUp, moved_below, terms_below


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitPart:
    """One of the terms: which of the names are its, also a topic's phrases, and which stories whatever they say."""

    label: str
    slug: str
    names: tuple[str, ...] = ()
    stories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """What a term becomes. The part of the slug ``main`` has what no other was given, and the old address."""

    parts: tuple[SplitPart, ...]
    main: str


def split(
    entry: Entry, into: Split, write: Write, *, ledger: Duplicates, look_up: LookUp, terms: Terms
) -> tuple[NewMove, list[Submission]]:
    """What makes several terms of one. Raises ``InvalidInput``, ``Conflict`` (it is no longer there)."""
    term = entry.term
    if term is None:
        raise Conflict("This term is no longer in the vocabulary.")
    entries = {part.slug: look_up(term.type, part.slug) for part in into.parts}
    if errors := (*_wrong(term, into, entries), *_unknown_stories(into, ledger, write)):
        raise InvalidInput("The parts can't be made so.", errors)
    by = replace(write, if_match=None, idempotency=None)
    main = f"{term.type}:{into.main}"
    stays = term.slug in entries
    below = [] if stays else terms_below(term, terms, look_up)
    submissions = [
        *([] if stays else removal(entry, write, "split", main)),
        *(
            written(entries[part.slug], _part(term, part, into), replace(by, if_match=entries[part.slug].revision))
            for part in into.parts
        ),
        *(moved_below(one, term.key, main, by) for one in below),
    ]
    changed = (entry, *entries.values(), *below)
    before = {one.key: one.revision for one in changed}
    return NewMove(kind="split", key=term.key, before=before, tags=tuple(_said(term, into))), submissions


def _part(term: Term, part: SplitPart, into: Split) -> Term:
    """The term of one part: the main one has what the term had besides its names."""
    is_main = part.slug == into.main
    taken = {name for other in into.parts if other is not part for name in (other.label, *other.names)}
    own = set(part.names) | ({name for name in names_of(term) if name not in taken} if is_main else set())
    named = dict.fromkeys(name for name in (term.label, *term.aliases) if name in own)
    part_term = replace(
        term,
        slug=part.slug,
        label=part.label,
        aliases=tuple(name for name in named if name != part.label),
        rules=_rules(term, own, part),
        named_by_story=False,
    )
    if is_main:
        return replace(part_term, labels={lang: name for lang, name in term.labels.items() if name in own})
    return replace(
        part_term, labels={lang: name for lang, name in term.labels.items() if name in part.names},
        description_html="", same_as=(), landing=False, order=0, image=None,
    )  # fmt: skip


def _rules(term: Term, own: set[str], part: SplitPart) -> TopicRules:
    """Those of a topic's phrases that the part has; one that has none goes by its names."""
    phrases = tuple(phrase for phrase in term.rules.any if phrase in own)
    if term.rules.any and not phrases and part.names:
        return replace(term.rules, any=(part.label, *(name for name in part.names if name != part.label)))
    return replace(term.rules, any=phrases)


def names_of(term: Term) -> tuple[str, ...]:
    """What may be given to a part."""
    return tuple(dict.fromkeys((*term.names, *term.rules.any)))


def _wrong(term: Term, into: Split, entries: dict[str, Entry]) -> Iterator[FieldError]:
    slugs = [part.slug for part in into.parts]
    if len(into.parts) < 2:
        yield FieldError("/parts", "A term is split into two or more.")
    if into.main not in slugs or (term.slug in slugs and into.main != term.slug):
        yield FieldError("/main", "The main part is one of them: that which keeps the address, where one does.")
    known = set(names_of(term))
    for place, part in enumerate(into.parts):
        if slugs.index(part.slug) != place:
            yield FieldError(f"/parts/{place}/slug", f"{part.slug} comes twice.")
        elif part.slug != term.slug and entries[part.slug].term is not None:
            yield FieldError(f"/parts/{place}/slug", f"There is a {term.type} {part.slug!r} already.")
        for number, name in enumerate(part.names):
            if name not in known:
                yield FieldError(f"/parts/{place}/names/{number}", f"{name} is no name of {term.label}.")


def _unknown_stories(into: Split, ledger: Duplicates, write: Write) -> Iterator[FieldError]:
    known = ledger.visible_stories({id for part in into.parts for id in part.stories}, write.by)
    for place, part in enumerate(into.parts):
        for number, id in enumerate(part.stories):
            if id not in known:
                yield FieldError(f"/parts/{place}/stories/{number}", f"There is no story {id}.")


def _said(term: Term, into: Split) -> Iterator[SaidTag]:
    """Stories given by hand have the tags of those parts, and of no other."""
    if term.type not in TAG_TYPES:
        return
    given: dict[str, set[str]] = {}
    for part in into.parts:
        for id in part.stories:
            given.setdefault(id, set()).add(part.slug)
    for id, slugs in given.items():
        for slug in dict.fromkeys((*(part.slug for part in into.parts), term.slug)):
            tag = TagRef(type=term.type, slug=slug)
            yield SaidTag(item_id=id, tag=tag, added=slug in slugs)
