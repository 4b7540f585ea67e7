"""The compose file: three indexers, one killed in the middle of 300 stories; each story is found exactly once.

And what a container that was taken over is refused: by the servers, with its own passwords, and by the engine.
"""

from __future__ import annotations

import json
import subprocess
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import urllib3

from servers.compose import ComposeProject, compose_project, inspect
from unit.pictures.picture_files import scene

pytestmark = [pytest.mark.containers, pytest.mark.timeout(1800)]

SECRETS = {"POSTGRES_PASSWORD": "pgSecret41", "REDIS_PASSWORD": "redisSecret42", "ELASTIC_PASSWORD": "esSecret43"}
STORIES = 300


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComposeProject]:
    small = {"ELASTIC_HEAP": "512m"}
    with compose_project(tmp_path_factory.mktemp("compose"), **SECRETS, **small) as running:
        running.run("build", timeout=1500)  # the old compose would pull, in any order, what another service builds
        running.run("up", "-d", "--scale", "indexer=3", timeout=600)
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
    """The answer's JSON; who is told to come again (503) does."""
    for _ in range(20):
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refused:
            if refused.code != 503:
                raise
            time.sleep(float(refused.headers["Retry-After"]))
    pytest.fail(f"{url} is never answered")


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


def running_ones(project: ComposeProject, service: str) -> list[str]:
    """A service's containers without the one that was killed."""
    return [one for one in project.containers(service) if inspect(one, "{{.State.Running}}") == "true"]


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
    for service in ("postgres", "redis", "elasticsearch", "puller", "indexer", "media", "beat"):
        for container in project.containers(service):
            assert inspect(container, "{{range .NetworkSettings.Ports}}{{range .}}{{.HostPort}}{{end}}{{end}}") == ""
    for service in ("web", "ingest"):
        (container,) = project.containers(service)
        assert inspect(container, "{{range .NetworkSettings.Ports}}{{range .}}{{.HostIp}}{{end}}{{end}}") == "127.0.0.1"


def test_every_service_has_a_health_check_that_passes(project: ComposeProject) -> None:
    for service in ("postgres", "redis", "elasticsearch", "ingest", "puller", "indexer", "media", "beat", "web"):
        running = running_ones(project, service)
        assert running
        await_that(lambda all=running: {inspect(one, "{{.State.Health.Status}}") for one in all} == {"healthy"}, 120)  # type: ignore[misc]


def test_our_images_run_as_nobody_special_and_keep_no_secret(project: ComposeProject) -> None:
    for service in ("ingest", "puller", "indexer", "media", "beat", "web"):
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


PROBE = """
import json, os, pathlib, sys, urllib.error, urllib.request
from base64 import b64encode
import psycopg
from dateline.settings import read_settings

def ask_index(user, method, path):
    folder = pathlib.Path("/run/dateline")
    passwords = [one.read_text() for one in (folder / "search-password", folder / "ledger-password") if one.exists()]
    request = urllib.request.Request("http://elasticsearch:9200" + path, method=method)
    request.add_header("Authorization", "Basic " + b64encode(f"{user}:{(passwords or ['none'])[0]}".encode()).decode())
    if method != "GET":
        request.data = b"{}"
        request.add_header("Content-Type", "application/json")
    try:
        return urllib.request.urlopen(request, timeout=20).status
    except urllib.error.HTTPError as refused:
        return refused.code

def ask_ledger(statement):
    try:
        with psycopg.connect(read_settings().ledger) as connection:
            connection.execute(statement)
            connection.rollback()
            return "done"
    except psycopg.Error as refused:
        return refused.sqlstate

def write(path):
    try:
        pathlib.Path(path).touch()
        return "done"
    except OSError as refused:
        return refused.strerror

asked = json.loads(sys.argv[1])
print(json.dumps({
    "index": [ask_index(*one) for one in asked["index"]],
    "ledger": [ask_ledger(one) for one in asked["ledger"]],
    "writes": [write(one) for one in ("/mark", "/opt/dateline/mark", "/tmp/mark", "/var/lib/dateline/mark")],
    "status": dict(line.split(":\\t", 1) for line in open("/proc/1/status").read().splitlines() if ":\\t" in line),
    "environ": dict(os.environ),
}))
"""
"""What somebody tries who has taken a container over: with the passwords that it was given."""

READ, WRITE, USERS = (
    ("POST", "/dateline-stories/_search"),
    ("POST", "/dateline-stories/_doc"),
    ("GET", "/_security/user"),
)
REFUSED = "42501"
"""PostgreSQL's insufficient_privilege."""

INDEX: dict[str, dict[tuple[str, ...], int]] = {
    "ingest": {("dateline-ingest", *READ): 200, ("dateline-ingest", *WRITE): 403, ("dateline-ingest", *USERS): 403,
               ("dateline-web", *READ): 401, ("elastic", *READ): 401},
    "indexer": {("dateline-indexer", *READ): 200, ("dateline-indexer", "PUT", "/other"): 403,
                ("dateline-indexer", *USERS): 403, ("elastic", *USERS): 401},
    "beat": {("dateline-indexer", *READ): 401},
    "web": {("dateline-web", *READ): 200, ("dateline-web", *WRITE): 403, ("dateline-web", *USERS): 403,
            ("dateline-indexer", *WRITE): 401, ("elastic", *READ): 401},
}  # fmt: skip
LEDGER: dict[str, dict[str, str]] = {
    "ingest": {"SELECT 1 FROM payloads": "done", "DELETE FROM audit": REFUSED, "DROP TABLE items": REFUSED},
    "indexer": {"SELECT 1 FROM payloads": "done", "SELECT digest FROM tokens": REFUSED, "DROP TABLE items": REFUSED},
    "beat": {},
    "web": {"SELECT 1 FROM tokens": "done", "SELECT 1 FROM payloads": REFUSED, "SELECT 1 FROM items": REFUSED,
            "UPDATE tokens SET role = 'editor'": REFUSED},
}  # fmt: skip


@pytest.mark.parametrize("service", ["ingest", "indexer", "beat", "web"])
def test_a_container_that_was_taken_over_is_refused_what_is_not_its_work(project: ComposeProject, service: str) -> None:
    asked = {"index": [*INDEX[service]], "ledger": [*LEDGER[service]]}
    container = running_ones(project, service)[0]
    got = json.loads(
        subprocess.run(
            ["docker", "exec", container, "python", "-c", PROBE, json.dumps(asked)],
            capture_output=True, text=True, check=True,
        ).stdout
    )  # fmt: skip
    assert dict(zip(INDEX[service], got["index"], strict=True)) == INDEX[service]
    assert dict(zip(LEDGER[service], got["ledger"], strict=True)) == LEDGER[service]
    assert got["writes"] == ["Read-only file system", "Read-only file system", "done", "done"]
    capabilities = {got["status"][name].strip() for name in ("CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb")}
    assert (capabilities, got["status"]["NoNewPrivs"]) == ({"0" * 16}, "1")
    known = {secret for secret in SECRETS.values() if secret in str(got["environ"])}
    assert known == (set() if service == "web" else {SECRETS["REDIS_PASSWORD"]})


def test_a_picture_is_sent_made_ready_shown_and_taken_down(project: ComposeProject, token: str, tmp_path: Path) -> None:
    scene(400, 300).jpegsave(str(tmp_path / "swans.jpg"))
    headers = {"Authorization": f"Bearer {token}"}
    fields = {"alt": "Swans", "credit": "Ann", "file": ("swans.jpg", (tmp_path / "swans.jpg").read_bytes())}
    sent = urllib3.request("POST", f"{project.ingest}/v1/images", fields=fields, headers=headers)
    assert sent.status == 202, sent.data
    picture = sent.json()["id"]
    body = {"headline": "Swans", "body_text": "They are back.", "images": [{"id": picture}]}
    story = urllib3.request("POST", f"{project.ingest}/v1/stories", json=body, headers=headers).json()["id"]

    def files() -> list[str]:
        answer = urllib3.request("GET", f"{project.web}/v1/stories/{story}", retries=False)
        images = answer.json()["images"] if answer.status == 200 else []
        return [urlsplit(one["url"]).path for image in images for one in image["renditions"]]

    await_that(lambda: bool(files()), seconds=60)
    assert {path.split("/")[1] for path in files()} == {"media"}
    file = f"{project.web}{files()[0]}"
    assert urllib3.request("GET", file).status == 200
    gone = urllib3.request("DELETE", f"{project.ingest}/v1/images/{picture}?reason=mistake", headers=headers)
    assert gone.status < 300, gone.data
    await_that(lambda: urllib3.request("GET", file).status in (404, 410), seconds=60)


def test_web_knows_whose_token_asks_for_its_metrics(project: ComposeProject, token: str) -> None:
    request = urllib.request.Request(f"{project.web}/metrics", headers={"Authorization": f"Bearer {token}"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("service", ["postgres", "redis", "elasticsearch"])
def test_a_server_gains_no_privileges(project: ComposeProject, service: str) -> None:
    (container,) = project.containers(service)
    assert inspect(container, "{{.HostConfig.SecurityOpt}} {{.HostConfig.CapDrop}}") == "[no-new-privileges:true] [ALL]"
    assert inspect(container, "{{.HostConfig.ReadonlyRootfs}}") == str(service != "elasticsearch").lower()


def test_a_text_is_erased_by_who_has_the_servers_passwords_and_by_nobody_else(
    project: ComposeProject, token: str
) -> None:
    story = submit(project, token, STORIES + 1)
    await_that(lambda: story in found(project), seconds=60)
    command = ["dateline", "erase", story, "--reason", "court order"]
    refused = subprocess.run(
        ["docker", "exec", project.containers("ingest")[0], *command], capture_output=True, text=True, check=False
    )
    assert refused.returncode == 1
    assert "the ledger refuses this user" in refused.stderr
    project.run("run", "--rm", "--no-deps", "-T", "migrate", *command)
    assert story not in found(project)
