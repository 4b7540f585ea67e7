"""Notes to colleagues leave the newsroom by no way, and go with the story."""

from __future__ import annotations

from typing import Final

from contract.calendars.conftest import Newsroom
from security.test_erased_words import publish, submit

SECRET: Final = "zanzibarquux"


def test_readers_and_followers_get_no_word_of_a_note(paper: Newsroom) -> None:
    story = submit(paper)
    note = paper.ask("POST", f"/v1/stories/{story}/notes", json={"text": f"Is it {SECRET}?"})
    assert note.status_code == 201, note.text
    paper.ask("PUT", f"/v1/stories/{story}/tags", json={"add": []})
    publish(paper)
    page = paper.reader.get(f"/v1/stories/{story}").get_json()["url"]
    for path in (
        page, f"/v1/stories/{story}", f"/v1/stories/{story}?format=ninjs", f"/search?q={SECRET}", "/search.atom",
        "/search.rss", "/search.json", f"/v1/suggest?q={SECRET}", "/",
    ):  # fmt: skip
        text = (
            paper.reader.get(path, follow_redirects=True).text.replace(f"q={SECRET}", "").replace(f"&quot;{SECRET}", "")
        )
        assert f"Is it {SECRET}" not in text, path
    assert paper.reader.get(f"/v1/search?q={SECRET}").get_json()["total"]["value"] == 0
    assert SECRET not in paper.ask("GET", "/v1/changes?after=0").text
    assert SECRET not in paper.ask("GET", f"/v1/stories/{story}").text
    assert SECRET not in paper.ask("GET", f"/v1/audit?what={story}").text
    by = paper.ledger.live_token("edda")
    assert by is not None
    paper.ledger.erase(story, "court order", by)
    assert SECRET not in str(list(paper.ledger.export()))
