"""A story's form as the body that the API would get: Markdown as the HTML that it means, and the language named."""

from __future__ import annotations

from typing import Any

from dateline.domain.story import Story
from dateline.settings import Settings
from dateline_ingest.desk.forms.language import with_language
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.story_form import StoryForm


def story_body(form: StoryForm, settings: Settings, before: Story | None = None) -> dict[str, Any]:
    """What ``form`` says; what it doesn't show stays as in ``before``. Raises ``InvalidInput``."""
    return with_language(with_markdown(form.body(settings.timezone, before)), settings.language)
