"""Roles for the services are asked of a cluster whose security is off."""

from __future__ import annotations

from contextlib import closing

import pytest

from dateline.adapters.elastic import ensure_roles, open_elastic_client
from dateline.errors import CannotStart
from dateline.settings import read_settings
from servers.elastic import ElasticServer


@pytest.mark.elasticsearch
def test_a_cluster_without_users_says_what_to_do(elastic_server: ElasticServer) -> None:
    client = open_elastic_client(read_settings({}, search=elastic_server.url))
    with closing(client), pytest.raises(CannotStart, match="switch its security on"):
        ensure_roles(client, "dateline", {"web": "words-of-web"})
