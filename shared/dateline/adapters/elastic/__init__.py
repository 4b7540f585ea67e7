"""The index on Elasticsearch 9: generations behind aliases, external versions, one bulk request a batch."""

from __future__ import annotations

from dateline.adapters.elastic.client import ElasticClient
from dateline.adapters.elastic.index import ElasticIndex
from dateline.adapters.elastic.service_roles import ensure_roles
from dateline.settings import Settings

__all__ = ["ElasticIndex", "ensure_roles", "open_elastic_client", "open_elastic_index"]


def open_elastic_client(settings: Settings) -> ElasticClient:
    """The cluster the settings name; connects at the first request."""
    return ElasticClient(
        settings.search, api_key=settings.search_api_key, ca=settings.search_ca, timeout=settings.search_timeout
    )


def open_elastic_index(settings: Settings) -> ElasticIndex:
    """The index the settings name; connects at the first call."""
    return ElasticIndex(
        open_elastic_client(settings),
        prefix=settings.search_prefix,
        zone=settings.timezone,
        shards=settings.search_shards,
        replicas=settings.search_replicas,
    )
