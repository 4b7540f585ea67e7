"""Elasticsearch's users of the services: each may do with the newsroom's indices what the service does, and no more.

The user of ``web`` under the prefix ``dateline`` is ``dateline-web``, and its role has the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from elasticsearch import ApiError

from dateline.adapters.elastic.client import ElasticClient
from dateline.errors import CannotStart

PRIVILEGES: Final[Mapping[str, tuple[str, ...]]] = {
    "ingest": ("read", "view_index_metadata"),
    "indexer": ("read", "write", "manage", "view_index_metadata"),
    "web": ("read", "view_index_metadata"),
}
"""On the indices of the prefix; on the cluster none. Ingest tells editors what a change would touch. Web sees which
analysis an index was made with: /ready says it."""

TIMEOUT: Final = 60.0
"""Seconds: the first of these requests makes the index that holds users."""


def ensure_roles(client: ElasticClient, prefix: str, passwords: Mapping[str, str]) -> None:
    """Make the user and the role of each service in ``passwords``, or bring them to this version's rights.

    Raises ``CannotStart`` for a cluster without security, ``IndexUnavailable``.
    """
    for service, password in passwords.items():
        name = f"{prefix}-{service}"
        try:
            with client.request(timeout=TIMEOUT) as server:
                rights = {"names": [f"{prefix}-*"], "privileges": PRIVILEGES[service]}
                server.security.put_role(name=name, cluster=[], indices=[rights])
                server.security.put_user(username=name, password=password, roles=[name], full_name="")
        except ApiError as refused:
            raise CannotStart(f"{client.address} knows no users: switch its security on ({refused.error})") from refused
