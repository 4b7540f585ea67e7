"""The editors' page of people, accounts' own tokens, and mail through a server that takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from email.message import Message
from typing import Any
from unittest.mock import patch

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from argon2 import PasswordHasher
from flask.testing import FlaskClient

from dateline.errors import BadSetting
from dateline.ports.ledger.accounts import Account, AccountDetails
from dateline.settings import read_settings
from dateline_ingest.mailer import Mailer
from servers import free_port
from unit.ingest.conftest import Newsroom
from unit.ingest.desk_pages import hidden, post
from unit.ingest.test_ingest_accounts import sign_in

EDDA = AccountDetails(name="Edda Roe", email="edda@example.org", role="editor")
RITA = {"name": "Rita Mori", "email": "rita@example.org", "role": "reporter", "sections": "world, city"}


@pytest.fixture
def edda(newsroom: Newsroom) -> Account:
    return newsroom.create_account(EDDA)


@pytest.fixture
def editor(newsroom: Newsroom, edda: Account) -> FlaskClient:
    client = newsroom.client
    assert sign_in(client, "Edda Roe").status_code == 303
    return client


class Mailbox(MessageHandler):
    """What the server took."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.mails.append(message)


@pytest.fixture
def mailbox(newsroom: Newsroom) -> Iterator[Callable[[], list[Message]]]:
    """A mail server that the newsroom sends by; called, it gives what came once all is sent."""
    box, port = Mailbox(), free_port()
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings = read_settings({
        "DATELINE_SMTP": f"smtp://127.0.0.1:{port}", "DATELINE_MAIL_FROM": "desk@example.org",
        "DATELINE_INGEST_URL": "https://desk.example.org", "DATELINE_SECRET_KEY": "k" * 32,
    })  # fmt: skip
    before = newsroom.app.extensions["dateline"]
    mailer = Mailer(settings)
    newsroom.app.extensions["dateline"] = replace(before, settings=settings, mailer=mailer)

    def sent() -> list[Message]:
        mailer.close()
        return box.mails

    yield sent
    mailer.close()
    server.stop()


def link_in(mail: Message) -> str:
    found = re.search(r"https://desk.example.org(/password\?link=\S+)", mail.get_payload(decode=True).decode())
    assert found
    return found[1]


def test_an_editor_invites_by_mail(
    newsroom: Newsroom, editor: FlaskClient, mailbox: Callable[[], list[Message]]
) -> None:
    answer = post(editor, "/people", "/people", **RITA)
    assert answer.status_code == 303
    [mail] = mailbox()
    assert (mail["To"], mail["From"]) == ("rita@example.org", "desk@example.org")
    assert "Edda Roe invites you" in mail.get_payload(decode=True).decode()
    rita = newsroom.client
    link = link_in(mail)
    chosen = post(rita, "/password", link, link=link.partition("=")[2], password="velvet-harbor-tuba-93")
    assert chosen.status_code == 303
    assert "Rita Mori, reporter" in rita.get("/").text
    assert link.partition("=")[2] not in answer.text


def test_who_is_given_something_to_write_is_told_by_mail(
    newsroom: Newsroom, editor: FlaskClient, mailbox: Callable[[], list[Message]]
) -> None:
    newsroom.create_account(AccountDetails(name="Rita Mori", email="rita@example.org", role="reporter"))
    given = {"assigned-headline": "Ferry", "note": "The mayor speaks", "until": "2099-12-01T18:00"}
    post(editor, "/assignments", **given, to="Rita Mori", mail="1")
    post(editor, "/assignments", **given, to="Rita Mori")
    post(editor, "/assignments", **given, to="rita", mail="1")  # a token, which has no address
    [mail] = mailbox()
    assert (mail["To"], mail["Subject"].endswith(": Ferry")) == ("rita@example.org", True)
    text = mail.get_payload(decode=True).decode()
    for words in ("Edda Roe gives you this", "The mayor speaks", "Until 18:00", "https://desk.example.org/drafts/"):
        assert words in text


def test_without_a_mail_server_the_link_is_shown_once(newsroom: Newsroom, editor: FlaskClient) -> None:
    page = post(editor, "/people", "/people", **RITA)
    link = re.search(r'value="http://localhost(/password\?link=[^"]+)"', page.text)
    assert link and newsroom.client.get(link[1]).status_code == 200
    people = editor.get("/people").text
    assert "Rita Mori" in people and "invited, no password yet" in people and "world, city" in people
    assert link[1] not in people


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", ""), ("name", "r@ta"), ("name", "Edda Roe"), ("name", "rita"), ("email", "nowhere"),
     ("email", "EDDA@example.org"), ("role", "king"), ("sections", "No Slug")],
)  # fmt: skip
def test_what_is_no_account_is_told_at_its_field(editor: FlaskClient, field: str, value: str) -> None:
    answer = post(editor, "/people", "/people", **{**RITA, field: value})
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert 'value="world, city"' in answer.text or field == "sections"


def test_an_account_is_changed_disabled_and_enabled(newsroom: Newsroom, editor: FlaskClient, ann: Account) -> None:
    hers = newsroom.client
    sign_in(hers, "Ann Lee")
    path = f"/people/{ann.id}"
    assert post(editor, path, path, **{**RITA, "name": "Ann Roe", "role": "editor"}).status_code == 303
    assert "Ann Roe, editor" in hers.get("/").text
    assert post(editor, f"{path}/disable", path).status_code == 303
    assert hers.get("/stories").status_code == 401
    assert sign_in(newsroom.client, "Ann Roe").status_code == 401
    assert post(editor, f"{path}/reset", path).status_code == 409
    assert post(editor, f"{path}/enable", path).status_code == 303
    assert sign_in(newsroom.client, "Ann Roe").status_code == 303
    assert editor.get("/people/none").status_code == 404


def test_an_editor_is_left(newsroom: Newsroom, editor: FlaskClient, edda: Account) -> None:
    path = f"/people/{edda.id}"
    assert post(editor, f"{path}/disable", path).status_code == 409
    changed = {"name": "Edda Roe", "email": "edda@example.net", "role": "reporter", "sections": ""}
    assert post(editor, path, path, **changed).status_code == 303
    assert (newsroom.ledger.account(edda.id).role, newsroom.ledger.account(edda.id).email) == (
        "editor",
        "edda@example.net",
    )


def test_who_forgot_gets_a_link_and_nobody_is_told_who_that_is(
    newsroom: Newsroom, edda: Account, mailbox: Callable[[], list[Message]]
) -> None:
    with patch.object(PasswordHasher, "hash", autospec=True) as hashed:
        answers = [
            post(newsroom.client, "/password/forgotten", login=login)
            for login in ("edda@example.org", "Edda Roe", "nobody@example.org")
        ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.text.replace(hidden_token(answer.text), "") for answer in answers}) == 1
    assert hashed.call_count == 0
    [mail] = mailbox()  # the second is too soon after the first
    assert newsroom.client.get(link_in(mail)).status_code == 200
    assert "Password forgotten?" in newsroom.client.get("/").text
    assert sign_in(newsroom.client, "Edda Roe").status_code == 303


def hidden_token(text: str) -> str:
    return hidden(text, "csrf_token") if "csrf_token" in text else "\0"


def test_links_are_asked_for_ten_times_a_minute(newsroom: Newsroom) -> None:
    asked = [post(newsroom.client, "/password/forgotten", login=f"n{n}").status_code for n in range(11)]
    assert asked == [200] * 10 + [429]


def test_a_mail_server_that_is_away_keeps_nobody_waiting(
    newsroom: Newsroom, editor: FlaskClient, mailbox: Callable[[], list[Message]], capsys: Any
) -> None:
    service = newsroom.app.extensions["dateline"]
    gone = replace(service.settings, smtp="smtp://127.0.0.1:1")
    newsroom.app.extensions["dateline"] = replace(service, settings=gone, mailer=Mailer(gone))
    assert post(editor, "/people", "/people", **RITA).status_code == 303
    newsroom.app.extensions["dateline"].mailer.close()
    assert "mail not sent" in capsys.readouterr().out


def test_mail_needs_an_address_that_links_lead_to() -> None:
    with pytest.raises(BadSetting, match="DATELINE_INGEST_URL"):
        read_settings({"DATELINE_SMTP": "smtp://mail.example.org", "DATELINE_MAIL_FROM": "desk@example.org"})


def secret_in(page: str) -> str:
    return hidden(page.replace('id="made" value', 'name="made" value'), "made")


def test_own_tokens_are_made_rotated_and_ended(newsroom: Newsroom, editor: FlaskClient) -> None:
    made = post(editor, "/account/tokens", "/account", label="laptop", scope="reporter", days="90")
    first = secret_in(made.text)
    assert first not in editor.get("/account").text

    def asks(secret: str, path: str = "/v1/stories") -> int:
        return newsroom.client.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code

    assert (asks(first), asks(first, "/v1/quarantine")) == (200, 403)
    again = post(editor, "/account/tokens", "/account", label="laptop", scope="reporter", days="")
    assert again.status_code == 422 and 'href="#label"' in again.text
    second = secret_in(post(editor, "/account/tokens/change", "/account", label="laptop", do="rotate").text)
    assert (asks(first), asks(second)) == (200, 200)
    assert "the one before is good until" in editor.get("/account").text
    assert post(editor, "/account/tokens/change", "/account", label="laptop", do="end").status_code == 303
    assert (asks(first), asks(second)) == (401, 401)
    assert post(editor, "/account/tokens/change", "/account", label="laptop", do="end").status_code == 404


@pytest.mark.parametrize(("field", "value"), [("label", ""), ("label", "a/b"), ("days", "0"), ("days", "soon")])
def test_a_token_that_wont_do_is_refused_at_its_field(editor: FlaskClient, field: str, value: str) -> None:
    form = {"label": "laptop", "scope": "editor", "days": "90", field: value}
    answer = post(editor, "/account/tokens", "/account", **form)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text


def test_a_reporter_makes_no_editors_token(newsroom: Newsroom, ann: Account) -> None:
    client = newsroom.client
    sign_in(client, "Ann Lee")
    for scope in ("editor", "ops", "king"):
        assert post(client, "/account/tokens", "/account", label="x", scope=scope, days="1").status_code == 403
