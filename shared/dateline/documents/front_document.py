"""The document of what an editor placed on a front."""

from __future__ import annotations

from dateline.domain.document import FrontDocument
from dateline.domain.front import Placement
from dateline.domain.payload import from_payload
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Revision


def front_document(claimed: Claimed, publish: Revision) -> FrontDocument:
    """The document of ``publish``, by which web arranges the page."""
    if publish.action == "withdraw" or publish.payload is None:
        return FrontDocument(id=claimed.item_id, version=claimed.version, page="", withdrawn=True)
    placement = from_payload(Placement, publish.payload)
    return FrontDocument(id=claimed.item_id, version=claimed.version, page=placement.page, placement=placement)
