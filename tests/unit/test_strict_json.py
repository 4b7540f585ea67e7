"""JSON is read strictly."""

from __future__ import annotations

import pytest

from dateline.formats.strict_json import NotJson, read_json


def test_read_json_refuses_what_is_no_json() -> None:
    with pytest.raises(NotJson):
        read_json(b"{'a': 1}")
