"""Whose stories a person took a tag from."""

from __future__ import annotations

from dataclasses import replace

from contract.ledger.conftest import publish, story
from dateline.adapters.ledger import SqlLedger
from dateline.domain.payload import to_json
from dateline.domain.tag import TagRef
from dateline.ports.ledger.tokens import Token

MINSK = TagRef(type="place", slug="minsk")
BREST = TagRef(type="place", slug="brest")


def test_who_took_a_tag_may_be_an_editor_or_the_reporter(ledger: SqlLedger, reporter: Token, editor: Token) -> None:
    plain, given, taken = (ledger.submit(story(reporter)).id for _ in range(3))
    payload = {"schema": 3, "headline": "Shut", "removed_tags": [to_json(MINSK)]}
    own = ledger.submit(replace(story(reporter), payload=payload)).id
    ledger.set_editor_tags(given, (MINSK,), (BREST,), editor)
    ledger.set_editor_tags(taken, (), (MINSK,), editor)
    publish(ledger)
    assert ledger.refusing(MINSK, [plain, given, taken, own]) == {taken, own}
    assert ledger.refusing(MINSK, [plain, given]) == set()
    assert ledger.refusing(MINSK) == {taken}
