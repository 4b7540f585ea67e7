"""The form of a term: what was typed, and the term it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from dateline.domain.payload import to_json
from dateline.domain.term import Term, TermType
from dateline.errors import FieldError, InvalidInput
from dateline.formats.strict_json import clean
from dateline.schemas.pointers import invalid_input, load
from dateline.schemas.term import TermSchema, term_of
from dateline_ingest.desk.forms.form_fields import number_field
from dateline_ingest.desk.forms.picture_rows import images_json, images_text, without_rows
from dateline_ingest.desk.forms.typed_fields import TypedForm

LABELS: Final[Mapping[str, str]] = {
    "label": "Label", "labels": "In other languages", "aliases": "Other names", "description_html": "Description",
    "broader": "Broader terms", "same_as": "The same elsewhere", "rules_any": "One of these phrases",
    "rules_all": "Each of these phrases", "rules_none": "None of these phrases", "landing": "In the navigation",
    "order": "Its place there", "review": "A second pair of eyes", "image": "Picture",
}  # fmt: skip

_LISTS: Final = ("aliases", "broader", "same_as")
_RULES: Final = ("any", "all", "none")


class TermForm(TypedForm):
    """The form of a term; its picture is a row as stories have several."""

    def __init__(self, values: Mapping[str, str], cut: tuple[str, ...] = ()) -> None:
        """The form of ``values``."""
        super().__init__(without_rows(values, "image"), cut)

    @classmethod
    def of(cls, term: Term) -> TermForm:
        """The form filled with a term: lists are a line each."""
        lists = {name: "\n".join(getattr(term, name)) for name in _LISTS}
        rules = {f"rules_{name}": "\n".join(getattr(term.rules, name)) for name in _RULES}
        return cls({
            **lists, **rules, "label": term.label, "description_html": term.description_html,
            "labels": "\n".join(f"{language} | {text}" for language, text in term.labels.items()),
            "landing": "1" if term.landing else "", "order": str(term.order or ""),
            "review": "1" if term.review else "",
            "image": images_text([to_json(term.image)]) if term.image else "",
        })  # fmt: skip

    def term(self, type: TermType, slug: str) -> Term:
        """The term of ``type`` and ``slug`` that the form says. Raises ``InvalidInput``, as the JSON API does."""
        self.check_whole()
        given = load(TermSchema(), clean(self._body()))
        with invalid_input():
            return term_of(given, type, slug)

    def _body(self) -> dict[str, Any]:
        """The form in the shape of a term sent as JSON; what is empty is left out."""
        body: dict[str, Any] = {name: self._lines(name) for name in _LISTS}
        body["rules"] = {name: lines for name in _RULES if (lines := self._lines(f"rules_{name}"))}
        body |= {"labels": self._labels(), "landing": bool(self._text("landing")), "review": bool(self._text("review"))}
        body["description_html"] = self._text("description_html")
        if images := images_json(self._text("image")):
            body["image"] = images[-1]
        if order := self._text("order"):
            body["order"] = number_field(order)
        return {"label": self._text("label"), **{name: value for name, value in body.items() if value}}

    def _labels(self) -> dict[str, str]:
        labels: dict[str, str] = {}
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
