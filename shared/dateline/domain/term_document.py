"""A term's document: what readers see of a term of the vocabulary. Indexed, or made from a shipped term."""

from __future__ import annotations

from dateline.domain.document import TermDocument
from dateline.domain.html import clean_html
from dateline.domain.picture import PublicImage
from dateline.domain.term import Term


def term_document(
    term: Term, version: int = 0, *, unlisted: bool = False, image: PublicImage | None = None
) -> TermDocument:
    """A term as readers see it. Version 0 is a shipped term that nobody edited: any edit replaces it."""
    return TermDocument(
        id=term.key, version=version, type=term.type, slug=term.slug, label=term.label, labels=term.labels,
        aliases=term.aliases, description_html=clean_html(term.description_html), broader=term.broader,
        same_as=term.same_as, landing=term.landing, order=term.order, image=image,
        unlisted=unlisted,
    )  # fmt: skip
