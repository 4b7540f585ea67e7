"""The connection: made at the first call of a process, never across a fork; its errors become Dateline's."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import unquote, urlsplit, urlunsplit

import orjson
from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, JsonSerializer, NotFoundError, TransportError

from dateline.deadline import remaining
from dateline.errors import IndexUnavailable

NOT_NOW: Final = frozenset({408, 429, 502, 503, 504})
NOT_ALLOWED: Final = frozenset({401, 403})
NOT_MADE: Final = "the search index isn't made yet: run `dateline index ensure`"
WRITE_TIMEOUT: Final = 15.0
"""Seconds for a bulk request: below the worker's hard limit of 20."""


class ShardsGone(IndexUnavailable):
    """No shard could answer a search: its generation was dropped meanwhile, or its cluster is just starting."""


class AnswerSerializer(JsonSerializer):
    """Reads answers three times as fast as the standard library, which is left those with half a surrogate pair: orjson
    refuses it, and an id that somebody typed may hold one. For the same reason requests are written as ever."""

    def json_loads(self, data: bytes) -> Any:
        """The value of a JSON text. Raises ``ValueError`` when it is none."""
        try:
            return orjson.loads(data)
        except orjson.JSONDecodeError:
            return json.loads(data)


class ElasticClient:
    """Requests to one cluster. ``timeout`` is the seconds a search may take, connection included."""

    def __init__(self, url: str, *, api_key: str = "", ca: str = "", timeout: float = 4.0) -> None:
        parts = urlsplit(url)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 9200)
        self.timeout = timeout
        self.address = urlunsplit((parts.scheme, f"{host}:{port}", parts.path.rstrip("/"), "", ""))
        self._options: dict[str, Any] = {"request_timeout": timeout, "retry_on_timeout": False, "max_retries": 0}
        self._options["serializers"] = {JsonSerializer.mimetype: AnswerSerializer()}
        if api_key:
            self._options["api_key"] = api_key
        elif parts.username:
            self._options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        if ca:
            self._options["ca_certs"] = ca
        self._client: Elasticsearch | None = None
        self._with_timeout: dict[float, Elasticsearch] = {}
        self._pid = 0

    def _connected(self) -> Elasticsearch:
        if self._client is None or self._pid != os.getpid():
            self._client, self._pid = Elasticsearch(self.address, **self._options), os.getpid()
            self._with_timeout = {}
        return self._client

    def _within(self, seconds: float) -> Elasticsearch:
        """The client with a time limit, to the tenth of a second; each is made once."""
        client = self._connected()
        limit = max(0.1, round(seconds, 1))
        if limit not in self._with_timeout:
            self._with_timeout[limit] = client.options(request_timeout=limit)
        return self._with_timeout[limit]

    @contextmanager
    def request(self, *, timeout: float | None = None) -> Iterator[Elasticsearch]:
        """The client for one request; what fails in it comes out as ``IndexUnavailable`` or as the bug it is."""
        try:
            yield self._within(timeout or remaining(self.timeout))
        except ConnectionTimeout as slow:
            raise IndexUnavailable(f"the search index at {self.address} did not answer in time") from slow
        except NotFoundError as absent:
            if absent.error != "index_not_found_exception":
                raise
            raise IndexUnavailable(NOT_MADE) from absent
        except ApiError as refused:
            if refused.status_code in NOT_NOW:
                raise _busy(refused.status_code, str(refused.error)) from refused
            if refused.status_code in NOT_ALLOWED:
                raise IndexUnavailable(f"the search index refuses this user or key: {refused.error}") from refused
            raise
        except TransportError as lost:
            raise IndexUnavailable(f"the search index at {self.address} can't be reached: {lost.message}") from lost

    def ask(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The answers of several searches, sent in one request and worked on side by side. The server is told how long
        it may take, so that it ends what nobody waits for; an answer that it broke off is none. Searches whose
        generation was dropped under them are sent once more: the alias names another by then."""
        try:
            return self._ask(index, bodies)
        except ShardsGone:
            return self._ask(index, bodies)

    def _ask(self, index: str, bodies: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        timeout = self.time_left()
        with self.request() as server:
            if len(bodies) == 1:
                answers: list[Mapping[str, Any]] = [server.search(index=index, **bodies[0], timeout=timeout).body]
            else:
                searches = [part for body in bodies for part in ({}, {**body, "timeout": timeout})]
                answers = list(server.msearch(index=index, searches=searches)["responses"])
        for answer in answers:
            if "error" in answer:
                raise self._error_of(answer)
            self.check_whole(answer)
        return answers

    def time_left(self) -> str:
        """For the ``timeout`` of a search: how long it may take. Raises ``IndexUnavailable`` when nothing is left."""
        return f"{max(1, round(remaining(self.timeout) * 1000))}ms"

    def check_whole(self, answer: Mapping[str, Any]) -> None:
        """Raise ``IndexUnavailable`` when the server broke the search off."""
        if answer.get("timed_out"):
            raise IndexUnavailable(f"the search index at {self.address} did not answer in time")

    def _error_of(self, answer: Mapping[str, Any]) -> Exception:
        """What one search of several failed with."""
        reason = f"{answer['error'].get('type')}: {answer['error'].get('reason')}"
        if answer.get("status") in NOT_NOW:
            return _busy(answer["status"], reason)
        if answer["error"].get("type") == "index_not_found_exception":
            return IndexUnavailable(NOT_MADE)
        return ValueError(f"the search index refused a search: {reason}")

    def close(self) -> None:
        """End the connections."""
        if self._client is not None and self._pid == os.getpid():
            self._client.close()
        self._client = None


def _busy(status: int, reason: str) -> IndexUnavailable:
    gone = status == HTTPStatus.SERVICE_UNAVAILABLE and reason.startswith("search_phase_execution_exception")
    return (ShardsGone if gone else IndexUnavailable)(f"the search index is busy: {reason}")
