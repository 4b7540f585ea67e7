"""The form's rows of places: each a name with its address and coordinates; and what earlier events offer for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final

from dateline.analysis.label_key import label_key
from dateline.domain.event import Event, Location
from dateline.ports.vocabulary import Terms

COLUMNS: Final = ("name", "address", "city", "country", "lat", "lon")
COLUMN_LABELS: Final[Mapping[str, str]] = {
    "name": "Place", "address": "Address", "city": "City", "country": "Country", "lat": "Latitude", "lon": "Longitude",
}  # fmt: skip
MOST: Final = 21
_OFFERED: Final = 12


def place_rows(values: Mapping[str, str]) -> dict[int, dict[str, Any]]:
    """The places that the rows name, by the numbers of their rows; empty rows are none."""
    rows: dict[int, dict[str, Any]] = {}
    for number in range(MOST):
        typed = {column: values.get(f"place_{number}_{column}", "").strip() for column in COLUMNS}
        said: dict[str, Any] = {column: text for column, text in typed.items() if text}
        if said:
            rows[number] = {
                "name": "",
                **said,
                **{name: _degrees(said[name]) for name in ("lat", "lon") if name in said},
            }
    return rows


def place_fields(event: Event) -> dict[str, str]:
    """The rows that an event fills."""
    places = (*filter(None, (event.location,)), *event.further_locations)
    return {
        f"place_{number}_{column}": str(value)
        for number, place in enumerate(places)
        for column, value in asdict(place).items()
        if value not in ("", None)
    }


def filled_places(values: Mapping[str, str], known: Iterable[Location]) -> dict[str, str]:
    """``values`` with the address and the coordinates of each place of which the name alone was typed, where earlier
    events say them."""
    by_name = {label_key(place.name): place for place in reversed(list(known))}
    filled = dict(values)
    for number, row in place_rows(values).items():
        place = by_name.get(label_key(row["name"])) if len(row) == 1 else None
        if place is not None:
            said = {column: value for column, value in asdict(place).items() if value not in ("", None)}
            filled |= {f"place_{number}_{column}": str(value) for column, value in said.items()}
    return filled


def places_called(typed: str, known: Iterable[Location], terms: Terms) -> list[dict[str, Any]]:
    """What a place's name may become: places of earlier events, then those of the vocabulary."""
    wanted = label_key(typed.strip()[:100])
    if not wanted:
        return []
    found = [place for place in known if f" {wanted}" in f" {label_key(place.in_one_line)}"][:_OFFERED]
    offered = [_offered(place) for place in found]
    names = {label_key(place.name) for place in found}
    for term in terms.search(typed.strip()[:100], "place", _OFFERED):
        if len(offered) < _OFFERED and label_key(term.label) not in names:
            offered.append(_offered(Location(name=term.label, country=_country(term.broader, terms))))
    return offered


def _offered(place: Location) -> dict[str, Any]:
    return {
        "label": place.in_one_line,
        **{column: value for column, value in asdict(place).items() if value is not None},
    }


def _country(broader: Iterable[str], terms: Terms) -> str:
    """The broadest place in which one lies."""
    seen: set[str] = set()
    slugs, label = list(broader), ""
    while slugs and (slug := slugs[0].removeprefix("place:")) not in seen:
        seen.add(slug)
        term = terms.find("place", slug)
        if term is None:
            break
        label, slugs = term.label, list(term.broader)
    return label


def _degrees(text: str) -> float | str:
    """The number that was typed, its comma as a point; what is none goes on as it is, to be refused with the rest."""
    point = text.replace(",", ".").replace("−", "-")
    return float(point) if re.fullmatch(r"[+-]?\d{1,3}(\.\d{1,12})?", point) else text
