"""Similar stories over HTTP: what a story's status says, the editors' list and word, and what is said while writing."""

from __future__ import annotations

from typing import Any

import pytest

from dateline.domain.similarity.boilerplate import without_boilerplate
from dateline.domain.similarity.shingles import likeness, shingles_of
from dateline_indexer.similarity import Similarity
from ledgers import index_all
from unit.ingest.conftest import Newsroom

TEXT = (
    "The bridge over the Svisloch opened to traffic on Monday after two years of repair. Engineers replaced every "
    "beam, widened the pavement on both sides and laid a separate path for bicycles. The city says that forty thousand "
    "cars cross it every day, and that it will stand for another hundred years."
)
LATER = "2026-12-24T18:00:00+03:00"


def compare(newsroom: Newsroom) -> None:
    index_all(newsroom.ledger)
    Similarity(newsroom.ledger).work(60)


def pair(newsroom: Newsroom, first: str = "rita", second: str = "otto", **more: Any) -> tuple[str, str]:
    """Two stories with the same words, compared."""
    one = newsroom.submit(first, body_text=TEXT)["id"]
    other = newsroom.submit(second, body_text=TEXT, **more)["id"]
    compare(newsroom)
    return one, other


def test_the_status_of_a_story_names_what_it_may_repeat(newsroom: Newsroom) -> None:
    one, other = pair(newsroom)
    status = newsroom.ask("GET", f"/v1/stories/{one}").get_json()
    assert status["possible_duplicate_of"] == [{"id": other, "likeness": 1.0}]
    alone = newsroom.submit()["id"]
    assert "possible_duplicate_of" not in newsroom.ask("GET", f"/v1/stories/{alone}").get_json()


def test_a_reporter_learns_nothing_of_what_another_holds_back(newsroom: Newsroom) -> None:
    own, held = pair(newsroom, embargo_until=LATER)
    assert "possible_duplicate_of" not in newsroom.ask("GET", f"/v1/stories/{own}").get_json()
    seen = newsroom.ask("GET", f"/v1/stories/{own}", "edda").get_json()
    assert [one["id"] for one in seen["possible_duplicate_of"]] == [held]
    text = {"headline": "Bridge opens", "body_text": TEXT}
    found = newsroom.ask("POST", "/v1/similar", json={**text, "id": own}).get_json()
    assert found == {"items": []}
    assert "Looks like" not in newsroom.ask("GET", f"/stories/{own}").text


def test_a_correction_that_another_holds_back_is_not_told(newsroom: Newsroom) -> None:
    """Neither its headline nor that there is one; what the public text is like stays known."""
    own, public = pair(newsroom)
    correction = {"headline": "Secret", "body_text": TEXT, "embargo_until": LATER}
    held = newsroom.ask("PUT", f"/v1/stories/{public}", "otto", json=correction, headers={"If-Match": '"1"'})
    assert held.get_json()["state"] == "held"
    text = {"headline": "Bridge opens", "body_text": TEXT, "id": own}
    [seen] = newsroom.ask("POST", "/v1/similar", json=text).get_json()["items"]
    assert (seen["id"], seen["label"], seen["state"]) == (public, "Bridge opens", "indexed")
    page = newsroom.ask("GET", f"/stories/{own}").text
    assert "Looks like <bdi>Bridge opens</bdi>" in page
    assert "Secret" not in page


def test_followers_are_told_of_folds_and_of_nothing_else(newsroom: Newsroom) -> None:
    one, other = pair(newsroom)
    before = newsroom.ask("GET", "/v1/changes", "olga").get_json()
    told = {key for line in before["items"] for key in line["item"]}
    assert not told & {"possible_duplicate_of", "likeness", "folded_into"}
    newsroom.ask("POST", f"/v1/duplicates/{other}/{one}/fold", "edda")
    index_all(newsroom.ledger)
    [line] = newsroom.ask("GET", f"/v1/changes?after={before['last']}", "olga").get_json()["items"]
    assert (line["id"], line["item"]["folded_into"]) == (other, one)
    newsroom.ask("POST", f"/v1/duplicates/{other}/{one}/reopen", "edda")
    index_all(newsroom.ledger)
    [line] = newsroom.ask("GET", f"/v1/changes?after={line['seq']}", "olga").get_json()["items"]
    assert (line["id"], "folded_into" in line["item"]) == (other, False)


def test_similar_stories_are_found_while_one_writes(newsroom: Newsroom) -> None:
    one, other = pair(newsroom)
    text = {"headline": "A bridge", "body_html": f"<p>{TEXT}</p>"}
    found = newsroom.ask("POST", "/v1/similar", json=text).get_json()["items"]
    assert {line["id"]: line["url"] for line in found} == {one: f"http://localhost/stories/{one}", other: None}
    assert all(0.9 < line["likeness"] < 1 for line in found)
    assert newsroom.ask("POST", "/v1/similar", json={"headline": "A bridge"}).get_json() == {"items": []}
    assert newsroom.ask("POST", "/v1/similar", "olga", json=text).status_code == 403


def test_the_form_says_it_without_script_too(newsroom: Newsroom) -> None:
    one, _ = pair(newsroom)
    form = {"headline": "A bridge", "body_text": TEXT, "show_tags": "1", "language": "en"}
    page = newsroom.ask("POST", "/stories", data=form).text
    assert f'<a href="/stories/{one}"><bdi>Bridge opens</bdi></a>' in page


def test_editors_decide(newsroom: Newsroom) -> None:
    one, other = pair(newsroom)
    [listed] = newsroom.ask("GET", "/v1/duplicates", "edda").get_json()["items"]
    assert (listed["id"], listed["other"], listed["status"]) == (other, one, "open")
    folded = newsroom.ask("POST", f"/v1/duplicates/{other}/{one}/fold", "edda").get_json()
    assert (folded["status"], folded["leader"]) == ("folded", one)
    assert newsroom.ask("POST", f"/v1/duplicates/{one}/{other}/reopen", "edda").get_json()["leader"] is None
    newsroom.ask("POST", f"/v1/duplicates/{one}/{other}/different", "edda")
    assert not newsroom.ask("GET", "/v1/duplicates", "edda").get_json()["items"]
    assert "possible_duplicate_of" not in newsroom.ask("GET", f"/v1/stories/{one}").get_json()
    deeds = [line["what"] for line in newsroom.ask("GET", "/v1/audit", "edda").get_json()["items"]]
    assert [deed for deed in deeds if deed in ("fold", "unfold", "not-the-same")] == ["not-the-same", "unfold", "fold"]
    assert newsroom.ask("POST", f"/v1/duplicates/{one}/none/fold", "edda").status_code == 404
    assert newsroom.ask("GET", "/v1/duplicates").status_code == 403


def test_the_desk_compares_and_decides(newsroom: Newsroom) -> None:
    one, other = pair(newsroom, headline="The bridge is open")
    assert f'href="/duplicates/{one}/{other}"' in newsroom.ask("GET", f"/stories/{one}", "edda").text
    assert f'href="/duplicates/{other}/{one}"' in newsroom.ask("GET", "/duplicates", "edda").text
    page = newsroom.ask("GET", f"/duplicates/{one}/{other}", "edda").text
    assert "<del>Bridge opens</del>" in page
    assert "<ins>The bridge is open</ins>" in page
    address = f"/duplicates/{one}/{other}/decide"
    done = newsroom.ask("POST", address, "edda", data={"behind": other})
    assert done.status_code == 303
    assert newsroom.ledger.duplicates_of(one)[0].leader_id == one
    newsroom.ask("POST", address, "edda", data={"reopen": "1"})
    assert newsroom.ledger.duplicates_of(one)[0].status == "open"
    newsroom.ask("POST", address, "edda", data={"different": "1"})
    assert "Looks like" not in newsroom.ask("GET", f"/stories/{one}", "edda").text
    assert newsroom.ask("GET", f"/duplicates/{one}/none", "edda").status_code == 404


@pytest.mark.parametrize(
    "wrapped",
    [
        f"MINSK, Nov 30 (Reuters) - {TEXT}\n\n(Reporting by Ann Lee; Editing by Bob Ray)",
        f"By Ann Lee\n{TEXT}\nOur Standards: The Thomson Reuters Trust Principles.",
        f"{TEXT}\n© 2026 BelTA. All rights reserved\n-0-",
    ],
)
def test_what_a_wire_puts_on_every_story_counts_little(wrapped: str) -> None:
    assert without_boilerplate(wrapped).strip() == TEXT
    assert likeness(shingles_of("", wrapped), shingles_of("", TEXT)) == 1


def test_a_short_text_is_like_nothing() -> None:
    assert not shingles_of("Photos", "Photos of the parade will follow.")


def test_the_same_news_in_another_language_is_no_repeat() -> None:
    russian = (
        "Мост через Свислочь открыли для движения в понедельник после двух лет ремонта. Строители заменили все балки, "
        "расширили тротуары с обеих сторон и проложили отдельную дорожку для велосипедов."
    )
    assert likeness(shingles_of("Bridge", TEXT), shingles_of("Мост", russian)) < 0.05


def test_texts_without_spaces_between_words_are_compared() -> None:
    chinese = "斯维斯洛奇河上的大桥经过两年维修后于星期一重新开放通车工程师更换了所有横梁并加宽了两侧的人行道"
    assert likeness(shingles_of("", chinese), shingles_of("", chinese.replace("星期一", "星期二"))) > 0.5
