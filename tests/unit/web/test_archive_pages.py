"""The archive: years, months, days."""

from __future__ import annotations

import re
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from dateline.adapters.embedded import EmbeddedIndex
from unit.web.conftest import Fill, app_on
from unit.web.documents import MINSK, story


def test_an_archive_month_is_a_table_with_a_link_on_each_day_with_news(client: FlaskClient, fill: Fill) -> None:
    fill([story(), story(published_at=datetime(2017, 12, 22, 10, 0, tzinfo=MINSK)), story()])
    page = client.get("/archive/2017/12").text
    table = page[page.index("<table") : page.index("</table>")]
    assert re.search(r"<caption>.*December 2017.*</caption>", table)
    assert re.findall(r'<abbr title="(\w*)">', table)[0] == "Sunday"
    assert re.findall(r'href="(/archive/2017/12/\d\d)"', table) == ["/archive/2017/12/05", "/archive/2017/12/22"]
    assert 'aria-label="5 December, 2 stories"' in table
    answer = client.get("/v1/archive/2017/12").get_json()
    days = [{"date": "2017-12-05", "count": 2}, {"date": "2017-12-22", "count": 1}]
    assert answer == {"year": 2017, "month": 12, "days": days}
    assert client.get("/archive").headers["Location"] == "/archive/2017/12"


def test_a_day_knows_the_nearest_days_with_news(client: FlaskClient, fill: Fill) -> None:
    fill([story(published_at=datetime(2017, 12, day, 10, 0, tzinfo=MINSK)) for day in (5, 9, 22)])
    page = client.get("/archive/2017/12/09").text
    assert '<a rel="prev" href="/archive/2017/12/05">' in page
    assert '<a rel="next" href="/archive/2017/12/22">' in page
    assert "Nothing was published on 10 December 2017" in client.get("/archive/2017/12/10").text


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((3,), "March 2017</a> is the nearest month with stories."),
        ((3, 9), "September 2017</a> are the nearest months"),
    ],
)
def test_a_month_without_stories_names_the_nearest_with_some(
    client: FlaskClient, fill: Fill, days: tuple[int, ...], said: str
) -> None:
    fill([story(published_at=datetime(2017, month, 5, 10, 0, tzinfo=MINSK)) for month in days])
    page = client.get("/archive/2017/06").text
    assert "Nothing was published in June 2017." in page
    assert said in page


@pytest.mark.parametrize(
    "address",
    ["/archive/2017/13", "/archive/2017/00", "/archive/0000", "/archive/2017/02/29", "/archive/17", "/archive/2017/0",
     "/archive/2017/2/30",
     "/archive/2017/12/32", "/v1/archive/2017/13", "/archive/२०१७"],
)  # fmt: skip
def test_no_such_day(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/archive/2017/5", "/archive/2017/05"), ("/archive/2017/5?q=sea", "/archive/2017/05?q=sea"),
        ("/archive/2017/12/5", "/archive/2017/12/05"), ("/archive/2017/5/05", "/archive/2017/05/05"),
    ],
)  # fmt: skip
def test_one_digit_will_do(client: FlaskClient, typed: str, address: str) -> None:
    answer = client.get(typed)
    assert (answer.status_code, answer.headers["Location"]) == (301, address)
    assert client.get(address).status_code == 200


def test_the_week_begins_where_the_newsroom_says(index: EmbeddedIndex) -> None:
    page = app_on(index, week_start="monday", language="ru").test_client().get("/archive/2017/12").text
    assert '<html lang="ru">' in page
    assert re.findall(r'<abbr title="(\w*)">', page)[0] == "понедельник"
    assert "декабрь 2017" in page
