"""What the puller's process works with; nothing is connected until it is first needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial

from dateline.bootstrap import open_fetcher, open_ledger, open_media, open_wakeup
from dateline.settings import read_settings
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.calendars.import_settings import ImportSettings
from dateline_ingest.intake import Intake
from dateline_ingest.mailer import deliver
from dateline_ingest.pictures.receiving import PictureIntake
from dateline_ingest.planning.filing import Filing
from dateline_ingest.planning.morning_mail import MorningMail
from dateline_ingest.pulling.addressed_pictures import AddressedPictures
from dateline_ingest.pulling.due_sources import DueSources


@dataclass(frozen=True, slots=True, kw_only=True)
class PullerParts:
    """What pulls sources, and what fetches the pictures that they name; None where the settings don't want those. What
    files coverages and sends the mail of the morning, beside it."""

    sources: DueSources
    pictures: AddressedPictures | None
    filing: Filing
    morning_mail: MorningMail


@cache
def parts() -> PullerParts:
    """Those of this process."""
    settings = read_settings()
    ledger, fetcher = open_ledger(settings), open_fetcher(settings)
    vocabulary = LiveVocabulary(ledger)
    intake = Intake(
        ledger, open_wakeup(settings), vocabulary.current, settings.timezone,
        reporters_make_sections=settings.reporters_make_sections,
    )  # fmt: skip
    pictures = AddressedPictures(
        ledger, fetcher, PictureIntake(ledger, intake), open_media(settings), settings.media_max_bytes
    )
    return PullerParts(
        sources=DueSources(ledger, fetcher, intake, vocabulary.current, ImportSettings.of(settings)),
        pictures=pictures if settings.fetch_pictures else None,
        filing=Filing(ledger, settings.timezone, lambda: datetime.now(UTC)),
        morning_mail=MorningMail(ledger, settings, partial(deliver, settings), lambda: datetime.now(UTC)),
    )
