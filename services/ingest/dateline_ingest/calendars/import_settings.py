"""How files of events are read in this newsroom."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from dateline.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSettings:
    """``zone`` and ``language`` are the newsroom's, ``seconds`` how long reading may keep the processor busy."""

    zone: ZoneInfo
    language: str = "en"
    seconds: float = 20

    @classmethod
    def of(cls, settings: Settings) -> ImportSettings:
        """What the newsroom's settings say."""
        return cls(zone=settings.timezone, language=settings.language, seconds=settings.import_seconds)
