"""HTML made safe, and its text."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, html_of_text, is_empty, text_of
from dateline.domain.html.bounds import MOST_AMPERSANDS, MOST_NESTED, MOST_TAGS
from dateline.errors import InvalidInput


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("<p onclick=x>a</p>", "<p>a</p>"),
        ("<script>bad()</script>a<style>p{}</style>", "a"),
        ('<a href="javascript:bad()">a</a>', "a"),
        ('<a href="https://example.org/">a</a>', '<a href="https://example.org/" rel="noopener noreferrer">a</a>'),
        ('<img src="https://example.org/a.png" onerror="x" alt="b">', '<img src="https://example.org/a.png" alt="b">'),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("a<!-- b -->c", "ac"),
        ("<p id=q class=w style='color:red'>a</p>", "<p>a</p>"),
        ("<svg><script>bad()</script></svg>a", "a"),
        ("1 < 2 & 3", "1 &lt; 2 &amp; 3"),
    ],
)
def test_only_what_a_news_text_needs_stays(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<h1>Title</h1>body", "Title\n\nbody"),
        ("<form>one</form>two", "one\n\ntwo"),
        ("<p>a <b>b</b>c<br>d</p><p>e</p>", "a bc\nd\n\ne"),
        ("<ul><li>x</li><li>y</li></ul>z", "x\ny\n\nz"),
        ("<table><tr><td>1</td><td>2</td></tr></table>", "1\n2"),
        ("<p>AT&amp;T, caf&eacute;, 5&nbsp;km, &lt;b&gt;, &amp;lt;</p>", "AT&T, café, 5\xa0km, <b>, &lt;"),
        ("<p>soft\xadhyphen \U0001f69c e\u0301 \u0130</p>", "soft\xadhyphen \U0001f69c e\u0301 \u0130"),
        ("<p>  many \r\n\t spaces </p>\n\n <p>x</p>", "many spaces\n\nx"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<p title="a &gt; b">x</p>', "x"),
        ("", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, text: str) -> None:
    assert text_of(clean_html(html)) == text


def test_plain_text_becomes_paragraphs_and_lines() -> None:
    assert html_of_text("One\r\nline & <two>\r\n\r\nNext\n\n\n") == "<p>One<br>line &amp; &lt;two&gt;</p><p>Next</p>"
    assert html_of_text("One\u2028line\u2029Next\n\u2029Last") == "<p>One<br>line</p><p>Next</p><p>Last</p>"
    assert html_of_text(" \n ") == ""
    assert clean_html(html_of_text('"a" & b')) == html_of_text('"a" & b')


def test_a_text_made_html_is_the_same_text() -> None:
    text = "First paragraph,\nsecond line.\n\nA & B <c>."
    assert text_of(html_of_text(text)) == text


@pytest.mark.parametrize(
    "hostile",
    [
        "<div>" * 100_000,
        "<b>x" * (MOST_NESTED + 1),
        "<div></x>" * (MOST_NESTED + 1),
        "<p-x>" * (MOST_NESTED + 1),
        "<rt>" * (MOST_NESTED + 1),
        "<svg>" + "<input>" * MOST_NESTED,
        '<div title="</div>">' * (MOST_TAGS // 2 + 1),
        "<div><!--</div>-->" * (MOST_TAGS // 3 + 1),
        "&" * (MOST_AMPERSANDS + 1),
    ],
)
def test_what_takes_quadratic_time_is_refused(hostile: str) -> None:
    with pytest.raises(InvalidInput):
        clean_html(hostile)


def test_a_row_of_unclosed_paragraphs_is_no_nest() -> None:
    assert text_of(clean_html("<p>x" * 500)).count("x") == 500


def test_a_large_table_is_no_nest() -> None:
    table = "<table>" + "<tr><td><b>x</b><br><td><a href='/'>y</a></td></tr>" * 4000 + "</table><h2>z</h3>" * 500
    assert text_of(clean_html(table)).count("x") == 4000


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<a href="/about">About</a>', "About"),
        ('<a href="about.html">About</a>', "About"),
        ('<a href="#notes">Notes</a>', "Notes"),
        ('<a href="http://">Nowhere</a>', "Nowhere"),
        (r'<a href="https:\\\\example.org">Slashes</a>', "Slashes"),
        ("<a>one <a href='/x'>two</a> three</a>", "one two three"),
        ('<a href="www.example.org">site</a>', '<a href="https://www.example.org" rel="noopener noreferrer">site</a>'),
        ('<a href="https://anna:secret@e.io/a">b</a>', '<a href="https://e.io/a" rel="noopener noreferrer">b</a>'),
        ('<a href="//example.org/a">b</a>', '<a href="https://example.org/a" rel="noopener noreferrer">b</a>'),
        (
            '<a href=" https://e.io/?a&amp;b ">c</a>',
            '<a href="https://e.io/?a&amp;b" rel="noopener noreferrer">c</a>',
        ),
        (
            '<a href="mailto:desk@e.org">d</a>',
            '<a href="mailto:desk@e.org" rel="noopener noreferrer">d</a>',
        ),
        ('a<img src="/bridge.jpg" alt="">b', "ab"),
        ('<img src="data:image/gif;base64,AA" alt="">', ""),
        ('<img src="//example.org/a.png" alt="b">', '<img src="https://example.org/a.png" alt="b">'),
    ],
)
def test_addresses_lead_somewhere(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    ("dirty", "text"),
    [
        ("<p><![CDATA[Text in a section]]></p>", "Text in a section"),
        ("<p>a <![CDATA[b < c & d]]> e</p>", "a b < c & d e"),
        ("<![CDATA[<p>One</p><p>Two</p>]]>", "One\n\nTwo"),
        ("<p><![CDATA[cut off", "cut off"),
        ("<script>//<![CDATA[\nbad()\n//]]></script><p>x</p>", "x"),
        ("<p>Council</p><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml>", "Council"),
        ("<!--[if gte mso 9]><xml><o:x>96</o:x></xml><![endif]--><p>a</p>", "a"),
        ("<w:WordDocument><w:Zoom>0</w:Zoom></w:WordDocument><p>a<o:p> b</o:p></p>", "a b"),
        ("<![if !supportLists]><span>1.</span><![endif]>One", "1.One"),
        ("<html><head><title>Draft 3</title><style>p{}</style></head><body><p>a</p></body></html>", "a"),
        ("<html><head><title/><script src='x.js'/></head><body><p>a</p></body></html>", "a"),
        ("<p>a</p><iframe src='https://e.org/v'/><p>b<em/> c</p>", "a\n\ne.org/v\n\nb c"),
        ("<content><![CDATA[<p>Only <i>this</i></p>]]></content>", "Only this"),
        ("<p>a <math><mi>E</mi><mo>=</mo><mn>1</mn><annotation>E=1</annotation></math> b</p>", "a E=1 b"),
        ("<td>one<td>two", "one\n\ntwo"),
        ("<noframes>old</noframes><noembed>older</noembed><datalist><option>x</datalist>new", "new"),
        ("<p>one</p><main>two</main><nav>three</nav>four", "one\n\ntwo\n\nthree\n\nfour"),
        ("<select><option>one<option>two</select><dialog open>three</dialog>four", "one\n\ntwo\n\nthree\n\nfour"),
    ],
)
def test_no_words_are_lost_leaked_or_glued(dirty: str, text: str) -> None:
    assert text_of(clean_html(dirty)) == text


@pytest.mark.parametrize(
    "empty",
    ["<p>&nbsp;</p>", "<!-- draft --><script>1</script>", "<p>\u200b\u2060\ufeff</p>", "<br><hr>", "<p>&shy;</p>",
     "<a href='https://example.org/'></a>", "<img src='/gone.png' alt='gone.png'>", "<p>\u3164\u2800</p>"],
)  # fmt: skip
def test_markup_alone_is_nothing_to_read(empty: str) -> None:
    assert is_empty(empty)


@pytest.mark.parametrize("full", ["<p>1</p>", "<p>\U0001f69c</p>", "<img src='https://e.org/a.png' alt=''>", "中"])
def test_a_word_a_sign_or_an_image_is_something(full: str) -> None:
    assert not is_empty(full)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("The law<sup>1</sup> says", "The law 1 says"),
        ("The law<sup><a href='https://e.org/#n1'>a</a></sup> says", "The law a says"),
        ("the <b>law</b><sup>2,\u20093</sup>, that", "the law 2,\u20093, that"),
        ("Prices<sup>[12]</sup>rose", "Prices [12] rose"),
        ("Prices<sup>*</sup> rose", "Prices * rose"),
        ("Lekhim<sup>TM</sup> sold", "Lekhim TM sold"),
        ("the population<sup>a</sup> of", "the population a of"),
        ("in 2019<sup>1</sup>", "in 2019 1"),
        ("<p><sup>1</sup>See there</p>", "1 See there"),
        ("H<sub>2</sub>O and CO<sub>2</sub>", "H2O and CO2"),
        ("40 m<sup>2</sup>, 3 km<sup>2</sup>, 5 м<sup>3</sup>", "40 m2, 3 km2, 5 м3"),
        ("E=mc<sup>2</sup>, x<sup>-1</sup>", "E=mc2, x-1"),
        ("the 1<sup>st</sup>, le XX<sup>e</sup>, M<sup>me</sup>", "the 1st, le XXe, Mme"),
        ("<sup>14</sup>C, Ca<sup>2+</sup>", "14C, Ca2+"),
        ("a <del>bad</del><ins>good</ins> day", "a bad good day"),
        ("<ins>New</ins><del>Old</del>", "New Old"),
        ("<strike>ten</strike><ins datetime='2026-01-01'>nine</ins>", "ten nine"),
        ("<del>one</del>, <ins>two</ins>s", "one, twos"),
        ("The law<a class=footnote href='#fn1'>1</a> says", "The law 1 says"),
        ("The law<a class=footnote>1</a> says<a href='https://e.org/a#fn:2'>2</a> so", "The law 1 says 2 so"),
        ("The law<a role=doc-noteref href='https://e.org/n'>[1]</a>says", "The law [1] says"),
        ("The law<a class=sdfootnoteanc href='#sdfootnote1sym'><sup>1</sup></a>says", "The law 1 says"),
        ("40 km<a href='https://e.org/#n'><sup>2</sup></a> away", "40 km 2 away"),
        ("see <a href='#notes'>Notes</a>, <a href='#fn1'>the first note</a>", "see Notes, the first note"),
        ("The law¹ says, the road²,³ too", "The law ¹ says, the road ²,³ too"),
        ("The <b>law</b>⁽¹⁾says, word①s", "The law ⁽¹⁾ says, word ① s"),
        ("40 km², E=mc², ¹⁴C, x⁻¹", "40 km², E=mc², ¹⁴C, x⁻¹"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>だ", "漢字(かんじ)だ"),
        ("<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>だ", "漢字（かんじ）だ"),
        ("<ruby>東<rt>とう</rt>京<rt>きょう</ruby>に", "東京(とうきょう)に"),
    ],
)
def test_what_looks_apart_is_apart(html: str, text: str) -> None:
    assert text_of(clean_html(html)) == text


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ('<p dir="left">a</p>', "<p>a</p>"),
        ('<div dir="right"><span dir="">a</span></div>', "<div><span>a</span></div>"),
        ('<p dir="left" style="direction:rtl">a</p>', '<p dir="rtl">a</p>'),
        ('<p dir="auto"><bdo dir="ltr">a</bdo></p>', '<p dir="auto"><bdo dir="ltr">a</bdo></p>'),
        ('<ol type="square"><li>a</li></ol>', "<ol><li>a</li></ol>"),
        ('<ol type="A"><li>a</li></ol>', '<ol type="A"><li>a</li></ol>'),
    ],
)
def test_attributes_say_only_what_html_knows(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean


@pytest.mark.parametrize(
    ("dirty", "clean"),
    [
        ("&lt;p&gt;text&lt;/p&gt;", "<p>text</p>"),
        ("&#60;p&#62;Tea &amp;amp; cake&#60;/p&#62;", "<p>Tea &amp; cake</p>"),
        ("<p>&lt;p&gt;text&lt;/p&gt;</p>", "<p>text</p>"),
        ("<div>&lt;ul&gt;</div><div>&lt;li&gt;a&lt;/li&gt;</div><div>&lt;/ul&gt;</div>", "<ul>\n\n<li>a</li>\n\n</ul>"),
        ("One &lt;b class=x&gt;two&lt;/b&gt;", "One <b>two</b>"),
        ("One&lt;br /&gt;two", "One<br>two"),
        ("&lt;p&gt;a&lt;script&gt;bad()&lt;/script&gt;&lt;/p&gt;", "<p>a</p>"),
        ("&lt;p&gt;&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;&lt;/p&gt;", "<p>twice</p>"),
        ("<font>&lt;p&gt;a&lt;/p&gt;</font>", "<p>a</p>"),
        ("&amp;lt;p&amp;gt;twice &amp;amp;amp; so&amp;lt;/p&amp;gt;", "<p>twice &amp; so</p>"),
        ("&amp;#60;p&amp;#x3E;twice&amp;#60;/p&amp;#62;", "<p>twice</p>"),
        ("<p>&amp;lt;p&amp;gt;twice&amp;lt;/p&amp;gt;</p>", "<p>twice</p>"),
        ("&amp;amp;lt;p&amp;amp;gt;thrice&amp;amp;lt;/p&amp;amp;gt;", "<p>thrice</p>"),
        (
            "&lt;p&gt;&amp;lt;p&amp;gt;&amp;amp;lt;p&amp;amp;gt;x&amp;amp;lt;/p&amp;amp;gt;&amp;lt;/p&amp;gt;&lt;/p&gt;",
            "<p>x</p>",
        ),
    ],
)  # fmt: skip
def test_html_that_was_escaped_is_html(dirty: str, clean: str) -> None:
    assert clean_html(dirty) == clean
    assert clean_html(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Write &lt;b&gt; for bold",
        "a &lt;b then c&gt; d",
        "<p>Write <code>&lt;p&gt;a&lt;/p&gt;</code></p>",
        "<pre>&lt;p&gt;a&lt;/p&gt;</pre>",
        "<p>Write &lt;p&gt;a&lt;/p&gt; there.</p>",
        "<p>&lt;b&gt;a&lt;/b&gt;</p>",
        "<h2>Tags</h2><p>&lt;p&gt;a&lt;/p&gt;</p>",
        "&lt;script&gt;bad()&lt;/script&gt;",
        "&lt;div&gt;" * 300 + "x" + "&lt;/div&gt;" * 300,
        "&amp;amp;amp;lt;p&amp;amp;amp;gt;four times&amp;amp;amp;lt;/p&amp;amp;amp;gt;",
        "Write &amp;lt; for a &lt; sign, &amp;amp; for &amp;",
    ],
)
def test_a_text_that_speaks_of_tags_stays_so(text: str) -> None:
    assert clean_html(text) == text


def test_html_that_is_escaped_many_times_over_stays_as_it_is() -> None:
    nested = "x"
    for _ in range(6):
        nested = f"<p>{nested}</p>".replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert clean_html(nested) == nested
