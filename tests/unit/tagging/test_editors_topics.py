"""Topics by an editor's rules: what was written without a weight decides, wherever it stands."""

from __future__ import annotations

import pytest

from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.domain.term import Term, TopicRules
from dateline.ports.ledger.vocabulary import TermChange
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import shipped
from dateline.vocabulary.shipped import shipped_terms

LATE = "It rained. " * 60
"""Puts what follows behind the lead."""


def bridges(**rules: tuple[str, ...]) -> Term:
    return Term(type="topic", slug="river-bridges", label="River crossings", rules=TopicRules(**rules))


def tag(term: Term, body: str, headline: str = "Minsk", section: str = "", *, others: tuple[Term, ...] = ()) -> Tagging:
    changes = [TermChange(key=one.key, term=one) for one in (term, *others)]
    tagger = Tagger(shipped().layered(changes, number=1))
    return tagger.tag(TaggedText(headline=headline, body_text=body, section=section))


def carries(term: Term, body: str, headline: str = "Minsk", *, others: tuple[Term, ...] = ()) -> bool:
    return term.slug in [one.slug for one in tag(term, body, headline, others=others).tags if one.type == "topic"]


@pytest.mark.parametrize(
    "body",
    [
        "A river bridge was shut.",
        "Both river bridges were shut.",
        "They built a bridge over the Neman.",
        LATE + "Then the river bridge was shut.",
        LATE + "Then the RIVER\nBRIDGE was shut.",
        LATE + "Then the river-bridge was shut.",
    ],
)
def test_one_phrase_anywhere_is_enough(body: str) -> None:
    assert carries(bridges(any=("river bridge", "bridge over the")), body)


def test_it_is_enough_in_the_headline_or_summary() -> None:
    term = bridges(any=("river bridge",))
    assert carries(term, "It rained.", "River bridge shut")
    tagger = Tagger(shipped().layered([TermChange(key=term.key, term=term)], number=1))
    tags = tagger.tag(TaggedText(headline="Shut", summary="The river bridge is shut.", body_text="It rained.")).tags
    assert "river-bridges" in [one.slug for one in tags]


def test_an_open_phrase_and_one_in_cyrillic_decide_too() -> None:
    assert carries(bridges(any=("footbridg*",)), LATE + "Two footbridges were shut.")
    assert carries(bridges(any=("мост через",)), LATE + "Закрыт мост через Неман.")


def test_a_weight_says_otherwise() -> None:
    term = bridges(any=("river bridge^1.5", "ferry"))
    found = tag(term, LATE + "A river bridge was shut.")
    assert "river-bridges" not in [one.slug for one in found.tags]
    assert carries(term, LATE + "A ferry sank.")
    dropped = {one.slug: one.reason for one in tag(term, "A river bridge was shut.").dropped}
    assert dropped["river-bridges"] == "score 2.2 of 3.2"
    assert carries(bridges(any=("river bridge^3.2",)), LATE + "A river bridge was shut.")


def test_each_of_all_decides_together_and_not_alone() -> None:
    term = bridges(all=("bridge", "Neman"))
    assert carries(term, LATE + "The bridge was shut. They looked at the Neman.")
    assert not carries(term, LATE + "The bridge was shut, and the bridge was old.")


def test_any_decides_only_where_each_of_all_is_there() -> None:
    term = bridges(any=("bridge", "ferry"), all=("Neman",))
    assert carries(term, LATE + "The ferry came over the Neman.")
    assert not carries(term, LATE + "The ferry came.")
    assert not carries(term, LATE + "The Neman rose.")


def test_none_forbids_what_would_decide() -> None:
    term = bridges(any=("bridge",), none=("bridge loan",))
    assert carries(term, LATE + "The bridge was shut.")
    assert not carries(term, LATE + "The bridge was shut. The bank gave a bridge loan.")


def test_without_rules_its_names_decide() -> None:
    term = Term(type="topic", slug="river-bridges", label="River crossings", aliases=("Neman bridges",))
    assert carries(term, LATE + "The river crossings were shut.")
    assert carries(term, LATE + "The Neman bridges were shut.")


def test_many_other_topics_do_not_crowd_it_out() -> None:
    others = tuple(Term(type="topic", slug=f"strong-{n}", label=f"S{n}",
                        rules=TopicRules(any=(f"strong{'x' * n}^9",))) for n in range(12))  # fmt: skip
    body = " ".join(f"strong{'x' * n}" for n in range(12)) + LATE + "The river bridge was shut."
    term = bridges(any=("river bridge",))
    assert carries(term, body, others=others)
    assert len([one for one in tag(term, body, others=others).tags if one.type == "topic"]) == 8


def test_what_a_shipped_topic_has_goes_on_counting_as_it_did() -> None:
    row = next(row for row in shipped_terms() if row.term.type == "topic" and not row.term.rules.any)
    unruled = Term(type="topic", slug=row.term.slug, label=row.term.label, aliases=row.term.aliases, landing=True)
    assert not carries(unruled, f"{LATE}It was {row.term.label} again.")
    farming = shipped().find("topic", "agriculture")
    assert farming is not None
    changed = Term(type="topic", slug="agriculture", label="Farming",
                   rules=TopicRules(any=(*farming.rules.any, "beet clamp")))  # fmt: skip
    body = "The harvest of wheat began; the farmers sow again. Milk is dear."
    score = {one.slug: one.score for one in tag(bridges(any=("x",)), body).tags}["agriculture"]
    assert {one.slug: one.score for one in tag(changed, body).tags}["agriculture"] == score
    assert carries(changed, LATE + "They opened a beet clamp.")
