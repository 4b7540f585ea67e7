"""Pictures that sources name by their address, fetched behind their stories, which wait for none of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from time import monotonic
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import structlog

from dateline.errors import Permanent, Transient
from dateline.ports.fetch import Fetcher, FetchLimits
from dateline.ports.ledger.pictures import AddressedPicture
from dateline.ports.ledger.tokens import Token
from dateline.ports.media import MediaStore
from dateline_ingest.pictures.receiving import PictureIntake, PictureLedger

log: structlog.stdlib.BoundLogger = structlog.get_logger("dateline.puller")

MOST_BYTES: Final = 20_000_000
"""Of a picture that is fetched: it stands in memory until it is in the store."""
SECONDS: Final = 15.0
_ACCEPT: Final = "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.5"
_GONE: Final = range(400, 500)
_LATER: Final = (408, 425, 429)


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
        self._fetcher = fetcher
        self._pictures = pictures
        self._store = store
        self._most = min(most, MOST_BYTES)

    def work(self, seconds: float) -> None:
        """Fetch until none is due, or none may begin any more. Raises ``LedgerUnavailable``."""
        end = monotonic() + seconds
        while monotonic() < end and (addressed := self._ledger.claim_address()) is not None:
            self._bring(addressed)

    def _bring(self, addressed: AddressedPicture) -> None:
        try:
            picture_id = self._brought(addressed)
        except Transient as failure:
            self._ledger.note_address(addressed.url, error=str(failure), again=True)
            log.warning("picture not fetched", address=addressed.url, reason=str(failure))
        except Permanent as refusal:
            self._ledger.note_address(addressed.url, error=str(refusal))
            log.warning("picture not taken", address=addressed.url, reason=str(refusal))
        else:
            self._ledger.note_address(addressed.url, picture_id)
            log.info("picture fetched", address=addressed.url, picture=picture_id)

    def _brought(self, addressed: AddressedPicture) -> str:
        """The picture's id. What is on record of a file that is known already stays as it is; of one that was taken
        down it is the id that it had, so that nothing shows it from this address either.

        Raises ``FetchRefused``, ``FetchFailed``, ``InvalidInput``, ``Conflict``, ``MediaFull``.
        """
        limits = FetchLimits(bytes=self._most, seconds=SECONDS)
        fetched = self._fetcher.fetch(addressed.url, headers={"Accept": _ACCEPT}, limits=limits)
        if not 200 <= fetched.status < 300:
            gone = fetched.status in _GONE and fetched.status not in _LATER
            raise (Permanent if gone else Transient)(f"its address answered with {fetched.status}")
        with self._store.receive(self._most) as upload:
            upload.write(fetched.body)
            if (known := self._known(upload.sha256)) is not None:
                return known
            receipt = self._pictures.receive(upload, _name(fetched.url), _words(addressed), _writer(addressed))
        return receipt.id

    def _known(self, sha256: str) -> str | None:
        gone = self._ledger.taken_down(sha256)
        return gone.item_id if gone else self._ledger.picture_with(sha256)


def _words(addressed: AddressedPicture) -> Mapping[str, Any]:
    """What the source says of it; a credit, since each picture has one."""
    image = addressed.image
    said = {"alt": image.alt, "caption": image.caption, "credit": image.credit, "source": addressed.source}
    return {name: value for name, value in said.items() if value}


def _name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])


def _writer(addressed: AddressedPicture) -> Token:
    """Whose story names it."""
    return Token(
        name=addressed.writer, role="reporter", created_at=datetime.now(UTC), id=addressed.writer_id or "",
    )  # fmt: skip
