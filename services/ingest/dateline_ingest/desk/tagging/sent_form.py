"""A story's form as it was sent, with the tags that were named in words."""

from __future__ import annotations

from flask import request

from dateline.domain.tag import TAG_TYPES
from dateline.domain.term import Term
from dateline.ports.vocabulary import Terms
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import list_field
from dateline_ingest.desk.forms.story_form import StoryForm
from dateline_ingest.desk.forms.tag_choices import TYPED

_MOST_LOOKED_AT = 100


def sent_form() -> StoryForm:
    """The form that came. A tag that was named is among those that were added where one term alone has the name."""
    form = StoryForm.typed(request.form)
    if typed := list_field(form.values.get(TYPED, "")):
        terms, left, choices = parts().vocabulary.current(), [], form.tag_choices
        for name in typed[:20]:
            called = terms_called(name, terms)
            if len(called) == 1:
                choices = choices.add(called[0].key)
            elif not any(term.key in choices.added for term in called):
                left.append(name)
        form.values |= choices.fields() | {TYPED: ", ".join(left)}
    return form


def is_only_shown(form: StoryForm) -> bool:
    """Whether the form was sent to be shown again: with its tags, or with its pictures and those that were found.
    Raises ``InvalidInput`` for more than a form shows."""
    form.check_whole()
    return "show_tags" in request.form or "show_pictures" in request.form


def terms_called(name: str, terms: Terms) -> list[Term]:
    """The terms that can be tags and have just this name, in any language."""
    wanted = name.strip().casefold()
    found = terms.search(wanted[:100], None, _MOST_LOOKED_AT)
    return [term for term in found if term.type in TAG_TYPES and wanted in map(str.casefold, term.names)]
