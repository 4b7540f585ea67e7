"""Characters of calendars in any charset: what says which it is, and what is guessed, with a note."""

from __future__ import annotations

import codecs

import pytest

from dateline.errors import InvalidInput
from dateline.formats.ics import IcsEvent, read_calendar
from unit.ics import MINSK, calendar

DAY = "DTSTART:20290301"


def coded(title: str, codec: str, mark: bytes = b"", head: str = "", parameters: str = "") -> bytes:
    text = calendar(f"UID:a\nSUMMARY{parameters}:{title}\n{DAY}", head=head).decode()
    return mark + text.encode(codec)


def only(data: bytes, charset: str = "") -> IcsEvent:
    (one,) = read_calendar(data, MINSK, charset=charset)
    return one


def title_of(data: bytes, charset: str = "") -> str:
    found = only(data, charset).event
    assert found is not None
    return found.title


@pytest.mark.parametrize(
    ("codec", "mark"),
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE),
     ("utf-16-le", b""), ("utf-16-be", b""), ("utf-32-le", codecs.BOM_UTF32_LE)],
)  # fmt: skip
def test_unicode(codec: str, mark: bytes) -> None:
    assert title_of(coded("Встреча, 会議, café", codec, mark)) == "Встреча, 会議, café"


@pytest.mark.parametrize("title", ["Встреча в Минске", "会議のお知らせ", "Łódź"])
@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("charset", ["", "utf-8", "UTF-16", "windows-1251"])
def test_wide_characters_without_a_mark(title: str, codec: str, charset: str) -> None:
    one = only(coded(title, codec), charset)
    assert one.event is not None and (one.event.title, one.notes) == (title, ())


@pytest.mark.parametrize(
    ("codec", "titles"),
    [
        ("latin-1", "Café Zürich|Größe|Fête de la musique à Orléans|São João|Día de la Constitución|Årsmøte|Niño|Über"),
        ("cp1252", "Año nuevo – Señor|“Quotes” – Straße|l’été"),
        ("cp1250", "Łódź|Příští schůze|Žluťoučký kůň|święto miasta|Štědrý den|Dětský den|Őszi vásár|Václavské náměstí"),
        ("iso8859_2", "Příští schůze|Žluťoučký kůň|Łódź|święto miasta|Közgyűlés őszi|Čtvrtek|Tržnica"),
        ("cp1251", "Встреча в Минске|Сход|День города, площадь Победы|концерт|ЗАСЕДАНИЕ|Пасяджэнне савета|Хор"),
        ("koi8-r", "Встреча в библиотеке|ЗАСЕДАНИЕ|Концерт"), ("koi8_u", "Засідання ради в Києві"),
        ("cp866", "Встреча в Минске|Заседание совета|Сход|ЗАСЕДАНИЕ|концерт"), ("iso8859_5", "Заседание совета"),
        ("cp1253", "Συνάντηση|Άνοιξη στην Αθήνα|Διάλεξη"), ("iso8859_7", "Άνοιξη στην Αθήνα"),
        ("cp1254", "Görüşme|Toplantı|Kış şenliği|Çarşamba|Ağaç dikme|Öğretmenler Günü"),
        ("iso8859_9", "İstanbul Belediye Başkanlığı"), ("cp1257", "Šiaulių šventė|Rīgas svētki"),
        ("cp1255", "פגישת צוות|שלום|כנס ירושלים 2029|חג פסח שמח"), ("iso8859_8", "ישיבת מועצה|הרצאה"),
        ("cp1256", "اجتماع المجلس|مؤتمر صحفي"), ("cp874", "การประชุม|สงกรานต์"),
        ("shift_jis", "公開会議のお知らせ 東京|会議|カレンダー"), ("euc_jp", "公開会議のお知らせ|東京|コンサート"),
        ("big5", "會議|台北市政府記者會|新年快樂|春節|開會"), ("gb18030", "新闻发布会|会议|春节|北京市人民政府"),
        ("cp949", "회의|서울 시청 기자회견|뷁 똠방각하 회의|설날|축제"),
    ],
)  # fmt: skip
def test_old_charsets_are_guessed_and_a_note_says_so(codec: str, titles: str) -> None:
    for title in titles.split("|"):
        one = only(coded(title, codec))
        assert one.event is not None and one.event.title == title
        assert [note.pointer for note in one.notes] == [""] and "which is a guess" in one.notes[0].detail


def test_the_note_names_the_charset_and_stands_with_what_it_concerns() -> None:
    data = calendar("UID:a\nSUMMARY:Fair\nDTSTART:20290301", "UID:b\nSUMMARY:שלום\nDTSTART:20290301").decode()
    plain, hebrew = read_calendar(data.encode("cp1255"), MINSK)
    assert not plain.notes and "windows-1255" in hebrew.notes[0].detail


@pytest.mark.parametrize(
    ("codec", "title", "head", "parameters"),
    [
        ("cp1253", "ΠΑΣΧΑ", "", ";LANGUAGE=el"), ("cp1256", "حفل", "X-WR-TIMEZONE:Asia/Riyadh\n", ""),
        ("cp1250", "Schůze zastupitelstva", "X-WR-TIMEZONE:Europe/Prague\n", ""),
        ("euc_jp", "会議", "", ";LANGUAGE=ja"),
        ("latin-1", "à Paris", "X-WR-TIMEZONE:Romance Standard Time\n", ""), ("gb18030", "新年", "", ";LANGUAGE=zh-CN"),
        ("big5", "台灣", "X-WR-TIMEZONE:Asia/Taipei\n", ""), ("cp1250", "Veľká noc", "X-WR-LANGUAGE:sk\n", ""),
        ("latin-1", "Það", "PRODID:-//A//B//IS\n", ""), ("cp1257", "Jāņi", "X-LIC-LOCATION:Europe/Riga\n", ""),
    ],
)  # fmt: skip
def test_what_a_calendar_says_of_its_language_decides(codec: str, title: str, head: str, parameters: str) -> None:
    assert title_of(coded(title, codec, head=head, parameters=parameters)) == title


@pytest.mark.parametrize(
    ("codec", "title", "parameters"),
    [("iso2022_jp", "会議のお知らせ", ""), ("iso2022_kr", "회의", ""), ("cp1253", "ΠΑΣΧΑ", ";CHARSET=windows-1253"),
     ("euc_jp", "会議", ";CHARSET=EUC-JP"), ("cp866", "Мэр", ";CHARSET=cp866")],
)  # fmt: skip
def test_what_says_its_charset_is_no_guess(codec: str, title: str, parameters: str) -> None:
    one = only(coded(title, codec, parameters=parameters))
    assert one.event is not None and (one.event.title, one.notes) == (title, ())


@pytest.mark.parametrize(
    ("charset", "codec", "title"),
    [
        ("windows-1251", "cp1251", "Сход"), ("ISO-8859-1", "cp1252", "Año – 1"), ("iso-8859-2", "iso-8859-2", "Łódź"),
        ('"koi8-r"', "koi8-r", "Мэр"), ("UTF-16", "utf-16", "Сход"), ("utf-8", "cp1251", "Встреча в Минске"),
        ("nonsense", "cp1251", "Встреча в Минске"), ("zlib", "utf-8", "Сход"), ("us-ascii", "utf-8", "Plain"),
        ("us-ascii", "utf-8", "Сход"), ("utf-8", "iso2022_jp", "会議"),
        ("ISO-8859-8", "iso8859_8", "חג"), ("euc-jp", "euc_jp", "東京"),
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


@pytest.mark.parametrize(
    ("codec", "title", "charset", "guess"),
    [("cp1251", "Встреча в Минске", "", "windows-1251"), ("cp1255", "פגישת צוות", ";CHARSET=UTF-8", "windows-1255"),
     ("cp1250", "Příští schůze", ";LANGUAGE=cs", "windows-1250"), ("latin-1", "Café", ";CHARSET=zlib", "windows-1252"),
     ("koi8-r", "Встреча", ";CHARSET=koi8-r", ""), ("utf-8", "Встреча", "", "")],
)  # fmt: skip
def test_quoted_printable_without_its_charset(codec: str, title: str, charset: str, guess: str) -> None:
    quoted = "".join(f"={byte:02X}" for byte in title.encode(codec))
    one = only(calendar(f"UID:a\nSUMMARY{charset};ENCODING=QUOTED-PRINTABLE:{quoted}\n{DAY}"))
    assert one.event is not None and one.event.title == title
    assert [guess in note.detail for note in one.notes] == ([True] if guess else [])


DAMAGED = "Bytes that are no character of the calendar's charset are read as \ufffd."


@pytest.mark.parametrize("charset", ["", "utf-8"])
@pytest.mark.parametrize(
    ("title", "read"),
    [
        ("Встреча в Минске".encode() + b"\xd0", "Встреча в Минске\ufffd"),
        ("Größe, Zürich, Café, Fête".encode() + b" caf\xe9", "Größe, Zürich, Café, Fête caf\ufffd"),
        ("Встреча ".encode() + b"\xed\xa0\xbd\xed\xb8\x80", "Встреча \U0001f600"),
        (b"\xed\xa0\xbd\xed\xb8\x80", "\U0001f600"),
        ("Встреча ".encode() + b"\xed\xa0\xbd", "Встреча \ufffd"),
        ("会議のお知らせ".encode() + b"\xe4\xbc", "会議のお知らせ\ufffd"),
    ],
)
def test_a_damaged_byte_makes_no_other_charset_of_utf_8(title: bytes, read: str, charset: str) -> None:
    one = only(calendar("UID:a\nSUMMARY:TITLE\nDTSTART:20290301").replace(b"TITLE", title), charset)
    assert one.event is not None and one.event.title == read
    assert [note.detail for note in one.notes] == [DAMAGED] * ("\ufffd" in read)


def test_only_events_with_damaged_bytes_have_a_note() -> None:
    data = calendar("UID:a\nSUMMARY:Привет TITLE\nDTSTART:20290301", "UID:b\nSUMMARY:Привет\nDTSTART:20290301")
    for mark in (b"", codecs.BOM_UTF8):
        damaged, whole = read_calendar(mark + data.replace(b"TITLE", b"\xd0"), MINSK)
        assert ([note.detail for note in damaged.notes], whole.notes) == ([DAMAGED], ())


def test_who_says_utf_8_of_half_of_it_is_believed() -> None:
    data = calendar("UID:a\nSUMMARY:Größe ä TITLE\nDTSTART:20290301").replace(b"TITLE", b"\xe9 \xe8")
    assert title_of(data, "utf-8") == "Größe ä \ufffd \ufffd"
    assert "Größe" not in title_of(data)


def test_who_says_utf_8_of_another_charset_is_not_believed() -> None:
    for title, codec in (("Café Zürich, Größe", "cp1252"), ("Встреча в Минске", "cp1251")):
        assert title_of(coded(title, codec), "utf-8") == title
