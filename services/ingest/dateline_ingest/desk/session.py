"""The desk's session: signing in by password or token, and out; what was typed when it ended; the key that signs it."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from dateline.errors import CannotStart
from dateline.formats.control_characters import drop_control_characters
from dateline.ports.ledger.tokens import Token
from dateline.private_files import kept_key
from dateline.schemas.fields import SHORT
from dateline.settings import Settings
from dateline_ingest.accounts.sign_in import MOST_IN_LOGIN, sign_in_by_password
from dateline_ingest.auth import SESSION, count_failed_attempt, session_token
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.story_form import StoryForm
from dateline_ingest.desk.forms.typed_fields import TypedFields
from dateline_ingest.desk.origin import is_foreign
from dateline_ingest.desk.waiting_form import deed

session_pages = Blueprint("session", __name__)

PENDING_PREFIX = "kept-"
"""What a field of the story form is called while it waits in the sign-in form: nothing typed is lost."""

_NEVER_KEPT: Final = frozenset({"account_pages", "token_pages", "password_pages", "people_pages"})
"""Pages whose forms don't wait for a sign-in: passwords are not written into a page."""

_WRONG_TOKEN: Final = "This token is not known, or it has ended."
_WRONG_PASSWORD: Final = "This name and password don't fit."

SESSION_ENDED = "Your session has ended. Sign in again."
SESSION_ENDED_KEPT = "Your session has ended. Sign in again: what you typed is kept."


@session_pages.post("/sign-in")
def sign_in() -> AnyResponse | str | tuple[str, int]:
    """Open a session with a name and a password, or with a token."""
    login, secret = request.form.get("login", "").strip(), request.form.get("token", "")
    who = sign_in_by_password(login, secret) if login else _sign_in_by_token(secret.strip())
    if who is None:
        return sign_in_page(_WRONG_PASSWORD if login else _WRONG_TOKEN, pending_fields(), login), 401
    start_session(who)
    if fields := pending_fields():
        return _resume_page(fields, who)
    return redirect(url_for("desk.home"), 303)


@session_pages.post("/sign-out")
def sign_out() -> AnyResponse:
    """End the session, for every copy of its cookie."""
    if (who := session_token()) is not None:
        parts().ledger.record("sign-out", by=who, address=request.remote_addr or "")
    _end_session()
    flash("You are signed out.")
    return redirect(url_for("desk.home"), 303)


def _sign_in_by_token(secret: str) -> Token | None:
    who = parts().ledger.find_token(secret)
    if who is None:
        count_failed_attempt()
    else:
        parts().ledger.record("sign-in", by=who, address=request.remote_addr or "", detail="by token")
    return who


def start_session(who: Token) -> None:
    """Open a session, under a new secret, in the place of the one that the cookie names."""
    _end_session()
    session.permanent = True
    agent = drop_control_characters(request.headers.get("User-Agent", ""))[:SHORT]
    session[SESSION] = parts().ledger.open_session(
        who, current_app.permanent_session_lifetime, address=request.remote_addr or "", agent=agent
    )


def session_id() -> str:
    """The id of the session that this request is part of; "" for one that bears a token."""
    secret = session.get(SESSION)
    return parts().ledger.session_id(secret) if isinstance(secret, str) else ""


def _end_session() -> None:
    """End the session that the cookie names, and take everything out of the cookie."""
    if isinstance(secret := session.get(SESSION), str):
        parts().ledger.end_session(secret)
    session.clear()


def _resume_page(fields: MultiDict[str, str], who: Token) -> str:
    """What was typed before the session ended, to be sent now: it says what that will do, and shows what is sent."""
    what = deed(request.form.get("next", ""), fields, who)
    form = StoryForm(fields) if what.is_story else None
    return render_template("desk/resume.html", form=form, pending=fields, deed=what, who=who, errors=())


def pending_fields() -> MultiDict[str, str]:
    """The fields of a form that came when nobody was signed in; none of what another site's page sent,
    nor of what is more than a page shows, nor passwords."""
    if is_foreign() or request.blueprint in _NEVER_KEPT:
        return MultiDict()
    if request.endpoint == "session.sign_in":
        fields = [
            (name.removeprefix(PENDING_PREFIX), value)
            for name, value in request.form.items()
            if name.startswith(PENDING_PREFIX)
        ]
    else:
        fields = [(name, value) for name, value in request.form.items() if name != "csrf_token"]
    typed = TypedFields.of(fields)
    return MultiDict() if typed.cut else MultiDict(typed.values)


def sign_in_page(problem: str = "", pending: MultiDict[str, str] | None = None, login: str = "") -> str:
    """The page with the sign-in form, which carries ``pending`` along.

    To a request of another site's page the browser adds no cookie, and none is set: where somebody followed a link, the
    page asks for itself once more, now as the desk's own.
    """
    if is_foreign():
        return elsewhere_page()
    back = request.form.get("next", "") if request.endpoint == "session.sign_in" else request.path
    return render_template(
        "desk/sign_in.html", problem=problem, pending=pending or MultiDict(), prefix=PENDING_PREFIX, back=back,
        login=login[:MOST_IN_LOGIN],
    )  # fmt: skip


def elsewhere_page() -> str:
    """What a request of another site's page gets: the way to the desk's own."""
    return render_template("desk/elsewhere.html", address=_followed_address())


def _followed_address() -> str:
    """The address of a page of the desk that somebody wants to see; "" where a form was sent, or something else."""
    if request.method != "GET" or request.url_rule is None or request.path.startswith("//"):
        return ""
    return request.full_path.removesuffix("?")


def secret_key(settings: Settings) -> str:
    """The key that signs the desk's sessions: the setting, or one made once in the data folder."""
    if settings.secret_key:
        return settings.secret_key
    try:
        return kept_key(settings.data / "desk.key")
    except OSError as error:
        raise CannotStart(f"The data folder {settings.data} can't be written to: {error.strerror}") from error
