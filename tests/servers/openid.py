"""The OpenID provider of the npm package oidc-provider (certified by the OpenID Foundation), on a free port."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from servers import free_port, missing
from servers.node import install

FOLDER: Final = Path(__file__).with_name("openid_provider")


@contextmanager
def openid_provider(callback: str, people: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The address of a provider at which ``people`` sign in by their keys, with any password; their values are claims.

    Skips the test where there is no Node.js, or the locked packages can't be installed.
    """
    install(FOLDER, "oidc-provider", "openid")
    port = free_port()
    line = ["node", "provider.mjs", str(port), callback, json.dumps(people)]
    with subprocess.Popen(line, cwd=FOLDER, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout is not None
            if "ready\n" not in iter(process.stdout.readline, ""):
                missing("openid", "the provider did not start")
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
