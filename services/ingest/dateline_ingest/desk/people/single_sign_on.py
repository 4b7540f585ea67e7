"""Signing in by the provider of single sign-on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, current_app, redirect, request, session, url_for
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response

from dateline.errors import NotAllowed
from dateline_ingest.accounts.provider_accounts import sign_in_by_provider
from dateline_ingest.context import parts
from dateline_ingest.desk.origin import is_foreign
from dateline_ingest.desk.session import elsewhere_page, sign_in_page, start_session

if TYPE_CHECKING:
    from dateline_ingest.single_sign_on import SingleSignOn

single_sign_on_pages = Blueprint("single_sign_on_pages", __name__, url_prefix="/sign-in/provider")
Page = str | Response | tuple[str, int]


@single_sign_on_pages.get("")
def begin() -> Page:
    """Go to the provider; what it is to answer stands in the session."""
    if is_foreign():
        return elsewhere_page()
    session.permanent = False
    return _provider().begin(f"{parts().settings.ingest_url.rstrip('/')}{url_for('single_sign_on_pages.finish')}")


@single_sign_on_pages.get("/back")
def finish() -> Page:
    """Come back from the provider. The request that it made has no session: the page asks for itself once more."""
    if is_foreign():
        return elsewhere_page()
    try:
        who = sign_in_by_provider(_provider().finish(), request.remote_addr or "")
    except NotAllowed as refused:
        return sign_in_page(str(refused)), 403
    start_session(who)
    return redirect(url_for("desk.home"), 303)


def _provider() -> SingleSignOn:
    """The provider's client, made at the first sign-in. Raises 404 where the settings name none."""
    settings = parts().settings
    if not settings.oidc_issuer:
        raise NoSuchPage("This newsroom has no single sign-on.")
    from dateline_ingest.single_sign_on import SingleSignOn  # it takes a while, and most have none

    made: dict[str, SingleSignOn] = current_app.extensions.setdefault("dateline.single_sign_on", {})
    if settings.oidc_issuer not in made:
        made[settings.oidc_issuer] = SingleSignOn(current_app, settings)
    return made[settings.oidc_issuer]
