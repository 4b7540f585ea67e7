"""Tables of events: which column is what, what becomes of each row, and what is too much."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from dateline.domain.event import Event
from dateline.errors import InvalidInput, TooMuch
from dateline.formats.ics import IcsEvent
from dateline.formats.tables.headings import KNOWN, check_mapping, mapping_of, read_mapping
from dateline.formats.tables.reader import read_rows, read_sheet
from dateline.formats.tables.sheet import sheet_of
from dateline.formats.tables.xlsx_sheet import MOST_UNPACKED
from dateline.ports.ledger.column_mappings import ColumnMapping

MINSK = ZoneInfo("Europe/Minsk")


def read(data: bytes | str, *, charset: str = "", dates: str = "", source: str = "", **columns: str) -> list[IcsEvent]:
    sheet = read_sheet(data.encode() if isinstance(data, str) else data, charset)
    mapping = mapping_of(sheet, read_mapping(columns, dates, sheet))
    check_mapping(mapping)
    return read_rows(sheet, mapping, MINSK, source=source)


def events(found: list[IcsEvent]) -> list[Event]:
    assert not [error for one in found for error in one.errors]
    return [one.event for one in found if one.event is not None]


def workbook(*rows: list[Any], title: str = "Events") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "Title,Date,Time,Place,City\nFair,2027-07-03,19:00,Castle,Mir\n",
        "Название;Дата;Время;Место;Город\nFair;3.07.2027;19:00;Castle;Mir\n",
        "Назва\tДата\tЧас\tМесца\tГорад\nFair\t3.07.2027\t19.00\tCastle\tMir\n",
        'sep=;\r\n"Event name";"Start date";"Start time";"Venue";"Town"\r\nFair;3 July 2027;7 pm;Castle;Mir\r\n',
        "\ufeffAfisha of July,,,,\n,,,,\nWhat,When,Time,Where,City\nFair,2027-07-03,19:00,Castle,Mir\n",
    ],
)
def test_usual_columns_in_three_languages(text: str) -> None:
    [event] = events(read(text))
    assert (event.title, event.start, event.timezone) == ("Fair", datetime(2027, 7, 3, 19, tzinfo=MINSK), MINSK.key)
    assert event.location is not None and (event.location.name, event.location.city) == ("Castle", "Mir")


def test_charsets_of_old_programs() -> None:
    text = "Название;Дата;Место\nЯрмарка мастеров;3.07.2027;Верхний город\n"
    for data, charset in ((text.encode("cp1251"), ""), (text.encode("utf-16"), ""), (text.encode("koi8-r"), "koi8-r")):
        assert events(read(data, charset=charset))[0].title == "Ярмарка мастеров"


def test_all_fields() -> None:
    text = (
        "id,title,start,end,venue,address,city,country,lat,lon,category,price,url,description,organiser,contact,status\n"
        '17,Fair,2027-07-03,2027-07-04,Castle,"Main St, 1",Mir,Belarus,53.45,"26,47","fair; music",10-20 BYN,'
        'fair.example/x,"Come\nall",Guild,+375 17,отменено\n'
    )
    [event] = events(read(text))
    assert (event.start, event.end, event.status) == (date(2027, 7, 3), date(2027, 7, 4), "cancelled")
    assert (event.url, event.organizer, event.description_text) == ("https://fair.example/x", "Guild", "Come\nall")
    assert event.location is not None and (event.location.lat, event.location.lon) == (53.45, 26.47)
    assert event.categories == ("fair", "music") and event.contact == "+375 17"
    assert event.price is not None
    assert (event.price.amount, event.price.up_to, event.price.currency) == ("10", "20", "BYN")


@pytest.mark.parametrize(
    ("cell", "free", "amount", "note"),
    [
        ("бесплатно", True, "", ""), ("5,50 BYN", False, "5.50", ""), ("€7", False, "7", ""),
        ("10 руб.", False, "", "10 руб."),
    ],
)  # fmt: skip
def test_prices(cell: str, free: bool, amount: str, note: str) -> None:
    [event] = events(read(f'title,date,price\nA,2027-07-03,"{cell}"\n'))
    assert event.price is not None and (event.price.free, event.price.amount, event.price.note) == (free, amount, note)


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        ("2027-07-03,19:00,21:00", datetime(2027, 7, 3, 21, tzinfo=MINSK)),
        ("2027-07-03,22:00,02:00", datetime(2027, 7, 4, 2, tzinfo=MINSK)),
        ("2027-07-03,19:00–21:00,", datetime(2027, 7, 3, 21, tzinfo=MINSK)),
        ("2027-07-03,19:00,2027-07-05", datetime(2027, 7, 5, 23, 59, tzinfo=MINSK)),
        ("2027-07-03,19:00,", None),
        ("2027-07-03 – 2027-07-05,,", date(2027, 7, 5)),
    ],
)
def test_ends(row: str, ends: Any) -> None:
    assert events(read(f"title,date,time,end\nA,{row}\n"))[0].end == ends


def test_errors_name_row_and_column_and_harm_no_other() -> None:
    found = read(
        "Title,Date,Web\nFair,2027-07-03,\n,2027-07-04,\nShow,05/12/2027,\nTalk,soon,\nWalk,2027-07-05,http://a b\n"
    )
    assert [one.event is not None for one in found] == [True, False, False, False, False]
    told = [one.errors[0] for one in found[1:]]
    assert [error.pointer for error in told] == ["/3/Title", "/4/Date", "/5/Date", "/6/Web"]
    assert told[1].detail.startswith("Row 4, column “Date”: '05/12/2027' may be two days")
    assert "Missing" in told[0].detail and "'soon' is no date" in told[2].detail


def test_ambiguous_dates_are_read_as_the_column_shows_or_as_is_told() -> None:
    shown = events(read("title,date\nA,05/12/2027\nB,13/12/2027\n"))
    assert [event.start for event in shown] == [date(2027, 12, 5), date(2027, 12, 13)]
    told = events(read("title,date\nA,05/12/2027\n", dates="mdy"))
    assert told[0].start == date(2027, 5, 12)


def test_a_mapping_that_is_given_wins() -> None:
    text = "Col A,Col B,Title\n2027-07-03,Fair,ignored\n"
    with pytest.raises(InvalidInput) as refused:
        read(text)
    assert "No column is known to hold the date" in refused.value.errors[0].detail
    [event] = events(read(text, **{"Col A": "start", "Col B": "title"}))
    assert (event.title, event.start) == ("Fair", date(2027, 7, 3))
    for columns, says in (({"Col X": "title"}, "no such column"), ({"Col A": "colour"}, "is no field")):
        with pytest.raises(InvalidInput) as refused:
            read(text, **columns)
        assert says in refused.value.errors[0].detail
    with pytest.raises(InvalidInput) as refused:
        read(text, **{"Col A": "start", "Col B": "start"})
    assert "More than one column holds start" in refused.value.errors[0].detail


def test_what_was_remembered_counts_after_what_is_said_now() -> None:
    sheet = read_sheet(b"a,b\nx,2027-07-03\n")
    kept = ColumnMapping(columns={"a": "title", "b": "start"}, dates="dmy")
    now = ColumnMapping(columns={"b": "end"})
    assert mapping_of(sheet, now, kept) == ColumnMapping(columns={"a": "title", "b": "end"}, dates="dmy")


def test_rows_are_known_by_their_id_or_by_what_they_are() -> None:
    text = "id,title,date\n1,Fair,2027-07-03\n"
    [one] = read(text, source="Museum")
    [moved] = read(text.replace("07-03", "07-04"), source="museum")
    [other] = read(text, source="Library")
    assert one.uid == moved.uid != other.uid
    [first] = read("title,date,price\nFair,2027-07-03,5 BYN\n")
    [second] = read("title,date,price\nFair,2027-07-03,free\n")
    assert first.uid == second.uid != one.uid


def test_rows_that_are_the_same_event() -> None:
    found = read("title,date\nFair,2027-07-03\nFair,2027-07-03\n")
    assert found[0].event is not None and found[1].message and "same event as row 2" in found[1].notes[0].detail
    found = read("id,title,date\n1,Fair,2027-07-03\n1,Fair,2027-07-04\n")
    assert "same event as row 2" in found[1].errors[0].detail


def test_a_workbook() -> None:
    [fair, show] = events(
        read(
            workbook(
                ["Афиша", None, None], [], ["Название", "Дата", "Время", "Цена"],
                ["Ярмарка", datetime(2027, 7, 3), time(19, 30), 5], ["Show", date(2027, 7, 4), None, "free"],
            )
        )
    )  # fmt: skip
    assert (fair.start, show.start) == (datetime(2027, 7, 3, 19, 30, tzinfo=MINSK), date(2027, 7, 4))
    assert fair.price is not None and fair.price.note == "5"


def test_formulas_are_not_worked_out() -> None:
    data = workbook(
        ["title", "date", "url"], ['=HYPERLINK("http://x.example")', "2027-07-03", '=WEBSERVICE("http://x")']
    )
    found = read(data)
    assert found[0].event is None and "column “title”" in found[0].errors[0].detail


def test_what_is_no_workbook() -> None:
    for data in (b"PK\x03\x04 no", zipped({"a.txt": b"x"}), zipped({"[Content_Types].xml": b"<Types/>"})):
        with pytest.raises(InvalidInput):
            read(data)


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA])
def test_a_workbook_that_was_damaged_on_its_way(compression: int) -> None:
    data = bytearray(zipped({"xl/worksheets/sheet1.xml": bytes(range(256)) * 40}, compression))
    data[70:110] = b"\xff" * 40
    with pytest.raises(InvalidInput, match="no workbook"):
        read(bytes(data))


def test_a_workbook_in_an_encoding_that_nobody_knows() -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(["title", "date"], ["Fair", "2027-07-03"]))) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for name in ("[Content_Types].xml", "xl/worksheets/sheet1.xml"):
        told = b'<?xml version="1.0" encoding="klingon"?>' + parts[name].rpartition(b"?>")[2]
        with pytest.raises(InvalidInput, match="can't be read"):
            read(zipped({**parts, name: told}))


@pytest.mark.parametrize("charset", ["undefined", "unicode_escape", "raw_unicode_escape", "a\0b", "hex"])
def test_charsets_that_make_no_text_of_bytes_are_guessed(charset: str) -> None:
    [event] = events(read(b"Title,Date,Caf\xe9\\ud800\nFair,2027-07-03,x\n", charset=charset))
    assert event.title == "Fair"


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(TooMuch, match="unpacks to more"):
        read(zipped({"xl/worksheets/sheet1.xml": b" " * (MOST_UNPACKED + 1)}))


def test_a_workbook_of_more_tags_than_are_read_is_refused_unread() -> None:
    parts = {"xl/worksheets/sheet1.xml": b"<row/>" * 250_001}
    with pytest.raises(TooMuch, match="more cells than are read"):
        read(zipped(parts))


def test_entities_are_refused() -> None:
    data = workbook(["title", "date"], ["Fair", "2027-07-03"])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            if name == "xl/worksheets/sheet1.xml":
                declared = b'<!DOCTYPE x [<!ENTITY a "Fair"><!ENTITY b SYSTEM "file:///etc/passwd">]>'
                part = part.replace(b"<worksheet", declared + b"<worksheet", 1)
            after.writestr(name, part)
    with pytest.raises(InvalidInput, match="can't be read"):
        read(out.getvalue())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"title,date\n" + b"a,b\n" * 5_001, "at most 5,000 rows"),
        (b"title," * 101 + b"x\n", "at most 100 columns"),
        (b"title,date\n" + b"x" * 40_000 + b",y\n", "at most 32,767 characters"),
        (b"title,date\n\0,x\n", "no CSV"),
        (b'title,date\n"' + b"x\n" * 80_000, "can't be read as CSV"),
    ],
)
def test_bounds(data: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        read(data)


def test_a_row_far_below_costs_nothing() -> None:
    book = Workbook()
    sheet: Any = book.active
    sheet.append(["title", "date"])
    sheet.append(["Fair", "2027-07-03"])
    sheet.cell(row=1_048_576, column=16_384, value="x")
    out = io.BytesIO()
    book.save(out)
    assert [event.title for event in events(read(out.getvalue()))] == ["Fair"]


def test_headings_are_one_of_a_kind() -> None:
    assert sheet_of([["date", "", "date", None, ""], ["x", "y"]], KNOWN).headings == ("date", "column 2", "date (2)")


def zipped(parts: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()
