"""The tags of whole stories, with the shipped vocabulary."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from dateline.domain.tag import EditorTags, TagRef
from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.tagging.tagger import Tagger

SEED: Final = Path(__file__).resolve().parents[4] / "shared/seed/article.txt"

RETOLD: Final = TaggedText(
    headline="Minsk and Russia’s Kursk Oblast want their trade back",
    body_text=(
        "MINSK, 5 December (BelTA) – Trade between Belarus and Russia’s Kursk Oblast should reach $250 million again, "
        "Prime Minister of Belarus Andrei Kobyakov told Kursk Oblast Governor Alexander Mikhailov.\n\n"
        "Trade turnover grew by 40.5% to $96.3 million in nine months. The region has bought BelAZ and MAZ trucks, "
        "MTZ tractors and Gomselmash harvesters. The Kursk-based company Sovtest ATE works with Planar, a Belarusian "
        "group, said the prime minister. Builders may be wanted at the Kursk nuclear power plant.\n\n"
        "Kobyakov added that exports could rise further; Mikhailov agreed."
    ),
    place="MINSK",
    section="opinions-interviews",
)

FINNISH: Final = TaggedText(
    headline="Finland and Estonia agree on ferry link",
    body_text=(
        "HELSINKI, 3 March (Reuters) - Finland will export more timber to Estonia and import less gas, Prime Minister "
        "of Finland Mikko Saarela said after he met with Harju Governor Toomas Kallas in Tallinn.\n\n"
        "Foreign trade between the two grew last year. Nokia and the Helsinki-based shipbuilder also signed papers, "
        "said the prime minister. Saarela will travel to Kuressaare on Friday."
    ),
    place="HELSINKI",
)


def keys(tagging: Tagging, type_: str, *, status: str = "") -> set[str]:
    return {tag.slug for tag in tagging.tags if tag.type == type_ and status in ("", tag.status)}


def test_the_retold_seed_story(tagger: Tagger) -> None:
    tagging = tagger.tag(RETOLD)
    assert keys(tagging, "person", status="accepted") == {"andrei-kobyakov", "alexander-mikhailov"}
    # Its headline names Minsk; the dateline alone would not make it a tag, nor BelTA.
    assert keys(tagging, "place") == {"belarus", "russia", "kursk-oblast", "minsk"}
    assert keys(tagging, "organisation", status="accepted") == {
        "belaz", "maz", "mtz", "gomselmash", "sovtest-ate", "planar",
    }  # fmt: skip
    assert keys(tagging, "organisation", status="proposed") == set()
    assert "international-trade" in keys(tagging, "topic")


@pytest.mark.skipif(not SEED.exists(), reason="the seed story is not here")
def test_the_seed_story_word_for_word(tagger: Tagger) -> None:
    page = SEED.read_text(encoding="utf-8")
    body = page[page.index("MINSK, 5") : page.index("Archive\n")].strip()
    headline = page[: page.index("MINSK, 5")].strip().splitlines()[-1]
    tagging = tagger.tag(TaggedText(headline=headline, body_text=body, place="MINSK", section="opinions-interviews"))
    assert keys(tagging, "person") == {"andrei-kobyakov", "alexander-mikhailov"}
    assert keys(tagging, "place") == {"belarus", "russia", "kursk-oblast"}
    assert keys(tagging, "organisation") == {"belaz", "maz", "mtz", "gomselmash", "sovtest-ate", "planar"}
    assert "international-trade" in keys(tagging, "topic")
    assert {tag.status for tag in tagging.tags} == {"accepted"}


def test_a_story_from_another_country(tagger: Tagger) -> None:
    tagging = tagger.tag(FINNISH)
    assert keys(tagging, "person", status="proposed") == {"mikko-saarela", "toomas-kallas"}
    assert keys(tagging, "place") >= {"finland", "estonia", "tallinn"}
    assert "international-trade" in keys(tagging, "topic")
    saarela = next(tag for tag in tagging.tags if tag.slug == "mikko-saarela")
    assert [evidence.rule for evidence in saarela.evidence] == ["role", "surname"]


def test_what_a_person_said_stays(tagger: Tagger) -> None:
    asserted = (TagRef(type="topic", slug="souvenirs"), TagRef(type="place", slug="russia"))
    editor = EditorTags(
        added=(TagRef(type="organisation", slug="belaruskali"),), removed=(TagRef(type="organisation", slug="planar"),)
    )
    tagging = tagger.tag(RETOLD, asserted, editor)
    said = {tag.key for tag in tagging.tags if tag.source == "editor"}
    assert said == {"topic:souvenirs", "place:russia", "organisation:belaruskali"}
    assert all(tag.score == 1.0 for tag in tagging.tags if tag.source == "editor")
    assert "planar" not in keys(tagging, "organisation")
    assert [d.reason for d in tagging.dropped if d.slug == "planar"] == ["removed by hand"]
