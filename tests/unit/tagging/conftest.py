"""The tagger with the shipped vocabulary, made once."""

from __future__ import annotations

import pytest

from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    return Tagger(shipped())
