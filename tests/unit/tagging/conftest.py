"""The tagger with the shipped vocabulary, and that vocabulary's rows, made once."""

from __future__ import annotations

import gc
from collections.abc import Sequence

import pytest

from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped
from dateline.vocabulary.shipped import shipped_terms
from dateline.vocabulary.tsv import TermRow


@pytest.fixture(scope="session")
def tagger() -> Tagger:
    made = Tagger(shipped())
    gc.freeze()  # half a million objects that stay: no collection need look at them
    return made


@pytest.fixture(scope="session")
def rows() -> Sequence[TermRow]:
    return tuple(shipped_terms())
