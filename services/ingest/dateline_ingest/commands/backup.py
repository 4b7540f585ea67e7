"""token, erase, export, restore: work on the ledger itself, no service needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import IO, Any, Final

import click

from dateline.bootstrap import open_index
from dateline.errors import IndexUnavailable
from dateline.ports.ledger.backup import Backup
from dateline.ports.ledger.reindex import Reindexing
from dateline.ports.ledger.tokens import Role, Token, Tokens
from dateline.settings import Settings
from dateline_ingest.commands.client import Refused
from dateline_ingest.commands.options import as_json, data_folder, newsroom, on_the_ledger, tell

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
    ends = made.expires_at.isoformat() if made.expires_at else None
    tell({"token": secret, "name": made.name, "role": made.role, "expires_at": ends}, as_json, secret)


@token.command("list", epilog="Example: dateline token list")
@as_json
@on_the_ledger
def list_all(*, ledger: Tokens, as_json: bool) -> None:
    """List all tokens, newest first; the tokens themselves are not kept."""
    found = [_shown(one) for one in ledger.tokens()]
    lines = [f"{one['name']:<24} {one['role']:<9} {one['state']}" for one in found]
    tell({"items": found}, as_json, "\n".join(lines) or "There are no tokens.")


def _shown(one: Token) -> dict[str, Any]:
    state = "live"
    if one.expires_at and one.expires_at <= datetime.now(UTC):
        state = f"expired {one.expires_at.isoformat()}"
    if one.revoked_at:
        state = f"revoked {one.revoked_at.isoformat()}"
    return {
        "name": one.name,
        "role": one.role,
        "state": state,
        "created_at": one.created_at.isoformat(),
        "expires_at": one.expires_at.isoformat() if one.expires_at else None,
    }


@token.command(epilog="Example: dateline token revoke rita")
@click.argument("name")
@as_json
@on_the_ledger
def revoke(*, ledger: Tokens, name: str, as_json: bool) -> None:
    """End the token of NAME at once."""
    ledger.revoke_token(name)
    tell({"name": name, "state": "revoked"}, as_json, f"The token of {name} is ended.")


@click.command(epilog='Example: dateline erase 01jd8x… --reason "court order 12/26"')
@click.argument("item_id")
@click.option("--reason", required=True, help="Why; it stays on record.")
@click.option("--by", default="operator", show_default=True, help="Who; it stays on record.")
@as_json
@data_folder
def erase(*, data: str | None, item_id: str, reason: str, by: str, as_json: bool) -> None:
    """Take the text of every revision of an item out for good, and withdraw it.

    The index's old generations go too: readers don't see them, but the text would still be in there.
    """
    if not reason.strip():
        raise click.UsageError("An erasure needs a reason.")
    who = Token(name=by, role="editor", created_at=datetime.now(UTC))
    with newsroom(data) as (settings, ledger):
        count = ledger.erase(item_id, reason.strip(), who)
        try:
            dropped = drop_old_generations(settings, ledger)
        except IndexUnavailable as away:
            raise Refused(
                f"It is erased from the ledger, but not from old generations yet; run it again: {away}"
            ) from None
    result = {"id": item_id, "erased": count, "generations": dropped}
    tell(result, as_json, f"{count} revisions of {item_id} are erased, {len(dropped)} old generations are gone.")


def drop_old_generations(settings: Settings, ledger: Reindexing) -> list[str]:
    """Drop the generations of the index that are neither read nor being filled; their names."""
    with closing(open_index(settings)) as index:
        kept = {index.current_generation(), ledger.open_generation()}
        old = [name for name in index.generations() if name not in kept]
        for name in old:
            index.drop_generation(name)
    return old


@click.command(epilog="Example: dateline export newsroom.ndjson")
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@on_the_ledger
def export(*, ledger: Backup, file: IO[str]) -> None:
    """Write every item with every revision to FILE, a JSON object a line."""
    count = 0
    for line in ledger.export():
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
        count += 1
    click.echo(f"{count:,} items", err=True)


@click.command(epilog="Example: dateline restore newsroom.ndjson --data new-folder")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@as_json
@on_the_ledger
def restore(*, ledger: Backup, file: IO[str], as_json: bool) -> None:
    """Read what export wrote into an empty ledger."""
    count = ledger.restore(_read(file))
    tell({"items": count}, as_json, f"{count:,} items restored")


def _read(file: IO[str]) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(file, 1):
        try:
            yield json.loads(line)
        except ValueError as wrong:
            raise click.UsageError(f"Line {number} is not JSON: {wrong}") from None
