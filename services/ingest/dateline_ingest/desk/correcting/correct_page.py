"""The page on which a story is corrected: what readers are told, what changes, and sending it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from dateline.domain.story import Story
from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.ports.ledger.drafts import Draft
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.submissions import Receipt
from dateline.schemas.story import story_json
from dateline_ingest.context import item, parts, token
from dateline_ingest.desk.correcting.differences import FieldDifference, story_differences
from dateline_ingest.desk.correcting.withdrawing import was_seen
from dateline_ingest.desk.forms.form_fields import FormError
from dateline_ingest.desk.forms.standing_story import standing_story
from dateline_ingest.desk.forms.story_body import story_body
from dateline_ingest.desk.forms.story_form import StoryForm, load_story, story_fields
from dateline_ingest.desk.writing.draft_form import form_of_draft, named_draft, version_of
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
    draft: Draft | None = None,
) -> str:
    """The form of a correction of ``whole`` that was begun from ``revision``.

    ``differences`` are what it changes, where that was asked for; ``taken`` the fields that somebody else changed
    meanwhile, where they are merged in. ``draft`` is what was typed before, where one goes on with that.
    """
    return render_template(
        "desk/correct.html", form=form, item=whole, revision=revision, errors=errors, seen=was_seen(whole),
        differences=differences, taken=taken, draft=draft, now_words=WITHHELD if whole.withheld else ON_THE_SITE,
    )  # fmt: skip


def begun_correction(whole: Item) -> Page:
    """The form filled with the story, or with the correction of it that one began and didn't send."""
    zone, draft = parts().settings.timezone, parts().ledger.correction_draft(token(), whole.id)
    story = standing_story(whole)
    if story is None:
        raise Conflict("This story is withdrawn, or its text was erased; it can't be corrected.")
    if draft is None:
        return correction_page(StoryForm.of(story, zone), whole, whole.newest_revision)
    if draft.reviews:
        return redirect(url_for("draft_pages.write", draft_id=draft.id), 303)
    revision = draft.corrects_revision or whole.newest_revision
    return correction_page(form_of_draft(draft, zone), whole, revision, draft=draft)


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
    body = story_body(form, parts().settings, standing_story(item()))
    draft = named_draft(form)
    write = Write(by=token(), sent=body, if_match=revision, draft=version_of(form, draft) if draft else None)
    return parts().intake.submit(parts().intake.corrected_story(item(), load_story(body), write))
