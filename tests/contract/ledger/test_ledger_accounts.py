"""Accounts, their sessions, tokens and links, on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import select

from contract.ledger.conftest import story
from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.adapters.ledger.database.engine import reading
from dateline.adapters.ledger.database.tables import audit, revisions
from dateline.errors import Conflict, NotAllowed, NotFound
from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.ports.ledger.submissions import Idempotency
from dateline.ports.ledger.tokens import Role, Token, own_token_name

DAY = timedelta(days=1)
ANN = AccountDetails(name="Ann Lee", email="Ann@example.org", role="reporter", sections=("world",))


def details(name: str = ANN.name, email: str = ANN.email, role: Role = "reporter") -> AccountDetails:
    return AccountDetails(name=name, email=email, role=role, sections=ANN.sections)


@pytest.fixture
def ann(ledger: SqlLedger) -> Account:
    return ledger.create_account(ANN, None, password="hash")


@pytest.fixture
def writer(ledger: SqlLedger, ann: Account) -> Token:
    return ledger.signed_in(ann.id, "192.0.2.1")


def actions(ledger: SqlLedger) -> list[tuple[str, str, str]]:
    with reading(ledger._engine) as connection:
        rows = connection.execute(select(audit).order_by(audit.c.id)).all()
    return [(row.action, row.by, row.writer_id) for row in rows]


def test_an_account_is_found_by_name_and_address_in_any_case(ledger: SqlLedger, ann: Account) -> None:
    assert ledger.account(ann.id) == ann
    assert [ledger.find_account(login) for login in ("ann lee", " ANN@EXAMPLE.ORG", "ann")] == [ann, ann, None]
    assert ledger.accounts() == (ann,)
    assert (ann.email, ann.sections, ann.has_password) == ("Ann@example.org", ("world",), True)
    assert ledger.tokens() == ()
    with pytest.raises(NotFound):
        ledger.account("none")


@pytest.mark.parametrize("name, email", [("ANN LEE", "b@example.org"), ("Bob", "ann@EXAMPLE.org"), ("desk", "c@d.org")])
def test_names_and_addresses_are_had_once(
    ledger: SqlLedger, editor: Token, ann: Account, name: str, email: str
) -> None:
    with pytest.raises(Conflict):
        ledger.create_account(details(name, email), editor)
    other = ledger.create_account(details("Cy", "cy@example.org"), editor)
    with pytest.raises(Conflict):
        ledger.change_account(other.id, details(name, email), editor)
    with pytest.raises(Conflict):
        ledger.create_token("ann lee", "reporter")


def test_nothing_that_it_wrote_is_lost_when_it_is_renamed(ledger: SqlLedger, ann: Account, writer: Token) -> None:
    keyed = Idempotency(key="k", digest="d")
    receipt = ledger.submit(story(writer, external_id="1", external_digest="a", idempotency=keyed))
    ledger.change_account(ann.id, details("Ann Roe"), None)
    again = ledger.signed_in(ann.id, "192.0.2.1")
    assert (again.id, again.name) == (writer.id, "Ann Roe")
    item = ledger.item("story", receipt.id)
    assert item.belongs_to(again) and item.owner == "Ann Roe"
    assert [line.id for line in ledger.items("story", owner=again).items] == [receipt.id]
    assert ledger.submit(story(again, external_id="1", external_digest="a", idempotency=keyed)).id == receipt.id
    assert ledger.submit(story(again, external_id="1", external_digest="b")).id == receipt.id
    with reading(ledger._engine) as connection:
        assert set(connection.scalars(select(revisions.c.by_id))) == {ann.id}
    ledger.create_token("Ann Lee", "reporter")


def test_its_own_tokens_write_as_it_does(ledger: SqlLedger, ann: Account, writer: Token) -> None:
    receipt = ledger.submit(story(writer))
    secret, laptop = ledger.create_token(own_token_name(ann.id, "laptop"), "reporter", account_id=ann.id)
    assert (laptop.name, laptop.id, laptop.label, laptop.account) == ("Ann Lee", ann.id, "laptop", True)
    assert ledger.find_token(secret) == laptop
    assert ledger.submit(story(laptop, item_id=receipt.id, if_match=1, action="correct")).revision == 2
    assert ledger.tokens(ann.id) == (laptop,)
    with pytest.raises(NotAllowed):
        ledger.create_token(own_token_name(ann.id, "more"), "editor", account_id=ann.id)
    with pytest.raises(Conflict):
        ledger.create_token(own_token_name(ann.id, "laptop"), "reporter", account_id=ann.id)


def test_a_session_of_a_token_has_no_more_than_the_token(ledger: SqlLedger) -> None:
    edda = ledger.create_account(details("Edda", "e@example.org", "editor"), None)
    _, narrow = ledger.create_token(own_token_name(edda.id, "feed"), "reporter", account_id=edda.id)
    session = ledger.open_session(narrow, DAY)
    assert ledger.session_token(session) == narrow
    assert narrow.role == "reporter"
    ledger.revoke_token(own_token_name(edda.id, "feed"))
    assert ledger.session_token(session) is None


def test_a_role_that_is_taken_away_ends_what_it_allowed(ledger: SqlLedger) -> None:
    edda = ledger.create_account(details("Edda", "e@example.org", "editor"), None)
    wide, _ = ledger.create_token(own_token_name(edda.id, "wide"), "editor", account_id=edda.id)
    narrow, _ = ledger.create_token(own_token_name(edda.id, "narrow"), "reporter", account_id=edda.id)
    session = ledger.open_session(ledger.signed_in(edda.id, ""), DAY)
    ledger.change_account(edda.id, details("Edda", "e@example.org"), None)
    assert ledger.find_token(wide) is None
    assert ledger.find_token(narrow) is not None
    now = ledger.session_token(session)
    assert now is not None and now.role == "reporter"
    assert ("account-role", "operator", "") in actions(ledger)


def test_a_disabled_account_has_nothing_open_and_owns_what_it_wrote(
    ledger: SqlLedger, ann: Account, writer: Token
) -> None:
    receipt = ledger.submit(story(writer))
    secret, _ = ledger.create_token(own_token_name(ann.id, "laptop"), "reporter", account_id=ann.id)
    session, link = ledger.open_session(writer, DAY), ledger.make_password_link(ann.id, DAY, None)
    ledger.disable_account(ann.id, None)
    ledger.disable_account(ann.id, None)
    assert ledger.session_token(session) is ledger.find_token(secret) is ledger.password_link(link) is None
    assert ledger.password_hash(ann.id) == ""
    assert ledger.account(ann.id).disabled_at
    for refused in (
        lambda: ledger.signed_in(ann.id, ""),
        lambda: ledger.make_password_link(ann.id, DAY, None),
        lambda: ledger.create_token("ann lee", "reporter"),
        lambda: ledger.use_password_link(link, "other"),
    ):
        with pytest.raises((NotFound, Conflict)):
            refused()
    ledger.enable_account(ann.id, None)
    assert ledger.item("story", receipt.id).belongs_to(ledger.signed_in(ann.id, ""))
    assert ledger.find_token(secret) is None


def test_a_link_is_used_once_and_in_time(ledger: SqlLedger, ann: Account, writer: Token) -> None:
    session = ledger.open_session(writer, DAY)
    first, second = (ledger.make_password_link(ann.id, DAY, None) for _ in range(2))
    assert ledger.password_link(first) is None
    assert ledger.password_link(second) == ledger.account(ann.id)
    assert ledger.use_password_link(second, "new").id == ann.id
    assert ledger.password_hash(ann.id) == "new"
    assert ledger.session_token(session) is None
    late = ledger.make_password_link(ann.id, -DAY, None)
    assert ledger.password_link(late) is None
    for secret in (second, late):
        with pytest.raises(NotFound):
            ledger.use_password_link(secret, "newer")


def test_links_that_are_asked_for_again_and_again_are_one(ledger: SqlLedger, ann: Account) -> None:
    first = ledger.make_forgotten_link(ann.id, DAY, again_after=timedelta(minutes=5))
    assert first and ledger.make_forgotten_link(ann.id, DAY, again_after=timedelta(minutes=5)) == ""
    assert ledger.password_link(first) == ann
    assert ledger.make_forgotten_link(ann.id, DAY, again_after=-DAY)
    assert ledger.password_link(first) is None
    assert actions(ledger)[-1] == ("password-forgotten", "Ann Lee", ann.id)


def test_a_hash_is_renewed_only_where_it_still_stands(ledger: SqlLedger, ann: Account) -> None:
    ledger.renew_hash(ann.id, "other", "newer")
    assert ledger.password_hash(ann.id) == "hash"
    ledger.renew_hash(ann.id, "hash", "newer")
    assert ledger.password_hash(ann.id) == "newer"


def test_sessions_are_listed_and_ended(ledger: SqlLedger, ann: Account, writer: Token, reporter: Token) -> None:
    here = ledger.open_session(writer, DAY, address="192.0.2.1", agent="Firefox")
    there, third = (ledger.open_session(writer, DAY) for _ in range(2))
    theirs = ledger.open_session(reporter, DAY)
    listed = {one.id: one for one in ledger.sessions(writer)}
    assert set(listed) == {ledger.session_id(secret) for secret in (here, there, third)}
    one = listed[ledger.session_id(here)]
    assert (one.address, one.agent) == ("192.0.2.1", "Firefox")
    assert ledger.end_sessions(writer, only=ledger.session_id(theirs)) == 0
    assert ledger.end_sessions(writer, only=ledger.session_id(there)) == 1
    assert ledger.end_sessions(writer, but=ledger.session_id(here)) == 1
    assert ledger.session_token(here) == writer
    assert ledger.session_token(there) is ledger.session_token(third) is None
    assert [one.id for one in ledger.sessions(reporter)] == [ledger.session_id(theirs)]


def test_a_session_that_is_not_used_ends(ledger: SqlLedger, writer: Token) -> None:
    secret = ledger.open_session(writer, timedelta(days=9))
    clock = "dateline.adapters.ledger.accounts.sessions.now"
    for hours in (20, 40):  # each visit begins the wait anew
        with patch(clock, return_value=datetime.now(UTC) + timedelta(hours=hours)):
            assert ledger.session_token(secret, idle=DAY) == writer
    with patch(clock, return_value=datetime.now(UTC) + timedelta(hours=65)):
        assert ledger.session_token(secret, idle=DAY) is None
        assert ledger.sessions(writer, idle=DAY) == ()


def test_a_token_is_rotated_without_a_gap(ledger: SqlLedger) -> None:
    first, made = ledger.create_token("feed", "reporter")
    receipt = ledger.submit(story(made))
    ledger.note_token_use(first)
    second, rotated = ledger.rotate_token("feed")
    assert (ledger.find_token(first), ledger.find_token(second)) == (rotated, rotated)
    assert ledger.item("story", receipt.id).belongs_to(rotated)
    assert rotated.former_used_at and rotated.former_until and rotated.last_used_at is None
    third, _ = ledger.rotate_token("feed", keep=-DAY)
    assert ledger.find_token(first) is ledger.find_token(second) is None
    found = ledger.find_token(third)
    assert found is not None and found.id == made.id
    with pytest.raises(NotFound):
        ledger.rotate_token("nobody")


def test_last_use_is_kept_apart_while_two_live(ledger: SqlLedger) -> None:
    first, _ = ledger.create_token("feed", "reporter")
    second, _ = ledger.rotate_token("feed")
    ledger.note_token_use(second)
    [token] = ledger.tokens()
    assert token.last_used_at and token.former_used_at is None
    ledger.note_token_use(first)
    [token] = ledger.tokens()
    assert token.former_used_at


def test_the_record_says_who_signed_in_and_who_did_not(ledger: SqlLedger, ann: Account, writer: Token) -> None:
    ledger.note_failed_sign_in(ann.id, "192.0.2.9")
    ledger.note_failed_sign_in("", "192.0.2.9")
    assert actions(ledger)[-3:] == [
        ("sign-in", "Ann Lee", ann.id), ("sign-in-failed", "Ann Lee", ann.id), ("sign-in-failed", "", ""),
    ]  # fmt: skip
    assert ledger.account(ann.id).signed_in_at


def test_accounts_are_part_of_an_export(ledger: SqlLedger, ann: Account, writer: Token, tmp_path: Path) -> None:
    receipt = ledger.submit(story(writer))
    copy = open_sql_ledger(f"sqlite:///{tmp_path / 'copy.sqlite'}")
    copy.migrate()
    copy.restore(iter([dict(line) for line in ledger.export()]))
    assert copy.account(ann.id) == ledger.account(ann.id)
    assert copy.password_hash(ann.id) == "hash"
    assert copy.item("story", receipt.id).belongs_to(copy.signed_in(ann.id, ""))
    copy.close()
