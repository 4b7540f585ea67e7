"""Who signs in by single sign-on, as the claims of the provider say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from dateline.errors import NotAllowed
from dateline.ports.ledger.tokens import Role
from dateline.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who signs in, as the provider says: ``subject`` is whom it means for good."""

    subject: str
    name: str
    email: str
    email_verified: bool
    role: Role


def person_of(claims: Mapping[str, Any], settings: Settings) -> Person:
    """Whom claims mean. Raises ``NotAllowed`` where they give no role, or no address."""
    given = claims.get(settings.oidc_roles_claim)
    values = given if isinstance(given, list) else [given]
    role = next((role for role, value in settings.oidc_roles.items() if value in values), None)
    email, subject = str(claims.get("email") or ""), str(claims.get("sub") or "")
    if role is None or not subject:
        raise NotAllowed("Your account at the single sign-on has no role in this newsroom.")
    if "@" not in email:
        raise NotAllowed("The single sign-on gives no e-mail address of yours.")
    name = str(claims.get("name") or claims.get("preferred_username") or email.partition("@")[0])
    return Person(
        subject=f"{settings.oidc_issuer} {subject}", name=_tidy(name), email=email, role=cast(Role, role),
        email_verified=claims.get("email_verified") is True,
    )  # fmt: skip


def _tidy(name: str) -> str:
    """A name as accounts have them."""
    kept = "".join(letter for letter in name if letter.isprintable() and letter not in "@/")
    return " ".join(kept.split())[:100] or "Somebody"
