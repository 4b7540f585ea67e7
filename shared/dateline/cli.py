"""The ``dateline`` command. Each service adds its commands through the entry-point group ``dateline.commands``."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final, NoReturn

import click

from dateline.errors import BadSetting, DatelineError
from dateline.private_files import keep_files_private
from dateline.settings import DEFAULT_INGEST, SETTINGS, read_settings

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "Run the newsroom": ("up", "status", "settings", "migrate", "index", "prepare", "load-sample", "puller"),
    "Stories, events, pictures": (
        "submit",
        "bulk",
        "pull",
        "import-events",
        "images",
        "withdraw",
        "quarantine",
        "tag",
        "vocabulary",
    ),
    "People": ("account", "token", "audit"),
    "The record": ("export", "restore", "erase"),
}
HELP_WIDTH: Final = 60
"""Characters that a command's line of help has on a terminal of 80 columns."""


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        usage = f"{error.ctx.get_usage()}\n" if error.ctx else ""
        _end(f"{usage}dateline: {error.format_message()}", error.exit_code)
    except click.ClickException as error:
        _end(f"dateline: {error.format_message()}", error.exit_code)
    except BadSetting as error:
        _end(f"dateline: {error}", 2)
    except DatelineError as error:
        _end(f"dateline: {error}", 1)


def _end(line: str, status: int) -> NoReturn:
    click.echo(line, err=True)
    raise click.exceptions.Exit(status)


class Commands(click.Group):
    """A group that looks a command up here first, so that ``dateline up`` loads no service."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name."""
        return super().get_command(ctx, cmd_name) or self._service_commands().get(cmd_name)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names."""
        return sorted({*super().list_commands(ctx), *self._service_commands()})

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line up to the command's name."""
        with _errors_in_one_line():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an error is one line, and exit status 1, or 2 for wrong use."""
        with _errors_in_one_line():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands by what they are for, each in one line; those that belong to no group are last."""
        left = {name: command for name in self.list_commands(ctx) if (command := self.get_command(ctx, name))}
        groups = {title: [name for name in names if name in left] for title, names in GROUPS.items()}
        grouped = {name for names in groups.values() for name in names}
        for title, names in {**groups, "Other": [name for name in left if name not in grouped]}.items():
            if names:
                with formatter.section(title):
                    formatter.write_dl([(name, left[name].get_short_help_str(limit=HELP_WIDTH)) for name in names])

    @staticmethod
    def _service_commands() -> dict[str, click.Command]:
        found: dict[str, click.Command] = {}
        for point in entry_points(group="dateline.commands"):
            if point.value != "dateline.cli:commands":
                with _missing_libraries_ignored():
                    found |= {command.name or "": command for command in point.load()}
        return found


@contextmanager
def _missing_libraries_ignored() -> Iterator[None]:
    """An image of one service lacks the libraries of the others, and so their commands."""
    try:
        yield
    except ModuleNotFoundError as missing:
        if (missing.name or "dateline").startswith("dateline"):
            raise


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="dateline")
def cli() -> None:
    """The newsroom system: from submission to search, topic page, archive day and calendar.

    Example: dateline up --data var
    """


@cli.command()
@click.option(
    "--data", type=click.Path(path_type=Path), default=None, help="Data folder.  [default: DATELINE_DATA or var]"
)
@click.option("--web-port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Readers' port.")
@click.option("--ingest-port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Reporters' port.")
@click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Indexer worker processes.")
@click.option("--empty", is_flag=True, help="No sample newsroom: the shipped vocabulary, no story, no event.")
@click.option("--search", default="", metavar="embedded|URL", help="Elasticsearch instead of the embedded index.")
@click.option("--ledger", default="", metavar="URL", help="PostgreSQL instead of a file in the data folder.")
@click.option("--broker", default="", metavar="URL", help="A Redis of your own instead of an embedded one.")
def up(
    data: Path | None, web_port: int, ingest_port: int, workers: int, empty: bool, search: str, ledger: str, broker: str
) -> None:
    """Run every process of the newsroom, in the foreground.

    One that dies is started again; Ctrl-C or SIGTERM stops all of them. The same data folder again is the same
    newsroom again.

    Example: dateline up --data var --web-port 8000 --ingest-port 8001
    """
    from dateline.supervisor.command_line import move_passwords_to_environment
    from dateline.supervisor.newsroom_processes import UpOptions
    from dateline.supervisor.up import run

    if web_port == ingest_port:
        raise click.UsageError(f"--web-port and --ingest-port are both {web_port}: give each its own.")
    servers = {"search": search, "ledger": ledger, "broker": broker}
    given = {**servers, "data": str(data or "")}
    settings = read_settings(None, **{name: value for name, value in given.items() if value})
    move_passwords_to_environment(servers)
    run(
        UpOptions(
            data=settings.data, web_port=web_port, ingest_port=ingest_port, workers=workers, empty=empty,
            search=search, ledger=ledger, broker=broker,
        )
    )  # fmt: skip


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def settings(as_json: bool) -> None:
    """Show every setting. Each has its variable, default, meaning, and the value it has now.

    Example: DATELINE_TIMEZONE=Asia/Tokyo dateline settings
    """
    read_settings()
    rows = [
        {
            "variable": setting.variable,
            "default": setting.default,
            "help": setting.help,
            "value": _masked(setting.given(os.environ), setting.secret),
        }
        for setting in SETTINGS
    ]
    if as_json:
        click.echo(json.dumps({"settings": rows}, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['variable']}={row['default'] if row['value'] is None else row['value']}\n    {row['help']}")


@cli.command()
@click.option(
    "--roles",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    metavar="FOLDER",
    help="Also make the services' own roles on PostgreSQL and Elasticsearch, their passwords in FOLDER/SERVICE.",
)
def migrate(roles: Path | None) -> None:
    """Bring the ledger's tables to this version's shape. Safe to run again.

    Example: DATELINE_LEDGER=postgresql://dateline:secret@db/dateline dateline migrate
    """
    from dateline.bootstrap import open_ledger

    settings = read_settings()
    with closing(open_ledger(settings)) as ledger:
        ledger.migrate()
    click.echo("The ledger fits this version.")
    if roles is not None:
        from dateline.service_roles import make_service_roles

        make_service_roles(settings, roles)
        click.echo(f"The services' roles fit this version; their passwords are in {roles}.")


@cli.command(name="load-sample")
@click.option(
    "--ingest", "url", envvar="DATELINE_INGEST", default=DEFAULT_INGEST, show_default=True, help="The ingest service."
)
@click.option("--pending", is_flag=True, help="Only if the data folder waits for it, and the ledger was empty.")
def load_sample(url: str, pending: bool) -> None:
    """Load the sample newsroom over HTTP. What is there already stays as it is.

    Example: dateline load-sample --ingest http://127.0.0.1:8001
    """
    from dateline.supervisor import sample_loader
    from dateline.supervisor.data_folder import DataFolder

    settings = read_settings()
    folder = DataFolder(settings.data)
    if pending and not sample_loader.may_begin(folder, settings):
        click.echo("No sample newsroom: the ledger holds a newsroom already.", err=True)
        return
    client = sample_loader.connect(url, folder.token.read_text(encoding="ascii").strip())
    with click.progressbar(
        length=sample_loader.count_steps(), label="Loading the sample newsroom", file=sys.stderr
    ) as bar:
        try:
            sample_loader.load(client, lambda _: bar.update(1))
            folder.end_sample()
        finally:
            client.close()


def _masked(value: str | None, secret: bool) -> str | None:
    return "(set)" if secret and value else value


commands: Final[list[click.Command]] = list(cli.commands.values())


def main() -> None:
    """The console script."""
    keep_files_private()
    cli(prog_name="dateline")


if __name__ == "__main__":
    main()
