"""The mails that accounts get: an invitation, and a link by which a new password is chosen."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from dateline.ports.ledger.accounts import Account
from dateline.ports.ledger.tokens import Token
from dateline_ingest.accounts.links import LINK_LASTS, link_address
from dateline_ingest.context import Parts, parts
from dateline_ingest.mailer import Mail

AGAIN_AFTER: Final = timedelta(minutes=5)
"""Who asks for links again and again fills nobody's mailbox."""

_HOURS: Final = LINK_LASTS // timedelta(hours=1)
_INVITATION: Final = """{by} invites you to the desk of {title}.

Choose a password here, within {hours} hours:

{link}

Then you sign in as {name}, or with this address.
"""
_RESET: Final = """Somebody, you we hope, asked for a new password for {name} at the desk of {title}.

Choose it here, within {hours} hours:

{link}

If it wasn't you, do nothing: your password stays as it is.
"""


def give_link(account: Account, by: Token, host: str) -> str:
    """Let an account choose a password: a link is sent by mail; where no mail can be sent, it is returned, to be handed
    over. Raises ``Conflict`` for a disabled account."""
    here = parts()
    link = link_address(here.settings, here.ledger.make_password_link(account.id, LINK_LASTS, by), host)
    if not here.mailer.can_send:
        return link
    mail = _mail(here, account, link, _RESET if account.has_password else _INVITATION, by.name)
    here.mailer.send_later(lambda: mail)
    return ""


def mail_forgotten(login: str) -> None:
    """Send a link to the account of a name or an address, if there is one that can sign in; nobody is told whether."""
    here = parts()

    def make() -> Mail | None:
        account = here.ledger.find_account(login)
        if account is None or account.disabled_at is not None:
            return None
        secret = here.ledger.make_forgotten_link(account.id, LINK_LASTS, again_after=AGAIN_AFTER)
        return _mail(here, account, link_address(here.settings, secret), _RESET, "") if secret else None

    here.mailer.send_later(make)


def _mail(here: Parts, account: Account, link: str, text: str, by: str) -> Mail:
    title = here.settings.title
    said = text.format(by=by, title=title, hours=_HOURS, link=link, name=account.name)
    return Mail(to=account.email, subject=f"{title}: choose a password", text=said)
