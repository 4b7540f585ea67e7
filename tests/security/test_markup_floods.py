"""Markup that costs a parser far more than its sender: refused at every door, by a look that asks no parser."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import pytest

from dateline.domain.html import clean_html, text_of
from dateline.domain.html import cleaning as html_module
from dateline.domain.html.bounds import LONGEST_ATTRIBUTE, MOST_ATTRIBUTES
from dateline.errors import InvalidInput

BAD_ATTRIBUTES: Final = "<p " + " ".join(f"a{number:x}" for number in range(250_000)) + ">x</p>"
VALUED: Final = " ".join(f'a{number}="<>"' for number in range(MOST_ATTRIBUTES + 1))
FEW: Final = " ".join(f"a{number}" for number in range(MOST_ATTRIBUTES + 1))
PADDING: Final = "x" * 1_000
FLOODS: Final = {
    "attributes": BAD_ATTRIBUTES,
    "attributes of an end tag": f"x</p {FEW}>{PADDING}",
    "attributes in quotes and not": f"<p {VALUED}>{PADDING}",
    "attributes after a slash": f"<p/{FEW.replace(' ', '/')}>{PADDING}",
    "attributes behind a quote in a style": f"<style><i title='</style><p {FEW}>{PADDING}",
    "attributes from a CDATA section": f'<p a="<![CDATA[" > {FEW} ]]>">{PADDING}',
    "classes": f'<p class="{"a " * LONGEST_ATTRIBUTE}">x',
    "a long attribute": f'<p title="{"x" * LONGEST_ATTRIBUTE}">x',
    "a long name": f"<{'x' * (LONGEST_ATTRIBUTE + 1)}>x",
    "no end of tags": "<p" * 50_000 + PADDING,
    "tags in one another's quotes": "<p a='x' b=\"" * 5_000 + "<p <p <p" * 5_000,
    "formatting in each paragraph": "<p>" + "".join(f"<b a={n}>" for n in range(150)) + "<p>x" * 1_000,
    "long formatting in each": "<p>" + "".join(f'<b title="{n}{"x" * 5_000}">' for n in range(50)) + "<p>x" * 1_000,
    "its end tags in comments": "<p>" + "".join(f"<b a={n}><!--</b>-->" for n in range(150)) + "<p>x" * 1_000,
    "its end tags in attributes": "<p>" + "".join(f'<b a={n}><i title="</b>">' for n in range(90)) + "<p>x" * 1_000,
    "its end tags behind an object": "<p>"
    + "".join(f"<b a={n}><object></b></object>" for n in range(150))
    + "<p>x" * 1_000,
    "its end tags behind blocks": "<p>" + ("<u a=%d>" + "<div>" * 9 + "</u>" + "</x>" * 9) * 20 % tuple(range(20))
    + "<p>x" * 1_000,
}  # fmt: skip


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long the texts were that were given to the parser."""
    lengths: list[int] = []

    class Counting:
        def __init__(self, cleaner: Any) -> None:
            self._cleaner = cleaner

        def clean(self, html: str) -> str:
            lengths.append(len(html))
            cleaned: str = self._cleaner.clean(html)
            return cleaned

    for name in ("_CLEANER", "_PASTE_READER"):
        monkeypatch.setattr(html_module, name, Counting(getattr(html_module, name)))
    return lengths


@pytest.mark.parametrize("name", FLOODS)
def test_no_parser_sees_it(name: str, parsed: list[int]) -> None:
    with pytest.raises(InvalidInput):
        clean_html(FLOODS[name])
    assert parsed == []


DOORS: Final[dict[str, Callable[[Any, str], Any]]] = {
    "story": lambda room, html: room.ask("POST", "/v1/stories", json={"headline": "x", "body_html": html}),
    "event": lambda room, html: room.ask(
        "POST", "/v1/events", "edda", json={"title": "x", "start": "2026-07-01", "description_html": html}
    ),
    "term": lambda room, html: room.ask(
        "PUT", "/v1/terms/topic/flood", "edda", json={"label": "Flood", "description_html": html}
    ),
    "ninjs": lambda room, html: room.ask(
        "POST",
        "/v1/stories",
        data=json.dumps({
            "uri": "urn:1", "standard": {"name": "ninjs", "version": "3.1"}, "headlines": [{"value": "x"}],
            "bodies": [{"value": html, "contentType": "text/html"}],
        }),
        content_type="application/ninjs+json",
    ),
}  # fmt: skip


@pytest.mark.parametrize("door", DOORS)
def test_it_is_422_with_a_pointer_at_every_door(newsroom: Any, door: str, parsed: list[int]) -> None:
    answer = DOORS[door](newsroom, BAD_ATTRIBUTES)
    assert answer.status_code == 422, answer.text
    [error] = answer.get_json()["errors"]
    assert error["detail"] == f"A tag has more than {MOST_ATTRIBUTES} attributes."
    assert error["pointer"] in ("/body_html", "/description_html", "/bodies/0/value")
    assert parsed == []
    assert newsroom.items == {}


@pytest.mark.parametrize(
    "html",
    [
        f'<p>See <img src="data:image/png;base64,{"A" * 500_000}" alt="x"> this.</p>',
        "<p>" + " ".join(f'<a href="https://example.org/{n}" title="a &lt; b">One</a>' for n in range(2_000)) + "</p>",
        "<font face=Arial>" + "<p>A <b>bold</b> word.</p>\n" * 2_000 + "</font>",
        "".join(f'<a name="{n}"><h2>Part {n}</h2><p>Words of it.</p>' for n in range(150)),
        "<table>" + "<tr><td><font size=2><b>1</b></font><td><i>2</i></tr>" * 3_000 + "</table>",
        "<!--[if gte mso 9]><xml><b>x</b></xml><![endif]--><style><!-- p {} --></style>" + "<p><b>x</b></p>" * 2_000,
        f'<p style="{"; ".join(f"mso-x{n}: 1" for n in range(400))}">Words from an office.</p>{PADDING}',
    ],
    ids=["picture", "links", "font", "anchors", "table", "comments", "style"],
)
def test_what_people_send_is_taken(html: str) -> None:
    assert len(clean_html(html)) < 2 * len(html)


SETS: Final = {
    "an address without end": f"{'a' * 60_000} b",
    "commas": f"{'a,' * 30_000} b",
    "nothing but commas": ", " * 30_000,
    "spaces": f"https://example.org/a.jpg{' ' * 60_000}b",
    "sizes": f"https://example.org/a.jpg {'1x ' * 20_000}",
    "a long size": f"https://example.org/a.jpg {'1' * 60_000}w",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", SETS)
def test_sets_of_images_are_read_once(name: str) -> None:
    images = f'<img src="x" srcset="{SETS[name]}" alt="Bridge">' * 20
    assert clean_html(f"<p>Words.</p>{images}").startswith("<p>Words.</p>")


ANY: Final = {
    "brackets": "[gallery" * 60_000,
    "brackets in brackets": "[ga" * 20_000 + "[gallery]" + "llery]" * 20_000,
    "captions without end": "[caption id=1]<img src='https://e.org/a.jpg' alt=x>" * 1_900,
    "players": "[video]" * 1_900 + "x" * 500_000,
    "raised digits": "a\u00b9" * 300_000,
    "raised words in links": "<p>" + "<a href=https://e.org/x><sup>1</sup></a>b" * 3_000,
    "names of stand-ins": f"<img src='//e.org/{'lazy' * 15_000}/a' srcset='//e.org/{'lazy/' * 10_000} 2x' alt=x>" * 9,
    "marks of comments": "<div>" * 150 + "<a href='#cmnt_ref1'>x</a>" * 3_000,
    "styles": f"<p style='font:{'bold ' * 10_000}0/0 a;clip:rect({'0 ' * 4_000}'>x" * 30,
    "telegrams": "<script data-telegram-post></script>" + "<script a=b></script>" * 20_000,
    "readings": "<ruby>" + "<rt>x</rt>" * 5_000,
    "escaped over and over": "&amp;amp;amp;lt;p" * 20_000,
    "spaces in a script": f"<script {' ' * 60_000} data-telegram-post=x></script>",
    "rules": "<style>" + "." * 200_000 + ".a{font-weight:700}" * 5_000 + "</style>" + "<p class='a a a a'>x" * 3_000,
    "comments in rules": "<style>" + "/*" * 200_000 + "{" * 100_000 + "</style>",
    "style sheets": "<style>.a{display:none}</style>" * 20_000,
    "suggestions": "<suggestion-start name='deletion:a'></suggestion-start>" * 5_000
    + "<suggestion-end name='deletion:a'></suggestion-end>" * 5_000,
    "scripts of maps": "<script src=//api-maps.yandex.ru/services/constructor/1/js/?" + "&" * 900 + "</script>" * 9_000,
    "items of Word": "<p style='mso-list:l0 level1 lfo1'><b style='mso-list:Ignore'>1.</b> x</p>" * 5_000
    + "<p style='mso-list:l0 level9 lfo1'>" * 3_000,
    "media by number": '[[{"' * 100_000,
    "plugins": "{youtube}" * 1_900 + "{gallery x" * 50_000,
    "quotations": "[blockquote]" * 900 + "[/blockquote]" * 900,
    "closing brackets": "[caption a=" + "]" * 500_000 + "[/caption]" * 1_900,
}  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ANY)
def test_what_is_looked_for_costs_as_much_as_it_is_long(name: str) -> None:
    html = f"<p class=x>Words.</p>{ANY[name]}"
    assert "Words." in text_of(clean_html(html))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("lines", ["a\n\n" * 100_000, "\n " * 200_000, "<b>a\n\n" * 150, "a<i>b</i>\n\n" * 20_000])
def test_blank_lines_cost_as_much_as_there_are(lines: str) -> None:
    assert text_of(clean_html(f"Words.\n\n{lines}")).startswith("Words.")
