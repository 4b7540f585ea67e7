"""A term as JSON."""

from __future__ import annotations

from dateline.domain.document import TermDocument
from dateline.formats.public_json.images import absolute_html, image_json
from dateline.formats.public_json.parts import Json
from dateline.formats.public_json.site import Site, term_path


def term_ref(term: TermDocument, site: Site) -> Json:
    """A term by name and address."""
    return {
        "type": term.type,
        "slug": term.slug,
        "label": term.label,
        "url": site.url(term_path(term.type, term.slug)),
    }


def term_json(term: TermDocument, site: Site) -> Json:
    """A term with all its own parts. What carries it, and which of the terms above it readers see, others decide."""
    return {
        **term_ref(term, site),
        "labels": dict(term.labels),
        "aliases": list(term.aliases),
        "description_html": absolute_html(term.description_html, site),
        "image": image_json(term.image, site) if term.image else None,
        "same_as": list(term.same_as),
    }
