"""token create, list, revoke: who may submit. Straight on the ledger; no service is needed."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any, Final, get_args

import click

from dateline.domain.timestamps import rfc3339
from dateline.ports.ledger.tokens import Role, Token, Tokens
from dateline.schemas.fields import SHORT
from dateline_ingest.commands.options import as_json, echo_result, on_a_new_ledger, on_the_ledger

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


_SOURCE_HELP: Final = (
    "A source whose external ids this reporter writes: an agency's name, or the host or urn:… of its URIs. Repeatable."
)


def _checked(sources: tuple[str, ...]) -> tuple[str, ...]:
    """Sources as stories name them. Raises ``click.UsageError``."""
    cleaned = tuple(source.strip() for source in sources)
    if not all(1 <= len(source) <= SHORT and source.isprintable() for source in cleaned):
        raise click.UsageError(f"A source has 1 to {SHORT} characters.")
    return cleaned


@click.group(epilog="Example: dateline token create rita --role reporter --expires 90d")
def token() -> None:
    """Who may submit: tokens are made, listed and ended here."""


@token.command(epilog="Example: dateline token create rita --role reporter --expires 90d --json")
@click.argument("name")
@click.option("--role", type=click.Choice(list(get_args(Role))), help="What it may do; needed for a new one.")
@click.option("--expires", type=Span(), help="When it ends: 90d, 12h …; without it, never.")
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help=_SOURCE_HELP)
@click.option("--rotate", is_flag=True, help="A new token for a NAME that has one; the one before lives on for --keep.")
@click.option("--keep", type=Span(), default="24h", show_default=True, help="How long, with --rotate.")
@as_json
@on_a_new_ledger
def create(
    *, ledger: Tokens, name: str, role: Role | None, expires: timedelta | None, sources: tuple[str, ...], rotate: bool,
    keep: timedelta, as_json: bool,
) -> None:  # fmt: skip
    """Make a token for NAME, or rotate the one it has. It is shown this once."""
    if rotate:
        if role or sources:
            raise click.UsageError("A token that is rotated keeps its role and sources.")
        secret, made = ledger.rotate_token(name, keep=keep, expires_in=expires)
    else:
        secret, made = ledger.create_token(
            _checked_name(name), _checked_role(role, sources), expires, sources=_checked(sources)
        )
    ends = rfc3339(made.expires_at) if made.expires_at else None
    result = {"token": secret, "name": made.name, "role": made.role, "expires_at": ends}
    if made.former_until:
        result["former_until"] = rfc3339(made.former_until)
    echo_result(result, as_json, secret)


def _checked_name(name: str) -> str:
    """A name that a token may have: none of those that accounts' own tokens have. Raises ``click.UsageError``."""
    if not name.strip() or len(name) > 100 or not name.isprintable() or "/" in name:
        raise click.UsageError("A name has 1 to 100 characters, and no slash.")
    return name


def _checked_role(role: Role | None, sources: tuple[str, ...]) -> Role:
    if role is None:
        raise click.UsageError("Missing option '--role'.")
    if sources and role != "reporter":
        raise click.UsageError("Sources are given to reporters: editors may write for all, ops for none.")
    return role


@token.command("list", epilog="Example: dateline token list")
@as_json
@on_the_ledger
def list_all(*, ledger: Tokens, as_json: bool) -> None:
    """List all tokens, newest first. The tokens themselves are not kept."""
    items = [_token_json(token) for token in ledger.tokens()]
    lines = [
        f"{one['name']:<24} {one['role']:<9} {one['state']}{_used(one['last_used_at'])}{_listed(one['sources'])}"
        for one in items
    ]
    echo_result({"items": items}, as_json, "\n".join(lines) or "There are no tokens.")


def _used(at: str | None) -> str:
    return f", used {at}" if at else ", never used"


def _listed(sources: list[str]) -> str:
    return f", for {', '.join(sources)}" if sources else ""


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
        "label": token.label,
        "sources": list(token.sources),
        "last_used_at": rfc3339(token.last_used_at) if token.last_used_at else None,
        "former_until": rfc3339(token.former_until) if token.former_until else None,
        "former_used_at": rfc3339(token.former_used_at) if token.former_used_at else None,
        "created_at": rfc3339(token.created_at),
        "expires_at": rfc3339(token.expires_at) if token.expires_at else None,
    }


@token.command("sources", epilog='Example: dateline token sources rita --source BelTA --source "Rita\'s feed"')
@click.argument("name")
@click.option("--source", "sources", multiple=True, metavar="SOURCE", help=_SOURCE_HELP)
@as_json
@on_the_ledger
def set_sources(*, ledger: Tokens, name: str, sources: tuple[str, ...], as_json: bool) -> None:
    """Say whose external ids the token of NAME may write. It may for these sources, and no others given before."""
    changed = ledger.set_sources(name, _checked(sources))
    told = f"{name} may write for {', '.join(changed.sources) or 'no source that was given'}."
    echo_result({"name": name, "sources": list(changed.sources)}, as_json, told)


@token.command(epilog="Example: dateline token revoke rita")
@click.argument("name")
@as_json
@on_the_ledger
def revoke(*, ledger: Tokens, name: str, as_json: bool) -> None:
    """End the token of NAME at once."""
    ledger.revoke_token(name)
    echo_result({"name": name, "state": "revoked"}, as_json, f"The token of {name} is ended.")
