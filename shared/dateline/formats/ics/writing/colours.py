"""The colour of an event in programs that show calendars in colours (COLOR, RFC 7986 section 5.9): its section's."""

from __future__ import annotations

import hashlib
from typing import Final

from dateline.analysis.label_key import label_key
from dateline.domain.document import EventDocument

PALETTE: Final = (
    "firebrick", "darkorange", "goldenrod", "olivedrab", "seagreen", "teal", "steelblue", "royalblue", "slateblue",
    "darkorchid", "mediumvioletred", "sienna",
)  # fmt: skip
"""Names of CSS3 that can be told from one another, and from paper white."""


def colour_of(event: EventDocument) -> str:
    """The colour of its outermost section, else of its first category, else of a topic; "" of an event with none.

    It comes from the name alone: the same one everywhere, and from year to year.
    """
    names = [crumb.slug for crumb in event.sections[:1]]
    names += [label_key(word) for word in event.categories[:1]]
    names += [tag.slug for tag in event.accepted_tags if tag.type == "topic"][:1]
    if not names:
        return ""
    return PALETTE[hashlib.sha256(names[0].encode()).digest()[0] % len(PALETTE)]
