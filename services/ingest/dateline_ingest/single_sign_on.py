"""Single sign-on by OpenID Connect: the provider's client, with PKCE, state and nonce, and what it says of somebody."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any, Final, cast

from authlib.integrations.flask_client import OAuth, OAuthError
from flask import Flask
from joserfc.errors import JoseError
from requests import RequestException
from werkzeug.wrappers import Response

from dateline.errors import NotAllowed, Transient
from dateline.settings import Settings
from dateline_ingest.accounts.person import Person, person_of

_NAME: Final = "provider"
_SECONDS: Final = 10
_AT_ONCE: Final = 4
"""Who waits for the provider at a time in one process: each holds a thread, and everybody may begin."""
_SIGNATURES: Final = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""By the provider's own key, never by a secret that others have, nor by none."""


class ProviderUnavailable(Transient):
    """The provider of single sign-on can't be reached."""


class SingleSignOn:
    """The client of the provider that the settings name. Nothing is asked before somebody signs in."""

    def __init__(self, app: Flask, settings: Settings) -> None:
        self._settings = settings
        self._turns = BoundedSemaphore(_AT_ONCE)
        self._client: Any = OAuth(app).register(
            _NAME,
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": settings.oidc_scopes, "code_challenge_method": "S256", "default_timeout": _SECONDS,
            },
        )  # fmt: skip

    def begin(self, callback: str) -> Response:
        """Send somebody to the provider, which leads back to ``callback``. Raises ``ProviderUnavailable``."""
        with self._waiting_for_provider():
            self._check_provider()
            return cast(Response, self._client.authorize_redirect(callback))

    def finish(self) -> Person:
        """Who came back with this request. Raises ``NotAllowed`` for who didn't begin here, was refused there, or has
        no role, and ``ProviderUnavailable``."""
        try:
            with self._waiting_for_provider():
                self._check_provider()
                claims = self._claims()
        except (OAuthError, JoseError, KeyError) as refused:
            raise NotAllowed("The single sign-on did not say who you are. Begin again.") from refused
        return person_of(claims, self._settings)

    @contextmanager
    def _waiting_for_provider(self) -> Iterator[None]:
        if not self._turns.acquire(blocking=False):
            raise ProviderUnavailable("Many are signing in right now; come again in a moment.")
        try:
            yield
        except RequestException as away:
            raise ProviderUnavailable("The single sign-on can't be reached right now.") from away
        finally:
            self._turns.release()

    def _claims(self) -> dict[str, Any]:
        """What the ID token says, and what the provider tells besides of the same person (OpenID Connect Core 1.0,
        section 5.3.2)."""
        token = self._client.authorize_access_token()
        signed = dict(token["userinfo"])
        if "userinfo_endpoint" not in self._client.server_metadata:
            return signed
        told = dict(self._client.userinfo(token=token))
        return {**told, **signed} if told.get("sub") == signed.get("sub") else signed

    def _check_provider(self) -> None:
        """See that it is who it should be (OpenID Connect Discovery 1.0, section 4.3), and how it signs."""
        known = self._client.load_server_metadata()
        if known.get("issuer") != self._settings.oidc_issuer:
            raise NotAllowed("The single sign-on names itself otherwise than DATELINE_OIDC_ISSUER does.")
        offered = known.get("id_token_signing_alg_values_supported", ["RS256"])
        known["id_token_signing_alg_values_supported"] = [one for one in offered if one in _SIGNATURES]
