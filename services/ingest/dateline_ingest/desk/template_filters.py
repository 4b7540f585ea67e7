"""What the desk's templates can say: times on the newsroom's clock, states in words."""

from __future__ import annotations

import math
from datetime import UTC, date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from flask import Flask, g
from markupsafe import Markup, escape

from dateline.analysis.direction import direction
from dateline.domain.html import clean_html, html_of_text
from dateline.domain.story import Story
from dateline.domain.timestamps import rfc3339
from dateline.errors import DatelineError, InvalidInput, RevisionRequired, StaleRevision
from dateline.ports.ledger.tokens import Token
from dateline_ingest.audit.deeds import deed_in_words
from dateline_ingest.context import parts
from dateline_ingest.desk.choices import (
    asks_review,
    choice_of_sections,
    count_to_review,
    drafts_that_wait,
    label_of_section,
    may_name_sections,
    outcome_of,
    review_concerns,
    reviews_of_story,
    section_now,
    writers_by_name,
)
from dateline_ingest.desk.completions import used_values
from dateline_ingest.desk.forms.story_form import LABELS, embargo_parts
from dateline_ingest.desk.navigation import NAVIGATION
from dateline_ingest.desk.outcome import NOW, TO_EDITORS, hold_time, zone_city
from dateline_ingest.desk.progress import steps
from dateline_ingest.desk.tagging.tag_panel import ORDER, tag_panel

STATE_LABELS: Final = {
    "accepted": "on its way",
    "held": "held under embargo",
    "indexed": "on the site",
    "superseded": "overtaken by a newer revision",
    "quarantined": "could not be indexed",
    "discarded": "given up",
    "withdrawn": "withdrawn",
}


def add_template_filters(app: Flask) -> None:
    """Give the templates of ``app`` their filters, and what every page says."""
    app.add_template_filter(format_time, "clock")
    app.add_template_filter(day_words)
    app.add_template_filter(browser_name, "browser")
    app.add_template_filter(rfc3339)
    app.add_template_filter(direction, "direction")
    app.add_template_filter(shown_html)
    app.add_template_filter(cleaned)
    app.add_template_filter(label_of_section, "section_label")
    app.add_template_filter(deed_in_words)
    app.add_template_filter(hold_words)
    app.add_template_filter(lambda part: f"{math.floor(part * 100)} %", "percent")
    app.add_template_filter(lambda state: STATE_LABELS.get(state, state), "in_words")
    app.context_processor(lambda: {
        "who": signed_in(), "title": parts().settings.title, "labels": LABELS, "steps": steps,
        "zone_name": zone_name(parts().settings.timezone), "web_url": parts().settings.web_url,
        "slugline_pattern": parts().settings.slugline,
        "can_mail": parts().mailer.can_send,
        "provider": parts().settings.oidc_name if parts().settings.oidc_issuer else "",
        "zone_key": parts().settings.timezone.key, "zone_city": zone_city(parts().settings.timezone),
        "NOW": NOW, "TO_EDITORS": TO_EDITORS, "embargo_parts": embargo_parts, "outcome": outcome_of,
        "writers_by_name": writers_by_name, "review_concerns": review_concerns, "asks_review": asks_review,
        "count_to_review": count_to_review, "navigation": NAVIGATION, "drafts_that_wait": drafts_that_wait,
        "reviews_of_story": reviews_of_story, "used_values": used_values,
        "sections": choice_of_sections, "may_name_sections": may_name_sections, "section_now": section_now,
        "tag_panel": tag_panel, "tag_order": ORDER,
    })  # fmt: skip


_BROWSERS: Final = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS: Final = {
    "Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS", "Linux": "Linux",
}  # fmt: skip


def browser_name(agent: str) -> str:
    """A browser by what it calls itself; each names those that it resembles behind itself."""
    browser = next((name for mark, name in _BROWSERS.items() if f"{mark}/" in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    known = " on ".join(filter(None, (browser, system)))
    return known or agent.partition("/")[0][:40] or "A browser"


def hold_words(embargo: datetime) -> str:
    """Until when a story is held."""
    return hold_time(embargo, parts().settings.timezone, datetime.now(UTC))


def signed_in() -> Token | None:
    """Who is signed in."""
    who: Token | None = g.get("token")
    return who


def day_words(day: date) -> str:
    """A day as a Briton writes it."""
    return str(format_date(day, "d MMMM y", locale="en_GB"))


def format_time(moment: datetime | None, shape: str = "d MMM yyyy, HH:mm:ss") -> str:
    """A time on the newsroom's clock, to the second; the zone is said once a page."""
    if moment is None:
        return ""
    return str(format_datetime(moment, shape, tzinfo=parts().settings.timezone, locale="en_GB"))


def shown_html(story: Story) -> Markup:
    """A story's text as readers get it."""
    return cleaned(html_of_text(story.body_text or "") if story.body_html is None else story.body_html)


def cleaned(html: str) -> Markup:
    """HTML as it would be stored; its source where it has more markup than is taken today."""
    try:
        return Markup(clean_html(html))
    except InvalidInput:
        return escape(html)


def zone_name(zone: ZoneInfo) -> str:
    """The newsroom's zone as people say it: by its city, with the offset of today."""
    offset = datetime.now(zone).strftime("%z")
    return f"{zone_city(zone)} (UTC{offset[:3]}:{offset[3:]})"


def error_details(error: DatelineError) -> str:
    """What went wrong, in a line for a person."""
    if isinstance(error, StaleRevision | RevisionRequired):
        return "Somebody changed it since this page was shown. Look at it again; nothing was done."
    errors = error.errors if isinstance(error, InvalidInput) else ()
    return " ".join(one.detail for one in errors) or str(error)
