"""Tables of events over the API: read by their columns, remembered as somebody said, and the same a second time."""

from __future__ import annotations

import io
from typing import Any

import pytest
from openpyxl import Workbook

from dateline.ports.ledger.audit import AuditSearch

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "Название;Дата;Время;Место\nЯрмарка;3.07.2029;10:00;Верхний город\nКонцерт;4.07.2029;19:00;Ратуша\n"


class Tables:
    """Sends tables."""

    def __init__(self, newsroom: Any) -> None:
        self._newsroom = newsroom

    def send(self, data: str | bytes, media_type: str = "text/csv", status: int = 200, **query: Any) -> dict[str, Any]:
        body = data.encode() if isinstance(data, str) else data
        answer = self._newsroom.ask(
            "POST", "/v1/events/import", "edda", data=body, content_type=media_type, query_string=query
        )
        assert answer.status_code == status, answer.text
        told: dict[str, Any] = answer.get_json()
        return told

    def labels(self) -> list[str]:
        return sorted(one.label for one in self._newsroom.ledger.items("event", limit=100).items)


@pytest.fixture
def tables(newsroom: Any) -> Tables:
    return Tables(newsroom)


def test_a_table_is_read_and_a_second_import_changes_nothing(tables: Tables) -> None:
    told = tables.send(CSV, dry_run="true")
    assert (told["counts"], tables.labels()) == ({"new": 2}, [])
    assert told["columns"] == [
        {"column": "Название", "field": "title"}, {"column": "Дата", "field": "start"},
        {"column": "Время", "field": "time"}, {"column": "Место", "field": "place"},
    ]  # fmt: skip
    assert tables.send(CSV)["counts"] == {"new": 2}
    assert tables.send(CSV)["counts"] == {"unchanged": 2}
    assert tables.send(CSV.replace("Ратуша", "ратуша "))["counts"] == {"unchanged": 1, "changed": 1}
    assert tables.labels() == ["Концерт", "Ярмарка"]


def test_a_workbook_is_read(tables: Tables) -> None:
    book = Workbook()
    sheet: Any = book.active
    for row in (["Title", "Date"], ["Fair", "2029-07-03"], ["Show", "soon"]):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    told = tables.send(out.getvalue(), XLSX)
    assert told["counts"] == {"new": 1, "refused": 1}
    assert told["items"][1]["errors"][0]["pointer"] == "/3/Date"


def test_what_columns_mean_is_remembered(tables: Tables, newsroom: Any) -> None:
    data = "A;B;C\nFair;05/12/2029;x\n"
    refused = tables.send(data, status=422)
    assert [error["pointer"] for error in refused["errors"]] == ["/columns", "/columns"]
    said = {"map": ["A=title", "B=start"], "dates": "dmy", "source": "Museum"}
    assert tables.send(data, dry_run="true", **said)["counts"] == {"new": 1}
    tables.send(data, status=422)
    tables.send(data, **said)
    again = tables.send(data.replace("Fair", "Show"), source="museum")
    assert again["items"][0]["start"] == "2029-12-05"
    assert tables.send(data, source="Library")["counts"] == {"unchanged": 1}
    assert tables.send(data, dates="mdy", source="Library")["items"][0]["start"] == "2029-05-12"
    assert len(newsroom.ledger.audit(AuditSearch(what="columns-keep")).items) == 2


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"map": "title"}, "/map/0"), ({"map": "X=title"}, "/columns/X"), ({"map": "Дата=colour"}, "/columns/Дата"),
        ({"dates": "ymd"}, "/dates"),
    ],
)  # fmt: skip
def test_what_is_said_wrongly_is_refused(tables: Tables, query: dict[str, str], pointer: str) -> None:
    assert tables.send(CSV, status=422, **query)["errors"][0]["pointer"] == pointer
    assert tables.labels() == []


def test_rows_with_ids_are_known_by_them_within_their_list(tables: Tables) -> None:
    data = "id,title,date\n1,Fair,2029-07-03\n"
    tables.send(data, source="Museum")
    assert tables.send(data.replace("07-03", "07-04"), source="Museum")["counts"] == {"changed": 1}
    assert tables.send(data.replace("Fair", "Show"), source="Library")["counts"] == {"new": 1}


def test_what_is_no_table(tables: Tables) -> None:
    for data, media_type in ((b"", "text/csv"), (b"\x00\x01", "text/csv"), (b"PK\x03\x04", XLSX), (b"<html>", XLSX)):
        tables.send(data, media_type, status=422)
