"""What changes in a form's fields: one's own change in words, and two changes of one form put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dateline_ingest.desk.events.form.form_page import ALL_LABELS

_OTHER_LABELS: Final = {
    "interval": "Every", "until": "Until", "count": "Times in all", "month_days": "Days of the month",
    "ordinal": "Which one of the month", "ordinal_day": "Weekday of the month", "rrule": "Rule",
}  # fmt: skip
_DAYS: Final = {
    "mo": "Monday", "tu": "Tuesday", "we": "Wednesday", "th": "Thursday", "fr": "Friday", "sa": "Saturday",
    "su": "Sunday",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field that changes: its label, what stood there and what stands there now."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldMerge:
    """Two changes of one form: ``values`` with both, the labels of what is ``taken`` from the other, and what both
    changed, by the label, as the other has it."""

    values: dict[str, str]
    taken: list[str]
    disputed: list[tuple[str, str]]


def field_changes(base: Mapping[str, str], typed: Mapping[str, str]) -> list[FieldChange]:
    """The fields of ``base`` that a form changes, in their order; an empty text changes nothing of one that isn't."""
    changes = []
    for name in dict.fromkeys([*base, *(one for one in typed if _label(one))]):
        before, after = base.get(name, ""), typed.get(name, "").replace("\r\n", "\n").strip()
        if name in ("body_text", "note") or before.strip() == after or not _label(name):
            continue
        if name == "interval" and {before, after} == {"", "1"}:
            continue
        changes.append(FieldChange(label=_label(name), before=before, after=after))
    return changes


def merged(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> FieldMerge:
    """What both made of ``base``: what only they changed is taken, what both changed stays mine."""
    merge = FieldMerge(values=dict(mine), taken=[], disputed=[])
    for name in sorted(set(base) | set(theirs)):
        was, now, typed = (one.get(name, "") for one in (base, theirs, mine))
        if now in (was, typed):
            continue
        if typed == was:
            merge.values[name] = now
            merge.taken.append(_label(name) or name)
        else:
            merge.disputed.append((_label(name) or name, now))
    return merge


def _label(name: str) -> str:
    if name.startswith("on_"):
        return _DAYS.get(name.removeprefix("on_"), "")
    return ALL_LABELS.get(name) or _OTHER_LABELS.get(name, "")
