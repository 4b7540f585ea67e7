"""People, for editors: who has an account; invite, change, disable, give a link for a new password."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict, InvalidInput
from dateline.ports.ledger.accounts import Account
from dateline_ingest.accounts.mails import give_link
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.people.account_form import LABELS, AccountForm, checked_account

people_pages = Blueprint("people_pages", __name__, url_prefix="/people")
Page = str | Response | tuple[str, int]


@people_pages.get("")
@needs("editor")
def show() -> Page:
    """Everybody, and the form to invite somebody."""
    return _people_page(AccountForm({"role": "reporter"}))


@people_pages.post("")
@needs("editor")
def invite() -> Page:
    """Make an account, and let its owner choose a password."""
    form = AccountForm.typed(request.form)
    try:
        made = parts().ledger.create_account(checked_account(form.body()), token())
    except (InvalidInput, Conflict) as refusal:
        return _people_page(form, _errors(refusal)), 422
    return _linked_page(made)


@people_pages.get("/<opaque:account_id>")
@needs("editor")
def show_one(account_id: str) -> Page:
    """What is said of somebody, to be changed."""
    account = parts().ledger.account(account_id)
    return _person_page(account, AccountForm.of(account))


@people_pages.post("/<opaque:account_id>")
@needs("editor")
def save(account_id: str) -> Page:
    """Change what is said of somebody; oneself keeps the role, so that an editor is left."""
    account, form = parts().ledger.account(account_id), AccountForm.typed(request.form)
    try:
        details = checked_account(form.body(account.role if _is_oneself(account) else ""))
        parts().ledger.change_account(account_id, details, token())
    except (InvalidInput, Conflict) as refusal:
        return _person_page(account, form, _errors(refusal)), 422
    flash("Saved.")
    return redirect(url_for("people_pages.show_one", account_id=account_id), 303)


@people_pages.post("/<opaque:account_id>/disable")
@needs("editor")
def disable(account_id: str) -> Response:
    """Let somebody sign in no more."""
    if _is_oneself(account := parts().ledger.account(account_id)):
        raise Conflict("This is your own account: another editor can disable it.")
    parts().ledger.disable_account(account_id, token())
    flash(f"{account.name} can't sign in any more. What was written stays.")
    return redirect(url_for("people_pages.show"), 303)


@people_pages.post("/<opaque:account_id>/enable")
@needs("editor")
def enable(account_id: str) -> Response:
    """Let somebody sign in again."""
    parts().ledger.enable_account(account_id, token())
    flash("This account can sign in again.")
    return redirect(url_for("people_pages.show_one", account_id=account_id), 303)


@people_pages.post("/<opaque:account_id>/reset")
@needs("editor")
def reset(account_id: str) -> Page:
    """Let somebody choose a new password."""
    return _linked_page(parts().ledger.account(account_id))


def _is_oneself(account: Account) -> bool:
    return token().account and token().id == account.id


def _people_page(form: AccountForm, errors: tuple[FormError, ...] = ()) -> str:
    people = parts().ledger.accounts()
    return render_template("desk/people/people.html", people=people, form=form, errors=errors)


def _person_page(account: Account, form: AccountForm, errors: tuple[FormError, ...] = ()) -> str:
    return render_template(
        "desk/people/person.html", account=account, form=form, errors=errors, oneself=_is_oneself(account)
    )


def _linked_page(account: Account) -> Page:
    """Send a link, or show it to be handed over."""
    link = give_link(account, token(), request.host_url)
    if link:
        return render_template("desk/people/link.html", account=account, link=link)
    flash(f"A link to choose a password is on its way to {account.email}.")
    return redirect(url_for("people_pages.show"), 303)


def _errors(refusal: InvalidInput | Conflict) -> tuple[FormError, ...]:
    if isinstance(refusal, InvalidInput) and refusal.errors:
        return form_errors(refusal.errors, LABELS)
    field = "email" if "address" in str(refusal) else "name"
    return (FormError(field, LABELS[field], str(refusal)),)
