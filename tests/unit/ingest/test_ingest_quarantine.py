"""The quarantine: by cause, each item's page, mended and tried again, tried all together, given up when one is sure."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from dateline.adapters.ledger.database.engine import writing
from dateline.adapters.ledger.database.tables import payloads
from dateline.ports.ledger.claims import Quarantine
from dateline.ports.ledger.pictures import PictureOutcome
from dateline.ports.wakeup import Lane
from ledgers import add_picture, index_all, quarantine
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import post, sign_in, story_fields

LEASE = timedelta(seconds=30)


@pytest.fixture
def editor(newsroom: Newsroom) -> FlaskClient:
    return sign_in(newsroom.client, "edda")


def fail(newsroom: Newsroom, reason: str, *, stage: str = "document", traceback: str = "") -> None:
    """Let all that is due fail."""
    claimed = newsroom.ledger.claim(worker="w", lease=LEASE)
    newsroom.ledger.mark([Quarantine(claimed=one, stage=stage, reason=reason, traceback=traceback) for one in claimed])


def words(page: str) -> str:
    return " ".join(unescape(re.sub("<[^>]+>", " ", page)).split())


def test_what_failed_alike_stands_together_and_is_paged_through(newsroom: Newsroom, editor: FlaskClient) -> None:
    headlines = [f"Story {number}." for number in range(120)]
    ids = [newsroom.submit(headline=headline)["id"] for headline in headlines]
    quarantine(newsroom.ledger, *ids)
    newsroom.submit(headline="Another")
    fail(newsroom, "ValueError: odd")
    page = editor.get("/quarantine").text
    assert page.index("1 story: a fault of the program") < page.index("120 stories: refused by the search index")
    assert len(re.findall(r"Story \d+\.", page)) == 5
    shown, path = [], f"/quarantine?like={ids[7]}"
    while path:
        page = editor.get(path).text
        shown += re.findall(r"Story \d+\.", page)
        link = re.search(r'href="(/quarantine\?[^"]+)"', page)
        path = unescape(link.group(1)) if link else ""
    assert shown == headlines[::-1]
    assert editor.get("/quarantine?cursor=%00").status_code == 200
    assert editor.get("/quarantine?like=nope").status_code == 404


def test_an_items_page_says_why_and_what_one_can_do(newsroom: Newsroom, editor: FlaskClient) -> None:
    story = newsroom.submit(headline="Odd one", body_text="Its text.")["id"]
    newsroom.submit(headline="Odd too")
    fail(newsroom, "ValueError: day '31'", traceback='File "rules.py", line 7')
    page = editor.get(f"/quarantine/{story}").text
    said = words(page[: page.index("<details")])
    assert "It stopped while its page was put together" in said and "The fault is the program’s" in said
    assert "1 story failed alike" in said and "Odd too" in said
    assert "ValueError" not in said and "rules.py" not in said
    assert "line 7" in words(page[page.index("<details") :])
    assert "Its text." in page
    assert "What you can do about it" in editor.get(f"/stories/{story}").text
    shown = newsroom.ask("GET", f"/v1/quarantine/{story}", "edda").get_json()
    assert shown["traceback"] == 'File "rules.py", line 7'


def test_a_mended_story_goes_on_its_way_with_all_that_the_form_doesnt_show(
    newsroom: Newsroom, editor: FlaskClient
) -> None:
    kept = {"keywords": ["bridge"], "urgency": 3, "section": "news", "tags": {"people": ["ann-lee"]},
            "published_at": "2017-12-05T16:20:05+03:00", "place": "Brest",
            "links": [{"url": "https://example.org/a", "title": "A"}]}  # fmt: skip
    story = newsroom.submit("edda", headline="Odd", body_text="It is\nodd.", **kept)["id"]
    before = newsroom.ask("GET", f"/v1/stories/{story}", "edda").get_json()["story"]
    fail(newsroom, "ValueError: odd")
    form = story_fields(editor.get(f"/quarantine/{story}").text) | {"headline": "Even"}
    answer = editor.post(f"/stories/{story}/correct", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/stories/{story}")
    after = newsroom.ask("GET", f"/v1/stories/{story}", "edda").get_json()
    assert after["story"] == {**before, "headline": "Even"}
    assert [one["state"] for one in after["revisions"]] == ["superseded", "accepted"]
    assert editor.get(f"/quarantine/{story}").status_code == 404


def test_a_mended_correction_tells_readers_what_it_would_have_told(newsroom: Newsroom, editor: FlaskClient) -> None:
    story = newsroom.submit("edda")["id"]
    index_all(newsroom.ledger)
    told = story_fields(editor.get(f"/stories/{story}/correct").text) | {"note": "It was Monday.", "headline": "Odd"}
    assert editor.post(f"/stories/{story}/correct", data={**told, "correction": "correction"}).status_code == 303
    fail(newsroom, "ValueError: odd")
    form = story_fields(editor.get(f"/quarantine/{story}").text)
    assert (form["correction"], form["note"]) == ("correction", "It was Monday.")


def test_all_that_failed_alike_is_tried_again_at_once(newsroom: Newsroom, editor: FlaskClient) -> None:
    ids = [newsroom.submit()["id"] for _ in range(3)]
    fail(newsroom, "ValueError: odd")
    newsroom.wakeup.woken.clear()
    answer = post(editor, f"/quarantine/{ids[1]}/requeue-alike", "/quarantine")
    assert answer.status_code == 303 and newsroom.wakeup.woken == [Lane.LIVE]
    page = editor.get("/quarantine").text
    assert "3 tried again" in page and "Nothing is in quarantine" in page
    fail(newsroom, "ValueError: odd")
    done = newsroom.ask("POST", "/v1/quarantine/requeue", "edda", json={"like": ids[0]})
    assert (done.status_code, done.get_json()) == (202, {"requeued": 3})
    assert newsroom.ask("POST", "/v1/quarantine/requeue", "edda", json={"like": ids[0]}).status_code == 404
    assert newsroom.ask("POST", "/v1/quarantine/requeue", "rita", json={"like": ids[0]}).status_code == 403


def test_giving_up_is_asked_for_once_more(newsroom: Newsroom, editor: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    fail(newsroom, "ValueError: odd")
    assert f'href="/quarantine/{story}/discard"' in editor.get(f"/quarantine/{story}").text
    path = f"/quarantine/{story}/discard"
    assert "Give up on" in editor.get(path).text
    assert newsroom.items[story].newest.state == "quarantined"
    assert post(editor, path, path).status_code == 303
    assert newsroom.items[story].newest.state == "discarded"
    assert editor.get(path).status_code == 404


def test_other_kinds_lead_to_the_pages_that_change_them(newsroom: Newsroom, editor: FlaskClient) -> None:
    fair = {"title": "Fair", "start": "2026-12-05"}
    event = newsroom.ask("POST", "/v1/events", "edda", json=fair).get_json()["id"]
    term = newsroom.ask("PUT", "/v1/terms/topic/rail", "edda", json={"label": "Rail"}).get_json()["id"]
    fail(newsroom, "document_parsing_exception: [1:2]", stage="index")
    for item_id, path in ((event, f"/events/{event}"), (term, "/terms/topic/rail")):
        page = editor.get(f"/quarantine/{item_id}").text
        assert f'href="{path}"' in page and "another version" in page and "Mend it" not in page
    picture = add_picture(newsroom.ledger, "bridge", ready=False)
    fail_picture(newsroom, "It ends in the middle.")
    page = editor.get(f"/quarantine/{picture}").text
    assert f'href="/pictures/{picture}"' in page and "It ends in the middle." in page
    newsroom.wakeup.woken.clear()
    assert post(editor, f"/quarantine/{picture}/requeue", "/quarantine").status_code == 303
    assert newsroom.wakeup.woken == [Lane.MEDIA]


def fail_picture(newsroom: Newsroom, reason: str) -> None:
    """Let the pictures that are due fail."""
    claimed = newsroom.ledger.claim_pictures(worker="w", lease=LEASE)
    newsroom.ledger.mark_pictures([
        PictureOutcome(outcome=Quarantine(claimed=one.claimed, stage="renditions", reason=reason), public=False,
                       changed=False)
        for one in claimed
    ])  # fmt: skip


def test_what_this_version_cant_read_has_a_page_all_the_same(newsroom: Newsroom, editor: FlaskClient) -> None:
    story = newsroom.submit()["id"]
    fail(newsroom, "KeyError: 'headline'")
    with writing(newsroom.ledger._engine) as connection:
        connection.execute(update(payloads).values(body='{"schema": 1}'))
    assert editor.get(f"/quarantine/{story}").status_code == 200
