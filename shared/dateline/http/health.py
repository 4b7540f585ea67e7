"""``/live``, ``/ready`` and ``/metrics``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any, Final

from flask import Flask, Response, jsonify, request

from dateline.errors import DatelineError
from dateline.http.metrics import CONTENT_TYPE, CollectMetrics, exposition
from dateline.http.responses.problems import Problem, problem_response

Check = Callable[[], None]
"""Returns when the part works; raises a ``DatelineError`` with the reason when it doesn't."""

_PREFIX: Final = "health_"


def add_health(
    app: Flask,
    checks: Mapping[str, Check],
    service_metrics: CollectMetrics | None = None,
    may_see_detail: Callable[[], bool] = lambda: False,
) -> None:
    """Add the three routes to ``app``. ``may_see_detail`` says whether the one who asks gets each check's time."""

    def live() -> Response:
        return jsonify(status="live")

    def ready() -> Response:
        times, broken = _run(checks)
        if broken:
            reason = "; ".join(f"{name}: {why}" for name, why in broken.items())
            return problem_response(Problem(status=503, detail=reason, headers={"Retry-After": "2"}), None)
        return jsonify(status="ready", **({"checks": times} if may_see_detail() else {}))

    def metrics() -> Response:
        return Response(exposition(service_metrics), content_type=CONTENT_TYPE)

    def keep_out_of_caches(response: Response) -> Response:
        if (request.endpoint or "").startswith(_PREFIX):
            response.headers["Cache-Control"] = "no-store"
        return response

    app.after_request(keep_out_of_caches)
    for view in (live, ready, metrics):
        app.add_url_rule(f"/{view.__name__}", f"{_PREFIX}{view.__name__}", view)


def _run(checks: Mapping[str, Check]) -> tuple[dict[str, Any], dict[str, str]]:
    times: dict[str, Any] = {}
    broken: dict[str, str] = {}
    for name, check in checks.items():
        started = perf_counter()
        try:
            check()
        except DatelineError as error:
            broken[name] = str(error)
        times[name] = {"seconds": round(perf_counter() - started, 4)}
    return times, broken
