"""Pictures on record: their life from submission to ready, what shows them, and how they are taken down."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contract.ledger.conftest import LEASE, OVER, claim, publish, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.domain.payload import from_json, to_payload
from dateline.domain.picture import FocalPoint, MadePicture, Picture
from dateline.errors import Conflict, NotFound, StaleRevision, Withdrawn
from dateline.ports.ledger.claims import Indexed, Later, Quarantine
from dateline.ports.ledger.pictures import ClaimedPicture, PictureOutcome, PictureQuery, PicturesToRemake
from dateline.ports.ledger.submissions import Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

MADE = MadePicture(focal=FocalPoint(40, 60), likeness=(1 << 64) - 5, jpeg_size=1234)


def sha256_of(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def a_picture(name: str = "bridge", **more: Any) -> Picture:
    said = {"alt": f"The {name}", "credit": "Ann", "caption": f"A {name} at dusk"} | more
    return Picture(sha256=sha256_of(name), media_type="image/jpeg", width=4000, height=3000, size=9, **said)


def sent(by: Token, picture: Picture, **more: Any) -> Submission:
    return Submission(kind="image", payload=to_payload(picture), by=by, label=picture.caption, **more)


def submit(ledger: SqlLedger, by: Token, name: str = "bridge", **more: Any) -> str:
    return ledger.submit(sent(by, a_picture(name, **more))).id


def claim_pictures(ledger: SqlLedger, lease: timedelta = LEASE, limit: int = 10) -> list[ClaimedPicture]:
    return list(ledger.claim_pictures(worker="media", lease=lease, limit=limit))


def make_ready(ledger: SqlLedger, *, public: bool = True, **more: Any) -> list[ClaimedPicture]:
    """Take what is due of pictures, and say that all is made."""
    claimed = claim_pictures(ledger)
    outcomes = [
        PictureOutcome(outcome=Indexed(claimed=one.claimed, **more), made=MADE if one.picture else None, public=public)
        for one in claimed
    ]
    assert ledger.mark_pictures(outcomes) == len(claimed)
    return claimed


def with_picture(by: Token, picture_id: str, **more: Any) -> Submission:
    submission = story(by, "A story with a picture", **more)
    return Submission(
        kind="story", by=by, label=submission.label, item_id=submission.item_id, if_match=submission.if_match,
        action=submission.action, embargo_until=submission.embargo_until,
        payload={**submission.payload, "images": [{"id": picture_id, "alt": "Mine"}]},
    )  # fmt: skip


def test_a_picture_is_on_record_and_waits_for_its_own_workers_alone(ledger: SqlLedger, reporter: Token) -> None:
    id = submit(ledger, reporter)
    assert claim(ledger) == ()
    assert claim(ledger, oldest_of_any_lane=True) == ()
    on_record = ledger.picture(id)
    assert (on_record.state, on_record.revision, on_record.made, on_record.owner) == ("accepted", 1, None, "ann")
    assert ledger.sweep().due[Lane.MEDIA] == 1
    [claimed] = claim_pictures(ledger)
    assert (claimed.sha256, claimed.picture, claimed.anew) == (sha256_of("bridge"), a_picture(), False)
    assert claim_pictures(ledger) == []


def test_what_was_made_is_on_record_when_it_is_marked(ledger: SqlLedger, reporter: Token) -> None:
    id = submit(ledger, reporter)
    make_ready(ledger)
    on_record = ledger.picture(id)
    assert (on_record.state, on_record.made, on_record.ready_revision) == ("indexed", MADE, 1)
    assert on_record.focal == FocalPoint(40, 60)
    assert ledger.changes(after=0).changes == ()
    assert ledger.metrics().outcomes["media", "indexed"] == 1
    assert ledger.metrics().latency_count == 0


def test_the_same_file_is_the_same_picture_whoever_sends_it(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    id = submit(ledger, reporter)
    again = ledger.submit(sent(editor, a_picture(caption="Another word")))
    assert (again.id, again.revision, again.changed) == (id, 1, False)
    assert ledger.picture_with(sha256_of("bridge")) == id
    both = ledger.submit_many([sent(reporter, a_picture("tower")), sent(reporter, a_picture("tower"))])
    assert [one.changed for one in both if isinstance(one, Receipt)] == [True, False]


def test_a_picture_is_corrected_as_a_story_is(ledger: SqlLedger, reporter: Token) -> None:
    id = submit(ledger, reporter)
    make_ready(ledger)
    by_hand = a_picture(focal=FocalPoint(1, 2), alt="")
    correction = sent(reporter, by_hand, item_id=id, if_match=1, action="correct")
    assert ledger.submit(correction).revision == 2
    with pytest.raises(StaleRevision):
        ledger.submit(correction)
    assert ledger.picture(id).picture == by_hand
    assert ledger.picture(id).focal == FocalPoint(1, 2)
    [claimed] = claim_pictures(ledger)
    assert (claimed.picture, claimed.made) == (by_hand, MADE)
    assert ledger.pictures_without_alt() == 1


def test_a_lost_lease_comes_again_to_pictures_workers_and_at_last_to_quarantine(
    ledger: SqlLedger, reporter: Token
) -> None:
    id = submit(ledger, reporter)
    for _ in range(4):
        assert len(claim_pictures(ledger, lease=OVER)) == 1
        ledger.sweep()
        assert claim(ledger, suspect=True) == ()
    assert claim_pictures(ledger) == []
    assert ledger.picture(id).state == "quarantined"
    ledger.requeue(id, reporter)
    assert len(claim_pictures(ledger)) == 1


def test_what_a_worker_could_not_do_now_or_ever_is_on_record(ledger: SqlLedger, reporter: Token) -> None:
    bad, later = submit(ledger, reporter, "bad"), submit(ledger, reporter, "later")
    by_id = {one.claimed.item_id: one.claimed for one in claim_pictures(ledger)}
    outcomes = [
        Quarantine(claimed=by_id[bad], stage="media", reason="it ends in the middle"),
        Later(claimed=by_id[later], delay=timedelta(), stage="media", reason="the store is away", counted=False),
    ]
    ledger.mark_pictures([PictureOutcome(outcome=one, public=False) for one in outcomes])
    assert (ledger.picture(bad).state, ledger.picture(bad).error) == ("quarantined", "it ends in the middle")
    assert [one.claimed.item_id for one in claim_pictures(ledger)] == [later]


def test_a_story_gets_its_pictures_once_they_are_ready(ledger: SqlLedger, reporter: Token) -> None:
    picture = submit(ledger, reporter)
    ledger.submit(with_picture(reporter, picture))
    [first] = publish(ledger)
    assert first.pictures == {}
    make_ready(ledger)
    [second] = publish(ledger)
    ready = second.pictures[picture]
    assert (ready.picture, ready.made, ready.public) == (a_picture(), MADE, True)
    assert claim(ledger) == ()


def test_a_picture_that_becomes_ready_while_its_story_is_being_indexed_is_not_missed(
    ledger: SqlLedger, reporter: Token
) -> None:
    picture = submit(ledger, reporter)
    ledger.submit(with_picture(reporter, picture))
    [first] = claim(ledger)
    make_ready(ledger)
    assert ledger.mark([Indexed(claimed=first)]) == 1
    [second] = claim(ledger)
    assert picture in second.pictures


def test_a_story_shows_what_is_ready_of_a_corrected_picture(ledger: SqlLedger, reporter: Token) -> None:
    picture = submit(ledger, reporter)
    make_ready(ledger)
    ledger.submit(with_picture(reporter, picture))
    publish(ledger)
    corrected = a_picture(caption="New words", focal=FocalPoint(9, 9))
    ledger.submit(sent(reporter, corrected, item_id=picture, if_match=1, action="correct"))
    assert claim(ledger) == ()
    make_ready(ledger)
    [again] = claim(ledger)
    assert again.pictures[picture].picture == corrected


def test_pictures_in_texts_are_uses_too(ledger: SqlLedger, reporter: Token) -> None:
    picture = submit(ledger, reporter)
    make_ready(ledger)
    said = story(reporter, "In the text")
    body = f'<figure><img data-image="{picture}" alt="x"></figure>'
    ledger.submit(Submission(kind="story", by=reporter, label="x", payload={**said.payload, "body_html": body}))
    [claimed] = publish(ledger)
    assert picture in claimed.pictures
    assert [use.kind for use in ledger.uses_of(picture)] == ["story"]


def test_rights_make_a_picture_due_at_their_time(ledger: SqlLedger, reporter: Token) -> None:
    submit(ledger, reporter)
    soon = datetime.now(UTC) + timedelta(hours=1)
    make_ready(ledger, again_at=soon)
    assert claim_pictures(ledger) == []
    make_ready_at_once = datetime.now(UTC) - timedelta(seconds=1)
    submit(ledger, reporter, "other")
    make_ready(ledger, again_at=make_ready_at_once)
    assert len(claim_pictures(ledger)) == 1


def test_uses_follow_what_stories_show(ledger: SqlLedger, reporter: Token) -> None:
    one, other = submit(ledger, reporter, "one"), submit(ledger, reporter, "other")
    id = ledger.submit(with_picture(reporter, one)).id
    [use] = ledger.uses_of(one)
    assert (use.kind, use.id, use.state, use.public) == ("story", id, "accepted", False)
    publish(ledger)
    later = datetime.now(UTC) + timedelta(hours=1)
    ledger.submit(with_picture(reporter, other, item_id=id, if_match=1, action="correct", embargo_until=later))
    assert [len(ledger.uses_of(picture)) for picture in (one, other)] == [1, 1]
    ledger.submit(with_picture(reporter, other, item_id=id, if_match=2, action="correct"))
    publish(ledger)
    assert [len(ledger.uses_of(picture)) for picture in (one, other)] == [0, 1]


def test_pictures_are_found_by_words_of_all_that_was_said(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    bridge = submit(ledger, reporter, place="Minsk", people=("Іна Коваль",), taken_at="2026-12-05")
    tower = submit(ledger, editor, "tower", alt="")
    found = ledger.find_pictures

    def ids(**query: Any) -> list[str]:
        return [one.id for one in found(PictureQuery(**query)).pictures]

    assert ids() == [tower, bridge]
    assert ids(words="dusk") == [tower, bridge]
    assert ids(words="minsk brid") == [bridge]
    assert ids(words="коваль 2026") == [bridge]
    assert ids(words="inks") == []
    assert ids(words="100%_") == []
    assert ids(by=editor) == ids(lacks_alt=True) == [tower]
    assert ids(state="indexed") == []
    page = found(PictureQuery(), limit=1)
    assert [one.id for one in page.pictures] == [tower]
    assert [one.id for one in found(PictureQuery(), limit=1, cursor=page.next).pictures] == [bridge]
    ledger.submit(with_picture(reporter, tower))
    assert ids(unused=True) == [bridge]


def test_pictures_are_found_by_their_rights(ledger: SqlLedger, reporter: Token) -> None:
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    ended = submit(ledger, reporter, "ended", usable_until=now - hour)
    waits = submit(ledger, reporter, "waits", usable_from=now + hour)
    free = submit(ledger, reporter, "free", usable_until=now + 20 * 24 * hour)
    soon = submit(ledger, reporter, "soon", usable_until=now + 13 * 24 * hour)
    by_rights = {
        rights: [one.id for one in ledger.find_pictures(PictureQuery(rights=rights)).pictures]
        for rights in ("usable", "not yet", "ending", "ended")
    }
    assert by_rights == {"usable": [soon, free], "not yet": [waits], "ending": [soon], "ended": [ended]}


def test_likeness_is_told_by_few_bits(ledger: SqlLedger, reporter: Token) -> None:
    id = submit(ledger, reporter)
    make_ready(ledger)
    assert [one.id for one in ledger.pictures_like(MADE.likeness ^ 0b1011)] == [id]
    assert ledger.pictures_like(MADE.likeness ^ ((1 << 20) - 1)) == []


def test_a_picture_is_taken_down_everywhere_and_for_good(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    id = submit(ledger, reporter)
    make_ready(ledger)
    shown_by = ledger.submit(with_picture(reporter, id)).id
    publish(ledger)
    assert [use.id for use in ledger.take_down(id, "no rights", editor)] == [shown_by]
    with pytest.raises(Withdrawn, match="no rights"):
        ledger.picture(id)
    assert ledger.find_pictures(PictureQuery()).pictures == ()
    [story_again] = claim(ledger)
    assert story_again.pictures == {}
    [gone] = claim_pictures(ledger)
    assert (gone.picture, gone.sha256) == (None, sha256_of("bridge"))
    ledger.mark_pictures([PictureOutcome(outcome=Indexed(claimed=gone.claimed), public=False)])
    taken = ledger.taken_down(sha256_of("bridge"))
    assert taken is not None and (taken.reason, taken.by) == ("no rights", "desk")
    with pytest.raises(Conflict, match="no rights"):
        submit(ledger, reporter)
    with pytest.raises(Conflict):
        ledger.take_down(id, "again", editor)
    assert ledger.files_of_pictures() == []


def test_nothing_is_known_of_other_ids(ledger: SqlLedger, editor: Token) -> None:
    with pytest.raises(NotFound):
        ledger.picture("0" * 26)
    with pytest.raises(NotFound):
        ledger.take_down("0" * 26, "", editor)
    assert ledger.pictures_of(["0" * 26]) == {}
    assert ledger.picture_with("0" * 64) is None
    assert ledger.taken_down("0" * 64) is None


def test_all_pictures_can_be_made_anew(ledger: SqlLedger, reporter: Token) -> None:
    ids = sorted(submit(ledger, reporter, name) for name in ("one", "two", "three"))
    make_ready(ledger)
    assert ledger.remake_pictures(limit=2) == PicturesToRemake(last=ids[1], waiting=2)
    assert ledger.remake_pictures(after=ids[1], limit=2) == PicturesToRemake(last=ids[2], waiting=1)
    assert ledger.remake_pictures(after=ids[2]) is None
    assert ledger.sweep().due[Lane.MEDIA_BULK] == 3
    assert all(one.anew for one in make_ready(ledger))
    assert claim_pictures(ledger) == []
    assert not any(one.anew for one in make_ready(ledger))


def test_one_that_a_worker_holds_is_made_anew_afterwards(ledger: SqlLedger, reporter: Token) -> None:
    id = submit(ledger, reporter)
    for anew in (False, True):  # the second time it is asked for while it is made anew
        [held] = claim_pictures(ledger)
        assert held.anew is anew
        assert ledger.remake_pictures() == PicturesToRemake(last=id, waiting=1)
        assert claim_pictures(ledger) == []
        ledger.mark_pictures([PictureOutcome(outcome=Indexed(claimed=held.claimed), public=True, made=MADE)])
    assert [one.anew for one in make_ready(ledger)] == [True]
    assert claim_pictures(ledger) == []


def test_pictures_come_back_with_a_backup(ledger: SqlLedger, reporter: Token, tmp_path: Path) -> None:
    other_ledger = open_sql_ledger(f"sqlite:///{tmp_path / 'restored.sqlite'}")
    other_ledger.migrate()
    id = submit(ledger, reporter)
    make_ready(ledger)
    ledger.submit(with_picture(reporter, id))
    other_ledger.restore(iter(list(ledger.export())))
    assert other_ledger.picture(id).picture == ledger.picture(id).picture
    assert len(other_ledger.uses_of(id)) == 1
    assert [one.claimed.item_id for one in claim_pictures(other_ledger)] == [id]
    other_ledger.close()


def test_files_are_listed_in_their_order(ledger: SqlLedger, reporter: Token) -> None:
    names = [f"p{number}" for number in range(5)]
    for name in names:
        submit(ledger, reporter, name)
    files = sorted(map(sha256_of, names))
    assert ledger.files_of_pictures(limit=3) == files[:3]
    assert ledger.files_of_pictures(after=files[2]) == files[3:]


def test_old_payloads_of_pictures_are_read_as_they_are() -> None:
    assert from_json(Picture, {"sha256": "0", "media_type": "image/png", "width": 1, "height": 2, "size": 3}).feeds


ADDRESS = "https://agency.example/a.jpg"


def from_agency(by: Token, url: str = ADDRESS, id: str = "n-1") -> Submission:
    return Submission(
        kind="story", by=by, label="From an agency", external_source="Agency", external_id=id,
        payload={"schema": 4, "headline": "x", "images": [{"url": url, "alt": "A bridge", "credit": "Ann"}]},
    )  # fmt: skip


def test_an_address_that_a_source_names_is_fetched_once_and_shown_as_the_picture_that_it_became(
    ledger: SqlLedger, editor: Token
) -> None:
    ledger.submit(with_picture(editor, "0" * 26))
    assert ledger.claim_address() is None
    story_id = ledger.submit(from_agency(editor)).id
    found = ledger.claim_address()
    assert found is not None
    assert (found.url, found.image.alt, found.writer, found.source) == (ADDRESS, "A bridge", "desk", "Agency")
    assert ledger.claim_address() is None
    before = {one.item_id: one.pictures for one in publish(ledger)}
    assert before[story_id] == {}
    picture = submit(ledger, editor)
    ledger.note_address(ADDRESS, picture)
    publish(ledger)
    make_ready(ledger)
    [again] = publish(ledger)
    assert again.pictures[ADDRESS].id == picture
    assert [use.id for use in ledger.uses_of(picture)] == [story_id]
    other = ledger.submit(from_agency(editor, id="n-2")).id
    [shown] = publish(ledger)
    assert (shown.item_id, shown.pictures[ADDRESS].id) == (other, picture)
    assert {use.id for use in ledger.uses_of(picture)} == {story_id, other}
    assert ledger.item("story", story_id).newest_revision == 1


def test_an_address_whose_picture_was_taken_down_is_shown_no_more(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(from_agency(editor))
    ledger.claim_address()
    ledger.note_address(ADDRESS, picture := submit(ledger, editor))
    make_ready(ledger)
    publish(ledger)
    ledger.take_down(picture, "not ours", editor)
    [again] = publish(ledger)
    assert (again.pictures, again.gone_addresses) == ({}, {ADDRESS})


def test_an_address_that_is_not_shown_any_more_is_not_fetched(ledger: SqlLedger, editor: Token) -> None:
    id = ledger.submit(from_agency(editor)).id
    ledger.erase(id, "gone", editor)
    assert ledger.claim_address() is None
    assert not [line for line in ledger.export() if line.get("table") == "picture_addresses"]


def test_what_failed_for_good_is_not_tried_again(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(from_agency(editor))
    found = ledger.claim_address()
    assert found is not None
    ledger.note_address(found.url, error="404")
    [line] = [line["row"] for line in ledger.export() if line.get("table") == "picture_addresses"]
    assert (line["error"], line["next_at"], line["tries"]) == ("404", None, 1)
