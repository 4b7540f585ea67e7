"""Which of two versions of a ninjs object is the newer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, Literal

from dateline.domain.timestamps import read_timestamp

Order = Literal["older", "same", "newer", "unknown"]

_NUMBERS: Final = re.compile(r"[0-9]{1,18}(?:\.[0-9]{1,18}){0,9}", re.ASCII)


def order_of(version: Mapping[str, Any], before: Mapping[str, Any]) -> Order:
    """How ``version`` lies to the one ``before`` it: by ``version`` where both are numbers and differ, else by
    ``versionCreated``; the same where what both say agrees, unknown where they have nothing in common."""
    numbers, numbers_before = _numbers(version), _numbers(before)
    if numbers and numbers_before and numbers != numbers_before:
        return "older" if numbers < numbers_before else "newer"
    names = {one["version"].strip() for one in (version, before) if "version" in one}
    if "versionCreated" in version and "versionCreated" in before:
        created, created_before = (read_timestamp(one["versionCreated"]) for one in (version, before))
        if created != created_before:
            return "older" if created < created_before else "newer"
    elif not ("version" in version and "version" in before):
        return "unknown"
    return "same" if len(names) < 2 or numbers == numbers_before != () else "unknown"


def latest(version: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What a later object must be newer than, whichever of two came last: the higher ``version`` where both are
    numbers, else that of ``version``, and the later ``versionCreated``."""
    found = {name: one[name] for one in (before, version) for name in ("version", "versionCreated") if name in one}
    if _numbers(before) > _numbers(version) != ():
        found["version"] = before["version"]
    if "versionCreated" in version and "versionCreated" in before:
        found["versionCreated"] = max(version["versionCreated"], before["versionCreated"], key=read_timestamp)
    return found


def _numbers(version: Mapping[str, Any]) -> tuple[int, ...]:
    """A version such as 3 or 1.10 as numbers that can be compared; () for any other."""
    text = version.get("version", "").strip()
    return tuple(map(int, text.split("."))) if _NUMBERS.fullmatch(text) else ()
