"""The commands of the submitting side, for the entry-point group ``dateline.commands``."""

from __future__ import annotations

from typing import Final

import click

from dateline_ingest.commands.accounts import account
from dateline_ingest.commands.audit import audit
from dateline_ingest.commands.backup import export, restore
from dateline_ingest.commands.bulk_upload.command import bulk
from dateline_ingest.commands.erase import erase
from dateline_ingest.commands.events import import_events
from dateline_ingest.commands.images import images
from dateline_ingest.commands.pull import pull_url
from dateline_ingest.commands.puller import puller
from dateline_ingest.commands.quarantine import quarantine
from dateline_ingest.commands.sample_accounts import sample
from dateline_ingest.commands.stories import status, withdraw
from dateline_ingest.commands.submission.command import submit
from dateline_ingest.commands.tag import tag
from dateline_ingest.commands.tokens import token
from dateline_ingest.commands.vocabulary import vocabulary

account.add_command(sample)

commands: Final[list[click.Command]] = [
    submit, bulk, status, withdraw, import_events, tag, account, token, quarantine, erase, vocabulary, export, restore,
    images, audit, pull_url, puller,
]  # fmt: skip
