"""What a ninjs object says that no field of a story holds: kept with the story by its names in 3.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from dateline.errors import FieldError, InvalidInput
from dateline.formats.ninjs.picture_addresses import is_among
from dateline.formats.ninjs.pictures import HELD, timed_pictures
from dateline.formats.ninjs.schema import Version, errors_in

PUBLIC: Final = (
    "profile", "copyrightHolder", "copyrightNotice", "usageTerms", "rightsInfo", "genres", "events",
    "objects", "altIds", "trustIndicators", "expires", "digitalSourceType", "title", "renditions",
)  # fmt: skip
"""Members that readers' programs get again."""

WITHOUT_TEXT: Final = {"representationType": "partial"}
"""Kept of an object that says something about a story, and has no text of its own."""

INTERNAL: Final = ("version", "versionCreated", "pubStatus", "edNote", "plannedCoverage", "eventDetails")
"""Members that only reporters and editors see."""

MAX_CHARACTERS: Final = 32_000
"""Of all kept members together, as JSON."""


def kept_members(sent: Mapping[str, Any], version: Version) -> dict[str, Any]:
    """The kept members of an object that is valid by ``version``, whose names are those of 3.1.

    One that 2.1 allows and 3.1 does not is left out; of associations only pictures that have times are kept.
    Raises ``InvalidInput`` for more than ``MAX_CHARACTERS``.
    """
    kept = {name: sent[name] for name in (*PUBLIC, *INTERNAL) if name in sent}
    if version == "2.1":
        kept = {name: value for name, value in kept.items() if not errors_in({"uri": "", name: value}, "3.1")}
    if kept.get("pubStatus") == "usable":
        del kept["pubStatus"]
    if len(json.dumps(kept, ensure_ascii=False)) > MAX_CHARACTERS:
        detail = f"What no field of a story holds may be {MAX_CHARACTERS} characters long."
        raise InvalidInput(detail, (FieldError("", detail),))
    if pictures := timed_pictures(sent):
        kept[HELD] = pictures
    return kept


def public_members(kept: Mapping[str, Any], held: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Of kept members those that may go out; without renditions of the pictures at the addresses in ``held``."""
    public = {name: kept[name] for name in PUBLIC if name in kept}
    if held and "renditions" in public:
        public["renditions"] = [one for one in public["renditions"] if not is_among(one.get("href", ""), held)]
    return public
