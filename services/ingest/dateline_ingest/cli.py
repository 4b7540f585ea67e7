"""The commands of the submitting side, for the entry-point group ``dateline.commands``."""

from __future__ import annotations

from typing import Final

import click

from dateline_ingest.commands.backup import erase, export, restore, token
from dateline_ingest.commands.quarantine import quarantine
from dateline_ingest.commands.stories import bulk, import_events, status, submit, withdraw
from dateline_ingest.commands.vocabulary import tag, vocabulary

commands: Final[list[click.Command]] = [
    submit, bulk, status, withdraw, import_events, tag, token, quarantine, erase, vocabulary, export, restore,
]  # fmt: skip
