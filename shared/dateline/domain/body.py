"""A story's or event's body as it is shown, and the text of it."""

from __future__ import annotations

from dateline.domain.html import clean_html, html_of_text, text_of


def body_of(html: str | None, text: str | None) -> tuple[str, str]:
    """Clean HTML and its text. What was sent as text stays as it was sent: offsets count in the sender's own text."""
    if html is not None:
        clean = clean_html(html)
        return clean, text_of(clean)
    return html_of_text(text or ""), text or ""
