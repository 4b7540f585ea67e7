"""The adapter: ``ports.ledger.Ledger`` on SQLite and PostgreSQL, put together from its parts."""

from __future__ import annotations

from dateline.adapters.ledger.accounts.accounts import SqlAccounts
from dateline.adapters.ledger.accounts.passwords import SqlPasswords
from dateline.adapters.ledger.accounts.sessions import SqlSessions
from dateline.adapters.ledger.audit import SqlAudit
from dateline.adapters.ledger.backup import SqlBackup
from dateline.adapters.ledger.changes import SqlChanges
from dateline.adapters.ledger.claims import SqlClaims
from dateline.adapters.ledger.coverages.coverages import SqlCoverages
from dateline.adapters.ledger.coverages.filing import SqlCoverageFiling
from dateline.adapters.ledger.coverages.readers import SqlPlanReaders
from dateline.adapters.ledger.database.engine import reading
from dateline.adapters.ledger.database.migrate import check, migrate
from dateline.adapters.ledger.drafts.assignments import SqlAssignments
from dateline.adapters.ledger.drafts.drafts import SqlDrafts
from dateline.adapters.ledger.drafts.reviews import SqlReviews
from dateline.adapters.ledger.duplicates.comparisons import SqlComparisons
from dateline.adapters.ledger.duplicates.decisions import SqlDuplicates
from dateline.adapters.ledger.event_list import SqlEventList
from dateline.adapters.ledger.events.announcements import SqlAnnouncements
from dateline.adapters.ledger.events.column_mappings import SqlColumnMappings
from dateline.adapters.ledger.events.links import SqlEventLinks
from dateline.adapters.ledger.events.mentions import SqlMentions
from dateline.adapters.ledger.events.proposals import SqlEventProposals
from dateline.adapters.ledger.items import SqlItems
from dateline.adapters.ledger.metrics import SqlMetrics
from dateline.adapters.ledger.outcomes import SqlOutcomes
from dateline.adapters.ledger.pictures.addresses import SqlPictureAddresses
from dateline.adapters.ledger.pictures.claimed import SqlClaimedPictures
from dateline.adapters.ledger.pictures.records import SqlPictures
from dateline.adapters.ledger.pictures.uses import SqlPictureUses
from dateline.adapters.ledger.pulled_sources import SqlPulledSources
from dateline.adapters.ledger.quarantine import SqlQuarantine
from dateline.adapters.ledger.reindex import SqlReindexing
from dateline.adapters.ledger.story_pages.notes import SqlStoryNotes
from dateline.adapters.ledger.story_pages.presence import SqlPresence
from dateline.adapters.ledger.story_pages.story_list import SqlStoryList
from dateline.adapters.ledger.submissions.correction_marks import SqlCorrectionMarks
from dateline.adapters.ledger.submissions.editor_tags import SqlEditorTags
from dateline.adapters.ledger.submissions.erasure import SqlErasure
from dateline.adapters.ledger.submissions.taking_down import SqlTakeDown
from dateline.adapters.ledger.submissions.term_moves import SqlTermMoves
from dateline.adapters.ledger.sweep import SqlSweep
from dateline.adapters.ledger.tokens import SqlTokens
from dateline.adapters.ledger.vocabulary.proposals import SqlProposals
from dateline.adapters.ledger.vocabulary.public_terms import SqlPublicTerms
from dateline.adapters.ledger.vocabulary.refused_tags import SqlRefusedTags
from dateline.adapters.ledger.vocabulary.retag_jobs import SqlRetagJobs
from dateline.adapters.ledger.vocabulary.suggested_tags import SqlSuggestedTags
from dateline.adapters.ledger.vocabulary.term_changes import SqlTermChanges


class SqlLedger(
    SqlAudit,
    SqlTokens,
    SqlSessions,
    SqlAccounts,
    SqlPasswords,
    SqlTermMoves,
    SqlEditorTags,
    SqlErasure,
    SqlCorrectionMarks,
    SqlDrafts,
    SqlComparisons,
    SqlDuplicates,
    SqlEventLinks,
    SqlMentions,
    SqlAnnouncements,
    SqlEventProposals,
    SqlReviews,
    SqlAssignments,
    SqlCoverages,
    SqlCoverageFiling,
    SqlPlanReaders,
    SqlItems,
    SqlEventList,
    SqlStoryList,
    SqlStoryNotes,
    SqlPresence,
    SqlClaims,
    SqlOutcomes,
    SqlChanges,
    SqlSweep,
    SqlPictures,
    SqlPictureUses,
    SqlClaimedPictures,
    SqlTakeDown,
    SqlPictureAddresses,
    SqlPulledSources,
    SqlColumnMappings,
    SqlQuarantine,
    SqlTermChanges,
    SqlRefusedTags,
    SqlPublicTerms,
    SqlProposals,
    SqlSuggestedTags,
    SqlRetagJobs,
    SqlReindexing,
    SqlBackup,
    SqlMetrics,
):
    """The record in one database. Safe for threads, and across a fork."""

    def migrate(self) -> None:
        migrate(self._engine)

    def check(self) -> None:
        with reading(self._engine) as connection:
            check(connection)

    def close(self) -> None:
        self._engine.dispose()
