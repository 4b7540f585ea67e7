"""SQLite ledgers for tests: a copy of one migrated file opens in 2 ms. And what workers and the tagger would do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, get_args
from unittest.mock import patch

from sqlalchemy import Connection, Engine, event

from dateline.adapters.ledger import SqlLedger, open_sql_ledger
from dateline.domain.document import Kind
from dateline.domain.event import Event, Location
from dateline.domain.payload import to_payload
from dateline.domain.picture import CENTRE, MadePicture, Picture
from dateline.ports.ledger.claims import Indexed, Quarantine
from dateline.ports.ledger.event_proposals import AnnouncedEvent, StoryAnnouncements
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.pictures import PictureOutcome
from dateline.ports.ledger.submissions import Submission
from dateline.ports.ledger.tokens import Role, Token
from dateline_indexer.similarity import Similarity

TOKENS: Final[tuple[tuple[str, Role], ...]] = (
    ("rita", "reporter"), ("otto", "reporter"), ("edda", "editor"), ("olga", "ops"), ("sam", "subscriber"),
)  # fmt: skip
"""Who has a token in every copy; the secret of ``rita`` is ``secret-rita``."""


@cache
def _migrated_file() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.sqlite"
        ledger = open_sql_ledger(f"sqlite:///{path}")
        ledger.migrate()
        for name, role in TOKENS:
            with patch("dateline.adapters.ledger.tokens.secrets.token_urlsafe", return_value=f"secret-{name}"):
                ledger.create_token(name, role)
        ledger.close()
        return path.read_bytes()


def open_copy(folder: Path) -> SqlLedger:
    """A ledger of one's own in ``folder``, empty but for ``TOKENS``."""
    path = folder / "ledger.sqlite"
    path.write_bytes(_migrated_file())
    return open_sql_ledger(f"sqlite:///{path}")


def all_items(ledger: SqlLedger) -> dict[str, Item]:
    """Every item by its id, with the payload of its newest revision."""
    kinds: tuple[Kind, ...] = get_args(Kind)
    return {line.id: ledger.item(kind, line.id) for kind in kinds for line in ledger.items(kind, limit=1000).items}


def index_all(ledger: SqlLedger) -> None:
    """Claim what is due and mark it as indexed."""
    ledger.mark([Indexed(claimed=one) for one in ledger.claim(worker="w", lease=timedelta(seconds=30))])


def quarantine(ledger: SqlLedger, *item_ids: str, reason: str = "400") -> None:
    """Claim what is due; these items go into quarantine, the others are indexed."""
    claimed = ledger.claim(worker="w", lease=timedelta(seconds=30))
    assert set(item_ids) <= {one.item_id for one in claimed}
    ledger.mark([
        Quarantine(claimed=one, stage="index", reason=reason) if one.item_id in item_ids else Indexed(claimed=one)
        for one in claimed
    ])  # fmt: skip


def token_of(ledger: SqlLedger, name: str) -> Token:
    """One of ``TOKENS``."""
    token = ledger.find_token(f"secret-{name}")
    assert token
    return token


def add_picture(ledger: SqlLedger, name: str, *, ready: bool = True, **more: Any) -> str:
    """A picture on record, and ready; its id."""
    said = {"alt": f"The {name}", "caption": f"A {name} at dusk", "credit": "Ann"} | more
    file = {"sha256": sha256(name.encode()).hexdigest(), "media_type": "image/jpeg"}
    picture = Picture(**file, width=4000, height=3000, size=9, **said)
    said_by = token_of(ledger, "edda")
    receipt = ledger.submit(Submission(kind="image", payload=to_payload(picture), by=said_by, label=picture.caption))
    made = MadePicture(focal=CENTRE, likeness=len(name), jpeg_size=9)
    for one in ledger.claim_pictures(worker="w", lease=timedelta(seconds=30)) if ready else ():
        ledger.mark_pictures([PictureOutcome(outcome=Indexed(claimed=one.claimed), made=made, public=True)])
    return receipt.id


def propose(ledger: SqlLedger, slug: str, label: str, mentions: int = 1) -> None:
    """Propose a person whom so many stories mention."""
    ledger.propose_terms([("person", slug, label, f"s{number}") for number in range(mentions)])


def announce(ledger: SqlLedger, story_id: str, title: str, day: date) -> str:
    """Put on record that a story announces an event; returns the id of the proposal."""
    event = Event(title=title, start=day, location=Location(name="Vitebsk"))
    sentence = f"{title} will be held on {day:%-d %B}."
    found = AnnouncedEvent(
        event=event,
        last_day=day,
        sentence=sentence,
        start=sentence.index(" on ") + 4,
        end=len(sentence) - 1,
        rule="day",
    )
    ledger.record_announcements([StoryAnnouncements(story_id=story_id, revision=1, events=[found])])
    return ledger.event_proposals(today=date(2026, 1, 1)).items[0].id


@contextmanager
def write_transactions() -> Iterator[list[Connection]]:
    """The write transactions that begin in the block."""
    began: list[Connection] = []

    def note_write(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            began.append(connection)

    event.listen(Engine, "begin", note_write)
    yield began
    event.remove(Engine, "begin", note_write)


def repeated_story(ledger: SqlLedger, by: Token, headline: str) -> tuple[str, str]:
    """Two public stories with the same words, found to be alike: the ids of the first and the second."""
    body = (
        "The bridge opened on Monday after two years of repair, and forty thousand cars cross it every single day now. "
        "Engineers replaced each beam, widened the pavement on both sides and laid a path for bicycles."
    )
    payload = {"schema": 1, "headline": headline, "body_text": body, "published_at": "2026-11-30T10:00:00+03:00"}
    first, second = (
        ledger.submit(Submission(kind="story", payload=payload, by=by, label=headline)).id for _ in range(2)
    )
    index_all(ledger)
    Similarity(ledger).work(60)
    return first, second
