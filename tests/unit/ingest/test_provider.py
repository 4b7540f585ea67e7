"""What a provider of single sign-on says of somebody, and what happens where there is none, or it is away."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dateline.errors import BadSetting, NotAllowed
from dateline.settings import read_settings
from dateline_ingest.accounts.person import person_of
from servers import free_port
from unit.ingest.conftest import Newsroom

PROVIDER = {
    "DATELINE_OIDC_ISSUER": "https://login.example.org", "DATELINE_OIDC_CLIENT_ID": "dateline",
    "DATELINE_OIDC_CLIENT_SECRET": "secret", "DATELINE_INGEST_URL": "https://desk.example.org",
    "DATELINE_OIDC_ROLES": "editor=chiefs,ops=machines,reporter=staff",
}  # fmt: skip
ANN = {"sub": "1", "email": "ann@example.org", "email_verified": True, "name": "Ann Lee"}


@pytest.mark.parametrize(
    ("roles", "role"),
    [(["staff", "chiefs"], "editor"), ("staff", "reporter"), (["machines", "staff"], "ops"),
     ([1, None, "staff"], "reporter")],
)  # fmt: skip
def test_the_first_role_that_fits_counts(roles: Any, role: str) -> None:
    person = person_of({**ANN, "roles": roles}, read_settings(PROVIDER))
    assert (person.role, person.subject, person.name) == (role, "https://login.example.org 1", "Ann Lee")


@pytest.mark.parametrize(
    "claims",
    [{"roles": ["readers"]}, {"roles": []}, {"roles": True}, {"roles": {"staff": 1}},
     {}, {"roles": "editor"}, {"roles": "staff", "email": ""},
     {"roles": "staff", "sub": ""}],
)  # fmt: skip
def test_who_is_nothing_here_does_not_get_in(claims: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        person_of({**ANN, **claims}, read_settings(PROVIDER))


@pytest.mark.parametrize("verified", [False, "true", None, 1])
def test_an_address_is_verified_where_the_provider_says_true(verified: Any) -> None:
    assert not person_of({**ANN, "roles": "staff", "email_verified": verified}, read_settings(PROVIDER)).email_verified


@pytest.mark.parametrize(
    "wrong",
    [{"DATELINE_OIDC_CLIENT_SECRET": ""}, {"DATELINE_INGEST_URL": ""}, {"DATELINE_OIDC_ROLES": "king=chiefs"},
     {"DATELINE_OIDC_ROLES": "editor"}],
)  # fmt: skip
def test_half_a_provider_is_none(wrong: dict[str, str]) -> None:
    with pytest.raises(BadSetting):
        read_settings({**PROVIDER, **wrong})


def test_without_a_provider_there_is_no_such_page(newsroom: Newsroom) -> None:
    assert newsroom.client.get("/sign-in/provider").status_code == 404
    assert newsroom.client.get("/sign-in/provider/back").status_code == 404
    assert "/sign-in/provider" not in newsroom.client.get("/").text


def test_a_provider_that_is_away_is_not_now(newsroom: Newsroom) -> None:
    here = newsroom.app.extensions["dateline"]
    issuer = f"http://127.0.0.1:{free_port()}"
    settings = read_settings({**PROVIDER, "DATELINE_OIDC_ISSUER": issuer, "DATELINE_SECRET_KEY": "k" * 32})
    newsroom.app.extensions["dateline"] = replace(here, settings=settings)
    answer = newsroom.client.get("/sign-in/provider")
    assert (answer.status_code, answer.mimetype) == (503, "text/html")
    assert "Retry-After" in answer.headers
