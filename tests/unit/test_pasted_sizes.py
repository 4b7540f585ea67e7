"""What a page showed though one of its properties says that it has no size, no color, or isn't for this window."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, text_of

IMAGE = '<img src="https://e.example/a.jpg" alt="b">'
WRAPPERS = (
    "position:relative;overflow:hidden;height:0;padding-bottom:56.25%",
    "overflow:hidden;height:0;padding:56.25% 0 0 0",
    "overflow:hidden;height:0;padding-top:calc(100% * 9 / 16)",
    "overflow:hidden;height:0;aspect-ratio:1",
    "overflow:hidden;height:0;min-height:300px",
    "overflow:hidden;width:1px;min-width:100%",
)
SHOWN = (
    'style="width:0;min-width:100%" height="400"',
    'style="width: 1px; min-width: 100% !important"',
    'width="1" style="min-width:100%"',
    'width="0" height="0" style="width:100%;height:300px"',
    'width="0" height="0" style="width:100%;height:auto"',
    'height="0" style="height:calc(100% - 2px)"',
)


@pytest.mark.parametrize("style", WRAPPERS)
def test_the_wrapper_of_a_player_has_no_height_and_is_seen(style: str) -> None:
    clean = clean_html(f'<div style="{style}"><iframe src="https://e.example/v"></iframe><p>Words</p></div>')
    assert "https://e.example/v" in clean
    assert "Words" in clean


@pytest.mark.parametrize("said", SHOWN)
@pytest.mark.parametrize("html", ["{}", "<noscript>{}</noscript>"])
def test_a_frame_is_as_large_as_its_style_says(said: str, html: str) -> None:
    frame = f'<iframe src="https://e.example/v" {said}></iframe>'
    assert "https://e.example/v" in clean_html(f"<p>a</p>{html.format(frame)}")


@pytest.mark.parametrize("said", [*SHOWN, 'style="color:transparent"', 'layout="responsive" width="1" height="1"'])
@pytest.mark.parametrize("html", ["{}", "<noscript>{}</noscript>"])
def test_an_image_is_as_large_as_its_style_says(said: str, html: str) -> None:
    clean = clean_html(html.format(f'<img src="https://e.example/a.jpg" alt="b" {said}>'))
    assert clean.replace(' height="400"', "") == IMAGE
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "said",
    [
        'style="width:0"',
        'style="width:1px;height:1px" width="400"',
        'width="1" height="1"',
        'width="0" style="min-width:0"',
        'height="1" style="width:100%"',
        'height="0" style="height:inherit"',
    ],
)
@pytest.mark.parametrize("html", ["{}", "<noscript>{}</noscript>"])
def test_a_pixel_is_not_shown(said: str, html: str) -> None:
    assert clean_html("<p>a</p>" + html.format(f'<img src="https://e.example/a.jpg" {said}>')) == "<p>a</p>"
    assert clean_html("<p>a</p>" + html.format(f'<iframe src="https://e.example/a" {said}></iframe>')) == "<p>a</p>"


@pytest.mark.parametrize(("width", "height"), [("1", "1"), ("1.33", "1"), ("16", "9")])
def test_an_image_of_amp_tells_its_ratio(width: str, height: str) -> None:
    image = f'<amp-img src="https://e.example/a.jpg" alt="b" width="{width}" height="{height}" layout="responsive">'
    assert clean_html(f"{image}</amp-img>") == IMAGE


def test_an_image_of_amp_may_tell_its_size() -> None:
    image = '<amp-img src="https://e.example/a.jpg" alt="b" width="1200" height="800" layout="responsive"></amp-img>'
    assert clean_html(image) == f'{IMAGE[:-1]} width="1200" height="800">'


def test_letters_without_color_may_hold_some_that_have_one() -> None:
    dirty = f'<p style="color:transparent">no <b style="color:#333">yes</b> no {IMAGE}</p>'
    assert text_of(clean_html(dirty)) == "yes"
    assert IMAGE in clean_html(dirty)


@pytest.mark.parametrize(
    "classes",
    ["d-none d-md-inline", "d-none d-lg-block", "visually-hidden md:not-sr-only", "hidden-xs", "d-none visible-md"],
)
def test_what_is_hidden_in_small_windows_is_seen(classes: str) -> None:
    assert clean_html(f'<p>a <span class="{classes}">b</span></p>') == "<p>a b</p>"


@pytest.mark.parametrize("classes", ["d-none", "d-none d-print-block", "d-none d-md-none", "sr-only sr-only-focusable"])
def test_what_no_window_shows_is_hidden(classes: str) -> None:
    assert clean_html(f'<p>a<span class="{classes}">b</span></p>') == "<p>a</p>"
