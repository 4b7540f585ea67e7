"""A ninjs object of the type ``event`` read as an event."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.domain.tag import TagType
from dateline.domain.timestamps import read_timestamp
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ics import IcsEvent
from dateline.formats.ics.statuses import status_of
from dateline.formats.ninjs.bounds import check_bounds
from dateline.formats.ninjs.events.recurrence import ROLE, rrule_of, series_of
from dateline.formats.ninjs.pictures import TYPES, image_of, shown_rendition, why_held
from dateline.formats.ninjs.reader import MAX_LISTED
from dateline.formats.ninjs.schema import checked_version, in_3_1
from dateline.formats.ninjs.texts import contents
from dateline.formats.tables.prices import read_price
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.fields import SHORT, address_or_nothing
from dateline.schemas.pointers import load

_SCHEMA: Final = EventSchema()
_MOST_PARTS: Final = 20
_MOST_IN_CATEGORY: Final = 60
_LISTS: Final[Mapping[str, TagType]] = {"people": "person", "organisations": "organisation", "subjects": "topic"}
_WHERE: Final = {
    "title": "/headlines", "start": "/eventDetails/dates", "end": "/eventDetails/dates", "rrule": "/eventDetails/dates",
    "location": "/places", "further_locations": "/places", "organizer": "/eventDetails/organiser",
    "description_html": "/bodies", "description_text": "/bodies", "images": "/associations", "url": "/altIds",
    "categories": "/subjects", "price": "/descriptions",
}  # fmt: skip
_NOT_NEWS: Final = ("canceled", "withheld")


class NinjsEvent:
    """A ninjs object read as an event: ``fields`` in the shape of an event that is sent."""

    def __init__(self, sent: Any, zone: ZoneInfo) -> None:
        """Read ``sent``; days without a clock are those of ``zone``. Raises ``InvalidInput`` with pointers."""
        check_bounds(sent)
        self._sent: Mapping[str, Any] = sent if checked_version(sent) == "3.1" else in_3_1(sent)
        self._zone = zone
        uri: str = self._sent["uri"].strip()
        self.uid = uri if len(uri) <= SHORT else f"{hashlib.sha256(uri.encode()).hexdigest()[:32]}@ninjs"
        self.status: str = self._sent.get("pubStatus", "usable")
        details = self._sent.get("eventDetails", {})
        if self._sent.get("type", "event") != "event":
            raise InvalidInput("This is no event.", (FieldError("/type", "Must be event."),))
        self.fields: dict[str, Any] = {"title": self._title(), "external_id": self.uid}
        if self.status in _NOT_NEWS:
            return
        self.fields |= self._times(details.get("dates", {})) | self._texts() | self._where() | self._who(details)
        self.fields |= self._links()
        if images := self._images():
            self.fields["images"] = images
        if "language" in self._sent:
            self.fields["language"] = self._sent["language"]

    def event(self, tags: Mapping[str, Any]) -> IcsEvent:
        """The event, with the ``tags`` that its concepts are; what is canceled or withheld, as ``lapsed``.

        Raises ``InvalidInput``.
        """
        sequence, modified = self._sequence(), self._modified()
        if self.status in _NOT_NEWS:
            title = self.fields["title"] or self.uid
            gone = Event(title=title, start=datetime.now(UTC), external_id=self.uid)
            gone = replace(gone, sequence=sequence, modified=modified)
            return IcsEvent(uid=self.uid, event=gone, lapsed=True, private="pubStatus")
        try:
            event = Event(**load(_SCHEMA, {**self.fields, **tags}))
        except InvalidInput as error:
            raise InvalidInput(str(error), tuple(_in_ninjs(one) for one in error.errors)) from None
        event = replace(event, sequence=sequence, modified=modified)
        if isinstance(event.start, datetime) and not event.timezone:
            event = replace(event, timezone=self._zone.key)
        return IcsEvent(uid=self.uid, event=event)

    def concepts(self) -> Iterator[tuple[TagType, str, tuple[str, ...]]]:
        """The people, organisations and subjects: (type, name, codes and addresses)."""
        for name, type in _LISTS.items():
            for one in self._sent.get(name, ()):
                codes = tuple(one[member] for member in ("literal", "uri") if one.get(member))
                yield type, one.get("name", "").strip(), codes

    def _sequence(self) -> int:
        version = str(self._sent.get("version", "")).strip()
        return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0

    def _modified(self) -> datetime | None:
        return read_timestamp(self._sent["versionCreated"]) if "versionCreated" in self._sent else None

    def _title(self) -> str:
        lines = [one.line for one in contents(self._sent, "headlines")]
        return next((line for line in (*lines, self._sent.get("title", "")) if line), "")[:SHORT]

    def _times(self, dates: Mapping[str, Any]) -> dict[str, Any]:
        text = self._described(ROLE)
        series = series_of(text, self._zone) if text else None
        start = dates.get("startDate") or dates.get("expectedStartDate")
        if series is not None:
            return _times_of(series)
        if start is None:
            raise InvalidInput("When it takes place is missing.", (FieldError("/eventDetails/dates", "Missing."),))
        times = {"start": start, "end": dates.get("endDate") or dates.get("expectedEndDate")}
        rules = [rrule_of(rule) for rule in dates.get("recurrence", {}).get("recurrenceRules", ())]
        if rules:
            times |= {"rrule": rules[0], "further_rrules": rules[1:]}
        return {name: value for name, value in times.items() if value}

    def _described(self, role: str) -> str:
        told = (one["value"] for one in self._sent.get("descriptions", ()) if one.get("role", "") == role)
        return str(next(told, ""))

    def _texts(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        described = [one for one in contents(self._sent, "descriptions") if one.role not in ("reason", "price", ROLE)]
        bodies = contents(self._sent, "bodies") or described
        if bodies:
            same = [one for one in bodies if one.role == bodies[0].role and one.value.strip()]
            body = next((one for one in same if one.is_html), bodies[0])
            found["description_html" if body.is_html else "description_text"] = body.value
        if reason := self._described("reason"):
            found["reason"] = reason
        if price := read_price(self._described("price").strip()):
            found["price"] = price
        return found

    def _where(self) -> dict[str, Any]:
        """The places: those that say they are one, or else all of them."""
        places = self._sent.get("places", ())
        meant = [one for one in places if one.get("rel", "") == "location"]
        meant = meant or [one for one in places if one.get("rel", "") != "about"]
        found = [place for one in meant[: _MOST_PARTS + 1] if (place := _place(one))]
        return {"location": found[0], "further_locations": found[1:]} if found else {}

    def _who(self, details: Mapping[str, Any]) -> dict[str, Any]:
        organiser = details.get("organiser", {})
        contact = next((one["value"] for one in organiser.get("contactInfo", ()) if one.get("value")), "")
        word = details.get("eventStatus", "").rstrip("/").rpartition("/")[2]
        tentative = word.lower().endswith("tentative")
        names = {one.get("name", "").strip() for one in self._sent.get("subjects", ()) if one.get("rel") != "about"}
        said = {
            "organizer": organiser.get("name", "")[:SHORT],
            "contact": contact[:SHORT],
            "status": "tentative" if tentative else status_of(word)[0] if word else "",
            "categories": sorted(name for name in names if 0 < len(name) <= _MOST_IN_CATEGORY)[:_MOST_PARTS],
        }
        return {name: value for name, value in said.items() if value}

    def _links(self) -> dict[str, Any]:
        named: dict[str, list[str]] = {}
        for one in self._sent.get("altIds", ()):
            if address := address_or_nothing(one.get("value", "")):
                named.setdefault(one.get("role", ""), []).append(address)
        website = (named.get("website") or named.get("url") or [""])[0]
        said = {
            "url": website,
            "online_url": named.get("online", [""])[0],
            "links": [{"url": address} for address in named.get("link", ())][:_MOST_PARTS],
        }
        return {name: value for name, value in said.items() if value}

    def _images(self) -> list[dict[str, Any]]:
        now = datetime.now(UTC)
        pictures = [one for one in self._sent.get("associations", ()) if one.get("type") in TYPES]
        shown = [(one, shown_rendition(one)) for one in pictures if not why_held(one, now)]
        return [image_of(one, address, "") for one, address in shown if address][:MAX_LISTED]


def _in_ninjs(error: FieldError) -> FieldError:
    """A field's error where ninjs has the field."""
    field = error.pointer.split("/")[1] if error.pointer else ""
    return FieldError(_WHERE.get(field, error.pointer), error.detail)


def _times_of(series: Event) -> dict[str, Any]:
    names = ("start", "end", "timezone", "rrule", "further_rrules", "exdates", "rdates", "periods")
    return {name: value for name, value in event_json(series).items() if name in names and value}


def _place(one: Mapping[str, Any]) -> dict[str, Any] | None:
    name = one.get("name", "").strip()
    if not name:
        return None
    address: Mapping[str, Any] = next((info["address"] for info in one.get("contactInfo", ()) if "address" in info), {})
    said = {
        "name": name,
        "address": ", ".join(address.get("lines", ())),
        "city": address.get("locality", ""),
        "country": address.get("country", ""),
    }
    point = one.get("geoJSON", {})
    place: dict[str, Any] = {key: value[:SHORT] for key, value in said.items() if value}
    coordinates = point.get("coordinates") if isinstance(point, Mapping) and point.get("type") == "Point" else None
    if isinstance(coordinates, list) and len(coordinates) >= 2:
        place |= {"lon": coordinates[0], "lat": coordinates[1]}
    return place
