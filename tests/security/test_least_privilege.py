"""Who is given which password in docker-compose.yml, and what its containers may do."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import pytest
import yaml

COMPOSE: Final[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "docker-compose.yml").read_text(encoding="utf-8")
)
SERVICES: Final[dict[str, dict[str, Any]]] = COMPOSE["services"]
OURS: Final = ("migrate", "ingest", "puller", "indexer", "media", "beat", "web")
ROOT_AT_THE_START: Final = {
    "postgres": {"CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"},
    "redis": {"CHOWN", "DAC_OVERRIDE", "SETGID", "SETPCAP", "SETUID"},
    "elasticsearch-volume": {"CHOWN"},
}


@pytest.mark.parametrize(
    ("password", "holders"),
    [
        ("POSTGRES_PASSWORD", {"postgres", "migrate"}),
        ("ELASTIC_PASSWORD", {"elasticsearch", "migrate"}),
        ("REDIS_PASSWORD", {"redis", "migrate", "ingest", "puller", "indexer", "media", "beat"}),
    ],
)
def test_a_servers_own_password_is_given_to_who_needs_it(password: str, holders: set[str]) -> None:
    named = f"${{{password}:-"
    assert {name for name, one in SERVICES.items() if named in str(one.get("environment", ""))} == holders


@pytest.mark.parametrize("service", ["ingest", "indexer", "web"])
def test_a_service_is_shown_its_own_roles_passwords_only(service: str) -> None:
    own = [volume for volume in SERVICES[service]["volumes"] if "-passwords:" in volume]
    assert own == [f"{service}-passwords:/run/dateline:ro"]
    environment = SERVICES[service]["environment"]
    assert environment["DATELINE_LEDGER"] == f"postgresql://dateline_{service}@postgres/dateline"
    assert environment["DATELINE_SEARCH"] == f"http://dateline-{service}@elasticsearch:9200"


def test_the_puller_has_ingests_role_on_the_ledger_and_knows_no_index() -> None:
    puller = SERVICES["puller"]
    assert puller["volumes"] == ["ingest-passwords:/run/dateline:ro", "media:/media"] and "ports" not in puller
    assert puller["environment"]["DATELINE_LEDGER"] == SERVICES["ingest"]["environment"]["DATELINE_LEDGER"]
    assert "DATELINE_SEARCH" not in puller["environment"]


def test_the_media_worker_has_the_indexers_role_on_the_ledger_and_knows_no_index() -> None:
    media, indexer = SERVICES["media"], SERVICES["indexer"]
    assert media["environment"]["DATELINE_LEDGER"] == indexer["environment"]["DATELINE_LEDGER"]
    assert "DATELINE_SEARCH" not in media["environment"] and "ports" not in media and "mem_limit" in media


def test_only_who_writes_pictures_may_write_to_their_volume() -> None:
    mounts = {
        name: [entry for entry in one.get("volumes", []) if entry.startswith("media:")]
        for name, one in SERVICES.items()
    }
    assert {name: entry for name, (entry, *_) in ((name, found) for name, found in mounts.items() if found)} == {
        "migrate": "media:/media", "ingest": "media:/media", "puller": "media:/media", "media": "media:/media",
        "web": "media:/media:ro",
    }  # fmt: skip
    said = {name for name, one in SERVICES.items() if "DATELINE_MEDIA" in one.get("environment", {})}
    assert said == {"migrate", "ingest", "puller", "media", "web"}


def test_beat_is_given_the_broker_alone() -> None:
    assert "volumes" not in SERVICES["beat"]
    assert not {"DATELINE_LEDGER", "DATELINE_SEARCH"} & SERVICES["beat"]["environment"].keys()


@pytest.mark.parametrize("service", SERVICES)
def test_no_container_gains_privileges_or_keeps_those_it_does_not_need(service: str) -> None:
    one = SERVICES[service]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert one["cap_drop"] == ["ALL"]
    assert set(one.get("cap_add", [])) == ROOT_AT_THE_START.get(service, set())
    assert not {"privileged", "devices", "pid", "ipc", "userns_mode"} & one.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_the_file_system_of_an_image_is_not_written_to(service: str) -> None:
    """But Elasticsearch's, whose keystore stands beside its configuration."""
    assert SERVICES[service].get("read_only", False) == (service != "elasticsearch")


@pytest.mark.parametrize("service", OURS)
def test_what_must_be_written_has_its_place(service: str) -> None:
    one = SERVICES[service]
    places = [entry.split(":")[-1] for entry in one.get("volumes", []) if not entry.endswith(":ro")]
    places += [entry.split(":")[0] for entry in one.get("tmpfs", [])]
    assert {"/tmp", "/var/lib/dateline"} <= set(places)
