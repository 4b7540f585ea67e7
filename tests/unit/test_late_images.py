"""Images whose address stands elsewhere than in src keep it; of what is dropped its words stay."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, is_empty

IMAGE = '<img src="https://e.example/a.jpg" alt="Bridge">'
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


@pytest.mark.parametrize(
    "dirty",
    [
        '<img data-src="https://e.example/a.jpg" alt="Bridge">',
        f'<img src="{DOT}" data-src="https://e.example/a.jpg" alt="Bridge">',
        '<img src="https://e.example/blank.gif" data-lazy-src="https://e.example/a.jpg" alt="Bridge">',
        '<img src="/blank.gif" data-original="//e.example/a.jpg" alt="Bridge">',
        '<img srcset="https://e.example/b.jpg 320w, https://e.example/a.jpg 1280w" alt="Bridge">',
        '<img src="/b.jpg" srcset="/b.jpg, https://e.example/a.jpg 2x" alt="Bridge">',
        '<img data-srcset="https://e.example/a.jpg 2x" alt="Bridge">',
        '<picture><source srcset="https://e.example/a.jpg" type="image/webp"><img alt="Bridge"></picture>',
        '<picture><source srcset="https://e.example/b.webp"><img src="https://e.example/a.jpg" alt="Bridge"></picture>',
        '<noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        '<img data-src="https://e.example/a.jpg" alt="Bridge"><noscript><img src="https://e.example/b.jpg"></noscript>',
        '<img src="/x.gif" alt="Bridge"> <noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        '<noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>'
        '<img src="/x.gif" data-src="https://e.example/a.jpg" alt="Bridge">',
    ],
)
def test_an_image_is_found_wherever_its_address_stands(dirty: str) -> None:
    clean = clean_html(dirty).strip()
    assert clean == IMAGE
    assert clean_html(clean) == clean


def test_a_list_of_sizes_may_have_commas_in_addresses() -> None:
    clean = clean_html('<img srcset="https://e.example/a,w_1.jpg 1x, https://e.example/a,w_2.jpg 2x" alt="">')
    assert clean == '<img src="https://e.example/a,w_2.jpg" alt="">'


def test_two_images_stay_two() -> None:
    clean = clean_html(
        '<img src="https://e.example/a.jpg" alt=""><noscript><img src="https://e.example/b.jpg"></noscript>'
    )
    assert clean.count("<img") == 2
    assert clean_html(f"{IMAGE}<img src='/b.jpg' srcset='https://e.example/b.jpg' alt=''>").count("<img") == 2


@pytest.mark.parametrize(
    "unseen",
    [
        '<noscript><img height="1" width="1" src="https://count.example/?a=1"></noscript>',
        '<noscript><img style="display:none" src="https://count.example/?a=1"></noscript>',
        "<noscript>Switch scripts on.<iframe src='https://count.example/'></iframe></noscript>",
        '<img data-src="javascript:bad()" srcset="/a.jpg 2x">',
        "<noscript><script>bad()</script></noscript>",
    ],
)
def test_what_nobody_is_to_see_is_not_shown(unseen: str) -> None:
    assert is_empty(unseen)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            '<a href="https://e.example/"><img src="/more.png" alt="Read more"></a>',
            '<a href="https://e.example/" rel="noopener noreferrer">Read more</a>',
        ),
        ('a<img src="/bridge.jpg" alt="The bridge &amp; the river">b', "a The bridge &amp; the river b"),
        ('<b>a</b><img src="data:," alt="&lt;b&gt; is a tag"><i>c</i>', "<b>a</b> &lt;b&gt; is a tag <i>c</i>"),
        ('<img data-src="/own.jpg" alt="Bridge">', "Bridge"),
        ('a<img src="/a.jpg" alt="IMG_2034.jpg">b', "ab"),
        ('a<img src="/a.jpg" alt=" - ">b', "ab"),
    ],
)  # fmt: skip
def test_the_words_of_an_image_that_is_dropped_stay(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean
