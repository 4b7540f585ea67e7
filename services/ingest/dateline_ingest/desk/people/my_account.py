"""My account: who I am, my password, where I am signed in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import InvalidInput, NotAllowed
from dateline.ports.ledger.accounts import Account
from dateline.ports.ledger.tokens import SCOPES, Role, Token
from dateline_ingest.accounts.password_change import changed_password
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.session import session_id, start_session

account_pages = Blueprint("account_pages", __name__, url_prefix="/account")
Page = str | Response | tuple[str, int]

EVERYBODY: Final[tuple[Role, ...]] = ("reporter", "editor", "ops", "subscriber")
LABELS: Final = {
    "current": "Password now",
    "password": "New password",
    "label": "Name of the token",
    "days": "It ends after",
}


@account_pages.get("")
@needs(*EVERYBODY)
def show() -> Page:
    """Who I am, and the sessions that I have open."""
    return account_page()


@account_pages.post("/password")
@needs(*EVERYBODY)
def change_password() -> Page:
    """Choose another password; all other sessions end, and this one gets a new secret."""
    account = own_account()
    try:
        changed_password(account, token(), request.form)
    except InvalidInput as refusal:
        return account_page(form_errors(refusal.errors, LABELS)), 422
    start_session(parts().ledger.signed_in(account.id, request.remote_addr or ""))
    flash("Your password is changed. Wherever else you were signed in, you are signed out.")
    return redirect(url_for("account_pages.show"), 303)


@account_pages.post("/sessions")
@needs(*EVERYBODY)
def end_sessions() -> Response:
    """End one session of mine, or all but this one."""
    one = request.form.get("session", "")
    ended = parts().ledger.end_sessions(token(), only=one) if one else _end_others()
    parts().ledger.record("sessions-end", by=token(), detail=str(ended))
    flash(f"{ended} session{'s' if ended != 1 else ''} ended.")
    return redirect(url_for("account_pages.show"), 303)


def _end_others() -> int:
    return parts().ledger.end_sessions(token(), but=session_id())


def own_account() -> Account:
    """The account that asks. Raises ``NotAllowed`` where a token does that is nobody's."""
    if not token().account or token().label:
        raise NotAllowed("This is for who signed in to an account by its name.")
    return parts().ledger.account(token().id)


def account_page(
    errors: tuple[FormError, ...] = (), made: tuple[str, Token] | None = None, plan_address: str = ""
) -> str:
    """The page of who asks; ``made`` is a token that was just made, with its secret, ``plan_address`` the same of the
    plan's calendar."""
    service, who = parts(), token()
    idle = timedelta(hours=service.settings.session_idle_hours)
    shown: dict[str, Any] = {"sessions": service.ledger.sessions(who, idle=idle), "here": session_id()}
    if who.role in ("reporter", "editor"):
        shown |= {"plan_address": plan_address, "plan_address_made": service.ledger.plan_address_made(who.id)}
    if who.account and not who.label:
        now = datetime.now(UTC)
        own = [one for one in service.ledger.tokens(who.id) if one.is_live(now)]
        shown |= {"account": service.ledger.account(who.id), "own_tokens": own, "scopes": SCOPES[who.role], "now": now}
    return render_template("desk/people/my_account.html", errors=errors, made=made, **shown)
