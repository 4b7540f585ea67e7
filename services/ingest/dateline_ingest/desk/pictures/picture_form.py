"""The form of a picture: what was typed of its words, rights and focal point, and the body that it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.picture import Picture
from dateline_ingest.desk.forms.form_fields import list_field, number_field, time_field, time_text
from dateline_ingest.desk.forms.typed_fields import TypedForm

LABELS: Final[Mapping[str, str]] = {
    "alt": "Alternative text", "decorative": "Decorative", "caption": "Caption", "credit": "Credit",
    "byline": "Who took it", "place": "Place", "taken_at": "Taken", "people": "People in it", "keywords": "Keywords",
    "copyright": "Copyright", "licence": "Licence", "licence_url": "Licence’s address", "source": "Source",
    "usable_from": "May be shown from", "usable_until": "May be shown until", "restriction": "Only for",
    "feeds": "Feeds", "focal_x": "From the left", "focal_y": "From the top", "note": "Note", "file": "Files",
    "reason": "Reason",
}  # fmt: skip
_TEXTS: Final = (
    "alt", "caption", "credit", "byline", "copyright", "licence", "licence_url", "source", "place", "taken_at",
    "restriction",
)  # fmt: skip
_LISTS: Final = ("keywords", "people")
_TIMES: Final = ("usable_from", "usable_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureMerge:
    """Two changes of one picture: ``values`` with both, the names of fields ``taken`` from the other, and what both
    changed, as the other has it."""

    values: dict[str, str]
    taken: tuple[str, ...]
    theirs: dict[str, str]


class PictureForm(TypedForm):
    """The form of a picture."""

    @classmethod
    def of(cls, picture: Picture, zone: ZoneInfo) -> PictureForm:
        """The form filled with a picture."""
        return cls(picture_fields(picture, zone))

    def body(self, zone: ZoneInfo) -> dict[str, Any]:
        """The form in the shape of a picture's words sent as JSON. A decorative one has no alternative text."""
        body: dict[str, Any] = {name: self.text(name) for name in _TEXTS}
        body |= {name: list_field(self.text(name)) for name in _LISTS}
        body |= {name: time_field(text, zone) if (text := self.text(name)) else None for name in _TIMES}
        body |= {name: _fraction(self.text(name)) for name in ("focal_x", "focal_y")}
        body |= {"decorative": bool(self.text("decorative")), "feeds": not self.text("feeds")}
        if note := self.text("note"):
            body["note"] = note
        return body | ({"alt": ""} if body["decorative"] else {})

    def merge(self, before: Mapping[str, str], theirs: Mapping[str, str]) -> PictureMerge:
        """This form's change of ``before`` and another's put together: what only they changed is taken."""
        values, disputed = dict(self.values), {}
        taken = []
        for name in theirs:
            was, now, typed = before.get(name, ""), theirs[name], self.text(name)
            if now in (was, typed):
                continue
            if typed == was:
                values[name] = now
                taken.append(name)
            else:
                disputed[name] = now
        return PictureMerge(values=values, taken=tuple(taken), theirs=disputed)

    def text(self, name: str) -> str:
        """What was typed into a field."""
        return self.values.get(name, "").replace("\r\n", "\n").strip()


def picture_fields(picture: Picture, zone: ZoneInfo) -> dict[str, str]:
    """The fields of a picture as its form has them; ``feeds`` is ticked where it may not go out by them."""
    times = {name: getattr(picture, name) for name in _TIMES}
    focal = picture.focal
    return {
        **{name: getattr(picture, name) for name in _TEXTS},
        **{name: ", ".join(getattr(picture, name)) for name in _LISTS},
        **{name: time_text(moment, zone) if moment else "" for name, moment in times.items()},
        "decorative": "1" if picture.decorative else "", "feeds": "" if picture.feeds else "1",
        "focal_x": str(focal.x) if focal else "", "focal_y": str(focal.y) if focal else "",
    }  # fmt: skip


def _fraction(text: str) -> float | str | None:
    """A per cent as a part of one; None for nothing, and what is no number as it is, to be refused with the rest."""
    if not text:
        return None
    number = number_field(text)
    return number / 100 if isinstance(number, int) else number
