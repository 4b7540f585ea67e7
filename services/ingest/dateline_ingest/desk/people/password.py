"""Choosing a password by a link that an editor, a mail or an operator gave."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from dateline.errors import InvalidInput, NotFound
from dateline.http.requests.rate_limit import client_address
from dateline.ports.ledger.accounts import Account
from dateline_ingest.accounts.mails import mail_forgotten
from dateline_ingest.accounts.password_change import chosen_password
from dateline_ingest.accounts.sign_in import MOST_IN_LOGIN
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.origin import is_foreign
from dateline_ingest.desk.session import elsewhere_page, start_session

password_pages = Blueprint("password_pages", __name__, url_prefix="/password")
Page = str | Response | tuple[str, int]


@password_pages.get("")
def show() -> Page:
    """The form, for who has a link that is good; a link from a mail asks for itself once more, as the desk's own."""
    return elsewhere_page() if is_foreign() else _page(_linked(request.args.get("link", "")))


@password_pages.post("")
def choose() -> Page:
    """Keep the password, and sign in."""
    secret = request.form.get("link", "")
    try:
        kept = chosen_password(_linked(secret), request.form)
    except InvalidInput as refusal:
        return _page(_linked(secret), form_errors(refusal.errors, {"password": "New password"})), 422
    account = parts().ledger.use_password_link(secret, kept)
    start_session(parts().ledger.signed_in(account.id, request.remote_addr or ""))
    flash("Your password is kept, and you are signed in.")
    return redirect(url_for("desk.home"), 303)


@password_pages.get("/forgotten")
def show_forgotten() -> Page:
    """The form for who has forgotten the password."""
    return elsewhere_page() if is_foreign() else render_template("desk/people/forgotten.html", sent=False)


@password_pages.post("/forgotten")
def forgotten() -> Page:
    """Send a link by mail, if there is such an account: that is found out behind the answer, which is always the
    same."""
    if seconds := parts().failed_attempts.count(f"forgotten {client_address()}"):
        raise TooManyRequests("Too many links were asked for.", retry_after=seconds)
    if parts().mailer.can_send:
        mail_forgotten(request.form.get("login", "")[:MOST_IN_LOGIN])
    return render_template("desk/people/forgotten.html", sent=True)


def _linked(secret: str) -> Account:
    """The account of a link. Raises ``NotFound``."""
    account = parts().ledger.password_link(secret) if secret else None
    if account is None:
        raise NotFound("This link was used, or it is over. Ask an editor for another one.")
    return account


def _page(account: Account, errors: tuple[FormError, ...] = ()) -> str:
    return render_template("desk/people/password.html", account=account, link=request.values["link"], errors=errors)
