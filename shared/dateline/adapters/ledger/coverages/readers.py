"""Who reads the plan elsewhere, in SQL: secret addresses, of which the SHA-256 is kept; who had a morning's mail."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import delete, select

from dateline.adapters.ledger.database.audit import record_audit
from dateline.adapters.ledger.database.engine import SqlPart, now, reading, upsert, writing
from dateline.adapters.ledger.database.owners import live
from dateline.adapters.ledger.database.planning_tables import plan_addresses, plan_mails
from dateline.adapters.ledger.database.tables import tokens
from dateline.adapters.ledger.tokens import FOUND, digest_of, token_of
from dateline.ports.ledger.tokens import Token


class SqlPlanReaders(SqlPart):
    """``ports.ledger.coverages.PlanReaders`` in SQL."""

    def make_plan_address(self, by: Token) -> str:
        secret = secrets.token_urlsafe(32)
        with writing(self._engine) as connection:
            at = now(connection)
            said = {"digest": digest_of(secret), "made_at": at}
            made = upsert(connection)(plan_addresses).values(writer_id=by.id, **said)
            connection.execute(made.on_conflict_do_update(index_elements=["writer_id"], set_=said))
            record_audit(connection, at, by, "plan-address")
        return secret

    def plan_address_made(self, writer_id: str) -> datetime | None:
        chosen = select(plan_addresses.c.made_at).where(plan_addresses.c.writer_id == writer_id)
        with reading(self._engine) as connection:
            made: datetime | None = connection.execute(chosen).scalar()
        return made

    def plan_reader(self, secret: str) -> Token | None:
        own = FOUND.join(plan_addresses, plan_addresses.c.writer_id == tokens.c.writer_id)
        with reading(self._engine) as connection:
            opened = own.where(plan_addresses.c.digest == digest_of(secret), live(now(connection)))
            row = connection.execute(opened).first()
        return token_of(row) if row else None

    def claim_plan_mail(self, day: date, account_id: str) -> bool:
        with writing(self._engine) as connection:
            row = upsert(connection)(plan_mails).values(day=day.isoformat(), account_id=account_id)
            claimed = connection.execute(row.on_conflict_do_nothing().returning(plan_mails.c.day)).first()
            connection.execute(delete(plan_mails).where(plan_mails.c.day < day.isoformat()))
        return claimed is not None

    def release_plan_mail(self, day: date, account_id: str) -> None:
        mine = plan_mails.c.day == day.isoformat(), plan_mails.c.account_id == account_id
        with writing(self._engine) as connection:
            connection.execute(delete(plan_mails).where(*mine))
