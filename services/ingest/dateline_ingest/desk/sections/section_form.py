"""The form of a section: what was typed, and the section it says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from dateline.domain.payload import to_json
from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_json, term_of
from dateline_ingest.desk.forms.description_field import DESCRIPTION_LABELS, description_of
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.forms.language_names import LANGUAGES, NAME_LABELS, name_fields, names_of_fields
from dateline_ingest.desk.forms.picture_rows import ROW_LABELS, images_json, images_text, row_errors, without_rows
from dateline_ingest.desk.forms.typed_fields import TypedForm
from dateline_ingest.desk.sections.moving import put_last
from dateline_ingest.section_tree import SectionTree

LABELS: Final[Mapping[str, str]] = {
    "label": "Name", **NAME_LABELS, **DESCRIPTION_LABELS, "image": "Picture", "parent": "Stands in",
    "navigation": "In the navigation of the site", "review": "A second pair of eyes", "slug": "Slug",
}  # fmt: skip


class SectionForm(TypedForm):
    """The form of a section; its picture is a row as stories have several."""

    def __init__(self, values: Mapping[str, str], cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``."""
        super().__init__(without_rows(values, "image"), cut)

    @classmethod
    def of(cls, section: Term, tree: SectionTree) -> SectionForm:
        """The form filled with a section."""
        return cls({
            "label": section.label, **name_fields(section.labels),
            "body_html": section.description_html, "parent": tree.slug_above(section),
            "navigation": "1" if tree.in_navigation(section) else "", "review": "1" if section.review else "",
            "image": images_text([to_json(section.image)]) if section.image else "",
        })  # fmt: skip

    def section(self, before: Term, tree: SectionTree) -> Term:
        """The section that the form makes of ``before``, at its place in the paper. Raises ``InvalidInput``."""
        self.check_whole()
        given = load(TermSchema(), clean(self._body(before)))
        with invalid_input():
            said = replace(term_of(given, "section", before.slug), status=before.status)
        placed = self._placed(before, tree)
        return replace(said, broader=placed.broader, order=placed.order, landing=placed.landing)

    def _body(self, before: Term) -> dict[str, Any]:
        """The form in the shape of a section sent as JSON; what it doesn't show stays as it was."""
        kept = {name: value for name, value in term_json(before).items() if name in ("aliases", "same_as")}
        labels = {code: name for code, name in before.labels.items() if code not in LANGUAGES}
        labels |= names_of_fields(self.values)
        body: dict[str, Any] = {"label": self._line("label"), "review": bool(self._line("review"))}
        if images := images_json(self.values.get("image", "")):
            body["image"] = images[-1]
        return kept | body | {"labels": labels, "description_html": description_of(self.values)}

    def _placed(self, before: Term, tree: SectionTree) -> Term:
        """``before`` where the form puts it; where it stands already it stays, among those beside it."""
        above, shown = self._line("parent"), bool(self._line("navigation"))
        if above == tree.slug_above(before) and (above or shown == tree.in_navigation(before)):
            return before
        return put_last(tree, before, above, in_navigation=shown)

    def _line(self, name: str) -> str:
        return " ".join(self.values.get(name, "").split())


def errors_of(refusal: InvalidInput | None) -> tuple[FormError, ...]:
    """What was refused, at the fields of the form."""
    if refusal is None:
        return ()
    return form_errors(row_errors(map(_at_field, refusal.errors), "image"), {**LABELS, **ROW_LABELS})


def _at_field(error: FieldError) -> FieldError:
    """An error of the API's field at the form's."""
    pointer = error.pointer.replace("/labels/", "/label_", 1)
    names: Iterable[tuple[str, str]] = (("/description_html", "/body_html"), ("/broader", "/parent"))
    for api, form in names:
        pointer = form if pointer == api or pointer.startswith(f"{api}/") else pointer
    return FieldError(pointer, error.detail)
