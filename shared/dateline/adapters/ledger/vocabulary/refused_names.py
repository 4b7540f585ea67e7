"""What editors refused twice: a name that was rejected as two types, or in two spellings, is proposed no third time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from dateline.adapters.ledger.database.vocabulary_tables import proposals
from dateline.analysis.name_likeness import ONE_NAME, NameIndex, form_of
from dateline.ports.ledger.vocabulary import ProposedName


def not_refused_twice(connection: Connection, found: Sequence[ProposedName]) -> Sequence[ProposedName]:
    """The names of ``found`` but those that are, or are nearly, one that was rejected twice."""
    asked = select(proposals.c.form).where(proposals.c.refused_twice, proposals.c.form.is_not(None)).distinct()
    refused = connection.scalars(asked).all()
    if not refused:
        return found
    known, index = frozenset(refused), NameIndex((form, form) for form in refused)
    verdicts: dict[str, bool] = {}
    for name in found:
        if name[2] not in verdicts:
            is_known = form_of(name[2]) in known
            verdicts[name[2]] = is_known or bool(index.like(name[2], least=ONE_NAME, limit=1))
    return [name for name in found if not verdicts[name[2]]]


def mark_refused_twice(connection: Connection, type: str, slug: str, *, refused: bool) -> None:
    """Note on a name that was decided on, and on those like it, whether two of them are rejected by now."""
    own = proposals.c.type == type, proposals.c.slug == slug
    row = connection.execute(select(proposals.c.label, proposals.c.refused_twice).where(*own)).one()
    if not refused and not row.refused_twice:
        return
    chosen = select(proposals.c.type, proposals.c.slug, proposals.c.label).where(proposals.c.status == "rejected")
    labels = {f"{one.type}:{one.slug}": one.label for one in connection.execute(chosen)}
    index = NameIndex((label, key) for key, label in labels.items())
    alike = {one.key for one in index.like(row.label, least=ONE_NAME, limit=len(labels))}
    twice = len(alike) > 1
    for key in alike | {f"{type}:{slug}"}:
        its_type, _, its_slug = key.partition(":")
        its = proposals.c.type == its_type, proposals.c.slug == its_slug
        values = {"refused_twice": twice and key in alike, "form": form_of(labels.get(key, row.label))}
        connection.execute(update(proposals).where(*its).values(values))
