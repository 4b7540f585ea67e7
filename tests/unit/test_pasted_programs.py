"""What editors, mail and office programs put around the words that somebody wrote."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, text_of


@pytest.mark.parametrize("settings", ["{", "[]", '{"youtube_url": 1}', '{"youtube_url": "javascript:x"}', "[" * 60_000])
def test_settings_that_name_no_film_leave_no_link(settings: str) -> None:
    dirty = f"<p>a</p><div class='elementor-widget-video' data-settings='{settings}'></div>"
    assert "<a " not in clean_html(dirty)


PLAYER = (
    '<div class="kg-card kg-audio-card"><img src="" alt="audio-thumbnail" class="kg-audio-thumbnail"><div><audio '
    'src="https://e.example/a.mp3"></audio><div class="kg-audio-title">Talk</div><div class="kg-audio-player">'
    '<span class="kg-audio-current-time">0:00</span><button>1×</button></div></div></div>'
)
MATHML = "<math><semantics><mrow><mi>E</mi><mo>=</mo><mi>m</mi></mrow><annotation>E=m</annotation></semantics></math>"


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        (PLAYER, "e.example/a.mp3\n\nTalk"),
        ('<p>a</p><div class="vjs-control-bar"><button>Play</button></div>', "a"),
        (f'<p><span class="katex"><span class="katex-mathml">{MATHML}</span><span class="katex-html">'
         "<span>E=m</span></span></span></p>", "E=m"),
        ('<p><span class="katex"><span class="katex-html">E=m</span></span></p>', "E=m"),
        (f'<p><span class="MathJax">E=m</span><span class="MJX_Assistive_MathML">{MATHML}</span></p>', "E=m"),
        (f"<p><mjx-container><mjx-math></mjx-math><mjx-assistive-mml>{MATHML}</mjx-assistive-mml></mjx-container></p>",
         "E=m"),
        ('<p>By <span class="kg-bookmark-author">Anna</span><span class="kg-bookmark-publisher">Gazette</span></p>',
         "By\nAnna\nGazette"),
        ('Version:0.9\r\nStartHTML:00000097\r\nEndHTML:00000200\r\nStartFragment:131\r\nEndFragment:164\r\n'
         "SourceURL:file:///C:/Users/anna/secret.docx\r\n<html><body><!--StartFragment--><p>Council</p><!--EndFragment-->"
         "</body></html>", "Council"),
        ('<p>The <g class="gr_ gr_12 gr-alert" id="12" data-gr-id="12">council</g> votes</p>', "The council votes"),
        ("<p><text>One</text> <desc>two</desc> <list>three</list></p><svg><text>no</text></svg>", "One two three"),
        ("<p>a <munder><mi>x</mi><mo>b</mo></munder></p><svg><text>no", "a xb"),
        ("<xhtml:div><xhtml:p>One</xhtml:p><xhtml:p>Two</xhtml:p></xhtml:div>", "One\n\nTwo"),
        ('<h:div xmlns:h="http://www.w3.org/1999/xhtml"><h:p>One</h:p><h:p>Two</h:p></h:div>', "One\n\nTwo"),
        ("<p>One</p><ac:task><ac:task-id>12</ac:task-id><ac:task-status>open</ac:task-status></ac:task>", "One"),
        ('<p>Date: <span class="MsoPlaceholderText">Click here to enter text.</span></p>', "Date:"),
        ('<p>Hi <img class="emoji" alt="🎉" src="https://s.w.org/1f389.svg">!</p>', "Hi 🎉!"),
        ('<p>Hi <img data-goomoji="1f600" alt="👩‍🚀" src="https://mail.google.com/e/1">!</p>', "Hi 👩‍🚀!"),
        ('<p>Hi <img alt="🎉" src="https://abs-0.twimg.com/emoji/v2/svg/1f389.svg">!</p>', "Hi 🎉!"),
        ('<p>x</p><p data-f-id="pbf">Powered by <a href="https://www.froala.com/">Froala Editor</a></p>', "x"),
        ('<figure><img src="https://a.example/b.png"><figcaption><i class='
         '"attachment__name">b.png</i> <span class="attachment__size">1 KB</span></figcaption></figure><p>x</p>', "x"),
        ('<p>Hi<img class="emoji" alt="Party" src="https://a.example/1.svg"></p>', "Hi"),
        ("Version:1.0 StartHTML:97 EndHTML:200<p>a</p>", "Version:1.0 StartHTML:97 EndHTML:200\n\na"),
    ],
)  # fmt: skip
def test_what_programs_put_around_words_is_left_out(dirty: str, text: str) -> None:
    clean = clean_html(dirty)
    assert text_of(clean) == text
    assert clean_html(clean) == clean


def indent(level: int) -> str:
    return f' class="ql-indent-{level}"' if level else ""


def quill(*items: tuple[str, int]) -> str:
    written = (f'<li data-list="{kind}"{indent(level)}><span class="ql-ui"></span>x</li>' for kind, level in items)
    return f"<ol>{''.join(written)}</ol>"


@pytest.mark.parametrize(
    ("items", "clean"),
    [
        ([("bullet", 0), ("bullet", 0)], "<ul><li>x</li><li>x</li></ul>"),
        ([("ordered", 0), ("ordered", 0)], "<ol><li>x</li><li>x</li></ol>"),
        ([("bullet", 0), ("bullet", 1), ("bullet", 0)], "<ul><li>x<ul><li>x</li></ul></li><li>x</li></ul>"),
        ([("ordered", 0), ("bullet", 1), ("ordered", 0)], "<ol><li>x<ul><li>x</li></ul></li><li>x</li></ol>"),
        ([("ordered", 0), ("bullet", 0), ("ordered", 0)],
         '<ol><li>x</li></ol><ul><li>x</li></ul><ol start="2"><li>x</li></ol>'),
        ([("unchecked", 0)], "<ul><li>x</li></ul>"),
    ],
)  # fmt: skip
def test_lists_of_quill(items: list[tuple[str, int]], clean: str) -> None:
    assert clean_html(quill(*items)) == clean


def test_other_lists_with_such_an_attribute_stay() -> None:
    dirty = '<ol><li data-list="bullet">a<ol><li>b</li></ol></li><li>c</li></ol>'
    assert clean_html(dirty) == "<ol><li>a<ol><li>b</li></ol></li><li>c</li></ol>"
