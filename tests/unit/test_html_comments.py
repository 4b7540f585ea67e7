"""Comments and tracked changes in what programs for writing paste: they are among editors, and never published."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html

WORD_MARK = (
    "<span class=MsoCommentReference><span style='font-size:8.0pt'><![if !supportAnnotations]><a class=msocomanch "
    'id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[AB1]</a><![endif]></span></span>'
)


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (f"<p>Text{WORD_MARK} goes on</p>", "<p>Text goes on</p>"),
        (
            "<p>a</p><div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'>"
            "<div id=_com_1 class=msocomtxt><p class=MsoCommentText>Secret</p></div></div></div><p>b</p>",
            "<p>a</p><p>b</p>",
        ),
        ("<p>a</p><p class=MsoCommentText>Secret</p>", "<p>a</p>"),
        ('<p>a<a href="#_msocom_2">[AB2]</a></p><p>b</p>', "<p>a</p><p>b</p>"),
        (
            '<p>Kept<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup> too</p><div style="border:1px solid black">'
            '<p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Secret</span></p><p>more</p></div><p>End</p>',
            "<p>Kept too</p><p>End</p>",
        ),
        (
            '<p>a<sup><a href="https://docs.google.com/d/1/pub#cmnt2">[b]</a></sup> b</p><div><p>'
            '<a href="https://docs.google.com/d/1/pub#cmnt_ref2">[b]</a>Secret</p></div>',
            "<p>a b</p>",
        ),
        ('<div><p>Text</p><p><a href="#cmnt_ref1">[a]</a>Secret</p><p>b</p></div>', "<div><p>Text</p><p>b</p></div>"),
        ('<p>a<span class="annotation_style_by_filter"><br>[ANNOTATION: secret]</span> b</p>', "<p>a b</p>"),
        ('<p>a<span class="comment-start" data-author="Anna">secret</span> b</p>', "<p>a b</p>"),
        (
            '<p>x<a href="#comment-ref-0">[AB1]</a> y</p><dl><dt id="comment-0">Comment [AB1]</dt><dd>secret</dd>'
            "<dt>Term</dt><dd>Words</dd></dl>",
            "<p>x y</p><dl><dt>Term</dt><dd>Words</dd></dl>",
        ),
        (
            '<p>for <span class=msoDel><del cite="mailto:Anna" datetime="2026-01-01T10:00">ten</del></span>'
            '<span class=msoIns><ins cite="mailto:Anna" datetime="2026-01-01T10:00">nine</ins></span></p>',
            "<p>for nine</p>",
        ),
        ('<p>a<del cite="mailto:Anna"> secret</del> b</p>', "<p>a b</p>"),
        ('<p>a<span class="deletion" data-author="Anna"> secret</span> b</p>', "<p>a b</p>"),
        ("<p class=x>a <del>shown</del> b <span class='comment'>c</span></p>", "<p>a <del>shown</del> b c</p>"),
    ],
)
def test_what_editors_say_to_each_other_is_left_out(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


BEGUN = '<suggestion-start name="deletion:e1:anna"></suggestion-start>'
ENDED = '<suggestion-end name="deletion:e1:anna"></suggestion-end>'
WRITTEN_BY = 'class="ice-{} ice-cts-1" data-changedata data-cid="2" data-time="1" data-userid="4" data-username="Anna"'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (f"<p>for {BEGUN}ten{ENDED} days</p>", "<p>for  days</p>"),
        (
            f'<p>a {BEGUN}<a href="https://e.example/1">x</a> y <img src="https://e.example/a.jpg"></p><p>x</p><p>'
            f"x{ENDED}b</p>",
            "<p>a </p><p>b</p>",
        ),
        (
            '<p>a <suggestion-start name="insertion:e2:anna"></suggestion-start>b'
            '<suggestion-end name="insertion:e2:anna"></suggestion-end></p>',
            "<p>a b</p>",
        ),
        (f"<p>a {BEGUN}b</p>", "<p>a b</p>"),
        (f"<p>{ENDED}a {BEGUN}b</p>", "<p>a b</p>"),
        (
            '<p>a</p><figure data-suggestion-start-before="deletion:e3:anna" '
            'data-suggestion-end-after="deletion:e3:anna"><figcaption>x</figcaption>'
            '<img src="https://e.example/a.jpg" alt="x"></figure><p>b</p>',
            "<p>a</p><figure><figcaption></figcaption></figure><p>b</p>",
        ),
        (
            '<p data-suggestion-start-before="deletion:e4:anna">x</p>'
            '<p data-suggestion-end-before="deletion:e4:anna">b</p>',
            "<p>b</p>",
        ),
        ('<p>for <span class="TextRun TrackChangeTextDeletion SCXW1">ten</span>nine</p>', "<p>for nine</p>"),
        (
            f"<p>for <del {WRITTEN_BY.format('del')}>ten</del><ins {WRITTEN_BY.format('ins')}>nine</ins></p>",
            "<p>for nine</p>",
        ),
        ('<p>for <span class="ice-del ice-cts-2">ten</span><ins class="ice-ins">nine</ins></p>', "<p>for nine</p>"),
        ('<p>for <del data-user-id="4">ten</del><ins data-author="Anna">nine</ins></p>', "<p>for nine</p>"),
    ],
)
def test_what_somebody_would_delete_is_left_out(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean
