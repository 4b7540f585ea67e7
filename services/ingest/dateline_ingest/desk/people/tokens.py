"""An account's own tokens, for programs: made, rotated and ended on its page."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from dateline.errors import Conflict, FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.tokens import Role, Token, own_token_name
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import form_errors, number_field
from dateline_ingest.desk.people.my_account import EVERYBODY, LABELS, account_page, own_account

token_pages = Blueprint("token_pages", __name__, url_prefix="/account/tokens")
Page = str | Response | tuple[str, int]

_MOST_DAYS = 3650
_MOST_IN_LABEL = 60


@token_pages.post("")
@needs(*EVERYBODY)
def create() -> Page:
    """Make a token, which is shown this once."""
    own_account()
    try:
        return account_page(made=_made())
    except (InvalidInput, Conflict) as refusal:
        errors = refusal.errors if isinstance(refusal, InvalidInput) else (FieldError("/label", str(refusal)),)
        return account_page(form_errors(errors, LABELS)), 422


@token_pages.post("/change")
@needs(*EVERYBODY)
def change() -> Page:
    """Rotate a token, or end it."""
    name = own_token_name(own_account().id, request.form.get("label", ""))
    if request.form.get("do") == "rotate":
        return account_page(made=parts().ledger.rotate_token(name, by=token()))
    parts().ledger.revoke_token(name, by=token())
    flash("The token is ended.")
    return redirect(url_for("account_pages.show"), 303)


def _made() -> tuple[str, Token]:
    """The token that the form asks for. Raises ``InvalidInput``, ``Conflict``, and ``NotAllowed`` for more than the
    account's role."""
    label = drop_control_characters(request.form.get("label", "")).strip()
    days = number_field(request.form.get("days", "").strip())
    if not 1 <= len(label) <= _MOST_IN_LABEL or "/" in label:
        raise InvalidInput("", (FieldError("/label", f"1 to {_MOST_IN_LABEL} characters, no /."),))
    if days != "" and not (isinstance(days, int) and 1 <= days <= _MOST_DAYS):
        raise InvalidInput("", (FieldError("/days", f"A number of days from 1 to {_MOST_DAYS}, or nothing."),))
    lasts = timedelta(days=days) if isinstance(days, int) else None
    role = cast(Role, request.form.get("scope", ""))
    return parts().ledger.create_token(
        own_token_name(token().id, label), role, lasts, account_id=token().id, by=token()
    )
