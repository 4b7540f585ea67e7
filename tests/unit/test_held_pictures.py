"""A picture that may not be shown is in no HTML of its story: in no size, by no address, with no caption and link."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html
from dateline.formats.ninjs import clean_without, is_among

HELD = frozenset({"https://a.b/pictures/held.jpg"})


@pytest.mark.parametrize(
    "address",
    [
        "https://a.b/pictures/held.jpg?w=300",
        "http://a.b/pictures/held.jpg",
        "https://a.b/pictures/held.jpg#x",
        "https://A.B/pictures/held.jpg",
        "https://a.b:443/pictures/h%65ld.jpg",
        "https://www.a.b//pictures/held.jpg",
        "https://a.b/pictures/held-300x200.jpg",
        "https://i0.wp.com/a.b/pictures/held.jpg?w=300&amp;ssl=1",
        "https://next.example/_next/image?url=https%3A%2F%2Fa.b%2Fpictures%2Fheld.jpg&amp;w=64",
    ],
)
def test_another_address_of_a_held_picture_is_held(address: str) -> None:
    assert clean_without(f'<p>x</p><img src="{address}" alt="c">', HELD) == "<p>x</p>"


def test_another_picture_is_shown() -> None:
    for address in ("https://a.b/pictures/unheld.jpg", "https://a.b/held.jpg", "https://c.d/pictures/held.jpg"):
        html = f'<img src="{address}" alt="c">'
        assert clean_without(html, HELD) == html


def test_what_is_asked_besides_a_size_tells_pictures_apart() -> None:
    held = frozenset({"https://a.b/show?id=5&w=900"})
    assert is_among("http://a.b/show?w=100&id=5", held)
    assert not is_among("https://a.b/show?id=6&w=900", held)
    assert not is_among("https://a.b/show", held)
    assert not is_among("mailto:a@b.c", held) and not is_among("https://[", held)


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ('<p>x</p><img src="https://a.b/s.jpg" srcset="https://a.b/pictures/held.jpg 300w, https://a.b/l.jpg 900w">',
         "<p>x</p>"),
        ('<picture><source srcset="https://a.b/pictures/held.jpg"><img src="https://a.b/s.jpg"></picture><p>x</p>',
         "<p>x</p>"),
        ('<picture><source srcset="https://a.b/s.jpg"><img src="https://a.b/pictures/held.jpg"></picture><p>x</p>',
         "<p>x</p>"),
        ('<img data-src="https://a.b/s.jpg" src="//a.b/pictures/held.jpg"><p>x</p>', "<p>x</p>"),
        ('<img alt="a > b" src="https://a.b/s.jpg" data-lazy-src=https://a.b/pictures/held.jpg><p>x</p>', "<p>x</p>"),
        ('<img data-src="https://a.b/s.jpg"> <noscript><img src="https://a.b/pictures/held.jpg"></noscript><p>x</p>',
         "<p>x</p>"),
        ('&lt;p&gt;x&lt;/p&gt;&lt;img src="https://a.b/s.jpg" srcset="https://a.b/pictures/held.jpg 1w, '
         'https://a.b/l.jpg 9w"&gt;', "<p>x</p>"),
        ('<figure><img src="https://a.b/pictures/held.jpg"><figcaption>secret</figcaption></figure><p>x</p>',
         "<p>x</p>"),
        ('[caption id="a"]<img src="https://a.b/pictures/held.jpg?w=3"> secret[/caption]<p>x</p>', "<p>x</p>"),
        ('<div class="wp-caption"><a href="https://c.d/"><img alt="a > b" src="https://a.b/pictures/held.jpg"></a>\n'
         '<p class="wp-caption-text">secret <em>too</em></p></div><p>x</p>', "<p>x</p>"),
        ('<table class="tr-caption-container"><tr><td><img src="https://a.b/pictures/held.jpg"></td></tr>'
         '<tr><td class="tr-caption">secret</td></tr></table>',
         "<table><tbody><tr><td></td></tr><tr></tr></tbody></table>"),
        ('<div><img src="https://a.b/pictures/held.jpg"><div class=caption><div>secret</div></div><p>x</p></div>',
         "<div><p>x</p></div>"),
        ('<p>x <a href="https://a.b/pictures/held.jpg">big</a> y</p>', "<p>x big y</p>"),
        ('<p>x</p><p><a href="https://a.b/pictures/held.jpg">https://a.b/pictures/held.jpg</a></p>', "<p>x</p>"),
        ('<p>x</p><p><a href="https://a.b/pictures/held.jpg"><img src="https://a.b/thumb.jpg"></a></p>', "<p>x</p>"),
        ('<p>x</p><figure><a href="https://a.b/pictures/held.jpg"><img src="https://a.b/thumb.jpg"></a>'
         "<figcaption>secret</figcaption></figure>", "<p>x</p>"),
        ('<p>x</p><iframe src="https://a.b/pictures/held.jpg" title="secret"></iframe>', "<p>x</p>"),
        ('<p>x</p><figure><figure><img src="https://a.b/pictures/held.jpg"><figcaption>1</figcaption></figure>'
         "<figcaption>secret</figcaption></figure>", "<p>x</p>"),
        ('<blockquote cite="https://a.b/pictures/held.jpg">x</blockquote>', "<blockquote>x</blockquote>"),
        ('<ul><li><a href="https://c.d/"><img src="https://a.b/pictures/held.jpg"></a></li><li>x</li></ul>',
         "<ul><li>x</li></ul>"),
    ],
)  # fmt: skip
def test_a_held_picture_goes_with_all_that_shows_it(html: str, shown: str) -> None:
    assert clean_without(html, HELD).strip() == shown


@pytest.mark.parametrize(
    "html",
    [
        '<figure><img src="https://a.b/free.jpg"><figcaption>Free</figcaption></figure>',
        '<p><a href="https://c.d/"><img src="https://a.b/free.jpg" alt="f"></a> x</p><table><tr><td></td></tr></table>',
        '<picture><source srcset="https://a.b/l.jpg"><img src="https://a.b/s.jpg"></picture>',
        '<img src="https://a.b/s.jpg"><p class="wp-caption-text">Free</p>',
        '<img data-src="https://a.b/s.jpg"> words <noscript><img src="https://a.b/l.jpg"></noscript>',
    ],
)
def test_other_pictures_are_as_they_were(html: str) -> None:
    assert clean_without(html, HELD) == clean_html(html)
    held = clean_without(f'{html}<img src="https://a.b/pictures/held.jpg"><p>y</p>', HELD)
    assert held == clean_html(f"{html}<p>y</p>")


def test_images_that_other_words_part_are_two() -> None:
    html = '<img data-src="https://a.b/s.jpg" alt=""><p>y</p><noscript><img src="https://a.b/pictures/held.jpg"></noscript>'
    assert "s.jpg" in clean_without(html, HELD)
