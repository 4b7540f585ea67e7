"""Texts of calendars: HTML is read as HTML wherever programs put it, and text as text; characters in any charset."""

from __future__ import annotations

import codecs

import pytest

from dateline.domain.html import clean_html, text_of
from dateline.errors import InvalidInput
from dateline.formats.ics import read_calendar
from unit.ics import MINSK, calendar, event

DAY = "DTSTART:20290301"


def shown(*lines: str) -> str:
    """The text of a description as readers see it."""
    found = event(DAY, *lines)
    if found.description_html is not None:
        return text_of(clean_html(found.description_html)).replace("\xa0", " ")
    return found.description_text or ""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('DESCRIPTION:Join <b>us</b><br>at <a href="https://e.example/x">the hall</a>', "Join us\nat the hall"),
        ("DESCRIPTION:<p>Free&nbsp\\;entry &amp\\; tea</p>", "Free entry & tea"),
        ("DESCRIPTION:Tea &amp\\; cake", "Tea & cake"),
        ("DESCRIPTION:One\\nTwo &quot\\;three&quot\\;", 'One\nTwo "three"'),
        ("DESCRIPTION:<b>One</b>\\nTwo", "One\nTwo"),
        ("DESCRIPTION:<P>One</P>\\n<P>Two</P>", "One\n\nTwo"),
        ("DESCRIPTION:&lt\\;b&gt\\;Bold&lt\\;/b&gt\\; word", "Bold word"),
        ("DESCRIPTION:&lt\\;p&gt\\;One&lt\\;br/&gt\\;two &amp\\;amp\\; three&lt\\;/p&gt\\;", "One\ntwo & three"),
        ("DESCRIPTION:Write &lt\\;b&gt\\; for bold", "Write <b> for bold"),
        ("DESCRIPTION:<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("DESCRIPTION:<html><head><style>b{}</style></head><body>Words</body></html>", "Words"),
        ("DESCRIPTION:<span>Mail <ann@example.org></span>", "Mail <ann@example.org>"),
        ("DESCRIPTION:5 < 6 and 7 > 3", "5 < 6 and 7 > 3"),
        ("DESCRIPTION:I <3 you", "I <3 you"),
        ("DESCRIPTION:Open if a<b then c>d.", "Open if a<b then c>d."),
        ("DESCRIPTION:Open if a<b>c", "Open if a<b>c"),
        ("DESCRIPTION:<p>Open if a<b then c>d.</p>", "Open if a<b then c>d."),
        ("DESCRIPTION:a&lt\\;b then c&gt\\;d", "a<b then c>d"),
        ("DESCRIPTION:<p>Tables <div class=x nowrap>inside</div>", "Tables\n\ninside"),
        ("DESCRIPTION:Write to <ann@example.org>", "Write to <ann@example.org>"),
        ("DESCRIPTION:AT&T\\, R&D", "AT&T, R&D"),
        ("DESCRIPTION:a &amp\\; b < c", "a & b < c"),
        ("DESCRIPTION:Plain\\n\\nwords", "Plain\n\nwords"),
        ("X-ALT-DESC;FMTTYPE=text/html:<p>Only <b>here</b></p>", "Only here"),
        (
            'DESCRIPTION;ALTREP="data:text/html,%3Cp%3EFrom%20%3Cb%3EThunderbird%3C%2Fb%3E%3C%2Fp%3E":Plain',
            "From Thunderbird",
        ),
    ],
)
def test_descriptions(line: str, expected: str) -> None:
    assert shown(line) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("X-ALT-DESC;FMTTYPE=text/html:<!DOCTYPE HTML><HTML><BODY>\\n<P>Rich</P></BODY></HTML>", "Rich"),
        ("X-ALT-DESC;FMTTYPE=text/html:<html><body><p>&nbsp\\;</p></body></html>", "Plain"),
        ("X-ALT-DESC;FMTTYPE=text/html:", "Plain"),
        ("X-ALT-DESC;FMTTYPE=text/rtf:{rtf}", "Plain"),
        ("X-ALT-DESC:<p>Untyped</p>", "Untyped"),
        ("X-ALT-DESC;FMTTYPE=text/html:" + "<div>" * 300 + "x", "Plain"),
    ],
)
def test_an_alternative_is_taken_where_it_shows_something(html: str, expected: str) -> None:
    assert shown("DESCRIPTION:Plain", html) == expected


def test_nothing_dangerous_comes_through() -> None:
    found = event(DAY, 'DESCRIPTION:<p onclick="x()">Hi<script>alert(1)</script><a href="javascript:x">a</a></p>')
    assert "script" not in clean_html(found.description_html or "") and "onclick" not in clean_html(
        found.description_html or ""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea &amp\\; talk", "Tea & talk"),
        ("<b>Fair</b> &#8211\\; day 2", "Fair – day 2"),
        ("Rock & roll", "Rock & roll"),
        ("a <3 b", "a <3 b"),
        ("Fair\\nof the year", "Fair of the year"),
    ],
)
def test_lines_are_plain(text: str, expected: str) -> None:
    (one,) = read_calendar(calendar(f"UID:a\nSUMMARY:{text}\n{DAY}\nLOCATION:{text}\nCONTACT:{text}"), MINSK)
    assert one.event is not None and one.event.location is not None
    assert (one.event.title, one.event.location.name) == (expected, expected)
    assert one.event.organizer == expected


# --- charsets ----------------------------------------------------------------------------------------------------


def coded(title: str, codec: str, mark: bytes = b"") -> bytes:
    return mark + calendar(f"UID:a\nSUMMARY:{title}\n{DAY}").decode().encode(codec)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LOCATION:Hall <A> & Bar", "Hall <A> & Bar"),
        ("LOCATION:Room a<b and c>d", "Room a<b and c>d"),
        ("LOCATION:<b>Hall</b> <br>B", "Hall B"),
        ("LOCATION:<a href=https://e.example>Hall", "Hall"),
    ],
)
def test_signs_of_comparison_in_a_place(line: str, expected: str) -> None:
    found = event(DAY, line)
    assert found.location is not None and found.location.name == expected


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9", "Café"),
        ("SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=\r\n=C3=A9 an=\r\n der Ecke", "Café an der Ecke"),
        ("SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=\nbeta=C3=A9", "Cafbetaé"),
        ("SUMMARY;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9", "Café"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:=D0=A1=D1=85=D0=BE=D0=B4", "Сход"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:Caf=E9", "Café"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=zlib:Caf=C3=A9", "Café"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-16:Caf=C3=A9", "Café"),
        ("SUMMARY;LANGUAGE=fr;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Caf=C3=A9=", "Café"),
        ("SUMMARY:1=2; QUOTED-PRINTABLE=C3=A9", "1=2; QUOTED-PRINTABLE=C3=A9"),
    ],
)
def test_quoted_printable(lines: str, title: str) -> None:
    data = f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART:20290301\r\n{lines}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    assert title_of(data.encode()) == title


def test_breaks_in_quoted_printable() -> None:
    found = event(DAY, "DESCRIPTION;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:One=0D=0A=\nTwo=3B three")
    assert found.description_text == "One\nTwo; three"


def title_of(data: bytes, charset: str = "") -> str:
    (one,) = read_calendar(data, MINSK, charset=charset)
    assert one.event is not None
    return one.event.title


@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
     ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", codecs.BOM_UTF32_LE)],
)  # fmt: skip
def test_unicode(codec: str, mark: bytes) -> None:
    assert title_of(coded("Встреча, 会議, café", codec, mark)) == "Встреча, 会議, café"


@pytest.mark.parametrize(
    ("codec", "title"),
    [
        ("latin-1", "Café Zürich"), ("latin-1", "Größe"), ("latin-1", "Fête de la musique à Orléans"),
        ("cp1252", "Año nuevo – Señor"), ("cp1250", "Łódź"), ("cp1251", "Встреча в Минске"), ("cp1251", "Сход"),
        ("cp1251", "День города, площадь Победы"), ("koi8-r", "Встреча в библиотеке"), ("cp1253", "Συνάντηση"),
        ("shift_jis", "公開会議のお知らせ 東京"),
    ],
)  # fmt: skip
def test_old_charsets_are_guessed(codec: str, title: str) -> None:
    assert title_of(coded(title, codec)) == title


@pytest.mark.parametrize(
    ("charset", "codec", "title"),
    [
        ("windows-1251", "cp1251", "Сход"), ("ISO-8859-1", "cp1252", "Año – 1"), ("iso-8859-2", "iso-8859-2", "Łódź"),
        ('"koi8-r"', "koi8-r", "Мэр"), ("UTF-16", "utf-16", "Сход"), ("utf-8", "cp1251", "Встреча в Минске"),
        ("nonsense", "cp1251", "Встреча в Минске"), ("zlib", "utf-8", "Сход"), ("us-ascii", "utf-8", "Plain"),
    ],
)  # fmt: skip
def test_the_request_may_say_it(charset: str, codec: str, title: str) -> None:
    assert title_of(coded(title, codec), charset) == title


def test_a_fold_may_cut_a_character_in_any_charset() -> None:
    data = coded("Встр@ча", "cp1251").replace(b"@", b"\r\n \xe5")
    assert title_of(data) == "Встреча"
    wide = coded("Встр@ча", "utf-16-le", codecs.BOM_UTF16_LE).replace(
        "@".encode("utf-16-le"), "\r\n е".encode("utf-16-le")
    )
    assert title_of(wide) == "Встреча"


@pytest.mark.parametrize("ending", ["\r\n", "\n", "\r"])
def test_lines_end_as_they_end(ending: str) -> None:
    assert title_of(coded("Fair", "utf-8").replace(b"\r\n", ending.encode())) == "Fair"


@pytest.mark.parametrize("data", [b"\xff\xfe", b"\xff" * 1000, b"\0" * 1000, bytes(range(256)) * 100])
def test_what_is_no_text_is_no_calendar(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read_calendar(data, MINSK)
