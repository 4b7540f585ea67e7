"""Errors of the JSON API beside the fields of a form."""

from __future__ import annotations

import pytest

from dateline.errors import FieldError
from dateline_ingest.desk.forms import story_form
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.terms import term_form


@pytest.mark.parametrize(
    ("pointer", "field", "detail"),
    [
        ("/headline", "headline", "No."),
        ("/tags/people/2", "people", "3: No."),
        ("/keywords/0", "keywords", "1: No."),
        ("/images/1/url", "images", "2: No."),
        ("/related/0", "headline", "1: No."),
        ("", "headline", "No."),
    ],
)
def test_an_error_of_a_story_is_at_its_field_with_its_line(pointer: str, field: str, detail: str) -> None:
    label = story_form.LABELS[field] if pointer.strip("/").split("/")[0] not in ("", "related") else ""
    errors = form_errors([FieldError(pointer, "No.")], story_form.LABELS)
    assert errors == (FormError(field, label, detail),)


@pytest.mark.parametrize(
    ("pointer", "field", "detail"),
    [
        ("/rules/any/0", "rules_any", "1: No."),
        ("/rules/none", "rules_none", "No."),
        ("/labels/be", "labels", "be: No."),
        ("/aliases/4", "aliases", "5: No."),
    ],
)
def test_an_error_of_a_term_is_at_its_field_with_its_line(pointer: str, field: str, detail: str) -> None:
    errors = form_errors([FieldError(pointer, "No.")], term_form.LABELS)
    assert errors == (FormError(field, term_form.LABELS[field], detail),)
