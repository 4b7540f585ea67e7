"""Which terms are listed: those of the navigation from the start, all others when something public first uses them.

A term may be made for a story under embargo: until something public uses it, one that an editor made is unlisted, and
one that only a story named has no document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from dateline.domain.document import Document, FrontDocument, TermDocument
from dateline.domain.term import Term, TermType
from dateline.domain.term_document import term_document
from dateline.ports.index import Index, PutResult, PutStatus
from dateline.ports.vocabulary import Terms
from dateline.vocabulary.shipped import shipped_terms
from dateline.vocabulary.tsv import from_line


class UsedTerms:
    """Which terms this process knows to have documents, in readers' generation (None) and in one being filled.

    Written here with version 0; an editor's term has its own claim and version, and the index keeps that later one.
    """

    def __init__(self) -> None:
        self._written: dict[str | None, set[str]] = {}

    def new_ones(self, documents: Iterable[Document], terms: Terms, generation: str | None) -> list[TermDocument]:
        """Documents of the terms that ``documents`` use and that aren't known to be written.

        An unlisted one of the same batch too: it does not replace that, but it tells that the term is in use.
        """
        written = self._written.get(generation, set())
        batch = {document.id for document in documents if isinstance(document, TermDocument) and not document.unlisted}
        found: dict[str, Term | None] = {}
        for document in documents:
            for type, slug in names_of_terms(document):
                key = f"{type}:{slug}"
                if key not in written and key not in batch and key not in found:
                    found[key] = terms.find(type, slug)
        return [term_document(term) for term in found.values() if term]

    def note_written(self, keys: Iterable[str], results: Sequence[PutResult], generation: str | None) -> None:
        """Note those terms that the index took."""
        taken = {result.id for result in results if result.status in (PutStatus.DONE, PutStatus.NEWER)}
        known = self._written.setdefault(generation, set())
        known.update(key for key in keys if key in taken)


def names_of_terms(document: Document) -> Iterator[tuple[TermType, str]]:
    """Type and slug of what a reader of ``document`` may open: of its accepted tags and its breadcrumb."""
    if isinstance(document, TermDocument | FrontDocument):
        return
    for tag in document.accepted_tags:
        yield tag.type, tag.slug
    for crumb in document.sections:
        yield "section", crumb.slug


def listed_terms(documents: Iterable[Document | None], index: Index) -> dict[str, TermDocument]:
    """Of the unlisted terms among ``documents`` those that readers find in lists already, listed, by id.

    Such is a shipped term in use when an editor first changes it. Raises ``IndexUnavailable``.
    """
    unlisted = {
        document.id: document
        for document in documents
        if isinstance(document, TermDocument) and document.unlisted and not document.withdrawn
    }
    there = cast(list[TermDocument], index.get("term", sorted(unlisted))) if unlisted else []
    return {one.id: replace(unlisted[one.id], unlisted=False) for one in there if not one.unlisted}


def ensure_index(index: Index) -> None:
    """Make what is missing of the index, with the terms that are listed before anything uses them: sections and
    landing topics. As version 0: what an editor made of them stays. Raises ``IndexUnavailable``.
    """
    index.ensure()
    terms = (from_line(line).term for type_ in ("section", "topic") for line in shipped_terms().lines(type_))
    if documents := [term_document(term) for term in terms if term.in_navigation]:
        index.put(documents)
