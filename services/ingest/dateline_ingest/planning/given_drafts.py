"""A promise on record, and the draft that its assignee gets with it."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from dateline.domain.coverage import Coverage
from dateline.ports.ledger.coverages import CoverageDetails
from dateline_ingest.assigning import assign
from dateline_ingest.context import parts, token


def add_promise(details: CoverageDetails, *, give_draft: bool = False) -> Coverage:
    """Put a promise on record; with ``give_draft`` its assignee gets a draft. Raises as ``add_coverage``."""
    made = parts().ledger.add_coverage(details, token())
    return with_draft(made) if give_draft and made.assignee else made


def with_draft(coverage: Coverage) -> Coverage:
    """Give the assignee a draft that has the coverage's title, and is due with it; a mail tells it. Raises as
    ``assign_draft``."""
    ledger = parts().ledger
    draft = ledger.create_draft(token(), {"headline": coverage.title}, label=coverage.title)
    assign(draft.id, coverage.assignee, coverage.note, coverage.due_at, mail=True)
    return ledger.change_coverage(
        coverage.id, replace(details_of(coverage), draft_id=draft.id), token(), if_match=coverage.revision
    )


def details_of(coverage: Coverage) -> CoverageDetails:
    """What a coverage says."""
    said: dict[str, Any] = {one.name: getattr(coverage, one.name) for one in fields(CoverageDetails)}
    return CoverageDetails(**said)
