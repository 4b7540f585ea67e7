"""The desk's navigation: who sees which pages, in groups. A new page takes its place here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from dateline.ports.ledger.tokens import Role


class Entry(NamedTuple):
    """A page: its endpoint, and what it is called."""

    endpoint: str
    label: str


Group = tuple[str, tuple[Entry, ...]]

_EDITORS: Final[tuple[Group, ...]] = (
    (
        "Writing",
        (
            Entry("desk.home", "Write"),
            Entry("draft_pages.mine", "Drafts"),
            Entry("review_pages.show", "To review"),
            Entry("assignment_pages.show", "Assignments"),
            Entry("desk.mine", "Stories"),
            Entry("picture_pages.show_all", "Pictures"),
        ),
    ),
    (
        "The paper",
        (
            Entry("front_pages.show", "Front"),
            Entry("section_pages.show_all", "Sections"),
            Entry("plan_pages.show", "Plan"),
            Entry("event_pages.mine", "Events"),
            Entry("event_proposal_pages.show", "Proposed events"),
            Entry("duplicate_pages.show", "Similar"),
        ),
    ),
    (
        "Vocabulary",
        (
            Entry("term_list.show", "Terms"),
            Entry("proposal_pages.show", "Proposals"),
            Entry("suggestion_pages.show", "Suggested tags"),
        ),
    ),
    (
        "The newsroom",
        (
            Entry("quarantine_pages.show", "Quarantine"),
            Entry("source_pages.show", "Sources"),
            Entry("people_pages.show", "People"),
            Entry("audit_pages.show", "Audit"),
        ),
    ),
)
_REPORTERS: Final[tuple[Group, ...]] = (
    (
        "Writing",
        (
            Entry("desk.home", "Write"),
            Entry("draft_pages.mine", "Drafts"),
            Entry("desk.mine", "My stories"),
            Entry("picture_pages.show_all", "Pictures"),
            Entry("plan_pages.show", "Plan"),
        ),
    ),
)
NAVIGATION: Final[Mapping[Role, tuple[Group, ...]]] = MappingProxyType({"editor": _EDITORS, "reporter": _REPORTERS})
"""Whoever isn't named has none: ops see their own account alone."""
