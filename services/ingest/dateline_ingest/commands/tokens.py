"""token create, list, revoke: who may submit. Straight on the ledger; no service is needed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import click

from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.tokens import Role, Token, Tokens
from dateline_ingest.commands.options import as_json, echo_result, on_the_ledger

_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Span(click.ParamType[timedelta]):
    """A time span such as 90d, 12h, 30m or 2w."""

    name = "span"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """The span that ``value`` says."""
        found = re.fullmatch(r"([1-9]\d{0,4})([mhdw])", str(value))
        if found is None:
            self.fail(f"{value!r} is no span such as 90d, 12h, 30m or 2w.", param, ctx)
        return timedelta(**{_UNITS[found[2]]: int(found[1])})


@click.group(epilog="Example: dateline token create rita --role reporter --expires 90d")
def token() -> None:
    """Who may submit: tokens are made, listed and ended here."""


@token.command(epilog="Example: dateline token create rita --role reporter --expires 90d --json")
@click.argument("name")
@click.option("--role", type=click.Choice(["reporter", "editor", "ops"]), required=True)
@click.option("--expires", type=Span(), help="When it ends: 90d, 12h …; without it, never.")
@as_json
@on_the_ledger
def create(*, ledger: Tokens, name: str, role: Role, expires: timedelta | None, as_json: bool) -> None:
    """Make a token for NAME. It is shown this once."""
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise click.UsageError("A name has 1 to 100 characters.")
    secret, made = ledger.create_token(name, role, expires)
    ends = rfc3339(made.expires_at) if made.expires_at else None
    echo_result({"token": secret, "name": made.name, "role": made.role, "expires_at": ends}, as_json, secret)


@token.command("list", epilog="Example: dateline token list")
@as_json
@on_the_ledger
def list_all(*, ledger: Tokens, as_json: bool) -> None:
    """List all tokens, newest first; the tokens themselves are not kept."""
    items = [_token_json(token) for token in ledger.tokens()]
    lines = [f"{one['name']:<24} {one['role']:<9} {one['state']}" for one in items]
    echo_result({"items": items}, as_json, "\n".join(lines) or "There are no tokens.")


def _token_json(token: Token) -> dict[str, Any]:
    state = "live"
    if token.expires_at and token.expires_at <= datetime.now(UTC):
        state = f"expired {rfc3339(token.expires_at)}"
    if token.revoked_at:
        state = f"revoked {rfc3339(token.revoked_at)}"
    return {
        "name": token.name,
        "role": token.role,
        "state": state,
        "created_at": rfc3339(token.created_at),
        "expires_at": rfc3339(token.expires_at) if token.expires_at else None,
    }


@token.command(epilog="Example: dateline token revoke rita")
@click.argument("name")
@as_json
@on_the_ledger
def revoke(*, ledger: Tokens, name: str, as_json: bool) -> None:
    """End the token of NAME at once."""
    ledger.revoke_token(name)
    echo_result({"name": name, "state": "revoked"}, as_json, f"The token of {name} is ended.")
