"""Addresses at which calendar programs take a subscription: each has its own way to be told of one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from dateline_web.urls import with_query

_SCHEME: Final = re.compile("^https?:")


def webcal(address: str) -> str:
    """The address under the scheme that programs on a phone or a desktop open: those of Apple, Thunderbird, Outlook."""
    return _SCHEME.sub("webcal:", address)


def adding_addresses(address: str, name: str) -> Mapping[str, str]:
    """Where each program adds the calendar at ``address``, by the program's name."""
    at_outlook = [("url", address), ("name", name)]
    return {
        "Apple Calendar": webcal(address),
        # Google takes an address as the id of a calendar only with another scheme than https.
        "Google Calendar": with_query("https://calendar.google.com/calendar/render", [("cid", webcal(address))]),
        "Outlook.com": with_query("https://outlook.live.com/calendar/0/addfromweb", at_outlook),
        "Outlook at work": with_query("https://outlook.office.com/calendar/0/addfromweb", at_outlook),
    }
