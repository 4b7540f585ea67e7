"""The names of those who sign a text."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dateline.tagging.wordlists import word_lists

UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĪĮİŁŃŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽЀ-Я"
NAME: Final = rf"(?:[{UPPER}]\.|(?:[{UPPER}]\w*|dpa\b|askanews\b)(?:[-'’]\w+)*(?:\.(?i:ru|by|com))?)"
_BETWEEN: Final = (
    r"(?:,(?: and| и| і)? (?:the )?| (?:and|of|for|via|with|in|at|et|und|y|e|и|і|в|у|из|з|для|по) (?:the )?"
    r"|/| / | & | (?:(?:de|la|le|del|di|da|dos|van|von|der|den|ten|bin|al|el) ){0,3})"
)
NAMES: Final = rf"(?:[Tt]he |[LlDd]['’])?{NAME}(?:{_BETWEEN}{NAME})*"
"""Only one way leads through such a list, so that a long one costs no more than its length."""


@cache
def agencies() -> tuple[str, ...]:
    """The words of the news agencies' names, in small letters."""
    return (*word_lists().news_agencies, "associated press")


def has_agency(names: str) -> bool:
    """Whether one of the names is a news agency's."""
    return not word_lists().news_agencies.isdisjoint(re.split(r"\W+", names.lower()))
