"""What becomes of a file's events, in words for the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from babel.dates import format_date, format_datetime

from dateline.domain.event import Event
from dateline_ingest.calendars.event_file import ImportedFile
from dateline_ingest.calendars.event_import import Imported
from dateline_ingest.calendars.outcomes import OUTCOME_WORDS
from dateline_ingest.context import parts
from dateline_ingest.desk.importing.import_form import DATE_ORDERS, FIELD_WORDS, column_lines

_WRITTEN: Final = ("new", "changed", "restored", "lapsed")


def page_words() -> Mapping[str, Any]:
    """What the templates of imports can say."""
    return {
        "outcome_words": OUTCOME_WORDS, "counts_in_words": counts_in_words, "writes_in_words": writes_in_words,
        "event_start": event_start, "column_lines": column_lines, "field_words": FIELD_WORDS,
        "date_orders": DATE_ORDERS,
    }  # fmt: skip


def counts_in_words(told: Iterable[Imported]) -> str:
    """How many became what: "12 new, 3 as before"."""
    counts = Counter(one.outcome for one in told)
    return ", ".join(f"{counts[outcome]:,} {words}" for outcome, words in OUTCOME_WORDS.items() if counts[outcome])


def writes_in_words(imported: ImportedFile) -> str:
    """What a button imports: "12 events"."""
    count = sum(one.outcome in _WRITTEN for one in imported.done)
    return f"{count:,} event{'' if count == 1 else 's'}" if count else "nothing new"


def event_start(event: Event) -> str:
    """When an event begins, on the newsroom's clock."""
    if isinstance(event.start, datetime):
        zone = parts().settings.timezone
        return format_datetime(event.start.astimezone(zone), "EEE d MMM yyyy, HH:mm", locale="en")
    return format_date(event.start, "EEE d MMM yyyy", locale="en")
