"""Broader terms: none stands above itself, whoever says so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dateline.domain.term import Term
from dateline.ports.ledger.vocabulary import TermChange
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline.vocabulary import Vocabulary, shipped
from dateline_ingest.vocabulary.broader import stands_in


def vocabulary(*terms: Term) -> Vocabulary:
    return shipped().layered([TermChange(key=term.key, term=term) for term in terms], 1)


def test_a_term_stands_in_itself_and_in_what_is_above_it() -> None:
    arts, film = (Term(type="section", slug=slug, label=slug) for slug in ("arts", "film"))
    short = Term(type="section", slug="short-film", label="Short film", broader=("section:film",))
    terms = vocabulary(arts, Term(type="section", slug="film", label="film", broader=("arts",)), short)
    assert stands_in(short, arts, terms) and stands_in(short, film, terms) and stands_in(short, short, terms)
    assert not stands_in(arts, short, terms)


@pytest.mark.parametrize("type", ["section", "topic", "place", "organisation", "person"])
def test_a_circle_is_refused_beside_its_field(newsroom: Any, type: str) -> None:
    parts = newsroom.app.extensions["dateline"]
    newsroom.app.extensions["dateline"] = replace(parts, vocabulary=LiveVocabulary(newsroom.ledger))
    for slug, broader in (("aa-1", []), ("bb-1", ["aa-1"]), ("cc-1", [f"{type}:bb-1"])):
        body = {"label": slug.upper(), "broader": broader}
        made = newsroom.ask("PUT", f"/v1/terms/{type}/{slug}", "edda", json=body)
        assert made.status_code == 202, made.text
    body = {"label": "AA", "broader": ["cc-1"]}
    refused = newsroom.ask("PUT", f"/v1/terms/{type}/aa-1", "edda", json=body, headers={"If-Match": '"1"'})
    assert refused.status_code == 422
    assert refused.get_json()["errors"] == [
        {"pointer": "/broader", "detail": "CC-1 stands below AA already, so it can't stand above it."}
    ]
    assert newsroom.items[f"{type}:aa-1"].newest_revision == 1
