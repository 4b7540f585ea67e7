"""The form of an event: what was typed, and the event it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4
from zoneinfo import ZoneInfo

from dateline.domain.event import Event
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.ports.vocabulary import Terms
from dateline.schemas.event import EventSchema, event_json
from dateline.schemas.pointers import load
from dateline_ingest.desk.events.form.named_tags import named_tags, tag_names
from dateline_ingest.desk.events.form.places import place_fields, place_rows
from dateline_ingest.desk.events.when.when_form import When, read_when, when_fields
from dateline_ingest.desk.forms.form_fields import list_field, row_field, row_text
from dateline_ingest.desk.forms.markdown import html_of_markdown
from dateline_ingest.desk.forms.picture_rows import images_json, images_text, row_errors, without_rows
from dateline_ingest.desk.forms.typed_fields import TypedForm

LABELS: Final[Mapping[str, str]] = {
    "title": "Title", "body_text": "Text", "body_html": "Text (HTML)", "start_date": "Begins", "start_time": "From",
    "end_date": "Ends", "end_time": "To", "timezone": "Time zone", "repeat": "Repeats", "except": "Except on",
    "further": "Also on", "cancelled_on": "Cancelled on", "places": "Places", "attendance": "Where one takes part",
    "online_url": "Address online", "price_free": "Free", "price_amount": "Price", "price_up_to": "Up to",
    "price_currency": "Currency", "price_note": "Said of the price", "organizer": "Organiser", "contact": "Contact",
    "url": "Its page", "links": "Links", "categories": "Categories", "images": "Pictures", "tags": "Tags",
    "section": "Section", "status": "Status", "reason": "What readers are told", "note": "Why this change",
}  # fmt: skip
_TEXTS: Final = ("title", "online_url", "organizer", "contact", "url", "section", "reason", "note")
_CHOICES: Final = ("status", "attendance")
_LINK: Final = ("url", "title")
_PRICE: Final = ("amount", "up_to", "currency", "note")
_NOT_SHOWN: Final = ("external_id", "previous_times", "language", "further_rrules", "periods")
"""What the form has no field for; it stays as it was."""
_OF_TIMES: Final = ("further_rrules", "periods", "previous_times")
_FIELDS: Final[Mapping[str, str]] = {
    "description_html": "body_text", "description_text": "body_text", "start": "start_date", "end": "end_date",
    "rrule": "repeat", "further_rrules": "repeat", "exdates": "except", "rdates": "further",
}  # fmt: skip
"""Fields of an event's JSON, and of the form, where these are called otherwise."""


class EventForm(TypedForm):
    """The form of an event; a key of its own keeps it from being taken twice."""

    def __init__(self, values: Mapping[str, str] | None = None, cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``, or an empty one."""
        given = without_rows(values or {})
        super().__init__({**given, "key": given.get("key") or uuid4().hex}, cut)

    @classmethod
    def of(cls, event: Event, zone: ZoneInfo, terms: Terms) -> EventForm:
        """The form filled with an event, its times on its own clock."""
        return cls({**event_fields(event, zone, terms), "rescheduled": "1"})

    @property
    def is_move(self) -> bool:
        """Whether the event moves to another time: the old one was right, and readers see it struck."""
        return bool(self.values.get("rescheduled"))

    @property
    def place_count(self) -> int:
        """How many places it shows: one more than it names, where more are asked for."""
        named = max(place_rows(self.values), default=-1) + 1
        return max(1, named + ("more_places" in self.values))

    def when(self, zone: ZoneInfo, before: Event | None = None) -> When:
        """When it takes place. Raises ``InvalidInput``."""
        self.check_whole()
        return read_when(self.values, zone, before)

    def checked(
        self, zone: ZoneInfo, terms: Terms, before: Event | None = None, external_id: str = ""
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """What the form says: in the shape of an event sent as JSON, and the arguments of ``Event``.

        What the form doesn't show stays as in ``before``; ``external_id`` is that of a new one. Raises
        ``InvalidInput`` with all that is wrong in it.
        """
        errors: list[FieldError] = []
        body: dict[str, Any] = {"external_id": external_id} if external_id else {}
        body |= self._kept(before)
        said: tuple[Callable[[], Mapping[str, Any]], ...] = (
            lambda: self.when(zone, before).body, lambda: named_tags(self._text("tags"), terms),
        )  # fmt: skip
        for part in said:
            try:
                body |= part()
            except InvalidInput as refusal:
                errors += refusal.errors
        if not isinstance(body.get("start"), str):  # what else is wrong is to be said too
            body = {name: value for name, value in body.items() if name not in _OF_TIMES} | {"start": "2000-01-01"}
        elif before and before.all_day is ("T" in body["start"]):
            body = {name: value for name, value in body.items() if name not in ("further_rrules", "periods")}
        body = clean(body | self._texts() | self._places() | self._lists() | self._price())
        try:
            given = load(EventSchema(), body)
        except InvalidInput as refusal:
            errors += refusal.errors
        if errors:
            raise InvalidInput("The event isn't clear.", tuple(errors))
        return body, given

    @staticmethod
    def _kept(before: Event | None) -> dict[str, Any]:
        earlier = event_json(before) if before else {}
        return {name: earlier[name] for name in _NOT_SHOWN if name in earlier}

    def field_errors(self, errors: tuple[FieldError, ...]) -> list[FieldError]:
        """Errors of an event's JSON as errors of the form's fields."""
        rows = list(place_rows(self.values))
        return row_errors(FieldError(_form_pointer(error.pointer, rows), error.detail) for error in errors)

    def _texts(self) -> dict[str, Any]:
        texts: dict[str, Any] = {name: self._text(name) for name in (*_TEXTS, *_CHOICES) if self._text(name)}
        texts["title"] = self._text("title")
        html, plain = self._text("body_html"), self._text("body_text")
        if not html and plain:
            html = html_of_markdown(plain) or ""
        if html:
            texts["description_html"] = html
        elif plain:
            texts["description_text"] = plain
        return texts

    def _places(self) -> dict[str, Any]:
        rows = list(place_rows(self.values).values())
        first, further = next(iter(rows), None), rows[1:]
        places: dict[str, Any] = {"location": first} if first else {}
        return {**places, "further_locations": further} if further else places

    def _lists(self) -> dict[str, Any]:
        lists: dict[str, Any] = {}
        if categories := list_field(self._text("categories")):
            lists["categories"] = categories
        if images := images_json(self._text("images")):
            lists["images"] = images
        if links := [row_field(line, _LINK) for line in self._text("links").splitlines() if line.strip()]:
            lists["links"] = links
        return lists

    def _price(self) -> dict[str, Any]:
        price: dict[str, Any] = {name: self._text(f"price_{name}") for name in _PRICE if self._text(f"price_{name}")}
        if "currency" in price:
            price["currency"] = str(price["currency"]).upper()
            if len(price) == 1:
                price = {}
        for name in ("amount", "up_to"):
            if name in price:
                price[name] = str(price[name]).replace(",", ".").replace(" ", "")
        if self._text("price_free"):
            price["free"] = True
        return {"price": price} if price else {}

    def _text(self, name: str) -> str:
        return self.values.get(name, "").replace("\r\n", "\n").strip()


def event_fields(event: Event, zone: ZoneInfo, terms: Terms) -> dict[str, str]:
    """The form's fields as an event fills them."""
    said = event_json(event)
    fields = {name: str(said.get(name, "")) for name in (*_TEXTS, *_CHOICES) if name != "note"}
    fields |= {"status": event.status, "attendance": event.attendance if event.attendance != "offline" else ""}
    fields |= {"body_html": event.description_html or "", "body_text": event.description_text or ""}
    fields |= when_fields(event, zone) | place_fields(event)
    fields["categories"] = ", ".join(event.categories)
    fields["tags"] = tag_names(event.tags, terms)
    fields["images"] = images_text(said.get("images", ()))
    fields["links"] = "\n".join(row_text(row, _LINK) for row in said.get("links", ()))
    price = said.get("price", {})
    fields |= {f"price_{name}": str(price.get(name, "")) for name in _PRICE}
    fields["price_free"] = "1" if price.get("free") else ""
    return fields


def _form_pointer(pointer: str, rows: list[int]) -> str:
    name, *inside = pointer.strip("/").split("/")
    if name == "location":
        return f"/place_{rows[0] if rows else 0}_{inside[0] if inside else 'name'}"
    if name == "further_locations" and inside and inside[0].isdecimal():
        row = rows[int(inside[0]) + 1] if int(inside[0]) + 1 < len(rows) else 0
        return f"/place_{row}_{inside[1] if len(inside) > 1 else 'name'}"
    if name == "price":
        return f"/price_{inside[0] if inside else 'amount'}"
    if name in ("exdates", "rdates", "tags", "description_html", "start", "end"):
        return f"/{_FIELDS.get(name, name)}"
    return "/" + "/".join([_FIELDS.get(name, name), *inside])
