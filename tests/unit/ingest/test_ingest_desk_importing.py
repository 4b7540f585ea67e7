"""The desk's pages of imports: a file is checked, its columns are said, it is imported; a kept calendar is checked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from ipaddress import ip_network
from random import Random
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from dateline.adapters.fetch import CheckedFetcher
from dateline.ports.ledger.pulled_sources import PulledSource, SourceDetails
from servers.origin import Origin, running_origin
from unit.ics import calendar
from unit.ingest.conftest import Newsroom

TYPE = "multipart/form-data"
FAIR = "UID:fair\nSUMMARY:Fair <b>\nDTSTART:20990305T090000Z\nLOCATION:Castle"
TABLE = b"What it is;Day;Town\nFair;5.03.2099;Mir\nShow;soon;Mir\n"


def send(newsroom: Newsroom, data: bytes = b"", name: str = "events.ics", **fields: str) -> TestResponse:
    form: dict[str, Any] = {**fields, **({"file": FileStorage(io.BytesIO(data), name)} if data else {})}
    boundary, body = encode_multipart(MultiDict(form))
    return newsroom.ask("POST", "/events/import", "edda", data=body, content_type=f"{TYPE}; boundary={boundary}")


def words(answer: TestResponse) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.text[answer.text.index("<main") :]).split())


def packed(answer: TestResponse) -> dict[str, str]:
    """What the page sends along: its hidden fields, and its chosen options."""
    found = {
        name: re.search(rf'name="{name}" value="([^"]*)"', answer.text) for name in ("packed", "file_name", "list")
    }
    chosen = {
        one[1]: one[2]
        for one in re.finditer(r'<select id="(\w+)"(?:(?!</select>).)*?value="(\w*)" selected', answer.text, re.DOTALL)
    }
    return {**{name: one[1] for name, one in found.items() if one}, **chosen}


def labels(newsroom: Newsroom) -> list[str]:
    return sorted(item.label for item in newsroom.ledger.items("event", limit=100).items)


def test_a_calendar_is_checked_then_imported(newsroom: Newsroom) -> None:
    assert "at most 2 MB" in newsroom.ask("GET", "/events/import", "edda").text
    checked = send(newsroom, calendar(FAIR, "UID:x\nSUMMARY:No start"))
    assert checked.status_code == 200 and labels(newsroom) == []
    assert "1 refused, 1 new. Nothing is written yet." in words(checked)
    assert "Fair &lt;b&gt;" in checked.text and "Thu 5 Mar 2099, 12:00" in words(checked)
    assert "Import 1 event" in words(checked)
    done = send(newsroom, **packed(checked), do="import")
    assert "What became of them" in words(done) and labels(newsroom) == ["Fair <b>"]
    again = send(newsroom, calendar(FAIR.replace("Castle", "Park")))
    assert "1 changed" in words(again) and "{&#34;name&#34;: &#34;Castle&#34;}" in again.text


def test_what_columns_hold_is_said_on_the_page(newsroom: Newsroom) -> None:
    checked = send(newsroom, TABLE, "museum-05.csv")
    assert checked.status_code == 422 and "No column is known to hold the title" in words(checked)
    assert 'value="museum"' in checked.text and "Import" not in words(checked).replace("Import events", "")
    fields = packed(checked)
    assert fields["column_1"] == "start" and fields["column_2"] == "city"
    said = send(newsroom, **{**fields, "column_0": "title", "do": "check"})
    assert "1 refused, 1 new" in words(said) and "Row 3, column “Day”" in words(said)
    done = send(newsroom, **{**packed(said), "do": "import"})
    assert done.status_code == 200 and labels(newsroom) == ["Fair"]
    assert "1 refused, 1 as before" in words(send(newsroom, TABLE, "museum-06.csv"))


def test_what_is_wrong_is_said_at_the_file(newsroom: Newsroom) -> None:
    for answer, says in (
        (send(newsroom), "File: Choose a file."),
        (send(newsroom, b"<html>", "a.ics"), "File: This is no calendar"),
        (send(newsroom, b"PK\x03\x04", "a.xlsx"), "File: This is no workbook"),
        (send(newsroom, packed="%%%", file_name="a"), "File: Choose the file again."),
        (send(newsroom, packed="eJw=", file_name="a.csv"), "File:"),
        (send(newsroom, b"a" * 2_100_000, "a.csv"), "File: A file has at most 2 MB."),
    ):
        assert answer.status_code == 422 and says in words(answer), says
    assert labels(newsroom) == []


def test_a_large_file_is_chosen_again(newsroom: Newsroom) -> None:
    noise = Random(1)
    rows = "".join(f"Event {number},5.03.2099,{noise.randbytes(15_000).hex()}\n" for number in range(30))
    data = f"Title,Date,Description\n{rows}".encode()
    checked = send(newsroom, data, "a.csv")
    assert "packed" not in packed(checked) and "too large to go along with this page" in words(checked)
    assert "30 new" in words(checked) and len(checked.text) < 50_000
    done = send(newsroom, data, "a.csv", do="import")
    assert "What became of them" in words(done) and len(labels(newsroom)) == 30


def test_only_editors_import(newsroom: Newsroom) -> None:
    for name in ("rita", "olga", "sam"):
        assert newsroom.ask("GET", "/events/import", name).status_code == 403
        assert newsroom.ask("POST", "/events/import", name, data={}).status_code == 403


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as running:
        yield running


@pytest.fixture
def source(newsroom: Newsroom, origin: Origin) -> PulledSource:
    """A kept calendar on this machine, which is fetched from."""
    parts = newsroom.app.extensions["dateline"]
    fetcher = CheckedFetcher((ip_network("127.0.0.0/8"),))
    newsroom.app.extensions["dateline"] = replace(parts, fetcher=fetcher)
    editor = newsroom.ledger.live_token("edda")
    assert editor
    details = SourceDetails(name="Museum", url=f"{origin.address}/e", every=timedelta(hours=1), kind="calendar")
    return newsroom.ledger.add_source(details, editor)


def test_a_kept_calendar_says_what_would_come(newsroom: Newsroom, origin: Origin, source: PulledSource) -> None:
    origin.says("/e", calendar(FAIR))
    shown = newsroom.ask("POST", f"/sources/{source.id}/check", "edda")
    assert shown.status_code == 200 and "1 new. Nothing is written yet." in words(shown)
    assert labels(newsroom) == [] and "See what would come" in newsroom.ask("GET", "/sources", "edda").text
    origin.says("/e", status=404)
    assert newsroom.ask("POST", f"/sources/{source.id}/check", "edda").status_code == 303
    origin.says("/e", b"<html>")
    assert newsroom.ask("POST", f"/sources/{source.id}/check", "edda").status_code == 303
    assert newsroom.ask("POST", "/sources/none/check", "edda").status_code == 404


def test_what_a_kept_tables_columns_hold_is_remembered(
    newsroom: Newsroom, origin: Origin, source: PulledSource
) -> None:
    origin.says("/e", TABLE, Content_Type="text/csv")
    shown = newsroom.ask("POST", f"/sources/{source.id}/check", "edda")
    assert shown.status_code == 422 and "No column is known to hold the title" in words(shown)
    fields = {**packed(shown), "column_0": "title"}
    again = newsroom.ask("POST", f"/sources/{source.id}/check", "edda", data=fields)
    assert "1 refused, 1 new" in words(again)
    assert (
        newsroom.ask("POST", f"/sources/{source.id}/check", "edda", data={**fields, "do": "remember"}).status_code
        == 303
    )
    assert newsroom.ask("POST", f"/sources/{source.id}/check", "edda").status_code == 200
