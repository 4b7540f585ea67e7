"""Shortcodes that a program sent before they were replaced; and what else people write in brackets."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html

IMAGE = '<img src="https://e.example/a.jpg" alt="b">'


def link(address: str, text: str) -> str:
    return f'<a href="{address}" rel="noopener noreferrer">{text}</a>'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            f'[caption id="attachment_1" align="alignnone" width="300"]{IMAGE} The bridge[/caption]',
            f"<figure>{IMAGE}<figcaption>The bridge</figcaption></figure>",
        ),
        (
            f'<p>[caption width="9"]<a href="https://e.example/x">{IMAGE}</a><br>The <i>road</i>[/caption]</p><p>b</p>',
            f"<figure>{link('https://e.example/x', IMAGE)}<figcaption>The <i>road</i></figcaption></figure><p>b</p>",
        ),
        (
            f"<p>[wp_caption width=&#8221;9&#8221; caption=&quot;Old &amp; new&quot;]{IMAGE}[/wp_caption]</p>",
            f"<figure>{IMAGE}<figcaption>Old &amp; new</figcaption></figure>",
        ),
        (f"<p>a</p>[caption id=1]{IMAGE}", f"<p>a</p>{IMAGE}"),
        ("<p>[embed]https://youtu.be/a[/embed]</p>", f"<figure>{link('https://youtu.be/a', 'youtu.be/a')}</figure>"),
        (
            "<p>[embed width=5]<a href='https://youtu.be/abc'>Film</a>[/embed]</p>",
            f"<p>{link('https://youtu.be/abc', 'Film')}</p>",
        ),
        (
            "[youtube https://www.youtube.com/watch?v=abc&amp;t=3]",
            f"<figure>{link('https://www.youtube.com/watch?v=abc&amp;t=3', 'youtube.com/watch?v=abc')}</figure>",
        ),
        ("[youtube=&quot;//youtu.be/abc&quot;]", f"<figure>{link('https://youtu.be/abc', 'youtu.be/abc')}</figure>"),
        ('[youtube id="dQw4w9"]', f"<figure>{link('https://youtu.be/dQw4w9', 'youtu.be/dQw4w9')}</figure>"),
        (
            '[video width="640" mp4="https://e.example/v.mp4"][/video]',
            f"<figure>{link('https://e.example/v.mp4', 'e.example/v.mp4')}</figure>",
        ),
        ("<p>a [gallery] b</p><p>[gallery ids='1,2']</p>", "<p>a  b</p>"),
        ('[vc_row][vc_column width="1/2"]Words[/vc_column][/vc_row]', "Words"),
        ('[contact-form-7 id="1" title="x"]a[dropcap]B[/dropcap]c', "aBc"),
        ("<p>a</p><p>[video]</p>", "<p>a</p>"),
    ],
)  # fmt: skip
def test_known_shortcodes_become_what_they_stand_for(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "<p>He [sic] said that [he said] it [1] [a] [...].</p>",
        "<p>Watch [video] here; [Video] and [VIDEO: the bridge], [audio] too, [quote].</p>",
        "<p>[caption: the bridge] [youtube channel] [table 3] [gallery owner] [Row 5]</p>",
        "<code>[gallery ids=1]</code><pre>[caption id=1]</pre>",
        "<p>[[gallery]] and [unknown id=1]</p>",
        "<p>[Minsk] [BelTA] [update 10:15] [в тексте] a[0] = b[i]</p>",
    ],
)
def test_what_people_write_in_brackets_stays(text: str) -> None:
    assert clean_html(text) == text


FILM = "youtu.be/abcDEF12345"
WORDS = "twitter.com/i/status/123"
MEDIA = (
    '[[{"fid":"12","view_mode":"default","fields":{"format":"default","field_alt[und][0][value]":"A [wide] bridge"},'
    '"type":"media","attributes":{"class":"media-element"}}]]'
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p>[tweet 123]</p>", f"<figure>{link(f'https://{WORDS}', WORDS)}</figure>"),
        ('<p>a</p>[elementor-template id="12"]<p>b</p>', "<p>a</p><p>b</p>"),
        ("<p>[blockquote]Words [gallery][/blockquote]</p><p>b</p>", "<blockquote>Words </blockquote><p>b</p>"),
        ("<p>[blockquote]</p><p>Words</p><p>[/blockquote]</p>", "<blockquote><p>Words</p></blockquote>"),
        ("<p>[blockquote]One</p><p>Two[/blockquote]</p>", "<blockquote><p>One</p><p>Two</p></blockquote>"),
        (f"<p>a</p><p>{MEDIA}</p><p>b</p>", "<p>a</p><p>b</p>"),
        (f"<p>a</p><p>{MEDIA.replace(chr(34), '&quot;')}</p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>{youtube}abcDEF12345{/youtube}</p>", f"<figure>{link(f'https://{FILM}', FILM)}</figure>"),
        ("{Vimeo}123456|600|400{/Vimeo}", f"<figure>{link('https://vimeo.com/123456', 'vimeo.com/123456')}</figure>"),
        ("{mp3}https://e.example/a{/mp3}", f"<figure>{link('https://e.example/a', 'e.example/a')}</figure>"),
        ("<p>{gallery}trips/minsk{/gallery}</p><p>b</p>", "<p>b</p>"),
        ("<p>a</p><p>{loadposition banner}</p><p>b {module 12}</p>", "<p>a</p><p>b </p>"),
    ],
)  # fmt: skip
def test_codes_of_other_systems_are_no_words(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "[tweet 1]", "[[1]]", '[["a", 1]]', "{loadposition}", "{field name}", "{youtube} here", "{{module 12}}", "{a}",
        "<code>{loadposition x}</code>", '<pre>[[{"fid":"1"}]]</pre>', "{set x}",
    ],
)  # fmt: skip
def test_other_brackets_are_words(text: str) -> None:
    assert clean_html(f"<p>a</p>{text}") == f"<p>a</p>{text}"
