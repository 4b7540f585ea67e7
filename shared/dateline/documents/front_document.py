"""The documents of fronts: what an editor placed, and how a page looked from some time on."""

from __future__ import annotations

from typing import Any

from dateline.domain.document import FrontDocument
from dateline.domain.front import FrontRecord, Placement
from dateline.domain.payload import from_payload
from dateline.ports.ledger.claims import Claimed
from dateline.ports.ledger.items import Revision


def front_document(claimed: Claimed, publish: Revision) -> FrontDocument:
    """The document of ``publish``: a placement, by which web arranges the page, or a page as it was."""
    own: Any = {"id": claimed.item_id, "version": claimed.version}
    payload = publish.payload
    if publish.action == "withdraw" or payload is None:
        return FrontDocument(**own, page="", withdrawn=True)
    if "at" in payload:
        record = from_payload(FrontRecord, payload)
        return FrontDocument(**own, page=record.page, at=record.at, record=record)
    placement = from_payload(Placement, payload)
    return FrontDocument(**own, page=placement.page, placement=placement)
