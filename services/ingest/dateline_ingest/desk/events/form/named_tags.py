"""An event's tags as people type them: by their names, in any language, or by their keys (``place:minsk``)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, cast

from dateline.domain.tag import PLURAL, TagRef, TagType
from dateline.errors import FieldError, InvalidInput
from dateline.ports.vocabulary import Terms
from dateline_ingest.desk.forms.form_fields import list_field
from dateline_ingest.desk.tagging.sent_form import terms_called

_KEY: Final = re.compile(r"(person|place|organisation|topic):([a-z0-9-]{1,100})")


def named_tags(text: str, terms: Terms) -> dict[str, Any]:
    """The ``tags`` of an event's JSON that the names mean; nothing without any. Raises ``InvalidInput``."""
    keys: list[str] = []
    errors: list[FieldError] = []
    for name in list_field(text)[:100]:
        if _KEY.fullmatch(name):
            keys.append(name)
            continue
        called = terms_called(name, terms)
        if len(called) == 1:
            keys.append(called[0].key)
        elif called:
            choices = " or ".join(term.key for term in called[:5])
            errors.append(FieldError("/tags", f"{name[:60]!r} may be {choices}: write which."))
        else:
            errors.append(FieldError("/tags", f"No tag is called {name[:60]!r}."))
    if errors:
        raise InvalidInput("Tags must be terms of the vocabulary.", tuple(errors))
    tags: dict[str, list[str]] = {}
    for key in dict.fromkeys(keys):
        type, _, slug = key.partition(":")
        tags.setdefault(PLURAL[cast(TagType, type)], []).append(slug)
    return {"tags": tags} if tags else {}


def tag_names(tags: Iterable[TagRef], terms: Terms) -> str:
    """The tags by their names, where a name means one alone; else by their keys."""
    return ", ".join(_name(tag, terms) for tag in tags)


def _name(tag: TagRef, terms: Terms) -> str:
    term = terms.find(tag.type, tag.slug)
    if term and "," not in term.label and [one.key for one in terms_called(term.label, terms)] == [term.key]:
        return term.label
    return f"{tag.type}:{tag.slug}"
