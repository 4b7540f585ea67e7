"""What the views work with: the parts of this service, built once by ``create_app``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from dateline.ports.failed_attempts import FailedAttempts
from dateline.ports.fetch import Fetcher
from dateline.ports.index import Index
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.items import Item
from dateline.ports.ledger.tokens import Token
from dateline.ports.media import MediaStore
from dateline.ports.vocabulary import LiveTerms
from dateline.ports.wakeup import WakeUp
from dateline.settings import Settings
from dateline_ingest.changes.change_cache import ChangeCache
from dateline_ingest.changes.change_watch import ChangeWatch
from dateline_ingest.event_register import EventRegister
from dateline_ingest.intake import Intake
from dateline_ingest.link_checks import LinkChecks
from dateline_ingest.mailer import Mailer
from dateline_ingest.passwords.hashes import PasswordHashes
from dateline_ingest.slots.token_slots import TokenSlots


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the ingest service. ``queue_lengths`` asks the broker, or knows nothing; ``index`` is what readers
    see, for reading alone: it may be away while all else works."""

    settings: Settings
    ledger: Ledger
    wakeup: WakeUp
    vocabulary: LiveTerms
    intake: Intake
    change_watch: ChangeWatch
    change_cache: ChangeCache
    failed_attempts: FailedAttempts
    password_hashes: PasswordHashes
    mailer: Mailer
    link_checks: LinkChecks
    event_register: EventRegister
    fetcher: Fetcher
    media: MediaStore
    index: Index
    bulk_slots: TokenSlots
    tagging_slots: TokenSlots
    queue_lengths: Callable[[], dict[str, int]] = dict


def parts() -> Parts:
    """The parts of the app that answers this request."""
    return cast(Parts, current_app.extensions["dateline"])


def token() -> Token:
    """Who asks."""
    return cast(Token, g.token)


def item() -> Item:
    """The item that the address names; ``authorise`` has read it, and seen that it may be touched."""
    return cast(Item, g.item)
