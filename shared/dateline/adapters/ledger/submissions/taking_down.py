"""Taking a picture down: it is erased, its file is refused from then on, and what showed it is made anew."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, select

from dateline.adapters.ledger.database.engine import SqlPart, now, writing
from dateline.adapters.ledger.database.picture_tables import pictures, pictures_taken_down
from dateline.adapters.ledger.pictures.uses import uses_of
from dateline.adapters.ledger.submissions.erasure import erase_item
from dateline.errors import Conflict, NotFound
from dateline.ports.ledger.pictures import PictureUse
from dateline.ports.ledger.tokens import Token


class SqlTakeDown(SqlPart):
    """``ports.ledger.pictures.Pictures.take_down`` in SQL."""

    def take_down(self, picture_id: str, reason: str, by: Token) -> Sequence[PictureUse]:
        with writing(self._engine) as connection:
            gone = select(pictures_taken_down.c.by).where(pictures_taken_down.c.item_id == picture_id)
            if (who := connection.execute(gone).scalar()) is not None:
                raise Conflict(f"picture {picture_id} was taken down by {who}")
            this = select(pictures.c.sha256).where(pictures.c.item_id == picture_id).with_for_update()
            sha256 = connection.execute(this).scalar()
            if sha256 is None:
                raise NotFound(f"there is no picture {picture_id}")
            uses = uses_of(connection, picture_id)
            refused = {"sha256": sha256, "item_id": picture_id, "reason": reason, "at": now(connection), "by": by.name}
            connection.execute(insert(pictures_taken_down).values(refused))
            erase_item(connection, picture_id, reason, by)
            return uses
