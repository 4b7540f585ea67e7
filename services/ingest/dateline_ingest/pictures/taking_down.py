"""Taking a picture down: what shows it is told first; then its words and files go, and its file isn't taken again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from dateline.errors import FieldError, InvalidInput, NotAllowed, NotFound
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.pictures import PictureOnRecord, Pictures, PictureUse
from dateline.ports.ledger.tokens import Token
from dateline.ports.wakeup import Lane, WakeUp
from dateline_ingest.pictures.receiving import may_change

LEFT_BEHIND: Final = (
    "Backups made before have it until they are deleted, and so may what others copied: readers, feeds, search engines."
)
"""What a takedown doesn't reach."""


class UsedPictures(Items, Pictures, Protocol):
    """What taking down asks of the ledger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenUses:
    """What shows a picture, as far as somebody may know: ``others`` are those of colleagues that no reader sees."""

    uses: tuple[PictureUse, ...]
    others: int = 0


def uses_seen_by(by: Token, ledger: UsedPictures, picture_id: str) -> SeenUses:
    """What shows a picture. An editor sees all, a reporter what is public and what is their own."""
    uses = ledger.uses_of(picture_id)
    seen = tuple(one for one in uses if by.role == "editor" or one.public or _is_own(ledger, one, by))
    return SeenUses(uses=seen, others=len(uses) - len(seen))


def _is_own(ledger: UsedPictures, use: PictureUse, by: Token) -> bool:
    try:
        return ledger.item(use.kind, use.id).belongs_to(by)
    except NotFound:
        return False


def check_may_take_down(on: PictureOnRecord, uses: Sequence[PictureUse], by: Token) -> None:
    """Raise ``NotAllowed`` for another's picture, and for one in use unless an editor takes it down."""
    if not may_change(on, by):
        raise NotAllowed("This is another reporter's picture.")
    if uses and by.role != "editor":
        raise NotAllowed(f"{len(uses)} stories, events or terms show this picture: an editor takes it down.")


def take_down(ledger: UsedPictures, wakeup: WakeUp, on: PictureOnRecord, reason: str, by: Token) -> SeenUses:
    """Take a picture down; what showed it. Raises ``NotAllowed``, ``Conflict`` where that was done, ``InvalidInput``
    without a reason."""
    uses = ledger.uses_of(on.id)
    check_may_take_down(on, uses, by)
    if not reason.strip():
        raise InvalidInput("Say why: it stays on record.", (FieldError("/reason", "Say why: it stays on record."),))
    done = ledger.take_down(on.id, reason.strip(), by)
    for lane in (Lane.MEDIA, Lane.LIVE):
        wakeup.wake(lane)
    return SeenUses(uses=tuple(done))
