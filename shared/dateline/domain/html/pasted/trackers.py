"""Pictures that count readers and show nothing."""

from __future__ import annotations

import re
from typing import Final

_TRACKER: Final = re.compile(
    r"https?://(?:[\w-]+\.)*(?:"
    r"facebook\.com/tr(?:[/?]|$)|google-analytics\.com/|googletagmanager\.com/|(?:stats\.g\.)?doubleclick\.net/"
    r"|googleadservices\.com/pagead/conversion|google\.\w{2,3}/(?:ads|pagead)/|bat\.bing\.com/|px\.ads\.linkedin\.com/"
    r"|ads\.linkedin\.com/collect|analytics\.twitter\.com/|t\.co/i/adsct|ct\.pinterest\.com/|(?:pixel|stats)\.wp\.com/"
    r"|scorecardresearch\.com/|quantserve\.com/|counter\.yadro\.ru/|mc\.yandex\.(?:ru|com|by)/|top-fwz1\.mail\.ru/"
    r"|(?:top|counter|top\d)\.(?:mail|rambler|list)\.ru/|openstat\.net/|tns-counter\.ru/|hit\.gemius\.pl/|gemius\.pl/"
    r"|counter\.theconversation\.com/|theconversation\.com/content/\d+/count\.gif|pixel\.propublica\.org/"
    r"|feeds?\.feedburner\.com/~r/|feedburner\.com/~ff/|feeds\.\w+\.com/~r/|chartbeat\.(?:com|net)/"
    r"|adsrvr\.org/|mixpanel\.com/track"
    r")",
    re.IGNORECASE,
)
"""Well-known counters, those that come with articles which may be printed again among them."""
_PIXEL: Final = re.compile(
    r"https?://[^?#]*/(?:(?:__utm|count|counter|pixel|tracking|tracker|track|beacon|hit|clear|blank)\.(?:gif|php|aspx?)"
    r"|(?:__utm|1x1|1px|spacer|transparent|trans|1x1[._-]?trans(?:parent)?)\.(?:gif|png|jpe?g))(?:[?#].*)?"
    r"|https?://[^?#]*/(?:matomo|piwik)\.php(?:\?.*)?",
    re.IGNORECASE | re.DOTALL,
)
"""Names of files that hold one pixel."""


def is_tracker(address: str) -> bool:
    """Whether what is at ``address`` counts readers, and shows nothing."""
    return len(address) < 5_000 and bool(_TRACKER.match(address) or _PIXEL.fullmatch(address))
