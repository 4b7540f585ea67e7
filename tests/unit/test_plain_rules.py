"""Rules that are worked out by arithmetic name the times that python-dateutil names."""

from __future__ import annotations

from datetime import datetime, timedelta

from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.domain.recurrence.plain_rules import is_plain
from dateline.domain.recurrence.rrule import parse_rule
from dateline.domain.recurrence.rrule_expansion import walls

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MONTHS = st.lists(st.integers(1, 12), min_size=1, max_size=4, unique=True)
MONTHDAYS = st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3, unique=True)
PLAIN_DAYS = st.lists(st.sampled_from(DAYS), min_size=1, max_size=4, unique=True)
NTH_DAYS = st.lists(
    st.builds("{}{}".format, st.sampled_from((1, 2, 3, 4, 5, -1, -2, -5)), st.sampled_from(DAYS)),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip


@st.composite
def plain_rules(draw: st.DrawFn) -> str:
    """Rules of every kind that is plain."""
    freq = draw(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")))
    parts = [f"FREQ={freq}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 7))}")
    has_months = draw(st.booleans())
    if has_months:
        parts.append(f"BYMONTH={','.join(map(str, draw(MONTHS)))}")
    in_months = freq == "MONTHLY" or (freq == "YEARLY" and has_months)
    if (freq == "DAILY" or in_months) and draw(st.booleans()):
        parts.append(f"BYMONTHDAY={','.join(map(str, draw(MONTHDAYS)))}")
    if (freq in ("DAILY", "WEEKLY") or in_months) and draw(st.booleans()):
        parts.append(f"BYDAY={','.join(draw(NTH_DAYS if in_months and draw(st.booleans()) else PLAIN_DAYS))}")
    if freq == "WEEKLY" and draw(st.booleans()):
        parts.append(f"WKST={draw(st.sampled_from(DAYS))}")
    return ";".join(parts)


@settings(max_examples=60, deadline=None)
@given(
    plain_rules(), st.datetimes(datetime(1999, 1, 1), datetime(2029, 1, 1)), st.integers(0, 900), st.integers(1, 900)
)
def test_they_are_those_of_dateutil(text: str, start: datetime, after: int, days: int) -> None:
    start = start.replace(microsecond=0)
    rule = parse_rule(text)
    assert is_plain(rule)
    low = start + timedelta(days=after)
    high = low + timedelta(days=days)
    theirs = rrulestr(text, dtstart=start).between(low, high, inc=True)
    ours = list(walls(rule, start, low, high, with_start=False))
    assert ours == theirs


def test_what_is_not_plain_is_left_to_dateutil() -> None:
    for text in (
        "FREQ=HOURLY", "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1", "FREQ=YEARLY;BYDAY=2MO", "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYMONTHDAY=1", "FREQ=DAILY;BYHOUR=9,10", "FREQ=MONTHLY;BYDAY=MO,1TU",
    ):  # fmt: skip
        assert not is_plain(parse_rule(text)), text
