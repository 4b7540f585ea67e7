"""The shipped terms that have a page from the start: sections and landing topics. All others get one when used."""

from __future__ import annotations

from dateline.domain.term_document import term_document
from dateline.ports.index import Index
from dateline.vocabulary.shipped import shipped_shelf
from dateline.vocabulary.tsv import from_line


def write_shipped(index: Index) -> None:
    """Write their documents, as version 0: what an editor made of them stays."""
    terms = (from_line(line).term for type_ in ("section", "topic") for line in shipped_shelf().lines(type_))
    if documents := [term_document(term) for term in terms if term.landing or term.type == "section"]:
        index.put(documents)
