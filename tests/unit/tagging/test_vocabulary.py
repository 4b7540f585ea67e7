"""The shipped vocabulary and the editors' layer over it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

import pytest

import dateline
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import Term, TermType, TopicRules
from dateline.ports.ledger.vocabulary import TermChange
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline.tagging.tagger import Tagger
from dateline.vocabulary import Vocabulary, find_shipped, shipped
from dateline.vocabulary.shipped import FILE, ShippedTerms, shipped_terms
from dateline.vocabulary.tsv import TermRow, from_line, to_line

LARGEST: Final = 5_000_000
PACKAGE: Final = Path(dateline.__file__).parent


def test_the_file_is_small_enough_and_sorted() -> None:
    data = (resources.files("dateline.vocabulary") / FILE).read_bytes()
    assert len(data) < LARGEST
    keys = [line.split(b"\t", 1)[0] + b"\t" for line in data.splitlines()]
    assert keys == sorted(set(keys))


def test_it_has_what_a_newsroom_needs(rows: Sequence[TermRow]) -> None:
    counts = Counter(row.term.type for row in rows)
    assert counts["place"] > 34_000
    assert counts["topic"] >= 150
    assert counts["organisation"] >= 2_000
    assert counts["person"] >= 150
    assert counts["section"] >= 8


def test_every_topic_but_the_broadest_has_a_code_and_every_broader_term_is_there(rows: Sequence[TermRow]) -> None:
    for row in rows:
        term = row.term
        if term.type == "topic":
            assert [code for code in term.same_as if re.fullmatch(r"medtop:\d{8}", code)], term.key
        if term.type in ("topic", "section", "organisation", "person"):
            for name in term.broader:
                type_, _, slug = name.rpartition(":")
                assert shipped().find(type_ or term.type, slug), (term.key, name)  # type: ignore[arg-type]


def test_every_slug_is_one(rows: Sequence[TermRow]) -> None:
    assert all(re.fullmatch(r"[a-z0-9-]{1,100}", row.term.slug) for row in rows)


def test_finding_gives_the_term_of_the_file(rows: Sequence[TermRow]) -> None:
    for row in rows[::997]:
        assert shipped().find(row.term.type, row.term.slug) == row.term
    trade = find_shipped("topic", "international-trade")
    assert trade is not None
    assert trade.same_as == ("medtop:20000373",)
    for missing in ("", "a", "zzzz", "internationa", "international-trade2"):
        assert find_shipped("topic", missing) is None


def test_ancestors_come_nearest_first() -> None:
    kursk = find_shipped("place", "kursk")
    assert kursk is not None
    assert [term.slug for term in shipped().ancestors(kursk)] == ["kursk-oblast", "russia"]
    section = find_shipped("section", "opinions-interviews")
    assert section is not None
    assert section.label == "Opinions & Interviews"
    assert [term.slug for term in shipped().ancestors(section)] == ["news"]


def test_a_merged_term_is_what_it_was_merged_into() -> None:
    film = Term(type="section", slug="film", label="Film", broader=("arts",))
    changes = (
        TermChange(key="section:cinema", term=None, merged_into="section:movies"),
        TermChange(key="section:movies", term=None, merged_into="film"),
        TermChange(key="section:arts", term=None, merged_into="section:culture"),
        TermChange(key="section:a", term=None, merged_into="section:b"),
        TermChange(key="section:b", term=None, merged_into="section:a"),
        TermChange(key="section:gone", term=None),
        TermChange(key=film.key, term=film),
    )
    terms = shipped().layered(changes, 1)
    assert terms.find("section", "cinema") is None
    assert terms.resolve("section", "cinema") == film == terms.resolve("section", "film")
    assert terms.resolve("section", "a") is None and terms.resolve("section", "gone") is None
    assert terms.is_gone("section", "gone") and terms.is_gone("section", "a")
    assert not any(terms.is_gone("section", slug) for slug in ("film", "cinema", "never"))
    assert set(terms.merged_into(film)) == {"section:movies", "section:cinema"}
    assert [term.slug for term in terms.ancestors(film)] == ["culture"]


def test_search_puts_what_begins_so_first() -> None:
    assert shipped().search("homiel", "place")[0].slug == "gomel"
    assert shipped().search("Минск", "place")[0].slug == "minsk"
    assert {term.type for term in shipped().search("trade")} >= {"topic", "organisation"}
    assert len(shipped().search("a", limit=7)) == 7
    assert shipped().search("no such term anywhere") == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Wien", "vienna"), ("Peking", "beijing"), ("Den Haag", "the-hague"), ("NSW", "new-south-wales")],
)
def test_places_have_their_own_and_short_names(name: str, slug: str) -> None:
    assert slug in {term.slug for term in shipped().search(name, "place")[:3]}


def test_a_listed_organisation_knows_its_country_and_its_weak_names() -> None:
    row = shipped_terms().find("organisation:target-corporation")
    assert row is not None
    assert row.term.broader == ("place:united-states",)
    assert row.weak == ("Target",)


def test_a_line_says_all_of_a_record() -> None:
    row = TermRow(
        term=Term(
            type="topic",
            slug="t",
            label="T",
            labels={"ru": "Т"},
            aliases=("a", "b"),
            description_html="<p>d</p>",
            broader=("u",),
            same_as=("Q1",),
            rules=TopicRules(any=("x^2",), all=("y",), none=("z",)),
            landing=True,
            order=3,
        ),
        kind="k",
        weight=7,
        weak=("a",),
        demonyms=("d",),
        sections=("s",),
        threshold=1.5,
    )
    assert from_line(to_line(row)) == row


def test_terms_of_one_line() -> None:
    terms = ShippedTerms(b"topic:b\tB\t\t\t\t\t\n")
    assert terms.find("topic:b") is not None
    assert terms.find("topic:a") is None
    assert terms.find("topic:c") is None


FORESTRY: Final = Term(type="organisation", slug="belaz", label="BelAZ Group", aliases=("BELAZ Holding",))
OWN: Final = Term(type="topic", slug="bees", label="Bees", rules=TopicRules(any=("honey^3",), none=("honeymoon",)))


def layered(*changes: TermChange) -> Vocabulary:
    return shipped().layered(changes, number=4)


def test_a_layer_adds_changes_and_removes() -> None:
    vocabulary = layered(
        TermChange(key=FORESTRY.key, term=FORESTRY),
        TermChange(key=OWN.key, term=OWN),
        TermChange(key="organisation:maz", term=None),
    )
    assert vocabulary.number == 4
    assert vocabulary.find("organisation", "belaz") == FORESTRY
    assert vocabulary.find("topic", "bees") == OWN
    assert vocabulary.find("organisation", "maz") is None
    assert "maz" not in {term.slug for term in vocabulary.search("MAZ", "organisation")}
    assert vocabulary.search("BELAZ Holding") == [FORESTRY]
    assert shipped().find("organisation", "maz") is not None


def test_the_tagger_goes_by_the_layer() -> None:
    tagger = Tagger(
        layered(
            TermChange(key=FORESTRY.key, term=FORESTRY),
            TermChange(key=OWN.key, term=OWN),
            TermChange(key="organisation:maz", term=None),
        )
    )
    body = "BelAZ Group sold trucks, MAZ sold buses. Honey was cheap in Minsk, where honey is loved."
    tags = {tag.key: tag for tag in tagger.tag(TaggedText(headline="", body_text=body)).tags}
    assert tags["organisation:belaz"].label == "BelAZ Group"
    assert tags["organisation:belaz"].evidence[0].text == "BelAZ Group"
    assert "organisation:maz" not in tags
    assert "topic:bees" in tags
    assert "place:minsk" in tags
    again = tagger.tag(TaggedText(headline="", body_text=body + " They went on honeymoon."))
    assert [dropped.reason for dropped in again.dropped if dropped.slug == "bees"] == ["excluded by a phrase"]


def test_a_landing_topic_without_rules_goes_by_its_label() -> None:
    tagger = Tagger(
        layered(TermChange(key="topic:souvenirs", term=Term(type="topic", slug="souvenirs", label="Souvenirs")))
    )
    tagging = tagger.tag(TaggedText(headline="Souvenirs for every guest", body_text="They are made of straw."))
    assert "topic:souvenirs" in {tag.key for tag in tagging.tags}


class CountingLedger:
    """As much of a ledger as the vocabulary looks at."""

    def __init__(self) -> None:
        self.number = 0
        self.changes: tuple[TermChange, ...] = ()
        self.read = 0

    def vocabulary_number(self) -> int:
        return self.number

    def term_changes(self) -> tuple[TermChange, ...]:
        self.read += 1
        return self.changes


def test_the_live_vocabulary_is_built_again_only_on_a_change() -> None:
    ledger = CountingLedger()
    live = LiveVocabulary(ledger)  # type: ignore[arg-type]
    first = live.tagger()
    assert live.tagger() is first
    assert ledger.read == 0
    ledger.number, ledger.changes = 2, (TermChange(key=OWN.key, term=OWN),)
    assert live.current().find("topic", "bees") == OWN
    assert live.tagger() is not first
    assert live.tagger().vocabulary is live.current()
    assert ledger.read == 1


def test_no_code_names_a_person_place_or_firm(rows: Sequence[TermRow]) -> None:
    """Only data does: no string of the code, but for examples in docstrings, has a term's label in it."""
    labels = {
        row.term.label
        for row in rows
        if row.term.type in ("person", "organisation") or row.weight > 1_000_000
        if len(row.term.label) > 3
    }
    paths = [*(PACKAGE / "tagging").rglob("*.py"), *(PACKAGE / "vocabulary").rglob("*.py")]
    named = {path.name: phrases(path) & labels for path in paths}
    assert len(named) > 15
    assert not {name: found for name, found in named.items() if found}


def phrases(path: Path) -> set[str]:
    """The rows of words in a file's strings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    texts = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]
    return set(re.findall(r"\w+(?: \w+)*", " | ".join(texts)))


def test_what_stands_below_a_term_is_known() -> None:
    belarus = find_shipped("place", "belarus")
    assert belarus is not None
    below = {term.slug for term in shipped().narrower(belarus)}
    assert {"minsk-oblast", "brest-oblast"} <= below
    moved = layered(
        TermChange(key="place:minsk-oblast", term=Term(type="place", slug="minsk-oblast", label="Minsk Oblast")),
        TermChange(key="topic:belarus-today", term=Term(
            type="topic", slug="belarus-today", label="Belarus today", broader=("place:belarus",))),
    )  # fmt: skip
    assert {term.slug for term in moved.narrower(belarus)} == below - {"minsk-oblast"} | {"belarus-today"}


@pytest.mark.parametrize(
    ("query", "type"), [("ind", None), ("МІНСК", None), ("min", "place"), ("", "section"), ("ß", None), ("\t", None)]
)
def test_a_search_finds_what_reading_every_line_does(query: str, type: TermType | None) -> None:
    wanted = query.casefold()
    read = [line for line in shipped_terms().lines(type or "") if wanted in line.casefold()]
    found = dict(shipped_terms().folded_with(wanted, type or ""))
    assert list(found.values()) == [line.casefold() for line in read]
    if found:
        assert shipped_terms().row_at(max(found)) == from_line(read[-1])


def test_search_ranks_lines_as_it_would_terms() -> None:
    named = [([*map(str.casefold, row.term.names), row.term.slug], row) for row in shipped().rows()]
    for query in ("a", "1", "bel", "labels", "place:", "a|b", "", "минск"):
        ranked = [
            (0 if query in names else 1 if any(name.startswith(query) for name in names) else 2, -row.weight, row.term)
            for names, row in named
            if any(query in name for name in names)
        ]
        best = sorted(ranked, key=lambda one: (*one[:2], one[2].label))[:15]
        assert shipped().search(query, None, 15) == [term for *_, term in best], query
