"""A story's form as the body that the API would get: Markdown as HTML, and language and slugline named."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dateline.domain.slugline import make_slugline
from dateline.domain.story import Story
from dateline.settings import Settings
from dateline_ingest.desk.forms.language import with_language
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.story_form import StoryForm


def story_body(form: StoryForm, settings: Settings, before: Story | None = None) -> dict[str, Any]:
    """What ``form`` says; what it doesn't show stays as in ``before``. Raises ``InvalidInput``."""
    body = with_language(with_markdown(form.body(settings.timezone, before)), settings.language)
    return body if before or body.get("slugline") else with_slugline(body, settings)


def with_slugline(body: dict[str, Any], settings: Settings) -> dict[str, Any]:
    """``body`` with a slugline by the house's pattern, where there is one; it is of today."""
    parts = {name: str(body.get(name) or "") for name in ("section", "place", "headline")}
    made = make_slugline(settings.slugline, **parts, day=datetime.now(settings.timezone).date())
    return {**body, "slugline": made} if made else body
