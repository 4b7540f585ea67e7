"""The description of a section or term, which its form has in the editor that stories have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dateline.domain.body import body_of
from dateline.errors import FieldError, InvalidInput
from dateline_ingest.desk.forms.markdown import html_of_markdown

DESCRIPTION_LABELS: Final = {"body_html": "Description", "body_text": "Description"}
_NO_PICTURES: Final = "A description has no pictures: its own is chosen below."


def description_of(values: Mapping[str, str]) -> str:
    """HTML as the editor writes it, or what a plain text means; nothing where it has no word. Raises
    ``InvalidInput``."""
    html, text = values.get("body_html", "").strip(), values.get("body_text", "").strip()
    if "data-image" in html or "](image:" in text:
        raise InvalidInput(_NO_PICTURES, (FieldError("/description_html", _NO_PICTURES),))
    try:
        if not html:
            html = html_of_markdown(text) or (body_of(None, text)[0] if text else "")
        return html if html and body_of(html, None)[1].strip() else ""
    except InvalidInput as refusal:
        raise InvalidInput(str(refusal), (FieldError("/description_html", str(refusal)),)) from None
