"""HTML of stories and events: made safe, as programs paste it, and turned into the text that is tagged and searched."""

from dateline.domain.html.cleaning import check_html, clean_html, is_empty
from dateline.domain.html.escaped import unescaped_markup
from dateline.domain.html.text import html_of_text, is_blank, text_of

__all__ = [
    "check_html",
    "clean_html",
    "html_of_text",
    "is_blank",
    "is_empty",
    "text_of",
    "unescaped_markup",
]
