"""Words that no reader of the page they came from saw, and numbers and looks that each of them did."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, text_of


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="font-size:0">x</span>',
        '<span style="font-size: .0px">x<b style="font-size:2em">x</b></span>',
        '<span style="font: 0/0 a">x</span>',
        '<span style="opacity:0.0">x</span>',
        '<span style="OPACITY: 0 !important">x</span>',
        '<span aria-hidden="true" style="position:absolute; left:-9999px">x</span>',
        '<span style="text-indent:-999em">x</span>',
        '<span style="position:absolute;clip:rect(0 0 0 0)">x</span>',
        '<span style="max-height:0;overflow:hidden">x</span>',
        '<span style="visibility:collapse">x<i>x</i></span>',
        '<span style="color:transparent">x</span>',
        '<span class="Screen-Reader-Text">x</span>',
        "<dialog>x</dialog>",
        "<span popover>x</span>",
    ],
)
def test_hidden_words_are_not_published(hidden: str) -> None:
    assert clean_html(f"<div>a{hidden}b</div>") == "<div>ab</div>"


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ('<div style="font-size:0">no<p style="font-size:14px">yes</p></div>', "yes"),
        ('<div style="visibility:hidden">no <b style="visibility:visible">yes</b></div>', "yes"),
        ('<p style="opacity:.9;left:-3px;width:100%;overflow:hidden">yes</p>', "yes"),
        ('<p aria-hidden="true">yes</p>', "yes"),
        ('<p style="margin-left:-100%;color:transparent;-webkit-background-clip:text">yes</p>', "yes"),
        ("<dialog open>yes</dialog>", "yes"),
        ('<p style="font-size:0.9em">yes</p>', "yes"),
    ],
)
def test_what_is_seen_stays(dirty: str, text: str) -> None:
    assert text_of(clean_html(dirty)) == text


def test_images_are_seen_where_letters_have_no_size() -> None:
    image = '<img src="https://e.example/a.jpg" alt="b">'
    assert clean_html(f'<table><tr><td style="font-size:0"> {image} no</td></tr></table>').count(image) == 1
    assert "<img" not in clean_html(f'<p style="visibility:hidden">{image}</p>')


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<span style="font: italic bold 12px/30px Georgia, serif">x</span>', "<strong><em>x</em></strong>"),
        ('<span style="font: small-caps 700 1.2em Arial">x</span>', "<strong>x</strong>"),
        ('<b style="font:12px Arial">x</b>', "x"),
        ('<i style="font:inherit">x</i>', "<em>x</em>"),
        ('<span style="font-weight:bold;font:medium serif">x</span>', "x"),
        ('<span style="font:medium serif;font-weight:bold">x</span>', "<strong>x</strong>"),
        (
            '<ol start="10" reversed type="i"><li value="7">x</li></ol>',
            '<ol start="10" reversed="" type="i"><li value="7">x</li></ol>',
        ),
        ('<ol style="list-style-type:lower-alpha"><li>x</li></ol>', '<ol type="a"><li>x</li></ol>'),
    ],
)
def test_numbers_and_looks_stay(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean
