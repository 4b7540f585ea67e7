"""``dateline up``: the way from nothing to a newsroom that runs, in the order in which its parts need one another."""

from __future__ import annotations

from typing import Final

import click

from dateline.errors import CannotStart
from dateline.settings import is_given
from dateline.supervisor.data_folder import DataFolder, locked
from dateline.supervisor.embedded_broker import EmbeddedBroker
from dateline.supervisor.newsroom_processes import UpOptions, broker_process, command, environment, services
from dateline.supervisor.sd_notify import notify_ready
from dateline.supervisor.supervisor import Stopped, Supervisor, print_line
from dateline.supervisor.tcp_ports import need_port

READY_SECONDS: Final = 120.0
_BROKER_SECONDS: Final = 10.0


def run(options: UpOptions) -> None:
    """Run the newsroom until it is asked to stop. The sample is loaded only into a folder that is made here.

    Raises ``CannotStart`` with one clear line when it can't: a port in use, a folder that can't be written to or that
    another newsroom holds, no redis-server, a part that doesn't become ready.
    """
    with locked(options.data) as folder:
        if folder.is_new and not options.empty:
            folder.want_sample()
        need_port(options.web_port, "--web-port")
        need_port(options.ingest_port, "--ingest-port")
        try:
            with Supervisor() as supervisor:
                _run(options, folder, supervisor)
        except Stopped:
            print_line("stopped")


def _run(options: UpOptions, folder: DataFolder, supervisor: Supervisor) -> None:
    given = options.broker or is_given("broker")
    broker_url = options.broker if given else _start_broker(folder, supervisor)
    environ = environment(options, folder, broker_url)
    if supervisor.run_once(command("prepare", ["prepare"], environ)):
        raise CannotStart("the ledger or the index could not be prepared; the line above says why")
    if not options.empty and folder.wants_sample():
        supervisor.run_once(command("accounts", ["account", "sample"], environ))
    parts = services(options, folder, environ)
    supervisor.start(parts)
    supervisor.wait_until_ready(parts, READY_SECONDS)
    if not options.empty and folder.wants_sample():
        _load_sample(options, supervisor, environ)
    _announce(options, folder)
    notify_ready()
    supervisor.watch()


def _start_broker(folder: DataFolder, supervisor: Supervisor) -> str:
    for attempt in (1, 2):
        broker = EmbeddedBroker(folder)
        process = broker_process(broker, folder)
        supervisor.start([process])
        if supervisor.try_ready(process, _BROKER_SECONDS):
            return broker.url
        supervisor.drop(process)
        if attempt == 1:
            print_line("the broker did not start on its files; they hold wake-ups only, so it starts without them")
            broker.clear()
    raise CannotStart(f"the broker does not start; {folder.logs / 'broker.log'} says why")


def _load_sample(options: UpOptions, supervisor: Supervisor, environ: dict[str, str]) -> None:
    loading = command("sample", ["load-sample", "--pending", "--ingest", options.ingest_url], environ)
    if supervisor.run_once(loading):
        print_line("the sample newsroom is not complete; the line above says why, and the next start tries again")


def _announce(options: UpOptions, folder: DataFolder) -> None:
    click.echo(
        f"\n  Readers    {options.web_url}/\n"
        f"  Reporters  {options.ingest_url}/\n"
        f"{_sample_accounts(folder)}"
        f"  Token      {folder.token}  (an editor's)\n"
        f"  Logs       {folder.logs}\n\n"
        "Ctrl-C stops the newsroom.",
    )


def _sample_accounts(folder: DataFolder) -> str:
    """Who can sign in to the sample newsroom; the passwords stay in their file."""
    try:
        lines = folder.accounts.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return ""
    names = "".join(f"             {role} {name}, {email}\n" for role, name, email, _ in (x.split("\t") for x in lines))
    return f"  Accounts   {folder.accounts}  (the passwords of)\n{names}"
