"""A file of stories is sent in parts: their lines, their numbers, and memory that doesn't grow."""

from __future__ import annotations

import io
import json
import tracemalloc
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from dateline_ingest.commands.bulk_upload import parts
from dateline_ingest.commands.bulk_upload.output_files import OutputFiles
from dateline_ingest.commands.bulk_upload.parts import Part, Position, copy_line, digest_of, read_part
from dateline_ingest.commands.bulk_upload.progress_file import Progress
from dateline_ingest.commands.bulk_upload.upload import Upload


def all_parts(file: io.BytesIO) -> Iterator[Part]:
    start = Position()
    while (part := read_part(file, start)).end != start:
        yield part
        start = part.end


def test_lines_keep_their_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_LINES", 3)
    file = io.BytesIO(b"# said before\n{1}\n\n  # too\r\n{2}\n{3}\r\n{4}")
    found = list(all_parts(file))
    assert [part.body for part in found] == [b"\n{1}\n\n", b"\n{2}\n{3}\r\n", b"{4}"]
    assert [part.start.line for part in found] == [1, 4, 7]
    assert [line.position.line for part in found for line in part.lines] == [2, 5, 6, 7]
    copied = io.BytesIO()
    for part in found:
        for line in part.lines:
            copy_line(file, line, copied)
    assert copied.getvalue() == b"{1}\n{2}\n{3}\r\n{4}\n"


def test_a_line_that_is_too_long_is_not_sent_and_is_copied_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "LONGEST_LINE", 10)
    monkeypatch.setattr(parts, "_CHUNK", 7)
    file = io.BytesIO(b"{1}\n" + b"x" * 33 + b"\n{3}\n")
    [part] = all_parts(file)
    assert part.body == b"{1}\n\n{3}\n"
    assert [(line.length, line.too_long) for line in part.lines] == [(4, False), (34, True), (4, False)]
    copied = io.BytesIO()
    copy_line(file, part.lines[1], copied)
    assert copied.getvalue() == b"x" * 33 + b"\n"


def test_a_part_ends_by_its_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MOST_BYTES", 5)
    assert [part.body for part in all_parts(io.BytesIO(b"{1}\n{2}\n{3}\n"))] == [b"{1}\n{2}\n", b"{3}\n"]


def test_the_digest_is_that_of_the_beginning() -> None:
    assert digest_of(io.BytesIO(b"abc"), 2) == digest_of(io.BytesIO(b"ab"), 2) != digest_of(io.BytesIO(b"abc"), 3)


class Accepting:
    """Takes every other line, as the service would answer."""

    def upload(self, path: str, body: bytes, content_type: str, headers: Mapping[str, str]) -> Iterator[bytes]:
        number = int(path.rpartition("=")[2])
        errors = [{"pointer": "/headline", "detail": "Not blank."}]
        for place in range(body.count(b"\n")):
            status = {"status": 202, "id": "x"} if place % 2 else {"status": 422, "errors": errors}
            yield json.dumps({"line": number + place, **status}).encode()


def peak_of(lines: int, folder: Path) -> int:
    """The most memory that sending so many lines takes."""
    source = folder / f"{lines}.ndjson"
    line = json.dumps({"headline": "x", "body_text": "y" * 300}).encode() + b"\n"
    with source.open("wb") as file:
        for _ in range(lines // 1000):
            file.write(line * 1000)
    progress = {source: Progress(key="k", size=0, sha256="", position=Position(), outputs={})}
    tracemalloc.start()
    try:
        with OutputFiles(folder / "report", folder / "results", {}) as outputs:
            client: Any = Accepting()
            Upload(client=client, source=source, progress=progress, outputs=outputs, told=lambda _: None).run(id)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        assert progress[source].taken == progress[source].refused == lines // 2


def test_memory_is_flat(tmp_path: Path) -> None:
    peak_of(1_000, tmp_path)
    assert peak_of(20_000, tmp_path) < 1.2 * peak_of(2_000, tmp_path)
