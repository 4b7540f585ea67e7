"""The secret address of one's own plan, on one's account's page: made, and made anew."""

from __future__ import annotations

from flask import Blueprint

from dateline_ingest.api.responses import base_url
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.people.my_account import account_page

plan_address_pages = Blueprint("plan_address_pages", __name__, url_prefix="/account/plan-address")


@plan_address_pages.post("")
@needs("reporter", "editor")
def make() -> str:
    """Make an address, which is shown this once; the one before ends."""
    secret = parts().ledger.make_plan_address(token())
    return account_page(plan_address=f"{base_url()}/v1/plan.ics?key={secret}")
