"""The page on which a story is corrected: what readers are told, what changes, and sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import render_template
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import FieldError, InvalidInput
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.story import story_json
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.correcting.differences import FieldDifference, story_differences
from dateline_ingest.desk.correcting.withdrawing import was_seen
from dateline_ingest.desk.forms.form_fields import FormError
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_form import StoryForm, load_story, story_fields
from dateline_ingest.intake import Write

Page = str | Response | tuple[str, int]

ON_THE_SITE: Final = "Put the correction on the site now"
WITHHELD: Final = "Save the correction; its source holds the story back"
_NO_NOTE: Final = "Say what was wrong: readers see it. Where there is nothing to say, call it a typo."


def correction_page(
    form: StoryForm,
    whole: Item,
    revision: int,
    *,
    errors: Sequence[FormError] = (),
    differences: Sequence[FieldDifference] | None = None,
    taken: Sequence[str] | None = None,
) -> str:
    """The form of a correction of ``whole`` that was begun from ``revision``.

    ``differences`` are what it changes, where that was asked for; ``taken`` the fields that somebody else changed
    meanwhile, where they are merged in.
    """
    return render_template(
        "desk/correct.html", form=form, item=whole, revision=revision, errors=errors, seen=was_seen(whole),
        differences=differences, taken=taken, now_words=WITHHELD if whole.withheld else ON_THE_SITE,
    )  # fmt: skip


def fields_of(story: Story | None) -> Mapping[str, str]:
    """A story as its form's fields say it; empty ones of what isn't there."""
    fields = story_fields(story_json(story) if story else {}, parts().settings.timezone)
    return {**fields, "language": story.language} if story else fields


def differences_of(form: StoryForm) -> list[FieldDifference]:
    """What the form changes. Raises ``InvalidInput``."""
    form.check_whole()
    return story_differences(fields_of(standing_story(item())), form.values)


def send_correction(form: StoryForm, revision: int) -> Receipt:
    """Submit what the form says. Raises ``InvalidInput``, ``StaleRevision``."""
    if form.values.get("correction") == "correction" and not form.values.get("note", "").strip() and was_seen(item()):
        raise InvalidInput(_NO_NOTE, (FieldError("/note", _NO_NOTE),))
    body = with_markdown(form.body(parts().settings.timezone, standing_story(item())))
    write = Write(by=token(), sent=body, if_match=revision)
    return parts().intake.submit(parts().intake.corrected_story(item(), load_story(body), write))
