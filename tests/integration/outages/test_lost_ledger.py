"""PostgreSQL that is stopped: ingest says 503 with Retry-After and takes nothing; started again, all goes on."""

from __future__ import annotations

import pytest

from servers.newsroom import newsroom
from servers.postgres import PostgresServer, postgres_cluster

pytestmark = [pytest.mark.postgres, pytest.mark.redis, pytest.mark.timeout(300)]


def test_a_lost_ledger_is_waited_for() -> None:
    with postgres_cluster() as cluster, newsroom("--empty", "--ledger", cluster.url) as room:
        before = room.submit({"headline": "Before the outage", "body_text": "It was written down."}).body["id"]
        room.wait_for(lambda: room.headline(before) is not None, "the first story is on the site")
        lose(cluster)
        for method, path, body in (
            ("POST", "/v1/stories", {"headline": "Refused", "body_text": "Nobody took it."}),
            ("GET", f"/v1/stories/{before}", None),
            ("GET", "/ready", None),
        ):
            answer = room.ask(method, path, body)
            assert (path, answer.status) == (path, 503)
            assert int(answer.headers["Retry-After"]) >= 1
        assert room.headline(before) == "Before the outage", "readers notice nothing"
        cluster.start()
        room.wait_for(lambda: room.ask("GET", "/ready").status == 200, "ingest is ready again")
        after = room.submit({"headline": "After the outage", "body_text": "It was written down too."}).body["id"]
        room.wait_for(lambda: room.headline(after) is not None, "the worker goes on")
        assert [item["headline"] for item in room.read("/v1/search?sort=oldest").body["items"]] == [
            "Before the outage",
            "After the outage",
        ]


def lose(cluster: PostgresServer) -> None:
    """Stop it as a crash would."""
    cluster.stop()
