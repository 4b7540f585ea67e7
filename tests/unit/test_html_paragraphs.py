"""Blank lines part a text that has no paragraphs of its own, and do nothing in any other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.domain.html import clean_html, text_of

IMAGE = '<img src="https://e.example/a.jpg" alt="b">'


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("a\n\nb", "<p>a</p><p>b</p>"),
        ("One <b>bold</b>.\nSame.\r\n\r\nTwo.\n \n\n", "<p>One <b>bold</b>.<br>Same.</p><p>Two.</p>"),
        (
            "One\n\nTwo\n<h2>Head</h2>\nThree\n<ul>\n<li>x</li>\n\n</ul>",
            "<p>One</p><p>Two</p><h2>Head</h2><p>Three</p><ul>\n<li>x</li>\n\n</ul>",
        ),
        ("<b>a\n\nb</b>\n\nc", "<p><b>a<br><br>b</b></p><p>c</p>"),
        ("a\n\n<pre>x\n\ny</pre>b\n\nc", "<p>a</p><pre>x\n\ny</pre><p>b</p><p>c</p>"),
        ('a\n\n<span style="color:red">b\n\nc</span>', "<p>a</p><p>b</p><p>c</p>"),
        (
            f"[caption id=1]{IMAGE} The bridge[/caption]\nText\nof it",
            f"<figure>{IMAGE}<figcaption>The bridge</figcaption></figure><p>Text<br>of it</p>",
        ),
        (f"[vc_row]\na\n\n{IMAGE}\n\nb[/vc_row]", f"<p>a</p><p>{IMAGE}</p><p>b</p>"),
        ("a\n\n&nbsp;\n\nb", "<p>a</p><p>b</p>"),
        ("a\n\n[gallery]\n\n<!--more-->\n\nb", "<p>a</p><p>b</p>"),
    ],
)
def test_blank_lines_part_a_text_without_paragraphs(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "clean",
    [
        "<p>a</p>\n\nb\n\nc",
        "a<br>\n\nb\n\nc",
        "<div>a\n\nb</div>",
        "<blockquote>a\n\nb</blockquote>",
        "<ul>\n\n<li>a\n\nb</li>\n\n</ul>",
        "<pre>a\n\nb</pre>",
        "a\nb",
        "a\n\n<h2>b</h2>\n\nc",
        "\n\na\n\n",
    ],
)
def test_other_blank_lines_are_white_space(clean: str) -> None:
    assert clean_html(clean) == clean


def test_what_is_escaped_is_no_text_of_lines() -> None:
    assert clean_html("&lt;p&gt;a&lt;/p&gt;\n\n&lt;p&gt;b&lt;/p&gt;") == "<p>a</p>\n\n<p>b</p>"


def test_more_lines_than_tags_are_taken_stay_lines() -> None:
    text = "a\n" * 40_000 + "\nb"
    assert clean_html(text) == text


@given(
    st.lists(st.sampled_from(["a", "\n", "\n\n", "<b>", "</b>", "<ul>", "</ul>", "<h2>", "</h2>", "[gallery]", "<a>"]))
)
def test_cleaning_twice_changes_nothing(parts: list[str]) -> None:
    clean = clean_html("".join(parts))
    assert clean_html(clean) == clean
    assert text_of(clean).count("a") == parts.count("a")
