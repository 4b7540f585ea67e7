"""The ledger: the record of every revision, for ever, and of what is due to be indexed.

One item (story, event, term) has immutable revisions. A write makes the item due; a worker claims due items under a
lease, publishes them and marks the claim. A claim's number is the item's fencing token and the version of its
document, so a worker that was paused can't overwrite what a later claim wrote.
"""

from __future__ import annotations

from typing import Protocol

from dateline.ports.ledger.accounts import Accounts, Passwords
from dateline.ports.ledger.audit import Audit
from dateline.ports.ledger.backup import Backup
from dateline.ports.ledger.changes import Changes
from dateline.ports.ledger.claims import Claims
from dateline.ports.ledger.column_mappings import ColumnMappings
from dateline.ports.ledger.coverages import CoverageFiling, Coverages, PlanReaders
from dateline.ports.ledger.drafts import Drafts
from dateline.ports.ledger.duplicates import Duplicates
from dateline.ports.ledger.event_links import EventLinks
from dateline.ports.ledger.event_list import EventList
from dateline.ports.ledger.event_proposals import EventProposals
from dateline.ports.ledger.items import Items
from dateline.ports.ledger.lifecycle import Lifecycle
from dateline.ports.ledger.metrics import MetricsSource
from dateline.ports.ledger.pictures import Pictures
from dateline.ports.ledger.pulled_sources import PulledSources
from dateline.ports.ledger.quarantine import QuarantinedItems
from dateline.ports.ledger.reindex import Reindexing
from dateline.ports.ledger.retag import RetagJobs
from dateline.ports.ledger.reviews import Assignments, Reviews
from dateline.ports.ledger.sessions import Sessions
from dateline.ports.ledger.story_pages.notes import StoryNotes
from dateline.ports.ledger.story_pages.presence import Presence
from dateline.ports.ledger.story_pages.story_list import StoryList
from dateline.ports.ledger.submissions import Submissions
from dateline.ports.ledger.suggested_tags import SuggestedTags
from dateline.ports.ledger.term_moves import TermMoves
from dateline.ports.ledger.tokens import Tokens
from dateline.ports.ledger.vocabulary import Proposals, PublicTerms, RefusedTags, TermChanges


class Ledger(
    Lifecycle,
    Audit,
    Tokens,
    Sessions,
    Accounts,
    Passwords,
    Submissions,
    Drafts,
    Duplicates,
    EventLinks,
    EventProposals,
    PulledSources,
    ColumnMappings,
    Reviews,
    Assignments,
    Coverages,
    CoverageFiling,
    PlanReaders,
    Items,
    EventList,
    StoryList,
    StoryNotes,
    Presence,
    Claims,
    Changes,
    Pictures,
    QuarantinedItems,
    TermChanges,
    RefusedTags,
    TermMoves,
    PublicTerms,
    Proposals,
    SuggestedTags,
    RetagJobs,
    Reindexing,
    Backup,
    MetricsSource,
    Protocol,
):
    """The whole record. A caller takes the part that it needs: ``Claims``, ``Tokens``, ``Items`` …

    Every method is one transaction or less; all raise ``LedgerUnavailable`` when it can't be reached. Times are the
    database's own clock.
    """
