"""How an event recurs: the form's fields to a rule and back, any rule in words, days as they are typed."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.domain.recurrence.rrule import parse_rule
from dateline.errors import InvalidInput
from dateline_ingest.desk.events.when.rule_form import ORDINALS, WEEKDAYS, RuleFields, fields_of, rule_of
from dateline_ingest.desk.events.when.rule_words import rule_in_words
from dateline_ingest.desk.events.when.typed_days import typed_days
from dateline_ingest.desk.events.when.zones import change_in_words, zone_called, zones_matching

MINSK, WARSAW = ZoneInfo("Europe/Minsk"), ZoneInfo("Europe/Warsaw")
START = datetime(2026, 12, 3, 19, tzinfo=MINSK)

ROWS = [
    (RuleFields(freq="DAILY"), "FREQ=DAILY", "Every day"),
    (RuleFields(freq="WEEKLY", interval=2), "FREQ=WEEKLY;INTERVAL=2", "Every second week on Thursday"),
    (
        RuleFields(freq="WEEKLY", weekdays=(0, 1, 2, 3, 4), count=10),
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=10",
        "Every week on workdays (Monday to Friday), 10 times in all",
    ),
    (
        RuleFields(freq="MONTHLY", ordinal=-1, ordinal_day="FR", until=date(2027, 6, 30)),
        "FREQ=MONTHLY;BYDAY=-1FR;UNTIL=20270630T205959Z",
        "Every month on the last Friday, until 30 June 2027",
    ),
    (
        RuleFields(freq="MONTHLY", interval=3, month_days=(1, 15)),
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1,15",
        "Every 3 months on day 1 and day 15",
    ),
    (RuleFields(freq="MONTHLY", month_days=(-1,)), "FREQ=MONTHLY;BYMONTHDAY=-1", "Every month on the last day"),
    (
        RuleFields(freq="MONTHLY", ordinal=1, ordinal_day="workday"),
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "Every month on the first workday (Monday to Friday)",
    ),
    (RuleFields(freq="YEARLY"), "FREQ=YEARLY", "Every year on 3 December"),
    (
        RuleFields(freq="YEARLY", ordinal=2, ordinal_day="SU"),
        "FREQ=YEARLY;BYMONTH=12;BYDAY=2SU",
        "Every year on the second Sunday of December",
    ),
]


@pytest.mark.parametrize(("fields", "rule", "words"), ROWS, ids=[words for _, _, words in ROWS])
def test_fields_become_a_rule_and_come_back(fields: RuleFields, rule: str, words: str) -> None:
    assert rule_of(fields, START, MINSK) == rule
    assert fields_of(rule, START, MINSK) == fields
    assert rule_in_words(rule, START, MINSK) == words


@given(
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")), st.integers(1, 40),
    st.frozensets(st.integers(0, 6)), st.frozensets(st.integers(-3, 31).filter(bool)),
    st.tuples(st.sampled_from(ORDINALS), st.sampled_from((*WEEKDAYS, "workday"))) | st.none(),
    st.dates(date(2027, 1, 1), date(2040, 1, 1)) | st.integers(1, 500) | st.none(), st.booleans(),
)  # fmt: skip
@settings(deadline=None)
def test_every_choice_of_the_form_comes_back(
    freq: str, interval: int, weekdays: frozenset[int], days: frozenset[int], by_ordinal: tuple[int, str] | None,
    end: date | int | None, all_day: bool,
) -> None:  # fmt: skip
    ordinal, ordinal_day = by_ordinal if by_ordinal and freq in ("MONTHLY", "YEARLY") else (0, "")
    chosen = RuleFields(
        freq=freq,  # type: ignore[arg-type]
        interval=interval, weekdays=tuple(sorted(weekdays)) if freq == "WEEKLY" else (),
        month_days=tuple(sorted(days)) if freq == "MONTHLY" and not ordinal else (),
        ordinal=ordinal, ordinal_day=ordinal_day,
        until=end if isinstance(end, date) else None, count=end if isinstance(end, int) else None,
    )  # fmt: skip
    start = START.date() if all_day else START
    rule = rule_of(chosen, start, MINSK)
    assert fields_of(rule, start, MINSK) == chosen
    assert rule_in_words(rule, start, MINSK)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "Every year on day 1 of January and July"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "Every month on Friday if it is day 13"),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", "Every month on the first Monday and the third Monday"),
        ("FREQ=DAILY;BYHOUR=10,19", "Every day at 10 hours and 19 hours"),
        ("FREQ=YEARLY;BYWEEKNO=20", "Every year in week 20"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU", "Every second week on Sunday and Monday"),
        ("FREQ=WEEKLY;UNTIL=20270101T100000Z", "Every week on Thursday, until 1 January 2027, 13:00"),
    ],
)
def test_a_rule_that_the_form_cannot_say_is_said_in_words(rule: str, words: str) -> None:
    assert fields_of(rule, START, MINSK) is None
    assert rule_in_words(rule, START, MINSK) == words


@pytest.mark.parametrize(
    ("rule", "fields"),
    [
        ("RRULE:FREQ=WEEKLY;BYHOUR=19;BYMINUTE=0", RuleFields(freq="WEEKLY")),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=3", RuleFields(freq="YEARLY")),
        ("FREQ=DAILY;BYDAY=SA,SU", RuleFields(freq="WEEKLY", weekdays=(5, 6))),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", RuleFields(freq="MONTHLY", ordinal=2, ordinal_day="TU")),
    ],
)
def test_other_programs_rules_are_read(rule: str, fields: RuleFields) -> None:
    assert fields_of(rule, START, MINSK) == fields
    parse_rule(rule_of(fields, START, MINSK))


def test_days_are_read_as_people_type_them() -> None:
    said = [(day.day, day.month, day.year, day.time) for day in typed_days(
        "Christmas (25 December), 14 Jan 2027; 28.1.2027 18:30\n2027-02-11 and "
        "Thursday, February 25, 2027, 3 студзеня, 5 мая"
    )]  # fmt: skip
    assert said == [
        (25, 12, None, None), (14, 1, 2027, None), (28, 1, 2027, time(18, 30)), (11, 2, 2027, None),
        (25, 2, 2027, None), (3, 1, None, None), (5, 5, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["Easter", "12/25/2026", "31 June", "30.2.2027", "2027", "25 December 26", "1" * 5_000]
)
def test_what_is_no_day_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidInput, match=r"is no day|may mean two days"):
        typed_days(f"1 May 2027, {text}")


def test_a_zone_is_found_by_its_city() -> None:
    assert zone_called("minsk").key == zone_called("europe/minsk").key == "Europe/Minsk"
    assert zone_called("new york").key == "America/New_York"
    assert zones_matching("toky")[0] == "Asia/Tokyo"
    with pytest.raises(InvalidInput, match="is no time zone"):
        zone_called("Gotham")


def test_a_time_that_clocks_leave_out_or_double_is_said() -> None:
    assert "skip 02:30 on 28 March 2027: it takes place at 03:30" in change_in_words(
        datetime(2027, 3, 28, 2, 30), WARSAW
    )
    assert "02:30 comes twice on 25 October 2026" in change_in_words(datetime(2026, 10, 25, 2, 30), WARSAW)
    assert change_in_words(datetime(2026, 10, 26, 2, 30), WARSAW) == ""
