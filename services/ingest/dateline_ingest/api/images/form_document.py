"""How a form with a picture looks, for the OpenAPI document."""

from __future__ import annotations

from typing import Any, Final

from dateline.http.requests.forms import MULTIPART
from dateline.schemas.fields import LONG, SHORT

_LONG: Final = {"type": "string", "maxLength": LONG}
_SHORT: Final = {"type": "string", "maxLength": SHORT}
_FLAG: Final = {"type": "string", "enum": ["true", "false"]}
_PART: Final = {"type": "number", "minimum": 0, "maximum": 1}
_TIME: Final = {"type": "string", "format": "date-time"}
_WORDS: Final = {
    "type": "array",
    "items": _SHORT,
    "maxItems": 100,
    "description": "The field as often as need be, or with commas between",
}

PICTURE_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "description": "A picture, and what is said of it: credit, and alt or decorative, are required",
        "content": {
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["file", "credit"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "alt": _LONG, "decorative": _FLAG, "caption": _LONG, "credit": _LONG, "byline": _SHORT,
                        "copyright": _LONG, "licence": _LONG,
                        "licence_url": {"type": "string", "format": "uri", "maxLength": 4000},
                        "source": _SHORT, "taken_at": _SHORT, "place": _SHORT, "keywords": _WORDS, "people": _WORDS,
                        "usable_from": _TIME, "usable_until": _TIME, "restriction": _LONG, "feeds": _FLAG,
                        "focal_x": _PART, "focal_y": _PART, "note": _LONG,
                    },
                }
            }
        },
    }
}  # fmt: skip
