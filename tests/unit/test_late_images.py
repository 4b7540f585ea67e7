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
        '<img src="https://e.example/thumb.jpg" srcset="https://e.example/a.jpg" alt="Bridge">',
        '<img data-srcset="https://e.example/a.jpg 2x" alt="Bridge">',
        '<picture><source srcset="https://e.example/a.jpg" type="image/webp"><img alt="Bridge"></picture>',
        '<picture><source srcset="https://e.example/b.webp"><img src="https://e.example/a.jpg" alt="Bridge"></picture>',
        '<noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        '<img data-src="https://e.example/a.jpg" alt="Bridge"><noscript><img src="https://e.example/b.jpg"></noscript>',
        '<img src="/x.gif" alt="Bridge"> <noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        '<noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>'
        '<img src="/x.gif" data-src="https://e.example/a.jpg" alt="Bridge">',
        '<img src="https://e.example/b.jpg" srcset="//e.example/c 300w, https://e.example/a.jpg 9000w" alt=Bridge>',
        '<img src="https://e.example/a.jpg" srcset="https://e.example/b.jpg 300w" width="1200" alt="Bridge">',
        '<img src="https://e.example/b.jpg" data-srcset="https://e.example/a.jpg 2x" data-src="" alt="Bridge">',
        '<img src="https://e.example/placeholder.svg" srcset="https://e.example/a.jpg" alt="Bridge">',
        '<img src="https://e.example/b.jpg" data-src="https://e.example/lazy.gif" '
        'data-full-url="https://e.example/a.jpg" alt="Bridge">',
        '<picture><source media="(max-width: 600px)" srcset="https://e.example/m.jpg 3000w"><source '
        'srcset="https://e.example/a.jpg 1200w"><img src="https://e.example/b.jpg" alt="Bridge"></picture>',
        '<picture><source srcset="https://e.example/a.jpg"><img src="https://e.example/1x1.png" alt=Bridge></picture>',
        '<img src="https://e.example/image-placeholder-16x9.png" data-src="https://e.example/a.jpg" alt="Bridge">',
        '<amp-img src="https://e.example/b.jpg" srcset="https://e.example/a.jpg 900w" alt="Bridge"></amp-img>',
    ],
)
def test_an_image_is_found_wherever_its_address_stands(dirty: str) -> None:
    clean = clean_html(dirty).strip()
    assert clean.replace(' width="1200"', "") == IMAGE
    assert clean_html(clean) == clean


def test_a_list_of_sizes_may_have_commas_in_addresses() -> None:
    clean = clean_html('<img srcset="https://e.example/a,w_1.jpg 1x, https://e.example/a,w_2.jpg 2x" alt="">')
    assert clean == '<img src="https://e.example/a,w_2.jpg" alt="">'


def test_a_picture_may_be_called_what_stands_in_for_others() -> None:
    for name in ("grey-seal.jpg", "empty-streets.jpg", "loading-dock-2.jpg", "pixel-9-phone.jpg", "lazy"):
        clean = clean_html(f'<img src="https://e.example/x.gif" data-src="https://e.example/{name}" alt="">')
        assert clean == f'<img src="https://e.example/{name}" alt="">'


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
        "<noscript>Switch scripts on.<iframe src='https://count.example/' width=0 height=0></iframe></noscript>",
        "<noscript><iframe src='https://www.googletagmanager.com/ns.html?id=GTM-1'></iframe></noscript>",
        '<p><img src="https://e.example/a.jpg" width="1px" height="1" alt="a"></p>',
        '<img src="https://e.example/a.jpg" style="width:1px;height:1px">',
        '<img src="https://e.example/a.jpg" style="width: 0 !important">',
        '<img src="https://www.facebook.com/tr?id=1&amp;ev=PageView">',
        '<img alt="" src="https://counter.theconversation.com/content/1/count.gif?distributor=feed">',
        '<img src="https://mc.yandex.ru/watch/1" alt="counter">',
        '<img src="https://e.example/t/pixel.gif?u=1">',
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


FADED = '<img style="position:absolute;opacity:0" data-src="https://e.example/a.jpg" alt="Bridge">'
MEDIUM = "https://miro.medium.com/v2"


@pytest.mark.parametrize(
    "dirty",
    [
        FADED,
        f'{FADED}<noscript><img src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        f'{FADED}<noscript><img style="opacity:0" src="https://e.example/a.jpg" alt="Bridge"></noscript>',
        '<img style="opacity:0" src="https://e.example/a.jpg"><noscript><picture><img style="opacity:1" '
        'src="https://e.example/a.jpg" alt="Bridge"></picture></noscript>',
        f'<img src="{DOT}"><img style="opacity:0" src="{DOT}"><noscript>{IMAGE}</noscript>',
    ],
)
def test_a_picture_that_fades_in_is_seen_once(dirty: str) -> None:
    assert clean_html(dirty) == IMAGE


@pytest.mark.parametrize(
    "dirty",
    [
        f'<img src="{MEDIUM}/max/60/1*a.jpeg?q=20"><div><img width="700"><noscript>'
        f'<img src="{MEDIUM}/max/1400/1*a.jpeg" alt="Bridge"></noscript></div>',
        '<img src="https://cdn-images-1.medium.com/freeze/max/60/1*a.jpeg?q=20"><canvas></canvas>'
        f'<img data-src="{MEDIUM}/max/1400/1*a.jpeg" alt="Bridge">'
        f'<noscript><img src="{MEDIUM}/max/1400/1*a.jpeg"></noscript>',
    ],
)
def test_the_blurred_picture_of_medium_is_not_shown_beside_it(dirty: str) -> None:
    clean = clean_html(dirty).replace("<div>", "").replace("</div>", "")
    assert clean == f'<img src="{MEDIUM}/max/1400/1*a.jpeg" alt="Bridge">'


def test_other_pictures_beside_each_other_stay() -> None:
    dirty = f'{IMAGE}<img src="https://e.example/b.jpg" alt=""><noscript><img src="https://e.example/c.jpg"></noscript>'
    assert clean_html(dirty).count("<img") == 3


def test_what_stands_in_for_an_embed_of_amp_is_not_shown_beside_it() -> None:
    dirty = (
        '<amp-iframe src="https://e.example/v" width="1" height="1" layout="responsive"><amp-img placeholder '
        'src="https://e.example/p.jpg" layout="fill"></amp-img><p placeholder>Loading</p></amp-iframe>'
    )
    clean = clean_html(dirty)
    assert clean.count("https://e.example/v") == 1
    assert "<img" not in clean
    assert "Loading" not in clean


def test_a_pixel_that_fades_in_is_none() -> None:
    assert (
        clean_html('<p>a</p><img style="opacity:0;width:1px;height:1px" data-src="https://e.example/a.jpg">')
        == "<p>a</p>"
    )


def test_words_of_an_editor_with_a_placeholder_are_words() -> None:
    assert clean_html('<div placeholder="Type here">Words</div><p fallback>b</p>') == "<div>Words</div><p>b</p>"
