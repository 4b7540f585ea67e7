"""The texts of a VEVENT: unescaped, with what programs put around them taken away."""

from __future__ import annotations

from typing import Any, Final

from icalendar import vText

from dateline.domain.event import Location
from dateline.formats.ics.lines import Component

POSTPONED: Final = "Postponed: "
"""RFC 5545 has no such status: the title says it, and X-DATELINE-STATUS keeps it for us."""


def text_of(value: str) -> str:
    """An escaped TEXT value (RFC 5545 section 3.3.11) as text."""
    return str(vText.from_ical(value))


def contact_of(component: Component) -> str:
    """Who holds the event: CONTACT, or ORGANIZER by name or by mail address."""
    if contact := text_of(component.first("CONTACT")):
        return contact
    for line in component.lines:
        if line.name == "ORGANIZER":
            address = line.value.strip()
            known = address if address.lower().startswith("mailto:") else ""
            return str(line.parameters.get("CN") or "") or known[len("mailto:") :]
    return ""


def location_of(component: Component) -> dict[str, Any]:
    """LOCATION as a place's name, with GEO's coordinates; empty without a name."""
    name = " ".join(text_of(component.first("LOCATION")).split())
    if not name:
        return {}
    latitude, _, longitude = component.first("GEO").partition(";")
    try:
        return {"name": name, "lat": float(latitude), "lon": float(longitude)}
    except ValueError:
        return {"name": name}


def location_text(location: Location) -> str:
    """A place in one line: name, address, city, country."""
    parts = (location.name, location.address, location.city, location.country)
    return ", ".join(dict.fromkeys(filter(None, parts)))
