"""A picture at an address becomes one of the newsroom's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.fetch import Fetcher, FetchLimits
from dateline.ports.ledger.tokens import Token
from dateline.ports.media import MediaStore
from dateline_ingest.pictures.receiving import PictureIntake, PictureLedger

MOST_BYTES: Final = 20_000_000
"""Of a picture that is fetched: it stands in memory until it is in the store."""
SECONDS: Final = 15.0
_ACCEPT: Final = "image/avif,image/webp,image/jpeg,image/png,image/*;q=0.5"
_GONE: Final = range(400, 500)
_LATER: Final = (408, 425, 429)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureFetching:
    """Fetches pictures and puts them on record; ``most`` bytes each."""

    ledger: PictureLedger
    fetcher: Fetcher
    pictures: PictureIntake
    store: MediaStore
    most: int = MOST_BYTES

    def bring(self, url: str, words: Mapping[str, Any], by: Token) -> str:
        """The picture's id. What is on record of a file that is known already stays as it is; of one that was taken
        down it is the id that it had, so that nothing shows it from this address either.

        Raises ``FetchRefused``, ``FetchFailed``, ``InvalidInput``, ``Conflict``, ``MediaFull``.
        """
        most = min(self.most, MOST_BYTES)
        limits = FetchLimits(bytes=most, seconds=SECONDS)
        fetched = self.fetcher.fetch(url, headers={"Accept": _ACCEPT}, limits=limits)
        if not 200 <= fetched.status < 300:
            gone = fetched.status in _GONE and fetched.status not in _LATER
            raise (FetchRefused if gone else FetchFailed)(f"its address answered with {fetched.status}")
        with self.store.receive(most) as upload:
            upload.write(fetched.body)
            if (known := self._known(upload.sha256)) is not None:
                return known
            return self.pictures.receive(upload, _name(fetched.url), words, by).id

    def _known(self, sha256: str) -> str | None:
        gone = self.ledger.taken_down(sha256)
        return gone.item_id if gone else self.ledger.picture_with(sha256)


def _name(url: str) -> str:
    return unquote(urlsplit(url).path.rpartition("/")[2])
