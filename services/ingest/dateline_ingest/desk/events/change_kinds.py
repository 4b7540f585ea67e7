"""What may become of an event that was announced, besides that it is corrected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from dateline.domain.event import Event
from dateline.domain.recurrence.recurring import is_recurring


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeKind:
    """What is done: its link, the page's heading and button, and what readers will see."""

    link: str
    heading: str
    button: str
    readers: str


KINDS: Final = {
    "cancel": ChangeKind(
        link="Cancel", heading="Cancel", button="Cancel it",
        readers="It stays in the calendar, struck, with what you write here, and in the calendars of subscribers.",
    ),
    "postpone": ChangeKind(
        link="Postpone", heading="Postpone", button="Postpone it",
        readers="For an event whose new date isn’t known: readers find it apart, with what you write here.",
    ),
    "move": ChangeKind(
        link="Move", heading="Move", button="Move it",
        readers="The old time stays in the calendar, struck, with what you write here and a link to the new one.",
    ),
    "resume": ChangeKind(
        link="Takes place after all", heading="It takes place after all", button="It takes place",
        readers="It is announced as if nothing had been said, at the time that it has.",
    ),
    "withdraw": ChangeKind(
        link="Withdraw", heading="Withdraw", button="Take it off the site",
        readers="It goes from the calendar and every list. Who opens its address reads there what you write here.",
    ),
}  # fmt: skip
"""By their names in addresses."""


def possible_changes(event: Event) -> dict[str, str]:
    """What can be done with an event as it stands: the names in addresses, and the links' words."""
    off = event.status in ("cancelled", "postponed")
    kinds = ["resume"] if off else []
    kinds += ["cancel"] if event.status != "cancelled" else []
    kinds += ["postpone"] if event.status != "postponed" else []
    kinds += ["move"] if not is_recurring(event) else []
    return {kind: KINDS[kind].link for kind in (*kinds, "withdraw")}
