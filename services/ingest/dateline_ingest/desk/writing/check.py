"""What a copy editor would say, beside the form while one writes."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from dateline.copy_check import Remark
from dateline_ingest.auth import needs
from dateline_ingest.checking.story_check import CheckedStory, check_story
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.story_form import LABELS, StoryForm

check_pages = Blueprint("check_pages", __name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRemark:
    """A remark under its field's label."""

    remark: Remark
    label: str


@check_pages.post("/check")
@needs("reporter", "editor")
def check() -> str:
    """The remarks on what was typed, as the part of the page that lists them. 422 for more than the form shows."""
    checked = checked_form(StoryForm.typed(request.form))
    return render_template("desk/remarks.html", remarks=shown_remarks(checked), pending=checked.links_pending)


def checked_form(form: StoryForm) -> CheckedStory:
    """A form as it is checked. Raises ``InvalidInput`` for more than the form shows."""
    return check_story(with_markdown(form.body(parts().settings.timezone)))


def shown_remarks(checked: CheckedStory) -> list[ShownRemark]:
    """The remarks as the page lists them."""
    return [
        ShownRemark(remark=remark, label=LABELS.get(remark.field, LABELS["body_text"])) for remark in checked.remarks
    ]
