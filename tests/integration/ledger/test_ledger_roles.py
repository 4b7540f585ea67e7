"""What each service's own role may do with the ledger, and what PostgreSQL refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from dateline.adapters.ledger import SqlLedger, ensure_sql_roles, open_sql_ledger
from dateline.adapters.ledger.database.tables import metadata
from dateline.domain.payload import to_payload
from dateline.domain.picture import CENTRE, MadePicture, Picture
from dateline.errors import CannotStart, LedgerUnavailable
from dateline.ports.ledger.claims import Indexed
from dateline.ports.ledger.pictures import PictureOutcome
from dateline.ports.ledger.submissions import Submission

pytestmark = pytest.mark.postgres

PASSWORDS = {"ingest": "one", "indexer": "two", "web": "three"}
TABLES = sorted({*metadata.tables, "alembic_version"})


@pytest.fixture(scope="module")
def owners_url(postgres_server: str) -> Iterator[str]:
    """A ledger as the version before had it, brought to this one; its roles are made twice."""
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("CREATE DATABASE roles")
    url = postgres_server.rsplit("/", 1)[0] + "/roles"
    with closing(open_sql_ledger(url)) as ledger:
        ledger.migrate()
    ensure_sql_roles(url, PASSWORDS)
    ensure_sql_roles(url, PASSWORDS)
    yield url
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute("DROP DATABASE roles WITH (FORCE)")
        for service in PASSWORDS:
            connection.execute(f"DROP ROLE roles_{service}")


def address(url: str, service: str) -> str:
    return url.replace("dateline@", f"roles_{service}@")


def may(url: str, service: str, statement: str) -> bool:
    """Whether the role may execute a statement; it is rolled back."""
    with psycopg.connect(address(url, service)) as connection, connection.transaction(force_rollback=True):
        try:
            connection.execute(statement)
        except InsufficientPrivilege:
            return False
    return True


@pytest.fixture
def opened(owners_url: str) -> Iterator[dict[str, SqlLedger]]:
    """The ledger as each service opens it."""
    ledgers = {service: open_sql_ledger(address(owners_url, service)) for service in PASSWORDS}
    yield ledgers
    for ledger in ledgers.values():
        ledger.close()


def test_a_story_goes_its_way_by_the_roles_of_the_services(opened: dict[str, SqlLedger]) -> None:
    secret, desk = opened["ingest"].create_token("desk", "editor")
    payload = {"schema": 1, "headline": "Bridge opens"}
    receipt = opened["ingest"].submit(Submission(kind="story", payload=payload, by=desk, label="Bridge opens"))
    indexer = opened["indexer"]
    indexer.check()
    claimed = indexer.claim(worker="w", lease=timedelta(seconds=30))
    assert [one.item_id for one in claimed] == [receipt.id]
    assert indexer.mark([Indexed(claimed=one) for one in claimed]) == 1
    nobody = replace(desk, name="front page", id="")
    indexer.submit(Submission(kind="front", item_id="front:home:1", payload={"schema": 1}, by=nobody))
    recorded = indexer.claim(worker="w", lease=timedelta(seconds=30))
    assert indexer.mark([Indexed(claimed=one) for one in recorded]) == 1
    indexer.sweep()
    indexer.propose_terms([("person", "ann-roe", "Ann Roe", receipt.id)])
    assert [one.slug for one in opened["ingest"].proposals()] == ["ann-roe"]
    assert opened["ingest"].item("story", receipt.id).newest.state == "indexed"
    assert (found := opened["web"].find_token(secret)) is not None
    assert found.name == "desk"


def test_a_picture_goes_its_way_by_the_roles_of_the_services(opened: dict[str, SqlLedger]) -> None:
    ingest, media = opened["ingest"], opened["indexer"]
    _, desk = ingest.create_token("pictures", "editor")
    lease, file, address = timedelta(seconds=30), "a" * 64, "https://agency.example/a.jpg"
    assert ingest.taken_down(file) is None and ingest.picture_with(file) is None
    picture = Picture(sha256=file, media_type="image/jpeg", width=4, height=3, size=9, alt="A bridge", credit="Ann")
    sent = Submission(kind="image", payload=to_payload(picture), by=desk, label="A bridge", note="Ask Ann first")
    id = ingest.submit(sent).id
    [claimed] = media.claim_pictures(worker="w", lease=lease)
    made = MadePicture(focal=CENTRE, likeness=1, jpeg_size=9)
    assert media.mark_pictures([PictureOutcome(outcome=Indexed(claimed=claimed.claimed), made=made, public=True)]) == 1
    assert media.pictures_of([id])[id].made == made and media.files_of_pictures() == [file]
    told = {"schema": 1, "headline": "Bridge", "images": [{"id": id}, {"url": address, "alt": "A bridge"}]}
    ingest.submit(Submission(kind="story", payload=told, by=desk, external_source="agency", external_id="1"))
    [story] = media.claim(worker="w", lease=lease)
    assert id in story.pictures
    media.mark([Indexed(claimed=story)])
    addressed = ingest.claim_address()
    assert addressed is not None
    ingest.note_address(addressed.url, id)
    assert ingest.remake_pictures() is not None
    assert len(ingest.take_down(id, "court order", desk)) == 1
    [gone] = media.claim_pictures(worker="w", lease=lease)
    assert gone.picture is None
    assert media.mark_pictures([PictureOutcome(outcome=Indexed(claimed=gone.claimed, public=False), public=False)]) == 1
    assert ingest.taken_down(file) is not None and media.files_of_pictures() == []
    assert "Ask Ann" not in repr(list(ingest.export()))
    media.mark([Indexed(claimed=one) for one in media.claim(worker="w", lease=lease)])


@pytest.mark.parametrize("table", TABLES)
def test_web_reads_whose_a_token_is_and_no_row_else(owners_url: str, table: str) -> None:
    assert may(owners_url, "web", f"SELECT 1 FROM {table}") == (table == "tokens")
    assert not may(owners_url, "web", f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "table",
    ["sessions", "audit", "source_holders", "accounts", "password_links", "drafts", "draft_revisions", "draft_reviews",
     "pictures_taken_down"],
)  # fmt: skip
def test_an_indexer_reads_no_session_and_no_audit(owners_url: str, table: str) -> None:
    assert not may(owners_url, "indexer", f"SELECT 1 FROM {table}")
    assert not may(owners_url, "indexer", f"INSERT INTO {table} DEFAULT VALUES")


def test_an_indexer_reads_of_tokens_who_is_a_reporter(owners_url: str) -> None:
    assert may(owners_url, "indexer", "SELECT writer_id, role FROM tokens")
    for column in ("digest", "former_digest", "name", "*"):
        assert not may(owners_url, "indexer", f"SELECT {column} FROM tokens")
    assert not may(owners_url, "indexer", "INSERT INTO tokens DEFAULT VALUES")


@pytest.mark.parametrize("service", PASSWORDS)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET detail = ''", "DELETE FROM audit", "DROP TABLE items", "TRUNCATE items",
        "ALTER TABLE items ADD COLUMN more text", "CREATE TABLE more (id int)", "CREATE ROLE more",
        "UPDATE alembic_version SET version_num = '9'", "COPY items TO PROGRAM 'cat'",
    ],
)  # fmt: skip
def test_no_service_changes_the_audit_or_the_schema(owners_url: str, service: str, statement: str) -> None:
    assert not may(owners_url, service, statement)


def test_a_role_that_may_too_much_is_brought_back(owners_url: str) -> None:
    with psycopg.connect(owners_url, autocommit=True) as connection:
        connection.execute("GRANT ALL ON items, audit TO roles_web")
    assert may(owners_url, "web", "DELETE FROM items")
    ensure_sql_roles(owners_url, PASSWORDS)
    assert not may(owners_url, "web", "SELECT 1 FROM items")
    assert not may(owners_url, "web", "INSERT INTO audit DEFAULT VALUES")


def test_the_server_is_given_no_password(owners_url: str) -> None:
    with psycopg.connect(owners_url) as connection:
        kept = connection.execute("SELECT rolpassword FROM pg_authid WHERE rolname = 'roles_web'").fetchone()
    assert kept is not None
    assert kept[0].startswith("SCRAM-SHA-256$")


def test_what_a_role_may_not_is_said_in_one_line(owners_url: str, opened: dict[str, SqlLedger]) -> None:
    with pytest.raises(LedgerUnavailable, match="refuses this user: permission denied for table"):
        opened["web"].metrics()
    with pytest.raises(LedgerUnavailable, match="refuses this user"):
        ensure_sql_roles(address(owners_url, "ingest"), PASSWORDS)


def test_who_does_not_own_the_tables_can_write_none_anew_and_says_so(opened: dict[str, SqlLedger]) -> None:
    """PostgreSQL gives a warning only, and an erased text would stay in its files."""
    with pytest.raises(LedgerUnavailable, match="only who owns"):
        opened["ingest"].expunge()


def test_a_ledger_in_a_file_has_no_roles(sqlite_url: str) -> None:
    with pytest.raises(CannotStart, match="PostgreSQL"):
        ensure_sql_roles(sqlite_url, PASSWORDS)
