"""The documents of shipped terms: written when a story or event first uses one, remembered for the process' life."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dateline.domain.document import Document, TermDocument
from dateline.domain.term_document import term_document
from dateline.ports.index import PutResult, PutStatus
from dateline.ports.vocabulary import Terms
from dateline_indexer.document import used_terms


class UsedTerms:
    """Which terms this process knows to have documents, in readers' generation (None) and in one being filled.

    An editor's term has its own claim and version; written here with version 0, the index keeps that later one.
    """

    def __init__(self) -> None:
        self._written: dict[str | None, set[str]] = {}

    def new_ones(self, documents: Iterable[Document], terms: Terms, generation: str | None) -> list[TermDocument]:
        """Documents of the terms that ``documents`` use and that aren't known to be written."""
        written = self._written.get(generation, set())
        batch = {document.id for document in documents}
        found = {
            term.key: term
            for document in documents
            for term in used_terms(document, terms)
            if term.key not in written and term.key not in batch
        }
        return [term_document(term) for term in found.values()]

    def remember(self, keys: Iterable[str], results: Sequence[PutResult], generation: str | None) -> None:
        """Note those terms that the index took."""
        taken = {result.id for result in results if result.status in (PutStatus.DONE, PutStatus.NEWER)}
        known = self._written.setdefault(generation, set())
        known.update(key for key in keys if key in taken)
