"""Evidence says exactly what stands in the text as it is stored, whatever the text is made of."""

from __future__ import annotations

import unicodedata
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.tagging.fold import folded
from dateline.tagging.tagger import Tagger

NAMES: Final = (
    "Belarus", "Kursk Oblast", "Alexander Lukashenko", "BelTA", "İstanbul", "Elazığ", "São Paulo", "Zürich", "Мінск",
    "Prime Minister Mikko Saarela", "World Trade Organization (WTO)", "trade turnover", "Gomel\r\nOblast", "U.S.",
)  # fmt: skip
ODD: Final = (
    "🚜", "👩‍🌾", "e\u0301", "İ", "ß", "ﬁ", "\u00ad", "\u200f", "\u202e", "\ufeff", "\r\n", "&amp;", "&nbsp;", "’", "—",
    "\u0336", "\U0001d54f", "\ud800", "\x00", "\x01", "\x02", "(", ")", "[", " ", "\n\n", "said", "of", "12", "Mr. ",
)  # fmt: skip

pieces: Final = st.lists(st.one_of(st.sampled_from(NAMES), st.sampled_from(ODD), st.text(max_size=4)), max_size=30).map(
    " ".join
)


def assert_true(text: TaggedText, tagging: Tagging) -> None:
    fields = {"headline": text.headline, "summary": text.summary, "body_text": text.body_text, "place": text.place}
    shown = [mention for tag in tagging.tags for mention in tag.evidence]
    shown += [mention for dropped in tagging.dropped for mention in dropped.evidence]
    for mention in shown:
        assert fields[mention.field][mention.start : mention.end] == mention.text
        assert mention.start < mention.end


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(headline=pieces, summary=pieces, body=pieces, glue=st.sampled_from(("", " ")))
def test_evidence_is_what_stands_there(tagger: Tagger, headline: str, summary: str, body: str, glue: str) -> None:
    text = TaggedText(headline=headline, summary=summary, body_text=body.replace(" ", glue) if glue else body)
    assert_true(text, tagger.tag(text))


@given(st.text())
def test_folding_keeps_every_code_point_in_its_place(text: str) -> None:
    assert len(folded(text)) == len(text)


@pytest.mark.parametrize(
    ("body", "slug", "shown"),
    [
        ("🚜 Tractors for Kursk Oblast.", "kursk-oblast", "Kursk Oblast"),
        ("Trade of İzmir with Bela\u00adrus grew.", "belarus", "Bela\u00adrus"),
        ("From Kursk\r\nOblast they came.", "kursk-oblast", "Kursk\r\nOblast"),
        ("From Kursk\u00a0Oblast they came.", "kursk-oblast", "Kursk\u00a0Oblast"),
        ("Salt &amp; pepper for Belarus &lt;here&gt;.", "belarus", "Belarus"),
        ("They flew to " + unicodedata.normalize("NFD", "São Paulo") + " on Monday.", "sao-paulo", None),
        ("\ufeffBelarus waits.", "belarus", "Belarus"),
        ("\u202eBelarus\u202c waits.", "belarus", "Belarus"),
        ("the Belarus\u0301 mark", "belarus", "Belarus\u0301"),
        ("Belarus’ exports and Belarus's imports", "belarus", "Belarus"),
        ("BELARUS WAITS", "belarus", "BELARUS"),
        ("Homiel Voblasts sowed first.", "gomel-oblast", "Homiel Voblasts"),
        ("Mahilyow region sowed next.", "mogilev-oblast", "Mahilyow region"),
        ("Беларусь ждёт.", "belarus", "Беларусь"),
    ],
)
def test_names_in_odd_texts(tagger: Tagger, body: str, slug: str, shown: str | None) -> None:
    text = TaggedText(headline="", body_text=body)
    tagging = tagger.tag(text)
    assert_true(text, tagging)
    tag = next(tag for tag in tagging.tags if tag.key == f"place:{slug}")
    assert shown is None or tag.evidence[0].text == shown


def test_fields_have_offsets_of_their_own(tagger: Tagger) -> None:
    text = TaggedText(headline="Brazil waits", summary="\u00adChile too", body_text="\r\nSo does Peru.")
    fields = {tag.slug: (tag.evidence[0].field, tag.evidence[0].start) for tag in tagger.tag(text).tags}
    assert fields["brazil"] == ("headline", 0)
    assert fields["chile"] == ("summary", 1)
    assert fields["peru"] == ("body_text", 10)


def test_no_name_reaches_from_one_field_into_the_next(tagger: Tagger) -> None:
    tagging = tagger.tag(TaggedText(headline="Trip to South", body_text="Korea is far."))
    assert "place:south-korea" not in {tag.key for tag in tagging.tags}
