"""The newsroom's own pictures in HTML: the id and the words stay, and nothing else does."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, is_empty
from dateline.domain.html.own_pictures import ids_in_text
from dateline_ingest.desk.forms.markdown import html_of_markdown

BOAT = "01hzy3v7k8m9npqrstvwxyz012"
PIER = "01hzy3v7k8m9npqrstvwxyz013"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        (
            f'<figure class="wide"><img data-image="{BOAT}" alt="A &quot;boat&quot; &lt;b&gt;">'
            "<figcaption>The <em>pier</em></figcaption></figure>",
            f'<figure><img data-image="{BOAT}" alt="A &quot;boat&quot; &lt;b&gt;">'
            "<figcaption>The <em>pier</em></figcaption></figure>",
        ),
        (f'<p>a <img data-image="{BOAT}" alt=""> b</p>', f'<p>a <img data-image="{BOAT}" alt=""> b</p>'),
        (
            f'<figure><img src="https://x.example/a.jpg" srcset="b.jpg 2x" width="640" title="t" data-image="{BOAT}"'
            ' onerror="alert(1)"></figure>',
            f'<figure><img data-image="{BOAT}"></figure>',
        ),
        (f'<p>a<img data-image="{BOAT}" src="javascript:alert(1)"></p>', f'<p>a<img data-image="{BOAT}"></p>'),
        (f'<p>a<img data-image="{BOAT}x" alt="Two boats"></p>', "<p>a Two boats</p>"),
        ('<p>a<img data-image="../../etc/passwd" alt="Two boats"></p>', "<p>a Two boats</p>"),
        (
            '<p><img data-image="https://x.example/a.jpg" data-src="https://x.example/a.jpg" alt="x"></p>',
            '<p><img src="https://x.example/a.jpg" alt="x"></p>',
        ),
        (f'<p data-image="{BOAT}">a</p>', "<p>a</p>"),
        (
            f'<p style="color: red">a</p><figure><img data-image="{BOAT}" alt="x"></figure>',
            f'<p>a</p><figure><img data-image="{BOAT}" alt="x"></figure>',
        ),
    ],
)
def test_the_id_and_the_words_stay_and_nothing_else(sent: str, kept: str) -> None:
    assert clean_html(sent) == kept
    assert clean_html(kept) == kept


def test_a_text_of_a_picture_alone_is_something_to_see() -> None:
    assert not is_empty(f'<figure><img data-image="{BOAT}"></figure>')


def test_the_ids_of_a_text_are_told_once_and_in_their_order() -> None:
    html = clean_html(
        f'<figure><img alt=\'data-image="{"0" * 26}"\' data-image="{PIER}"></figure><p><img data-image="{BOAT}">'
        f'<img data-image="{PIER}"></p>'
    )
    assert ids_in_text(html) == (PIER, BOAT)
    assert ids_in_text("<p>No data-image here</p>") == ()


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        (
            f'Words\n\n![A "boat"](image:{BOAT} "The & pier")',
            f'<p>Words</p><figure><img data-image="{BOAT}" alt="A &quot;boat&quot;">'
            "<figcaption>The &amp; pier</figcaption></figure>",
        ),
        (f"![](image:{BOAT})", f'<figure><img data-image="{BOAT}"></figure>'),
        (f"a ![x](image:{BOAT}) b", f'<p>a <img data-image="{BOAT}" alt="x"> b</p>'),
        ("![A boat](image:nonsense)", "<p>A boat</p>"),
    ],
)
def test_a_picture_is_written_in_plain_text_too(typed: str, html: str) -> None:
    assert clean_html(html_of_markdown(typed) or "").replace("\n", "") == html
