"""account create, list, disable, enable, reset: people who sign in. Straight on the ledger; no service is needed."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from typing import Any, Final, get_args

import click

from dateline.domain.timestamps import rfc3339
from dateline.errors import InvalidInput, NotFound
from dateline.ports.ledger import Ledger
from dateline.ports.ledger.accounts import Account, AccountDetails, Accounts
from dateline.ports.ledger.tokens import Role
from dateline.schemas.fields import SHORT
from dateline.settings import DEFAULT_INGEST, Settings
from dateline_ingest.accounts.links import LINK_LASTS, link_address
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom, on_the_ledger
from dateline_ingest.passwords.hashes import PasswordHashes
from dateline_ingest.passwords.strength import check_strength

_SLUG: Final = re.compile(r"[a-z0-9-]{1,100}")
_EMAIL: Final = re.compile(r"[^@\s]{1,64}@[^@\s]{1,250}")
_FROM_STDIN: Final = click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input; without it, a link is made."
)


@click.group(epilog="Example: dateline account create 'Rita Mori' --email rita@example.org --role reporter")
def account() -> None:
    """Make, list and end the accounts of people who sign in."""


@account.command(epilog="Example: dateline account create 'Rita Mori' --email rita@example.org --role reporter --json")
@click.argument("name")
@click.option("--email", required=True, help="The address; who signs in gives it, or the name.")
@click.option("--role", type=click.Choice(list(get_args(Role))), required=True)
@click.option("--section", "sections", multiple=True, metavar="SLUG", help="A section it works for. Repeatable.")
@_FROM_STDIN
@data_folder
@as_json
def create(
    *,
    name: str,
    email: str,
    role: Role,
    sections: tuple[str, ...],
    password_stdin: bool,
    data: str | None,
    as_json: bool,
) -> None:
    """Make an account for NAME. Without a password it gets a link by which its owner chooses one."""
    details = checked_details(AccountDetails(name=name.strip(), email=email.strip(), role=role, sections=sections))
    with newsroom(data, make=True) as (settings, ledger):
        kept = _read_password(details) if password_stdin else ""
        made = ledger.create_account(details, None, password=kept)
        _echo_with_link(ledger, settings, made, kept, as_json)


def checked_details(details: AccountDetails) -> AccountDetails:
    """``details`` as they may be kept. Raises ``click.UsageError``."""
    if not 1 <= len(details.name) <= 100 or not details.name.isprintable() or "@" in details.name:
        raise click.UsageError("A name has 1 to 100 characters, and no @.")
    if not _EMAIL.fullmatch(details.email) or len(details.email) > SHORT:
        raise click.UsageError(f"{details.email!r} is no e-mail address.")
    if not all(map(_SLUG.fullmatch, details.sections)):
        raise click.UsageError("A section is named by its slug: a-z, 0-9, hyphens.")
    return details


@account.command("list", epilog="Example: dateline account list")
@as_json
@on_the_ledger
def list_all(*, ledger: Accounts, as_json: bool) -> None:
    """List all accounts, by name."""
    items = [_account_json(one) for one in ledger.accounts()]
    lines = [f"{one['name']:<24} {one['role']:<9} {one['email']:<32} {one['state']}" for one in items]
    echo_result({"items": items}, as_json, "\n".join(lines) or "There are no accounts.")


@account.command(epilog="Example: dateline account disable 'Rita Mori'")
@click.argument("name")
@as_json
@on_the_ledger
def disable(*, ledger: Accounts, name: str, as_json: bool) -> None:
    """Let NAME (or an e-mail address) sign in no more. Sessions and tokens end at once. What it wrote stays its own."""
    found = _found(ledger, name)
    ledger.disable_account(found.id, None)
    echo_result(_account_json(ledger.account(found.id)), as_json, f"{found.name} can't sign in any more.")


@account.command(epilog="Example: dateline account enable 'Rita Mori'")
@click.argument("name")
@as_json
@on_the_ledger
def enable(*, ledger: Accounts, name: str, as_json: bool) -> None:
    """Let NAME (or an e-mail address) sign in again. Tokens that ended stay so."""
    found = _found(ledger, name)
    ledger.enable_account(found.id, None)
    echo_result(_account_json(ledger.account(found.id)), as_json, f"{found.name} can sign in again.")


@account.command(epilog="Example: dateline account reset rita@example.org")
@click.argument("name")
@_FROM_STDIN
@data_folder
@as_json
def reset(*, name: str, password_stdin: bool, data: str | None, as_json: bool) -> None:
    """Give NAME (or an e-mail address) a new password, or a link.

    By the link its owner chooses one. A password that is given ends all sessions.
    """
    with newsroom(data) as (settings, ledger):
        found = _found(ledger, name)
        kept = ""
        if password_stdin:
            kept = _read_password(AccountDetails(name=found.name, email=found.email, role=found.role))
            ledger.set_password(found.id, kept, None)
        _echo_with_link(ledger, settings, found, kept, as_json)


def _found(ledger: Accounts, name: str) -> Account:
    found = ledger.find_account(name)
    if found is None:
        raise NotFound(f"there is no account {name!r}")
    return found


def _read_password(details: AccountDetails) -> str:
    """The hash of the line on standard input. Raises ``Refused`` for one that is easily guessed."""
    password = sys.stdin.readline().rstrip("\r\n")
    try:
        check_strength(password, details)
    except InvalidInput as weak:
        raise Refused(f"the password is refused: {weak}") from None
    return PasswordHashes().hash(password)


def _echo_with_link(ledger: Ledger, settings: Settings, of: Account, kept: str, as_json: bool) -> None:
    """Say what became of an account; where no password was given, with a new link."""
    result = _account_json(ledger.account(of.id))
    if kept:
        echo_result(result, as_json, f"{of.name} signs in with this password.")
        return
    link = link_address(settings, ledger.make_password_link(of.id, LINK_LASTS, None), DEFAULT_INGEST)
    told = f"{of.name} chooses a password here, within {LINK_LASTS // timedelta(hours=1)} hours:\n{link}"
    echo_result({**result, "link": link}, as_json, told)


def _account_json(one: Account) -> dict[str, Any]:
    state = "disabled" if one.disabled_at else "live" if one.has_password or one.subject else "invited"
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "role": one.role,
        "sections": list(one.sections),
        "state": state,
        "created_at": rfc3339(one.created_at),
        "signed_in_at": rfc3339(one.signed_in_at) if one.signed_in_at else None,
    }
