"""The compose file: three indexers, one killed in the middle of 300 stories; each story is found exactly once."""

from __future__ import annotations

import json
import subprocess
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from servers.compose import ComposeProject, compose_project, inspect

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]

SECRETS = {"POSTGRES_PASSWORD": "pgSecret41", "REDIS_PASSWORD": "redisSecret42", "ELASTIC_PASSWORD": "esSecret43"}
STORIES = 300


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposeProject]:
    small = {"ELASTIC_HEAP": "512m"}
    with compose_project(tmp_path_factory.mktemp("compose"), **SECRETS, **small) as running:
        running.run("up", "-d", "--build", "--scale", "indexer=3", timeout=1500)
        await_that(lambda: answers(f"{running.web}/ready") and answers(f"{running.ingest}/ready"), seconds=240)
        yield running


def await_that(condition: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not so after {seconds:.0f} s"
        time.sleep(0.3)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def fetch(url: str) -> Any:
    with urllib.request.urlopen(url, timeout=10) as answer:
        return json.load(answer)


def submit(project: ComposeProject, token: str, number: int) -> str:
    body = {"headline": f"Tram line {number} reopens", "body_text": f"Passengers may board line {number} again."}
    request = urllib.request.Request(
        f"{project.ingest}/v1/stories",
        data=json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 202
        return str(json.load(answer)["id"])


def found(project: ComposeProject) -> Counter[str]:
    ids: Counter[str] = Counter()
    url: str | None = f"{project.web}/v1/search?q=passengers&sort=oldest&limit=100"
    while url:
        page = fetch(url)
        ids.update(item["id"] for item in page["items"])
        url = page["next"]
    return ids


@pytest.fixture(scope="module")
def token(project: ComposeProject) -> str:
    answer = project.run("exec", "-T", "ingest", "dateline", "token", "create", "desk", "--role", "editor", "--json")
    return str(json.loads(answer)["token"])


def test_a_killed_indexer_loses_and_doubles_nothing(project: ComposeProject, token: str) -> None:
    indexers = project.containers("indexer")
    assert len(indexers) == 3
    sent = set()
    for number in range(STORIES):
        sent.add(submit(project, token, number))
        if number == STORIES // 2:
            subprocess.run(["docker", "kill", indexers[0]], check=True, capture_output=True)
    await_that(lambda: set(found(project)) == sent, seconds=120)
    assert set(found(project).values()) == {1}


def test_only_web_and_ingest_can_be_reached_from_outside(project: ComposeProject) -> None:
    for service in ("postgres", "redis", "elasticsearch", "indexer", "beat"):
        for container in project.containers(service):
            assert inspect(container, "{{range .NetworkSettings.Ports}}{{range .}}{{.HostPort}}{{end}}{{end}}") == ""
    for service in ("web", "ingest"):
        (container,) = project.containers(service)
        assert inspect(container, "{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}}{{end}}{{end}}") == "127.0.0.1"


def test_every_service_has_a_health_check_that_passes(project: ComposeProject) -> None:
    for service in ("postgres", "redis", "elasticsearch", "ingest", "indexer", "beat", "web"):
        running = [one for one in project.containers(service) if inspect(one, "{{.State.Running}}") == "true"]
        assert running
        await_that(lambda all=running: {inspect(one, "{{.State.Health.Status}}") for one in all} == {"healthy"}, 120)  # type: ignore[misc]


def test_our_images_run_as_nobody_special_and_keep_no_secret(project: ComposeProject) -> None:
    for service in ("ingest", "indexer", "beat", "web"):
        (container, *_) = project.containers(service)
        assert inspect(container, "{{.Config.User}}") == "dateline"
        image = subprocess.run(
            ["docker", "history", "--no-trunc", inspect(container, "{{.Image}}")],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert not [secret for secret in SECRETS.values() if secret in image]


def test_no_secret_stands_in_a_log(project: ComposeProject) -> None:
    logs = project.run("logs", "--no-color")
    assert len(logs) > 1000
    assert not [secret for secret in SECRETS.values() if secret in logs]
