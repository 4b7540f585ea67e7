"""Words that a page kept apart by what stood between them, or by how their elements were shown."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html


def link(address: str, text: str) -> str:
    return f'<a href="{address}" rel="noopener noreferrer">{text}</a>'


FRAME = '<iframe src="https://e.example/v" title="Film"></iframe>'
FILM = link("https://e.example/v", "Film")


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (f"<p>before{FRAME}after</p>", f"<p>before {FILM} after</p>"),
        (f"<p>before {FRAME} after</p>", f"<p>before {FILM} after</p>"),
        (f"<p>See ({FRAME}).</p>", f"<p>See ({FILM}).</p>"),
        (f"<p>before<b>{FRAME}</b>, after</p>", f"<p>before {FILM}, after</p>"),
        (
            f'<p>a<b>b</b>{FRAME}<embed src="https://e.example/w" title="W"><i>c</i></p><p>d</p>',
            f"<p>a<strong>b</strong> {FILM} {link('https://e.example/w', 'W')} <em>c</em></p><p>d</p>",
        ),
        (f"<p>{FRAME}</p><p>after</p>", f"<p>{FILM}</p><p>after</p>"),
        (f"before{FRAME}after", f"before<figure>{FILM}</figure>after"),
        (
            '<p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>'
            "The note</p>",
            "<p>1 The note</p>",
        ),
        (
            '<p>a<span style="display:block">b</span>c <b style="display:block">d</b></p>',
            "<p>a<br>b<br>c <br><strong>d</strong></p>",
        ),
        (
            '<span style="display:block">a</span>\n<span style="display:block">b</span><p>c</p>',
            "a\n<br>b<p>c</p>",
        ),
        (
            '<a href="https://e.example/1" style="display:block">a</a><a href="https://e.example/2">b</a>',
            f"{link('https://e.example/1', 'a')}<br>{link('https://e.example/2', 'b')}",
        ),
        ('<span style="display:table-cell">a</span><span style="display:table-cell">b</span>', "a b"),
        ('<p><span style="display:block">a</span></p><p>b</p>', "<p>a</p><p>b</p>"),
        ('<p>a<span style="display:inline">b</span>c</p>', "<p>abc</p>"),
        ('<p>a<span style="display:none">b</span>c</p>', "<p>ac</p>"),
    ],
)
def test_words_that_stood_apart_stay_so(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<ol type="1" style="list-style-type:lower-alpha"><li>x</li></ol>', '<ol type="a"><li>x</li></ol>'),
        ('<ol type="a" style="list-style-type:decimal"><li>x</li></ol>', "<ol><li>x</li></ol>"),
        ('<ol style="list-style:inside upper-roman"><li>x</li></ol>', '<ol type="I"><li>x</li></ol>'),
        ('<ol type="i" style="list-style-type:none"><li>x</li></ol>', '<ol type="i"><li>x</li></ol>'),
    ],
)
def test_the_style_of_a_list_wins_over_its_attribute(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


def items(*said: tuple[int, str, str]) -> str:
    """A list as Word writes it: the level, mark and words of each item."""
    return "".join(
        f"<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New "
        f"Roman\"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>{words}</p>"
        for level, mark, words in said
    )


@pytest.mark.parametrize("bullet", ["·", "o", "§", "Ø", "-", "•", "&#61623;"])
def test_the_bullets_of_word_are_no_words(bullet: str) -> None:
    assert clean_html(items((1, bullet, "Words"))) == "<ul><li>Words</li></ul>"
    heading = f"<h2><span style='mso-list:Ignore'>{bullet}<span>&nbsp; </span></span>Words</h2>"
    assert clean_html(heading) == "<h2>Words</h2>"


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        (
            items((1, "·", "a"), (2, "o", "b"), (2, "o", "c"), (1, "·", "d")) + "<p>e</p>",
            "<ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul><p>e</p>",
        ),
        (items((1, "1.", "a"), (1, "2.", "b"), (1, "5.", "c")), '<ol><li>a</li><li>b</li><li value="5">c</li></ol>'),
        (items((1, "7)", "a"), (1, "·", "b")), '<ol start="7"><li>a</li></ol><ul><li>b</li></ul>'),
        (items((3, "·", "a")) + "<p>b</p>" + items((1, "·", "c")), "<ul><li>a</li></ul><p>b</p><ul><li>c</li></ul>"),
        (items((1, "a)", "b"), (1, "1.2.", "c")), "<p>a) b</p><p>1.2. c</p>"),
        ("<p style='mso-list:l0 level1 lfo1'>a</p>", "<p>a</p>"),
    ],
)
def test_the_lists_of_word_are_lists(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


def test_a_button_does_not_repeat_the_file_beside_it() -> None:
    dirty = (
        '<div class="wp-block-file"><a href="https://e.example/a.pdf">The report</a><a href="https://e.example/a.pdf" '
        'class="wp-block-file__button wp-element-button" download>Download</a></div>'
    )
    assert clean_html(dirty) == f"<div>{link('https://e.example/a.pdf', 'The report')}</div>"
