"""Pictures that sources name by their address, fetched behind their stories, which wait for none of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import structlog

from dateline.errors import Permanent, Transient
from dateline.ports.fetch import Fetcher
from dateline.ports.ledger.pictures import AddressedPicture
from dateline.ports.ledger.tokens import Token
from dateline.ports.media import MediaStore
from dateline_ingest.pictures.fetching import MOST_BYTES, PictureFetching
from dateline_ingest.pictures.receiving import PictureIntake, PictureLedger

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")


class AddressedPictures:
    """Takes one address after another that is due."""

    def __init__(
        self,
        ledger: PictureLedger,
        fetcher: Fetcher,
        pictures: PictureIntake,
        store: MediaStore,
        most: int = MOST_BYTES,
    ) -> None:
        self._ledger = ledger
        self._fetching = PictureFetching(ledger=ledger, fetcher=fetcher, pictures=pictures, store=store, most=most)

    def work(self, seconds: float) -> None:
        """Fetch until none is due, or none may begin any more. Raises ``LedgerUnavailable``."""
        end = monotonic() + seconds
        while monotonic() < end and (addressed := self._ledger.claim_address()) is not None:
            self._bring(addressed)

    def _bring(self, addressed: AddressedPicture) -> None:
        try:
            picture_id = self._fetching.bring(addressed.url, _words(addressed), _writer(addressed))
        except Transient as failure:
            self._ledger.note_address(addressed.url, error=str(failure), again=True)
            log.warning("picture not fetched", address=addressed.url, reason=str(failure))
        except Permanent as refusal:
            self._ledger.note_address(addressed.url, error=str(refusal))
            log.warning("picture not taken", address=addressed.url, reason=str(refusal))
        else:
            self._ledger.note_address(addressed.url, picture_id)
            log.info("picture fetched", address=addressed.url, picture=picture_id)


def _words(addressed: AddressedPicture) -> Mapping[str, Any]:
    """What the source says of it; a credit, since each picture has one."""
    image = addressed.image
    said = {"alt": image.alt, "caption": image.caption, "credit": image.credit, "source": addressed.source}
    return {name: value for name, value in said.items() if value}


def _writer(addressed: AddressedPicture) -> Token:
    """Whose story names it."""
    return Token(
        name=addressed.writer, role="reporter", created_at=datetime.now(UTC), id=addressed.writer_id or "",
    )  # fmt: skip
