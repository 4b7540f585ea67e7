"""Texts of calendars: HTML is read as HTML wherever programs put it, and text as text; quoted-printable."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html, text_of
from dateline.formats.ics import read_calendar
from unit.ics import MINSK, calendar, event, only

DAY = "DTSTART:20290301"
MEETING = "-::~:~::~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~:~::~:~::-"


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
        ("DESCRIPTION:<p>Tom &amp\\;amp\\; Jerry&amp\\;#8217\\;s&amp\\;nbsp\\;cat</p>", "Tom & Jerry’s cat"),
        ("DESCRIPTION:Write &amp\\;lt\\;b&amp\\;gt\\; for bold", "Write &lt;b&gt; for bold"),
        (
            'DESCRIPTION:[et_pb_section fb_built="1"][et_pb_text]R&D\\nfor <all>[/et_pb_text][/et_pb_section]',
            "R&D\nfor <all>",
        ),
        (
            f"DESCRIPTION:Talk\\n\\n{MEETING}\\nJoin with Google Meet: https://meet.google.com/abc-defg-hij\\n"
            f"Or dial: +375 17 PIN: 123#\\n\\nPlease do not edit this section.\\n{MEETING}",
            "Talk\n\nGoogle Meet: https://meet.google.com/abc-defg-hij",
        ),
        (f"DESCRIPTION:<b>Talk</b><br>{MEETING}<br>Please do not edit this section.<br>{MEETING}", "Talk"),
        (f"DESCRIPTION:Talk {MEETING} tomorrow", f"Talk {MEETING} tomorrow"),
        ("DESCRIPTION:[vc_row]\\nCome [sic]\\n[/vc_row]", "Come [sic]"),
        ("DESCRIPTION:[embed]https://youtu.be/abc?a=1&t=2[/embed]", "youtu.be/abc"),
        ("DESCRIPTION:one\x0btwo", "one\ntwo"),
        ("DESCRIPTION:<b>One</b><br />Two<hr />Three", "One\nTwo\n\nThree"),
        ("DESCRIPTION:One<p />Two", "One\n\nTwo"),
        ("DESCRIPTION:<b>Room</b> <TBA>\\, <Aula>\\, <six years>\\, 5<x<10", "Room <TBA>, <Aula>, <six years>, 5<x<10"),
        ("DESCRIPTION:<p>x<o:p></o:p> y<my-tag>z</my-tag></p>", "x yz"),
        ("DESCRIPTION:One<br>Two\\nThree<br>\\nFour\\n<br>Five", "One\nTwo\nThree\nFour\nFive"),
        ('DESCRIPTION:Say \\"yes\\"\\, it\\\'s fine', 'Say "yes", it\'s fine'),
        ('DESCRIPTION:C:\\\\new \\\\"fine\\\\"', 'C:\\new \\"fine\\"'),
        ("STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/html:<p>Rich <b>words</b></p>", "Rich words"),
        ("STYLED-DESCRIPTION;VALUE=TEXT;FMTTYPE=text/plain:Plain\\nwords", "Plain\nwords"),
        ("STYLED-DESCRIPTION;VALUE=URI:http://a.b/c", ""),
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
        ("Tom &amp\\;amp\\; Jerry &amp\\;#8211\\; x", "Tom & Jerry – x"),
        ("Rock & roll", "Rock & roll"),
        ("a <3 b", "a <3 b"),
    ],
)
def test_lines_are_plain(text: str, expected: str) -> None:
    (one,) = read_calendar(calendar(f"UID:a\nSUMMARY:{text}\n{DAY}\nLOCATION:{text}\nCONTACT:{text}"), MINSK)
    assert one.event is not None and one.event.location is not None
    assert (one.event.title, one.event.location.name) == (expected, expected)
    assert one.event.organizer == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LOCATION:Hall <A> & Bar", "Hall <A> & Bar"),
        ("LOCATION:Room a<b and c>d", "Room a<b and c>d"),
        ("LOCATION:<b>Hall</b> <br>B", "Hall, B"),
        ("LOCATION:Hall\\nMain Street 1\\, \\n\\nMinsk", "Hall, Main Street 1, Minsk"),
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


def title_of(data: bytes) -> str:
    (one,) = read_calendar(data, MINSK)
    assert one.event is not None
    return one.event.title


@pytest.mark.parametrize(
    ("line", "organizer"),
    [
        ("ORGANIZER;CN=City%20Hall:mailto:hall@example.org", "City Hall"),
        ("ORGANIZER;CN=100% Theatre:mailto:hall@example.org", "100% Theatre"),
        ('ORGANIZER;CN="Anna Smith <anna@example.org>":mailto:anna@example.org', "Anna Smith"),
        ("ORGANIZER;CN=Team:mailto:abc@group.calendar.google.com", ""),
        ("ORGANIZER;CN=Unknown Organizer:mailto:unknownorganizer@calendar.google.com", ""),
        ("ORGANIZER;CN=anna@example.org:mailto:anna@example.org", ""),
        ("ORGANIZER;CN=anna%40example.org:mailto:anna@example.org", ""),
        ("ORGANIZER;CN=MAILTO:mailto:anna@example.org", "MAILTO"),
        ("ORGANIZER:mailto:anna@example.org", ""),
        ("ORGANIZER;CN=Smith, Anna:mailto:anna@example.org", "Smith, Anna"),
        ("ORGANIZER;CN=anna@example.org, Anna, Team:mailto:anna@example.org", "Anna, Team"),
        ("ORGANIZER:City Museum", "City Museum"),
        ("ORGANIZER:invalid:nomail", ""),
        ("ORGANIZER:anna%40example.org", ""),
        ("CONTACT:anna@example.org", "anna@example.org"),
    ],
)
def test_an_organizer_is_a_name(line: str, organizer: str) -> None:
    one = only(DAY, line)
    assert one.event is not None and one.event.organizer == organizer
    told = "google" in line or bool(organizer)
    assert [note.pointer for note in one.notes] == ([] if told else ["/organizer"])


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("https://a.b/c?d=1\\,2\\;3", "https://a.b/c?d=1,2;3"),
        ("www.example.org/a", "https://www.example.org/a"),
        ("example.org/a", "https://example.org/a"),
        ("//example.org/a", "https://example.org/a"),
        ("https://a.b/c?d=1&amp\\;e=2", "https://a.b/c?d=1&e=2"),
        ("message:1", ""),
        ("mailto:a@example.org", ""),
        ("see the page", ""),
    ],
)
def test_an_address_is_unescaped_and_has_a_scheme(written: str, url: str) -> None:
    assert event(DAY, f"URL:{written}").url == url


def test_coordinates_without_a_name_are_no_place() -> None:
    one = only(DAY, "GEO:53.9;27.55")
    assert one.event is not None and one.event.location is None
    assert [note.detail for note in one.notes] == ["GEO without LOCATION is left out: a place has a name."]
