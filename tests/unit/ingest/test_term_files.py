"""Terms in files: each format gives back what was written, and a line that is wrong says why."""

from __future__ import annotations

import io
import json
from itertools import islice
from typing import Any

import pytest

from dateline.domain.term import Term, TopicRules
from dateline.errors import InvalidInput
from dateline.schemas.term import term_json
from dateline.vocabulary.vocabulary import shipped
from dateline_ingest.commands.term_files import FORMATS, Format, format_of, read_terms, written

FERRIES = Term(
    type="topic", slug="ferries", label="Ferries", labels={"be": "Паромы"}, aliases=("Boats", 'The "Anna", a ship'),
    description_html="<p>Over water.</p>", broader=("transport",), same_as=("Q25653",), landing=True, order=3,
    rules=TopicRules(any=("ferry*", "boat^1.5"), none=("ferry loan",)),
)  # fmt: skip


def file_of(terms: list[Term], format: Format) -> io.BytesIO:
    return io.BytesIO("".join(written(map(term_json, terms), format)).encode())


@pytest.mark.parametrize("format", FORMATS)
def test_what_is_written_is_read_again(format: Format) -> None:
    terms = [
        FERRIES,
        Term(type="section", slug="news", label="News", review=True),
        *islice(shipped().each(), 0, None, 400),
    ]
    read = list(read_terms(file_of(terms, format), format))
    assert [one.errors for one in read] == [()] * len(terms)
    assert [one.term for one in read] == terms
    assert not list(read_terms(file_of([], format), format))


@pytest.mark.parametrize(
    ("row", "told"),
    [("topic,,Boats,", "Missing."), ("topic,boats,Boats,first", "first"), ("topic,boats,Boats,1,2", "more cells")],
)
def test_a_wrong_row_says_why(row: str, told: str) -> None:
    rows = f"type,slug,label,order\n{row}\ntopic,ferries,Ferries,\n".encode()
    wrong, right = read_terms(io.BytesIO(rows), "csv")
    assert (wrong.number, wrong.term) == (2, None)
    assert told in wrong.errors[0].detail
    assert right.term == Term(type="topic", slug="ferries", label="Ferries")


@pytest.mark.parametrize(
    ("data", "format"), [(b"{}", "json"), (b"[", "json"), (b"type,colour\n", "csv"), (b"\xff\xfe", "csv")]
)
def test_a_file_that_is_none_is_refused(data: bytes, format: Format) -> None:
    with pytest.raises(InvalidInput):
        list(read_terms(io.BytesIO(data), format))


def test_a_name_says_the_format() -> None:
    assert [format_of(name, None) for name in ("a.CSV", "a.json", "a.txt", "-")] == ["csv", "json", "ndjson", "ndjson"]
    assert format_of("a.csv", "json") == "json"


def test_terms_are_exported_for_editors(newsroom: Any) -> None:
    assert newsroom.ask("GET", "/v1/terms/export").status_code == 403
    lines = newsroom.ask("GET", "/v1/terms/export?type=place", "edda").text.splitlines()
    assert [json.loads(line)["slug"] for line in lines] == ["brest"]
    assert not newsroom.ask("GET", "/v1/terms/export?changed=true", "edda").text
