"""The form of a placement: what stands where, until when, and the breaking line, as it was typed and as it is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from dateline.domain.front import MOST_HIDDEN, MOST_SECOND, BreakingLine, Placement
from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline_ingest.desk.forms.form_fields import time_field, time_text

LABELS: Final[Mapping[str, str]] = {
    "until": "Until", "breaking_text": "Breaking line", "breaking_story": "Leads to", "breaking_until": "Ends",
    "q": "Find a story to place", "lead": "Lead", "second": "Second row", "hidden": "Hidden",
}  # fmt: skip
PRESETS: Final[Mapping[str, str]] = {
    "hour": "In an hour", "three": "In 3 hours", "tonight": "Tonight, 24:00", "open": "Until changed",
}  # fmt: skip
_TYPED: Final = ("until", "breaking_text", "breaking_story", "breaking_until", "q")
_MOST_TYPED: Final = 500
_STORY: Final = re.compile(r"[0-9a-z]{1,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontForm:
    """What the page says of ``placed`` (ids, and nothing of times), and ``typed``: its fields as they are shown.

    ``row`` is the second row as the page showed it.
    """

    placed: Placement
    typed: Mapping[str, str]
    row: tuple[str, ...] = ()

    @classmethod
    def of(cls, placement: Placement, zone: ZoneInfo) -> FrontForm:
        """The form of what is on record."""
        line = placement.breaking
        typed = {"until": _shown(placement.until, zone)}
        if line:
            typed |= {"breaking_text": line.text, "breaking_story": line.story,
                      "breaking_until": _shown(line.until, zone)}  # fmt: skip
        return cls(placed=replace(placement, until=None, breaking=None), typed=typed)

    @classmethod
    def sent(cls, page: str, form: MultiDict[str, str]) -> FrontForm:
        """The form as a browser sent it."""
        lead = _stories(form.getlist("lead"), 1)
        second, hidden = _stories(form.getlist("second"), MOST_SECOND), _stories(form.getlist("hidden"), MOST_HIDDEN)
        placed = Placement(page=page, lead="".join(lead), second=second, hidden=hidden)
        typed = {name: drop_control_characters(form.get(name, "")).strip()[:_MOST_TYPED] for name in _TYPED}
        return cls(placed=placed, typed=typed, row=_stories(form.getlist("row"), 2 * MOST_SECOND))

    def placing(self, placed: Placement) -> FrontForm:
        """With the stories of ``placed`` in their places."""
        return replace(self, placed=placed)

    def with_end(self, field: str, preset: str, zone: ZoneInfo, now: datetime) -> FrontForm:
        """With what a button says of the end of the placement (``until``) or of the line (``breaking_until``)."""
        return replace(self, typed={**self.typed, field: _shown(_end(preset, zone, now), zone)})

    def placement(self, zone: ZoneInfo) -> Placement:
        """What the form means. Raises ``InvalidInput`` with what isn't clear in it."""
        errors: list[FieldError] = []
        until = self._time("until", zone, errors)
        line = self._line(zone, errors)
        if errors:
            raise InvalidInput("The front isn't clear.", tuple(errors))
        return replace(self.placed, until=until, breaking=line)

    def meant(self, zone: ZoneInfo) -> Placement:
        """What the form means, as far as it is clear."""
        unclear: list[FieldError] = []
        return replace(self.placed, until=self._time("until", zone, unclear), breaking=self._line(zone, unclear))

    def looked_at(self, zone: ZoneInfo, now: datetime) -> Placement:
        """What readers would see of it now: a line that has no end yet as well."""
        soon = now + timedelta(hours=1)
        line = self._line(zone, [], otherwise=soon)
        return replace(self.placed, breaking=replace(line, until=max(line.until, soon)) if line else None)

    def _line(self, zone: ZoneInfo, errors: list[FieldError], otherwise: datetime | None = None) -> BreakingLine | None:
        text, story = self.typed.get("breaking_text", ""), self.typed.get("breaking_story", "")
        if not text:
            if story:
                errors.append(FieldError("/breaking_text", "Say in a sentence what has happened."))
            return None
        until = self._time("breaking_until", zone, errors) or otherwise
        if until is None:
            if not any(error.pointer == "/breaking_until" for error in errors):
                errors.append(FieldError("/breaking_until", "Say until when the line stands."))
            return None
        return BreakingLine(text=text, until=until, story=story)

    def _time(self, field: str, zone: ZoneInfo, errors: list[FieldError]) -> datetime | None:
        typed = self.typed.get(field, "")
        if not typed:
            return None
        try:
            return datetime.fromisoformat(time_field(typed, zone)).astimezone(UTC)
        except (ValueError, OverflowError):
            errors.append(FieldError(f"/{field}", "This is no date and time: 2026-12-05T18:00, or choose one."))
            return None


def form_pointers(errors: Iterable[FieldError]) -> list[FieldError]:
    """Errors of a placement's JSON at the fields of the form: ``/breaking/until`` is ``/breaking_until``."""
    return [FieldError(error.pointer.replace("/breaking/", "/breaking_"), error.detail) for error in errors]


def _stories(ids: Iterable[str], most: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for id in ids if _STORY.fullmatch(id)))[:most]


def _shown(moment: datetime | None, zone: ZoneInfo) -> str:
    """As a field of a date and a time has it: to the minute, where it is one."""
    return time_text(moment, zone).removesuffix(":00") if moment else ""


def _end(preset: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Rounded up to five minutes; tonight is the end of the newsroom's day."""
    here = now.astimezone(zone)
    if preset == "tonight":
        return (here + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    hours = {"hour": 1, "three": 3}.get(preset)
    if hours is None:
        return None
    end = now.astimezone(UTC) + timedelta(hours=hours)
    left = timedelta(minutes=end.minute % 5, seconds=end.second, microseconds=end.microsecond)
    return end - left + timedelta(minutes=5) if left else end
