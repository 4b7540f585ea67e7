"""The form of a term: what was typed, and the term it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateline.domain.payload import to_json
from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.ports.vocabulary import Terms
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_of
from dateline_ingest.desk.forms.description_field import DESCRIPTION_LABELS, description_of
from dateline_ingest.desk.forms.form_fields import FormError, form_errors, number_field
from dateline_ingest.desk.forms.language_names import LANGUAGES, NAME_LABELS, name_fields, names_of_fields
from dateline_ingest.desk.forms.picture_rows import ROW_LABELS, images_json, images_text, row_errors, without_rows
from dateline_ingest.desk.forms.typed_fields import TypedForm
from dateline_ingest.desk.terms.broader_field import broader_of, broader_text
from dateline_ingest.desk.terms.same_as_field import codes_of

LABELS: Final[Mapping[str, str]] = {
    "label": "Label", **NAME_LABELS, "labels": "Names in other languages", "aliases": "Other names",
    **DESCRIPTION_LABELS, "broader": "Broader terms", "same_as": "The same elsewhere",
    "rules_any": "One of these phrases", "rules_all": "Each of these phrases", "rules_none": "None of these phrases",
    "landing": "In the navigation", "order": "Its place there", "review": "A second pair of eyes", "image": "Picture",
}  # fmt: skip

_RULES: Final = ("any", "all", "none")


class TermForm(TypedForm):
    """The form of a term; its picture is a row as stories have several."""

    def __init__(self, values: Mapping[str, str], cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``."""
        super().__init__(without_rows(values, "image"), cut)

    @classmethod
    def of(cls, term: Term, terms: Terms) -> TermForm:
        """The form filled with a term: lists are a line each, broader terms by their names among ``terms``."""
        rules = {f"rules_{name}": "\n".join(getattr(term.rules, name)) for name in _RULES}
        others = (f"{code} | {text}" for code, text in term.labels.items() if code not in LANGUAGES)
        return cls({
            **rules, **name_fields(term.labels), "label": term.label, "labels": "\n".join(others),
            "aliases": "\n".join(term.aliases), "same_as": "\n".join(term.same_as),
            "broader": broader_text(term, terms), "body_html": term.description_html,
            "landing": "1" if term.landing else "", "order": str(term.order or ""),
            "review": "1" if term.review else "",
            "image": images_text([to_json(term.image)]) if term.image else "",
        })  # fmt: skip

    def term(self, before: Term, terms: Terms) -> Term:
        """The term that the form makes of ``before``. Raises ``InvalidInput``, as the JSON API does; also for broader
        terms that nobody knows, and codes that are none or another term's."""
        self.check_whole()
        broader, unknown = broader_of(self._lines("broader"), before, terms)
        codes, wrong = codes_of(self._lines("same_as"), before, terms)
        named = {name: list_ for name, list_ in (("broader", broader), ("same_as", codes)) if list_}
        try:
            given = load(TermSchema(), clean(self._body() | named))
            with invalid_input():
                term = term_of(given, before.type, before.slug)
        except InvalidInput as refusal:
            raise InvalidInput(str(refusal), (*refusal.errors, *unknown, *wrong)) from None
        if unknown or wrong:
            raise InvalidInput("", (*unknown, *wrong))
        return term

    def _body(self) -> dict[str, Any]:
        """The form in the shape of a term sent as JSON, without what names other terms; what is empty is left out."""
        rules = {name: lines for name in _RULES if (lines := self._lines(f"rules_{name}"))}
        body: dict[str, Any] = {
            "aliases": self._lines("aliases"), "rules": rules, "labels": self._labels(),
            "landing": bool(self._text("landing")), "review": bool(self._text("review")),
            "description_html": description_of(self.values),
        }  # fmt: skip
        if images := images_json(self._text("image")):
            body["image"] = images[-1]
        if order := self._text("order"):
            body["order"] = number_field(order)
        return {"label": self._text("label"), **{name: value for name, value in body.items() if value}}

    def _labels(self) -> dict[str, str]:
        labels = names_of_fields(self.values)
        for line in self._lines("labels"):
            language, _, text = (part.strip() for part in line.partition("|"))
            if language in labels:
                raise InvalidInput("One label a language.", (FieldError("/labels", f"{language} comes twice."),))
            labels[language] = text
        return labels

    def _lines(self, name: str) -> list[str]:
        return [line.strip() for line in self._text(name).splitlines() if line.strip()]

    def _text(self, name: str) -> str:
        return self.values.get(name, "").replace("\r\n", "\n").strip()


def errors_of(refusal: InvalidInput | None, form: TermForm) -> tuple[FormError, ...]:
    """What was refused, at the fields of the form as it is shown."""
    if refusal is None:
        return ()
    text = "body_html" if form.values.get("body_html") else "body_text"
    errors = (_at_field(error, text) for error in refusal.errors)
    return form_errors(row_errors(errors, "image"), {**LABELS, **ROW_LABELS})


def _at_field(error: FieldError, text: str) -> FieldError:
    """An error of the API's field at the form's; ``text`` is that of the description."""
    _, field, *inside = error.pointer.split("/") if error.pointer else ("", "")
    if field == "labels" and inside and inside[0] in LANGUAGES:
        return FieldError(f"/label_{inside[0]}", error.detail)
    return FieldError(f"/{text}", error.detail) if field == "description_html" else error
