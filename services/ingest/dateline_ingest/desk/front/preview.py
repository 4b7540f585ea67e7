"""A front that isn't saved, signed for web to show as readers would see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from dateline.documents.preview import LASTS, FrontPreview, preview_key, sign_front_preview
from dateline.domain.front import Placement
from dateline_ingest.context import parts
from dateline_ingest.desk.framing import desk_origins, origin_of, web_address


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedFront:
    """What web's ``address`` shows when ``signed`` is posted to it; ``origin`` is web's. ``placed`` is the same as long
    as the placement is."""

    address: str
    origin: str
    signed: str
    placed: str


def signed_front(placement: Placement) -> SignedFront:
    """The preview of the front that ``placement`` would make, for ten minutes."""
    settings = parts().settings
    preview = FrontPreview(placement=placement, desk=desk_origins(settings), until=datetime.now(UTC) + LASTS)
    address = web_address(settings)
    line = placement.breaking
    said = (placement.page, placement.lead, placement.second, placement.hidden, line and (line.text, line.story))
    return SignedFront(
        address=f"{address}/preview/front", origin=origin_of(address),
        signed=sign_front_preview(preview, preview_key(settings)), placed=sha256(repr(said).encode()).hexdigest(),
    )  # fmt: skip
