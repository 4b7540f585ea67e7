"""images: the newsroom's pictures from the command line."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import click

from dateline_ingest.commands.client import CommandClient
from dateline_ingest.commands.options import as_json, data_folder, echo_result, newsroom, over_http
from dateline_ingest.pictures.remaking import remake_all

_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group(epilog="Example: dateline images list --lacks-alt")
def images() -> None:
    """The newsroom's pictures."""


@images.command("list", epilog="Example: dateline images list bridge --rights ended")
@click.argument("words", required=False, default="")
@click.option("--by", default="", help="The name of who sent it; me are one's own.")
@click.option("--lacks-alt", is_flag=True, help="Only those without alternative text.")
@click.option("--unused", is_flag=True, help="Only those that nothing shows.")
@click.option(
    "--rights", type=click.Choice(("usable", "not_yet", "ending", "ended")), help="What their rights say now."
)
@as_json
@over_http
def list_all(*, client: CommandClient, words: str, lacks_alt: bool, unused: bool, as_json: bool, **given: str) -> None:
    """List the newest hundred pictures that match."""
    asked = {"q": words, "lacks_alt": "true" if lacks_alt else "", "unused": "true" if unused else "", **given}
    found = client.request(
        "GET", f"/v1/images?{urlencode({**{k: v or '' for k, v in asked.items()}, 'limit': 100})}"
    ).body
    lines = [f"{one['id']}  {one['state']:<11} {one['width']}x{one['height']}  {_words(one)}" for one in found["items"]]
    echo_result(found, as_json, "\n".join(lines) or "There is no such picture.")


@images.command(epilog="Example: dateline images show 01jd8x…")
@click.argument("image_id")
@as_json
@over_http
def show(*, client: CommandClient, image_id: str, as_json: bool) -> None:
    """Show one picture: its words, its file, what shows it."""
    one = client.request("GET", f"/v1/images/{quote(image_id)}").body
    said = {name: value for name, value in {**one["file"], **one["image"]}.items() if value not in ("", None, [])}
    lines = [f"{name:<13} {value}" for name, value in {"state": one["state"], **said}.items()]
    lines += [f"shown by      {use['kind']} {use['id']}  {use['label']}" for use in one["uses"]]
    echo_result(one, as_json, "\n".join(lines))


@images.command(epilog='Example: dateline images upload bridge.jpg --alt "The bridge at dusk" --credit "Rita Reporter"')
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--alt", default="", help="What the picture shows, for those who don't see it.")
@click.option("--decorative", is_flag=True, help="It says nothing that the text doesn't.")
@click.option("--caption", default="", help="What stands under it.")
@click.option("--credit", required=True, help="Whom it is credited to.")
@click.option("--usable-until", default="", help="When its rights end (2026-12-31T18:00:00+03:00).")
@as_json
@over_http
def upload(*, client: CommandClient, files: tuple[Path, ...], decorative: bool, as_json: bool, **words: str) -> None:
    """Send pictures, all with the same words."""
    fields = {**words, "decorative": "true" if decorative else ""}
    receipts = []
    for path in files:
        body, content_type = _form(path, {name: value for name, value in fields.items() if value})
        receipts.append(json.loads(b"".join(client.upload("/v1/images", body, content_type))))
    lines = [f"{one['id']} revision {one['revision']}: {one['state']}" for one in receipts]
    echo_result({"items": receipts}, as_json, "\n".join(lines))


@images.command(epilog='Example: dateline images takedown 01jd8x… --reason "court order 12/26"')
@click.argument("image_id")
@click.option("--reason", default="", help="Why; it stays on record.")
@click.option("--dry-run", is_flag=True, help="Only say what shows it.")
@as_json
@over_http
def takedown(*, client: CommandClient, image_id: str, reason: str, dry_run: bool, as_json: bool) -> None:
    """Take a picture down for good, from readers and from here."""
    path = f"/v1/images/{quote(image_id)}{'?dry_run=true' if dry_run else ''}"
    done = client.request("DELETE", path, {"reason": reason} if reason else None).body
    lines = [f"{use['kind']} {use['id']}  {use['label']}" for use in done["uses"]]
    lines.append("It would be taken down." if dry_run else f"It is taken down. {done['left']}")
    echo_result(done, as_json, "\n".join(lines))


@images.command(epilog="Example: dateline images remake --data newsroom")
@as_json
@data_folder
def remake(*, data: str | None, as_json: bool) -> None:
    """Make all pictures' renditions anew from their originals.

    New pictures go before them. Straight on the ledger; the media worker finds them within seconds, when it runs.
    """
    with newsroom(data) as (_, ledger):
        count = remake_all(ledger)
    echo_result({"pictures": count}, as_json, f"{count:,} pictures wait to be made anew.")


def _words(one: dict[str, Any]) -> str:
    return str(one["caption"] or one["alt"] or one["filename"])


def _form(path: Path, fields: dict[str, str]) -> tuple[bytes, str]:
    """A form in parts (RFC 7578) with a file, and its type."""
    boundary = secrets.token_hex(16)
    name = path.name.replace("\\", "_").replace('"', "_")
    head = [f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()]  # fmt: skip
    head.append(f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n')
    body = "".join(head).encode() + path.read_bytes() + f"\r\n--{boundary}--\r\n".encode()
    return body, f"multipart/form-data; boundary={boundary}"
