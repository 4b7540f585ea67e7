"""The desk's pages of sections: their order, a section's page, merging and retiring one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from dateline.adapters.embedded import EmbeddedIndex
from dateline.ports.ledger.pulled_sources import PulledSource, SourceDetails
from dateline.tagging.live_vocabulary import LiveVocabulary
from dateline_ingest.intake import Intake
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, post, sign_in
from unit.web.documents import MINSK, story

SHIPPED = ["news", "politics", "economy", "society", "culture", "sport", "travel", "opinions-interviews"]


@pytest.fixture
def room(newsroom: Newsroom, index: EmbeddedIndex) -> Newsroom:
    """A newsroom with the shipped vocabulary, and an index in which two stories stand in culture."""
    index.put([story(f"Film {number}", section="culture") for number in (1, 2)])
    parts = newsroom.app.extensions["dateline"]
    live = LiveVocabulary(newsroom.ledger)
    intake = Intake(newsroom.ledger, newsroom.wakeup, live.current, MINSK, reporters_make_sections=False)
    newsroom.app.extensions["dateline"] = replace(parts, vocabulary=live, index=index, intake=intake)
    return newsroom


def ask(room: Newsroom, method: str, path: str, **typed: str) -> TestResponse:
    return room.ask(method, path, "edda", data=typed or None)


def order(room: Newsroom) -> list[str]:
    """The sections as the list has them, those below another in brackets."""
    page = ask(room, "GET", "/sections").text
    rows = re.findall(r'data-section="([^"]+)" data-above="([^"]*)"', page)
    return [f"({slug})" if above else slug for slug, above in rows]


def make(room: Newsroom, label: str, **more: str) -> str:
    """Make a section; its slug."""
    answer = ask(room, "POST", "/sections", label=label, **more)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"].rpartition("/")[2]


def shown(page: str) -> dict[str, str]:
    """What the form of a section is filled with."""
    form = page[page.index('<form class="term"') : page.index('<ol class="picture-rows">')]
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]*? value="([^"]*)"', form))
    areas = dict(re.findall(r'<textarea id="[^"]+" name="([^"]+)"[^>]*>\n([^<]*)', form))
    return {name: unescape(value) for name, value in (fields | areas).items()}


def test_sections_are_listed_in_the_papers_order_with_their_stories(room: Newsroom) -> None:
    assert "/sections" not in room.ask("GET", "/").text
    assert room.ask("GET", "/sections").status_code == 403
    listed = order(room)
    assert {slug.strip("()") for slug in listed} >= set(SHIPPED)
    assert "2 stories" in ask(room, "GET", "/sections").text


def test_where_a_term_would_be_leads_to_the_section(room: Newsroom) -> None:
    assert ask(room, "GET", "/terms/section/sport").headers["Location"] == "/sections/sport"
    assert ask(room, "GET", "/terms/section/nowhere").headers["Location"] == "/sections"
    assert ask(room, "GET", "/sections/nowhere").status_code == 404


def test_the_list_works_while_the_index_is_away(room: Newsroom, tmp_path: Path) -> None:
    away = EmbeddedIndex(tmp_path / "away", MINSK)
    room.app.extensions["dateline"] = replace(room.app.extensions["dateline"], index=away)
    page = ask(room, "GET", "/sections")
    assert page.status_code == 200
    assert "stories aren’t counted" in page.text
    assert "can’t be searched" in ask(room, "GET", "/sections/culture/leave").text
    refused = ask(room, "POST", "/sections/culture/retire", revision="0")
    assert refused.status_code == 422 and "can&#39;t be counted" in refused.text


def test_a_section_is_made_by_its_name(room: Newsroom) -> None:
    assert make(room, "Кино и театр", parent="culture") == "kino-i-teatr"
    made = room.items["section:kino-i-teatr"].newest.payload
    assert made == {
        "schema": 3, "type": "section", "slug": "kino-i-teatr", "label": "Кино и театр", "broader": ["culture"],
    }  # fmt: skip
    assert "(kino-i-teatr)" in order(room)
    again = ask(room, "POST", "/sections", label="Sport")
    assert again.status_code == 422 and "Sport is there already" in again.text
    assert make(room, "Sport", slug="sport-abroad") == "sport-abroad"
    assert ask(room, "POST", "/sections", label="X", slug="No Slug").status_code == 422
    assert ask(room, "POST", "/sections", label=" ").status_code == 422


def test_a_section_goes_up_down_in_and_out(room: Newsroom) -> None:
    before = order(room)
    first, second = [slug for slug in before if "(" not in slug][:2]
    assert ask(room, "POST", f"/sections/{second}/move", step="up").status_code == 303
    assert [slug for slug in order(room) if "(" not in slug][:2] == [second, first]
    ask(room, "POST", f"/sections/{second}/move", step="down")
    assert order(room) == before
    ask(room, "POST", f"/sections/{second}/move", step="in")
    assert f"({second})" in order(room)
    film = make(room, "Film", parent=first)
    ask(room, "POST", f"/sections/{film}/move", step="up")
    below = [slug for slug in order(room) if "(" in slug]
    assert below.index(f"({film})") == below.index(f"({second})") - 1
    ask(room, "POST", f"/sections/{film}/move", step="out")
    assert film in order(room)
    page = ask(room, "GET", "/sections").text
    assert "Outside the navigation" in page and 'aria-label="Into the navigation: Film"' in page
    ask(room, "POST", f"/sections/{film}/move", step="show")
    assert room.items[f"section:{film}"].newest.payload["order"] > 0
    client = sign_in(room.client, "edda")
    assert post(client, f"/sections/{film}/move", "/sections", step="sideways").status_code == 303
    assert "There is no such place" in client.get("/sections").text


def test_the_order_retags_no_story_and_a_name_does(room: Newsroom) -> None:
    ask(room, "POST", "/sections/sport/move", step="up")
    ask(room, "POST", "/sections/sport", **shown(ask(room, "GET", "/sections/sport").text), navigation="1", review="1")
    assert room.items["section:sport"].newest_revision == 2
    assert room.ledger.next_retag(quiet=timedelta(0)) is None
    renamed = shown(ask(room, "GET", "/sections/sport").text) | {"label": "Sports", "navigation": "1"}
    ask(room, "POST", "/sections/sport", **renamed)
    job = room.ledger.next_retag(quiet=timedelta(0))
    assert job is not None and job.keys == ("section:sport",)


def test_a_section_is_dropped_before_another(room: Newsroom) -> None:
    *_, last = [slug for slug in order(room) if "(" not in slug]
    ask(room, "POST", f"/sections/{last}/move", parent="", before="sport", navigation="1")
    outermost = [slug for slug in order(room) if "(" not in slug]
    assert outermost.index(last) == outermost.index("sport") - 1


def test_no_section_stands_below_itself(room: Newsroom) -> None:
    film = make(room, "Film", parent="culture")
    short = make(room, "Short film", parent=film)
    client_page = ask(room, "POST", "/sections/culture/move", parent=short)
    assert client_page.status_code == 303
    refused = ask(room, "POST", "/sections/culture", revision="0", label="Culture", parent=short)
    assert refused.status_code == 422
    assert "Short film stands below Culture already" in refused.text
    assert 'id="parent-wrong-1"' in refused.text
    assert "section:culture" not in room.items


def test_a_whole_section_is_changed(room: Newsroom) -> None:
    page = ask(room, "GET", "/sections/culture").text
    assert 'href="/front?section=culture"' in page and 'href="/stories?section=culture"' in page
    fields = shown(page)
    assert (fields["label"], fields["revision"]) == ("Culture", "0")
    typed = fields | {
        "label": "Arts", "label_ru": "Культура", "label_be": "Культура", "parent": "society",
        "body_html": "<p>Books and <b>films</b>.</p>", "review": "1",
    }  # fmt: skip
    assert ask(room, "POST", "/sections/culture", **typed).status_code == 303
    payload = room.items["section:culture"].newest.payload
    assert payload["labels"]["ru"] == "Культура" and payload["labels"]["be"] == "Культура"
    assert (payload["label"], payload["broader"], payload["review"]) == ("Arts", ["society"], True)
    assert payload["description_html"] == "<p>Books and <b>films</b>.</p>" and "order" not in payload
    stale = ask(room, "POST", "/sections/culture", **{**typed, "label": "Mine"})
    assert stale.status_code == 412 and "Somebody changed this section" in stale.text
    again = shown(ask(room, "GET", "/sections/culture").text)
    assert ask(room, "POST", "/sections/culture", **again, parent="society", review="1").status_code == 303
    assert room.items["section:culture"].newest_revision == 1


def test_a_plain_description_is_html_and_an_empty_one_is_none(room: Newsroom) -> None:
    for typed, kept in (({"body_text": "One.\n\n*Two.*"}, "<p>One.</p>"), ({"body_html": "<p> </p>"}, None)):
        fields = shown(ask(room, "GET", "/sections/culture").text) | {"body_html": ""} | typed
        assert ask(room, "POST", "/sections/culture", **fields).status_code == 303
        html = room.items["section:culture"].newest.payload.get("description_html")
        assert html is None if kept is None else html.startswith(kept)
    fields = {"revision": "3", "label": "Culture", "body_html": '<figure><img data-image="x"></figure>'}
    assert "A description has no pictures" in ask(room, "POST", "/sections/culture", **fields).text


def add_source(room: Newsroom, section: str) -> PulledSource:
    details = SourceDetails(name="BelTA", url="https://belta.example/rss", every=timedelta(minutes=5), section=section)
    editor = room.ledger.live_token("edda")
    assert editor is not None
    return room.ledger.add_source(details, editor)


def test_sources_pull_into_a_section(room: Newsroom) -> None:
    source = add_source(room, "sport")
    assert "BelTA (now Sport)" in ask(room, "GET", "/sections/culture").text
    ask(room, "POST", "/sections/culture/feeds", source=source.id)
    assert room.ledger.source(source.id).details.section == "culture"
    assert "1 source" in ask(room, "GET", "/sections").text
    ask(room, "POST", "/sections/culture/feeds", source=source.id, remove="1")
    assert room.ledger.source(source.id).details.section == ""
    assert ask(room, "POST", "/sections/culture/feeds", source="none").status_code == 303
    page = ask(room, "GET", "/sources?section=culture").text
    assert '<option value="culture" selected>' in page


def test_a_section_is_merged_with_what_stands_in_it(room: Newsroom) -> None:
    film = make(room, "Film", parent="culture")
    source = add_source(room, "culture")
    page = ask(room, "GET", "/sections/culture/leave").text
    assert "2 stories stand in it" in page and "Film 1" in page and "BelTA" in page
    for into in ("", "nope", "culture", film):
        refused = ask(room, "POST", "/sections/culture/merge", into=into)
        assert refused.status_code == 422 and "Nothing was done" in refused.text
    assert "section:culture" not in room.items
    merged = ask(room, "POST", "/sections/culture/merge", into="society")
    assert (merged.status_code, merged.headers["Location"]) == (303, "/sections/society")
    assert room.items["section:culture"].newest.payload["merged_into"] == "section:society"
    assert room.items[f"section:{film}"].newest.payload["broader"] == ["society"]
    assert source.details.name in ask(room, "GET", "/sections/society").text
    page = ask(room, "GET", "/sections/culture").text
    assert "It was merged into" in page and ">Society</a>" in page
    receipt = room.submit("rita", section="culture")
    assert receipt["state"] == "accepted"
    assert room.items["section:culture"].newest.action == "withdraw"
    move = hidden(ask(room, "GET", "/sections/society").text, "move")
    assert ask(room, "POST", "/sections/society/undo", move=move).status_code == 303
    assert "culture" in order(room)
    assert room.items[f"section:{film}"].newest.payload["broader"] == ["culture"]
    assert room.items["section:society"].newest.payload.get("aliases", []) == []


def test_only_an_empty_section_is_retired(room: Newsroom) -> None:
    film = make(room, "Film", parent="travel")
    assert "Retire it</button>" not in ask(room, "GET", "/sections/culture/leave").text
    refused = ask(room, "POST", "/sections/culture/retire", revision="0")
    assert refused.status_code == 422 and "Stories stand in this section" in refused.text
    room.submit("edda", section="sport")
    assert ask(room, "POST", "/sections/sport/retire", revision="0").status_code == 422
    assert ask(room, "POST", "/sections/travel/retire", revision="0", note="Too few").status_code == 303
    assert room.items["section:travel"].newest.note == "Too few"
    assert "travel" not in order(room) and film in order(room)
    page = ask(room, "GET", "/sections/travel").text
    assert "It was retired: Too few" in page
    taken = ask(room, "POST", "/sections", label="Travel")
    assert "was retired or merged" in taken.text
    assert ask(room, "POST", "/sections/travel", **shown(page)).status_code == 303
    assert "travel" in order(room)


def test_a_merged_section_leaves_the_other_as_it_is(room: Newsroom) -> None:
    film = make(room, "Film", parent="culture")
    body = {"into": "culture"}
    assert room.ask("POST", f"/v1/terms/section/{film}/merge", "edda", json=body).status_code == 202
    before = room.app.extensions["dateline"].vocabulary.current().find("section", "culture")
    assert (before.aliases, before.broader, before.labels["ru"]) == (("Film",), (), "Культура")
    short = make(room, "Short film", parent="culture")
    refused = room.ask("POST", "/v1/terms/section/culture/merge", "edda", json={"into": short})
    assert refused.status_code == 422
    assert refused.get_json()["errors"][0]["pointer"] == "/into"


def test_forms_offer_the_tree_and_lists_find_what_was_merged(room: Newsroom) -> None:
    film = make(room, "Film", parent="culture")
    page = room.ask("GET", "/").text
    assert '<option value="culture">Culture</option>' in page
    assert f'<option value="{film}">\u00a0\u00a0\u00a0Film</option>' in page
    story_id = room.submit("edda", headline="On screen", section=film)["id"]
    ask(room, "POST", f"/sections/{film}/merge", into="sport")
    assert "On screen" in ask(room, "GET", "/stories?section=sport").text
    assert "On screen" not in ask(room, "GET", "/stories?section=culture").text
    correcting = ask(room, "GET", f"/stories/{story_id}/correct").text
    assert '<option value="sport" selected>Sport</option>' in correcting
    assert ask(room, "GET", "/sections/sport/leave").status_code == 200
    assert ask(room, "POST", "/sections/sport/retire", revision="2").status_code == 422
