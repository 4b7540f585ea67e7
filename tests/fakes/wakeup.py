"""A wake-up that wakes nobody."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.ports.wakeup import Lane


@dataclass
class CountingWakeUp:
    """Remembers which lanes were woken."""

    woken: list[Lane] = field(default_factory=list)

    def wake(self, lane: Lane) -> None:
        self.woken.append(lane)

    def close(self) -> None: ...
