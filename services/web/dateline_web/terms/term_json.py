"""Terms as the JSON API says them: plain dicts, described by ``schemas.py``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dateline.domain.tag import TagType
from dateline.formats import public_json
from dateline.formats.public_json.term import term_ref
from dateline.ports.index import FacetValue
from dateline_web.next_page import next_url
from dateline_web.pictures.outward import for_api
from dateline_web.stories.story_json import story_items
from dateline_web.terms.alphabet import Alphabet
from dateline_web.terms.page import TermPage
from dateline_web.urls import site


def term_json(page: TermPage) -> dict[str, Any]:
    """A term's page as JSON."""
    term, listing = page.term, page.listing
    here = site()
    return {
        **public_json.term.term_json(for_api(term), here),
        "broader": [term_ref(above, here) for above in page.broader],
        "stories": listing.total,
        "items": story_items(listing.hits),
        "appears_with": _appears_with(page.appears_with),
        "months": [{"year": year, "month": month, "count": n} for (year, month), n in sorted(page.months.items())],
        "next": next_url(listing.next),
    }


def alphabet_json(page: Alphabet) -> dict[str, Any]:
    """A page of an A–Z as JSON."""
    here = site()
    return {
        "items": [{**term_ref(line.document, here), "stories": line.stories} for line in page.lines],
        "next": next_url(page.next),
    }


def _appears_with(values: Mapping[TagType, Iterable[FacetValue]]) -> dict[str, Any]:
    return {
        type: [{"slug": value.value, "label": value.label, "count": value.count} for value in found]
        for type, found in values.items()
    }
