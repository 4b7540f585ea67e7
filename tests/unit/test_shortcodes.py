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
