"""A picture's file comes in: what it is, whether it is on record already, and the revision that it becomes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, Protocol

from dateline.domain.payload import to_payload
from dateline.domain.picture import Picture
from dateline.errors import Conflict, LedgerUnavailable, StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.pictures.file_type import describe_file
from dateline.pictures.file_words import file_words
from dateline.ports.ledger.items import Items, owns
from dateline.ports.ledger.pictures import PictureOnRecord, Pictures
from dateline.ports.ledger.submissions import Idempotency, Receipt, Submission
from dateline.ports.ledger.tokens import Token
from dateline.ports.media import Upload
from dateline_ingest.intake import Intake, Write

_MOST_IN_NAME: Final = 200
_RACES: Final = 3
"""How often a change is made anew that another writer overtook."""


class PictureLedger(Items, Pictures, Protocol):
    """What taking pictures asks of the ledger."""


class PictureIntake:
    """Takes files and what is said of them."""

    def __init__(self, ledger: PictureLedger, intake: Intake) -> None:
        self._ledger = ledger
        self._intake = intake

    def receive(
        self, upload: Upload, filename: str, given: Mapping[str, Any], by: Token, idempotency: Idempotency | None = None
    ) -> Receipt:
        """Take a file with those arguments of ``Picture`` that are known: a new picture, or the one whose file it is.

        What isn't given of a new one, its file says. One on record gets what is said anew, where the writer may change
        it; the receipt says ``unchanged`` where nothing is. The file is in the media store and the revision on disk
        when this returns. Raises ``InvalidInput`` for what isn't taken, ``Conflict`` for a file that was taken down,
        ``MediaFull``, ``MediaUnavailable``.
        """
        self._check_not_taken_down(upload.sha256)
        described, said = describe_file(upload.path), file_words(upload.path).said()
        upload.keep()
        words = {**said, **{name: value for name, value in given.items() if value or name not in said}}
        picture = Picture(
            sha256=upload.sha256, media_type=described.media_type, width=described.width, height=described.height,
            size=upload.size, filename=plain_name(filename), **words,
        )  # fmt: skip
        for _ in range(_RACES):
            known = self._ledger.picture_with(upload.sha256)
            try:
                changed = self._change_of(known, given, Write(by=by, idempotency=idempotency)) if known else None
                receipt = self._intake.submit(changed or new_picture(picture, by, idempotency))
            except StaleRevision:
                continue
            if known or not receipt.unchanged:
                return receipt
        raise LedgerUnavailable(f"others changed this picture {_RACES} times meanwhile")

    def _check_not_taken_down(self, sha256: str) -> None:
        """Before anything of it is kept: the ledger looks again when the picture is put on record."""
        if (refused := self._ledger.taken_down(sha256)) is not None:
            raise Conflict(f"{refused.by} took this picture down, and it isn't taken again: {refused.reason}")

    def _change_of(self, known: str, given: Mapping[str, Any], write: Write) -> Submission | None:
        """What is said anew of a picture that is on record; None where it is the same, or the writer may not."""
        on = self._ledger.picture(known)
        picture = replace(on.picture, **given)
        if picture == on.picture or not may_change(on, write.by):
            return None
        return _correction(on, picture, replace(write, if_match=on.revision))

    def change(self, on: PictureOnRecord, given: Mapping[str, Any], write: Write) -> Receipt:
        """Say all of a picture anew; its file stays. Raises ``StaleRevision``, ``NotAllowed``."""
        kept = on.picture
        picture = Picture(
            sha256=kept.sha256, media_type=kept.media_type, width=kept.width, height=kept.height, size=kept.size,
            filename=kept.filename, **given,
        )  # fmt: skip
        return self._intake.submit(_correction(on, picture, write))


def may_change(on: PictureOnRecord, by: Token) -> bool:
    """Whether somebody may change a picture: editors, and who sent it."""
    return by.role == "editor" or owns(by, on.owner, on.owner_id)


def new_picture(picture: Picture, by: Token, idempotency: Idempotency | None = None) -> Submission:
    """The submission of a picture whose file is in the media store."""
    return Submission(
        kind="image", payload=to_payload(picture), by=by, label=label_of(picture), note=picture.note,
        idempotency=idempotency,
    )  # fmt: skip


def _correction(on: PictureOnRecord, picture: Picture, write: Write) -> Submission:
    return replace(
        new_picture(picture, write.by, write.idempotency), action="correct", item_id=on.id, if_match=write.if_match
    )


def label_of(picture: Picture) -> str:
    """How lists call a picture."""
    words = picture.caption or picture.alt or picture.filename
    return " ".join(words.split())[:300]


def plain_name(filename: str) -> str:
    """The name of a file without its folders, control characters and white space around."""
    name = drop_control_characters(filename).replace("\\", "/").rpartition("/")[2]
    return " ".join(name.encode("utf-8", "replace").decode().split())[-_MOST_IN_NAME:]
