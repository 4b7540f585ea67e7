"""What was typed into a form, as far as a page says it again: no small request makes a large page, and no text is lost.

A text is shown up to what a story may have in all; everything else together up to 64 KB, far more than a form of use.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Self

from dateline.errors import FieldError, InvalidInput
from dateline.http.requests.body import MAX_BODY_BYTES

TEXTS: Final = frozenset({"body_text", "body_html", "description_html"})
MOST_BESIDES: Final = 65_536
"""Bytes of all fields but the texts, their names too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedFields:
    """The fields as they are shown, and the names of those that were cut."""

    values: Mapping[str, str]
    cut: tuple[str, ...]

    @classmethod
    def of(cls, form: Iterable[tuple[str, str]]) -> TypedFields:
        """The fields of a form as it was sent; of several with one name the first."""
        left = {True: MAX_BODY_BYTES, False: MOST_BESIDES}
        values: dict[str, str] = {}
        cut: list[str] = []
        for name, value in form:
            is_text = name in TEXTS
            room = max(0, left[is_text] - (0 if is_text else len(name.encode())))
            shown = value if len(value) * 4 <= room else _within(value, room)
            left[is_text] = room - len(shown.encode())
            if shown != value:
                cut.append(name)
            if room and name not in values:
                values[name] = shown
        return cls(values=values, cut=tuple(cut))


class TypedForm:
    """A form as it was typed. ``values`` is shown again, whatever is wrong with it."""

    def __init__(self, values: Mapping[str, str], cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``; ``cut`` are the names of those that aren't all there."""
        self.values: dict[str, str] = dict(values)
        self._cut = cut

    @classmethod
    def typed(cls, sent: Mapping[str, str]) -> Self:
        """The form of what was typed, cut where it is longer than a page shows; then ``check_whole`` raises."""
        fields = TypedFields.of(sent.items())
        return cls(fields.values, fields.cut)

    def check_whole(self) -> None:
        """Raise ``InvalidInput`` at each field that was cut: what isn't all there mustn't be taken for all."""
        if self._cut:
            raise InvalidInput(_TOO_LONG, tuple(FieldError(f"/{name}", _TOO_LONG) for name in self._cut))


_TOO_LONG: Final = "Too long: the end isn't shown, and nothing was sent. Your browser has it one page back."


def _within(value: str, most: int) -> str:
    """The beginning of ``value`` that has no more than ``most`` bytes."""
    return value.encode(errors="replace")[:most].decode(errors="ignore")
