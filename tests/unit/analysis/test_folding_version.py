"""An index says with which folding it was made: another one needs a reindex."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dateline.adapters.elastic.generations import fingerprint
from dateline.adapters.embedded.tables.schema import ANALYSIS
from dateline.analysis import folding


@pytest.fixture
def uncached() -> Iterator[None]:
    fingerprint.cache_clear()
    yield
    fingerprint.cache_clear()


@pytest.mark.usefixtures("uncached")
def test_elasticsearchs_fingerprint_changes_with_the_folding(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fingerprint()
    monkeypatch.setattr(folding, "VERSION", folding.VERSION + 1)
    fingerprint.cache_clear()
    assert fingerprint() != before


def test_the_embedded_analysis_names_the_folding() -> None:
    assert ANALYSIS.split(".")[1] == str(folding.VERSION)
