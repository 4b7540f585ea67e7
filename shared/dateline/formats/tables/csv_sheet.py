"""CSV (RFC 4180) as programs write it: with commas, semicolons or tabs, in UTF-8, UTF-16 or a charset of old."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from dateline.errors import InvalidInput
from dateline.formats.ics.encodings.charset_guess import guess_charset
from dateline.formats.tables.sheet import Cell

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SEPARATORS: Final = ";\t,|"
_SEPARATOR_LINE: Final = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
"""What Excel writes, and reads, above a table."""
_LOOKED_AT: Final = 5_000


def csv_rows(data: bytes, charset: str = "") -> Iterator[Sequence[Cell]]:
    """The rows of a CSV file; ``charset`` is what is said of it. Raises ``InvalidInput``."""
    text = _decoded(data, charset)
    separator = _SEPARATOR_LINE.match(text)
    if separator:
        text = text[separator.end() :]
    if "\0" in text:
        raise InvalidInput("This is no CSV: it has zeros in it.")
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator[1] if separator else _separator_of(text))
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells]
    except csv.Error as error:
        raise InvalidInput(f"Line {reader.line_num} can't be read as CSV: {error}.") from error


def _decoded(data: bytes, charset: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    for name in ("utf-8", charset):
        try:
            text = data.decode(name)
            text.encode()  # charsets such as unicode_escape make halves of surrogate pairs, which are no text
        except (ValueError, LookupError):
            continue
        return text
    foreign = b"\n".join(line for line in data.splitlines() if not line.isascii())
    return data.decode(guess_charset(foreign[:_LOOKED_AT]), "replace")


def _separator_of(text: str) -> str:
    """What parts the cells of most of the first lines, words in quotation marks left out."""
    bare = re.sub(r'"[^"]*"', "", text[:_LOOKED_AT])
    lines = [line for line in bare.splitlines() if line.strip()][:10]
    counts = {one: [line.count(one) for line in lines] for one in _SEPARATORS}
    return max(_SEPARATORS, key=lambda one: (sum(bool(count) for count in counts[one]), counts[one][:1]), default=",")
