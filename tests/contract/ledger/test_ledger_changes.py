"""The change sequence: what readers get, once an item, in the order of numbers that no follower can miss."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import func, select

from contract.ledger.conftest import claim, publish, story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger import changes as sql
from dateline.adapters.ledger.changes import NewChange, record_changes
from dateline.adapters.ledger.database import migrate
from dateline.adapters.ledger.database.engine import connect, writing
from dateline.adapters.ledger.database.tables import changes
from dateline.domain.document import Crumb
from dateline.domain.enrichment import Enrichment
from dateline.domain.tag import Evidence, Tag, TagRef
from dateline.errors import CursorExpired, LedgerUnavailable
from dateline.ports.ledger.changes import Change
from dateline.ports.ledger.claims import Claimed, Diff, Indexed
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane

BREST = Tag(
    type="place", slug="brest", label="Brest", score=0.75, source="editor",
    evidence=(Evidence("headline", 0, 5, "", "name"), Evidence("place", 0, 5, "Brest", "dateline")),
)  # fmt: skip
ENRICHED = Enrichment(tags=(BREST,), sections=(Crumb(slug="news", label="News"),))


def mark(ledger: SqlLedger, enrichment: Enrichment = ENRICHED) -> tuple[Claimed, ...]:
    """Claim what is due and mark it as indexed with this enrichment."""
    claimed = claim(ledger)
    assert ledger.mark([Indexed(claimed=one, enrichment=enrichment) for one in claimed]) == len(claimed)
    return claimed


def all_changes(ledger: SqlLedger, after: int = 0) -> tuple[Change, ...]:
    return ledger.changes(after=after).changes


def said(ledger: SqlLedger, after: int = 0) -> list[tuple[int, int, str]]:
    return [(one.seq, one.revision, one.state) for one in all_changes(ledger, after)]


def term(by: Token, slug: str = "brest", label: str = "Brest") -> Submission:
    payload = {"schema": 1, "type": "place", "slug": slug, "label": label}
    return Submission(kind="term", item_id=f"place:{slug}", payload=payload, by=by, label=label)


# --- what has a number -------------------------------------------------------------------------------------------


def test_an_item_stands_once_at_its_newest_number(ledger: SqlLedger, editor: Token) -> None:
    first, second = ledger.submit(story(editor, "One")), ledger.submit(story(editor, "Two"))
    assert ledger.changes(after=0).changes == () and ledger.last_change() == 0
    mark(ledger)
    assert [one.item_id for one in all_changes(ledger)] == [first.id, second.id]
    ledger.submit(story(editor, "Better", item_id=first.id, action="correct", if_match=1))
    mark(ledger)
    page = ledger.changes(after=0)
    assert [(one.seq, one.item_id, one.revision) for one in page.changes] == [(2, second.id, 1), (3, first.id, 2)]
    assert page.last == ledger.last_change() == 3
    assert ledger.changes(after=3).changes == ()
    newest = page.changes[-1]
    assert newest.claimed is not None and newest.claimed.publish is not None
    assert newest.claimed.publish.payload == {"schema": 1, "headline": "Better"}
    assert [revision.payload for revision in newest.claimed.history] == [{"schema": 1, "headline": "One"}]
    assert newest.enrichment == ENRICHED


def test_pages_follow_one_another(ledger: SqlLedger, editor: Token) -> None:
    for number in range(5):
        ledger.submit(story(editor, f"Story {number}"))
    mark(ledger)
    first = ledger.changes(after=0, limit=2)
    assert ([one.seq for one in first.changes], first.last, first.is_last) == ([1, 2], 5, False)
    last = ledger.changes(after=3, limit=2)
    assert ([one.seq for one in last.changes], last.is_last) == ([4, 5], True)


def test_what_is_held_has_no_number_before_it_is_public(ledger: SqlLedger, editor: Token) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    held = ledger.submit(story(editor, "Secret", embargo_until=until))
    public = ledger.submit(story(editor, "Open"))
    mark(ledger)
    ledger.submit(story(editor, "Secret too", item_id=public.id, action="correct", if_match=1, embargo_until=until))
    ledger.set_editor_tags(public.id, [TagRef(type="place", slug="brest")], [], editor)
    mark(ledger)
    assert [(one.item_id, one.revision) for one in all_changes(ledger)] == [(public.id, 1)]
    assert "Secret" not in repr(all_changes(ledger))
    ledger.submit(story(editor, "Secret", item_id=held.id, action="correct", if_match=1))
    mark(ledger)
    assert [(one.item_id, one.revision) for one in all_changes(ledger)][-1] == (held.id, 2)


def test_what_was_never_public_leaves_no_trace(ledger: SqlLedger, editor: Token) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    withdrawn = ledger.submit(story(editor, "Secret", embargo_until=until))
    ledger.submit(story(editor, "", item_id=withdrawn.id, action="withdraw", if_match=1))
    erased = ledger.submit(story(editor, "Secret", embargo_until=until))
    ledger.erase(erased.id, "asked for", editor)
    ledger.submit(term(editor))
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger) if one.kind == "term"])
    assert [one for one in all_changes(ledger) if one.kind == "term" or one.item_id == withdrawn.id] == []


def test_a_term_has_a_number_once_something_public_uses_it(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(term(editor))
    ledger.mark([Indexed(claimed=one, public=False) for one in claim(ledger)])
    assert all_changes(ledger) == ()
    ledger.publish_terms(["place:brest"])
    ledger.mark([Indexed(claimed=one) for one in claim(ledger)])
    (found,) = all_changes(ledger)
    assert (found.kind, found.item_id, found.state, found.enrichment) == ("term", "place:brest", "published", None)


def test_a_tombstone_stays(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Gone"))
    mark(ledger)
    ledger.submit(story(editor, "", item_id=receipt.id, action="withdraw", if_match=1, note="Another bridge."))
    mark(ledger)
    (found,) = all_changes(ledger)
    assert (found.seq, found.revision, found.state, found.claimed, found.enrichment) == (2, 2, "withdrawn", None, None)


def test_what_its_source_withholds_is_a_tombstone(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Open"))
    mark(ledger)
    ledger.submit(story(editor, "Open", item_id=receipt.id, action="correct", if_match=1, withheld="Held back."))
    mark(ledger)
    assert [one.state for one in all_changes(ledger)] == ["withdrawn"]


def test_what_was_taken_off_the_site_during_a_claim_is_not_announced(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Open"))
    held = claim(ledger)
    ledger.submit(story(editor, "Open", item_id=receipt.id, action="correct", if_match=1, withheld="Held back."))
    ledger.mark([Indexed(claimed=one, enrichment=ENRICHED) for one in held])
    assert all_changes(ledger) == ()
    mark(ledger)
    assert [one.state for one in all_changes(ledger)] == ["withdrawn"]


def test_a_retag_has_a_number_when_readers_get_something_else(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Brest"))
    mark(ledger)
    ledger.make_due([receipt.id], Lane.RETAG)
    mark(ledger)
    assert said(ledger) == [(1, 1, "published")]
    ledger.make_due([receipt.id], Lane.RETAG)
    mark(ledger, Enrichment(sections=ENRICHED.sections))
    ((seq, revision, state),) = said(ledger)
    assert seq > 1 and (revision, state) == (1, "published")


def test_a_difference_that_is_hidden_is_a_change_and_hidden_at_once(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Victim"))
    mark(ledger)
    ledger.submit(story(editor, "Somebody", item_id=receipt.id, action="correct", if_match=1))
    mark(ledger)
    ledger.show_difference(receipt.id, 2, "removed", "a victim", editor)
    (found,) = all_changes(ledger)
    assert found.claimed is not None and found.claimed.publish is not None
    assert (found.seq, found.claimed.publish.diff_state) == (2, "removed")
    mark(ledger)
    ((seq, revision, _),) = said(ledger)
    assert seq > 2 and revision == 2


def test_a_mark_that_is_not_heard_numbers_nothing(ledger: SqlLedger, editor: Token) -> None:
    ledger.submit(story(editor, "Zanzibar"))
    held = claim(ledger)
    ledger.erase(held[0].item_id, "asked for", editor)
    assert ledger.mark([Indexed(claimed=one, enrichment=ENRICHED) for one in held]) == 0
    assert all_changes(ledger) == ()


# --- erasing -----------------------------------------------------------------------------------------------------


def test_what_is_erased_is_gone_at_once(ledger: SqlLedger, url: str, editor: Token) -> None:
    receipt, other = ledger.submit(story(editor, "Zanzibar")), ledger.submit(story(editor, "Bridge"))
    zanzibar = Tag(type="place", slug="zanzibar", label="Zanzibar", evidence=(Evidence("headline", 0, 8, "", "name"),))
    mark(ledger, Enrichment(tags=(zanzibar,)))
    ledger.submit(story(editor, "Zanzibar again", item_id=receipt.id, action="correct", if_match=1))
    mark(ledger, Enrichment(tags=(zanzibar,)))
    ledger.erase(receipt.id, "asked for", editor)
    found = all_changes(ledger, after=2)
    assert [(one.item_id, one.revision, one.state, one.claimed) for one in found] == [(receipt.id, 3, "erased", None)]
    engine = connect(url)
    with engine.connect() as connection:
        kept = {row.item_id: row.enrichment for row in connection.execute(select(changes))}
    engine.dispose()
    assert kept[receipt.id] == "" and "zanzibar" in kept[other.id]
    number = found[0].seq
    mark(ledger)
    assert [(one.seq, one.state) for one in all_changes(ledger, after=2)] == [(number, "erased")]


def meanwhile(ledger: SqlLedger, change: Callable[[], object]) -> tuple[Change, ...]:
    """What a follower reads while another makes this change."""
    read = sql._published

    def changed(*given: Any) -> Any:
        change()
        return read(*given)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sql, "_published", changed)
        return all_changes(ledger)


def test_what_is_erased_while_a_follower_reads_is_told_at_its_next_number(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "Zanzibar"))
    mark(ledger)
    (found,) = meanwhile(ledger, lambda: ledger.erase(receipt.id, "asked for", editor))
    assert (found.seq, found.state) == (1, "published")
    assert [(one.seq, one.state, one.claimed) for one in all_changes(ledger, after=1)] == [(2, "erased", None)]


def test_what_is_corrected_while_a_follower_reads_is_not_told_as_erased(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "One"))
    mark(ledger)

    def corrected() -> None:
        ledger.submit(story(editor, "Two", item_id=receipt.id, action="correct", if_match=1))
        diffs = {1: Diff(before=0), 2: Diff(before=1, passages=(("One", "Two"),))}
        ledger.mark([Indexed(claimed=one, enrichment=ENRICHED, diffs=diffs) for one in claim(ledger)])

    (found,) = meanwhile(ledger, corrected)
    assert (found.seq, found.revision, found.state) == (1, 1, "published")
    assert said(ledger, after=1) == [(2, 2, "published")]


# --- no gaps -----------------------------------------------------------------------------------------------------


def test_a_number_is_seen_only_after_all_below_it(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], url: str
) -> None:
    """One that numbers holds its commit back; another that numbers meanwhile comes after it, for every reader."""
    follower, began, commit = open_ledger(), threading.Event(), threading.Event()
    seen: list[list[int]] = []

    def number(item_id: str, *, late: bool) -> None:
        engine = connect(url)
        with writing(engine) as connection:
            record_changes(connection, [NewChange(item_id=item_id, kind="story", revision=1, state="withdrawn")])
            if late:
                began.set()
                assert commit.wait(10)
        engine.dispose()

    threads = [threading.Thread(target=number, args=("a",), kwargs={"late": True})]
    threads[0].start()
    assert began.wait(10)
    threads.append(threading.Thread(target=number, args=("b",), kwargs={"late": False}))
    threads[1].start()
    for _ in range(20):
        seen.append([one.seq for one in all_changes(follower)])
        threads[1].join(0.02)
    commit.set()
    for thread in threads:
        thread.join()
    assert seen == [[]] * 20
    assert [(one.seq, one.item_id) for one in all_changes(follower)] == [(1, "a"), (2, "b")]


@pytest.mark.parametrize("workers", [3])
def test_a_follower_misses_nothing_of_many_workers(
    ledger: SqlLedger, open_ledger: Callable[[], SqlLedger], editor: Token, workers: int
) -> None:
    ids = {ledger.submit(story(editor, f"Story {number}")).id for number in range(90)}
    failures: list[Exception] = []

    def work(own: SqlLedger) -> None:
        try:
            while claimed := claim(own, limit=3):
                own.mark([Indexed(claimed=one, enrichment=ENRICHED) for one in claimed])
        except Exception as error:
            failures.append(error)
            raise

    threads = [threading.Thread(target=work, args=(open_ledger(),)) for _ in range(workers)]
    for thread in threads:
        thread.start()
    position, followed, numbers = 0, set[str](), list[int]()
    while any(thread.is_alive() for thread in threads) or position < ledger.last_change():
        page = ledger.changes(after=position, limit=7)
        followed |= {one.item_id for one in page.changes}
        numbers += [one.seq for one in page.changes]
        position = page.changes[-1].seq if page.changes else position
    assert failures == []
    assert followed == ids and numbers == sorted(numbers)


# --- reindexing, restoring, upgrading ----------------------------------------------------------------------------


def test_a_reindex_numbers_what_it_changes(ledger: SqlLedger, editor: Token) -> None:
    same, other = ledger.submit(story(editor, "Same")), ledger.submit(story(editor, "Other"))
    mark(ledger)
    published = {one.item_id: one for one in ledger.published(kind="story")}
    again = [
        Indexed(claimed=published[same.id], enrichment=ENRICHED),
        Indexed(claimed=published[other.id], enrichment=Enrichment()),
    ]
    assert ledger.renumber(again) == 1
    assert [one.item_id for one in all_changes(ledger)] == [same.id, other.id]
    assert [one.item_id for one in all_changes(ledger, after=2)] == [other.id]


def test_a_reindex_does_not_speak_for_what_was_claimed_meanwhile(ledger: SqlLedger, editor: Token) -> None:
    receipt = ledger.submit(story(editor, "One"))
    mark(ledger)
    published = ledger.published(kind="story")
    ledger.submit(story(editor, "Two", item_id=receipt.id, action="correct", if_match=1))
    claim(ledger)
    assert ledger.renumber([Indexed(claimed=one, enrichment=Enrichment()) for one in published]) == 0


def test_a_restored_ledger_tells_its_followers_to_begin_anew(ledger: SqlLedger, editor: Token, tmp_path: Any) -> None:
    for number in range(3):
        ledger.submit(story(editor, f"Story {number}"))
    mark(ledger)
    address = f"sqlite:///{tmp_path / 'restored.sqlite'}"
    restored = open_sql_ledger(address)
    restored.migrate()
    restored.restore(iter(list(ledger.export())))
    for position in (2, 3):
        with pytest.raises(CursorExpired, match="after=0"):
            restored.changes(after=position)
    assert all_changes(restored) == ()
    publish(restored)
    with pytest.raises(CursorExpired):
        restored.changes(after=3)
    found = all_changes(restored)
    assert len(found) == 3 and found[0].seq > 1_000_000_000_000_000 and found[-1].seq < 2**53
    assert all_changes(restored, after=found[0].seq) == found[1:]
    again = open_sql_ledger(f"sqlite:///{tmp_path / 'again.sqlite'}")
    again.migrate()
    again.restore(iter(list(restored.export())))
    with pytest.raises(CursorExpired):
        again.changes(after=found[-1].seq)
    restored.close()
    again.close()


def test_a_number_that_was_not_given_yet_is_refused(ledger: SqlLedger) -> None:
    with pytest.raises(CursorExpired):
        ledger.changes(after=1)


def test_what_was_public_before_there_were_numbers_is_waited_for(
    open_ledger: Callable[[], SqlLedger], url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", lambda config, _: upgrade(config, "0003"))
        before = open_ledger()
        before.migrate()
    engine = connect(url)
    with writing(engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO items (id, kind, owner, label, label_folded, section, external_scope, external_source,"
            " external_id, external_digest, newest_revision, published_revision, lane, claim, worker, lost, size)"
            " VALUES ('a', 'story', 'x', '', '', '', '', '', '', '', 1, 1, 0, 1, '', 0, 0)"
        )
    ledger = open_ledger()
    ledger.migrate()
    with pytest.raises(LedgerUnavailable, match="dateline index reindex"):
        ledger.changes(after=0)
    ledger.finish_numbering()
    assert all_changes(ledger) == ()
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(changes)).scalar() == 0
    engine.dispose()
    assert migrate.HEAD >= "0004"
