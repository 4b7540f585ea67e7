"""Words and filters of the calendar's pages: counts that hold, chips, what to drop, what is past."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from html import unescape

import pytest
from flask.testing import FlaskClient

from dateline.domain.event import Location, Price
from unit.web.conftest import Fill, items
from unit.web.documents import MINSK, NOW, event, tag, term
from unit.web.test_events_pages import words

TODAY = NOW.astimezone(MINSK).date()


@pytest.fixture
def calendar(client: FlaskClient, fill: Fill) -> FlaskClient:
    """Events of several kinds in December, and some that are over."""
    free, paid = Price(free=True), Price(amount="10", currency="BYN")
    minsk, brest = tag("place", "Minsk"), tag("place", "Brest")
    music, books = tag("topic", "Music"), tag("topic", "Books")
    fill(
        [
            event("Organ evening", datetime(2026, 12, 4, 19, tzinfo=MINSK), tags=(minsk, music), price=paid,
                  categories=("Concert",), location=Location(name="Cathedral", city="Minsk")),
            event("Jazz on the square", date(2026, 12, 5), tags=(minsk, music), price=free, categories=("concert",)),
            event("Book fair", date(2026, 12, 5), tags=(brest, books), price=free, attendance="mixed"),
            event("Poetry stream", datetime(2026, 12, 6, 18, tzinfo=MINSK), tags=(books,), attendance="online"),
            event("Jazz every Monday", datetime(2026, 1, 5, 20, tzinfo=MINSK), rrule="FREQ=WEEKLY",
                  tags=(brest, music)),
            event("Jazz of old", date(2019, 6, 1), end=date(2019, 6, 3), tags=(minsk, music)),
            event("Jazz in spring", date(2026, 3, 1), rrule="FREQ=DAILY;COUNT=5", tags=(music,)),
            term("topic", "Opera"),
        ]
    )  # fmt: skip
    return client


def rows(client: FlaskClient, address: str) -> dict[str, dict[str, int]]:
    """The filters that a page offers, with their counts."""
    found = re.findall(r'<h2 id="row-\d">(\w+)</h2>(.*?)</section>', client.get(address).text, re.DOTALL)
    choice = r'rel="nofollow"[^>]*>([^<]*?)(?: <span.*?)?</a> <span class="n">(\d+)'
    return {kind: {label: int(count) for label, count in re.findall(choice, inside)} for kind, inside in found}


def link(client: FlaskClient, address: str, label: str) -> str:
    (found,) = re.findall(rf'href="([^"]*)" rel="nofollow"[^>]*>{label}(?: <span|</a>)', client.get(address).text)
    return unescape(found)


def found_on(client: FlaskClient, address: str) -> set[str]:
    """The titles of the events on a page."""
    main = client.get(address).text.partition("<main")[2]
    return {unescape(title) for title in re.findall(r'<p dir="auto" class="what[^"]*"><a [^>]*>([^<]*)</a>', main)}


def test_a_row_a_kind_with_counts(calendar: FlaskClient) -> None:
    assert rows(calendar, "/events/2026/12?view=agenda") == {
        "Category": {"Concert": 2},
        "Topic": {"Music": 3, "Books": 2},
        "Place": {"Brest": 2, "Minsk": 2},
        "Price": {"Free": 2},
        "Attendance": {"Online": 2},
    }


@pytest.mark.parametrize("address", ["/events/2026/12?view=agenda", "/events?range=next-weekend", "/events?q=jazz"])
def test_each_count_is_what_a_click_finds(calendar: FlaskClient, address: str) -> None:
    offered = rows(calendar, address)
    assert offered
    for choices in offered.values():
        for label, count in choices.items():
            followed = link(calendar, address, label)
            assert len(found_on(calendar, followed)) == count, (label, followed)


def test_a_kinds_own_choice_leaves_its_counts_alone(calendar: FlaskClient) -> None:
    assert rows(calendar, "/events/2026/12?view=agenda&topic=books")["Topic"] == {"Music": 3, "Books": 2}
    assert rows(calendar, "/events/2026/12?view=agenda&topic=books")["Place"] == {"Brest": 1}
    assert rows(calendar, "/events/2026/12?view=agenda&free=1&topic=books")["Topic"] == {"Books": 1, "Music": 1}


def test_chips_say_what_was_chosen_and_take_it_away(calendar: FlaskClient) -> None:
    address = "/events/2026/12?view=agenda&q=jazz&topic=music&topic=opera&free=1&category=CONCERT"
    chips = re.findall(r'class="chip" href="([^"]*)".*?<span class="kind">(.*?)</span> <bdi>(.*?)</bdi>',
                       calendar.get(address).text)  # fmt: skip
    assert [(kind, label) for _, kind, label in chips] == [
        ("Words:", "“jazz”"), ("Category:", "concert"), ("Topic:", "Music"), ("Topic:", "Opera"), ("Price:", "Free"),
    ]  # fmt: skip
    for path, _, label in chips:
        left = calendar.get(unescape(path)).text
        assert f"<bdi>{label}</bdi> <span" not in left
        assert left.count('class="chip"') == 4


def test_nothing_found_says_what_to_drop(calendar: FlaskClient) -> None:
    page = calendar.get("/events/2026/12?view=agenda&topic=books&place=minsk&q=fair").text
    assert "No event like this." in words(page)
    assert "Without “fair”" not in words(page)
    assert "Without Minsk : 1 event" in words(page)
    page = calendar.get("/events?q=organ&place=brest").text
    assert "Without Brest : 1 event" in words(page)
    assert "Without “organ” : 2 events" in words(page)
    (drop,) = re.findall(r'href="([^"]*)"[^>]*>Without <bdi>Brest', page)
    assert found_on(calendar, unescape(drop)) == {"Organ evening"}


def test_nothing_then_says_when_the_next_is(calendar: FlaskClient) -> None:
    page = calendar.get("/events?view=day&day=2026-12-01&topic=books").text
    assert "The next like this is on Saturday, 5 December 2026 : Book fair ." in words(page)
    assert 'href="/events?view=day&amp;day=2026-12-05&amp;topic=books"' in page
    assert "The next" not in words(calendar.get("/events/2026/12").text)


def test_pages_without_end_are_nothing_for_crawlers(calendar: FlaskClient) -> None:
    for address in ("/events?view=day", "/events?view=week", "/events?range=today", "/events?q=jazz", "/events?free=1"):
        page = calendar.get(address).text
        assert '<meta name="robots" content="noindex, nofollow">' in page
    assert 'name="robots"' not in calendar.get("/events/2026/12").text


def test_the_page_names_the_same_as_json(calendar: FlaskClient) -> None:
    for address in ("/events", "/events?q=jazz", "/events?view=year", "/events?view=week&free=1"):
        (path,) = re.findall(r'type="application/json" href="http://localhost([^"]*)"', calendar.get(address).text)
        assert calendar.get(unescape(path)).status_code == 200


def test_words_find_what_is_to_come_by_its_next_time_and_what_is_past(calendar: FlaskClient) -> None:
    page = words(calendar.get("/events?q=jazz").text)
    assert page.count("Jazz every Monday") == 1
    coming, past = page.index("To come"), page.index("Past")
    assert (
        coming < page.index("30 Nov 2026, 20:00 Jazz every Monday") < page.index("5 Dec 2026 Jazz on the square") < past
    )
    assert past < page.index("5 Mar 2026 Jazz in spring") < page.index("1 Jun 2019 to 3 Jun 2019 Jazz of old")
    assert found_on(calendar, "/events?q=jazz&place=minsk") == {"Jazz on the square", "Jazz of old"}


def test_words_narrow_every_view(calendar: FlaskClient) -> None:
    assert found_on(calendar, "/events/2026/12?view=agenda&q=jazz") == {"Jazz every Monday", "Jazz on the square"}
    assert found_on(calendar, "/events?view=day&day=2026-12-05&q=fair") == {"Book fair"}
    assert found_on(calendar, "/events?range=next-weekend&q=cathedral") == set()
    assert "10 events" in words(calendar.get("/events?view=year&day=2026-01-01&q=jazz").text)


def test_past_days_are_there_and_said_to_be_past(calendar: FlaskClient) -> None:
    for address in ("/events/2019/06", "/events?view=day&day=2019-06-02", "/events?view=year&day=2019-01-01"):
        page = words(calendar.get(address).text)
        assert "These days are past." in page
        assert "Jazz of old" in page or "1 event" in page
    assert "These days are past." not in words(calendar.get("/events").text)


def test_the_api_says_the_same(calendar: FlaskClient) -> None:
    days = "from=2026-12-01&to=2026-12-31"
    titles = {item["title"] for item in items(calendar, f"/v1/events?{days}&q=jazz&category=Concert&free=1")}
    assert titles == found_on(calendar, "/events/2026/12?view=agenda&q=jazz&category=Concert&free=1")


@pytest.mark.parametrize("address", [
    "/events?q=%00", "/events?q=%22", "/events?q=" + "x%20" * 90, "/events?q=-", "/events?q=%3Cscript%3E",
    "/events?place=" + "a" * 3000, "/events?category=%20", "/events?topic=%F0%9F%8E%B7", "/events?view=week&q=*",
])  # fmt: skip
def test_nonsense_is_answered(calendar: FlaskClient, address: str) -> None:
    answer = calendar.get(address)
    assert answer.status_code in (200, 422)
    assert "<script>" not in answer.text


def test_hundreds_of_filters_make_no_heavy_page(calendar: FlaskClient) -> None:
    kinds = ("topic", "place", "person", "organisation", "section", "category")
    chosen = "&".join(f"{kind}=x{number}" for kind in kinds for number in range(90))
    for address in (f"/events?{chosen}", f"/events?view=year&{chosen}"):
        assert len(calendar.get(address).data) < 600_000


def test_a_full_month_is_no_heavy_page(client: FlaskClient, fill: Fill) -> None:
    places = [tag("place", f"Town {n}") for n in range(30)]
    topics = [tag("topic", f"A topic of some length {n}") for n in range(30)]
    fill(
        [
            event(f"An evening with a title as long as most are, number {n}",
                  datetime(2026, 12, 1 + n % 31, 10 + n % 12, tzinfo=MINSK) + timedelta(minutes=n),
                  location=Location(name="House of Culture of the railway workers", city=f"Town {n % 30}"),
                  tags=(places[n % 30], topics[n % 29], tag("organisation", f"Theatre {n % 25}")),
                  categories=(f"Category {n % 25}",), price=Price(free=n % 2 == 0))
            for n in range(600)
        ]
    )  # fmt: skip
    client.set_cookie("zone", "Asia/Tokyo", path="/events")
    for address in ("/events/2026/12", "/events/2026/12?place=town-1", "/events?view=agenda&day=2026-12-01",
                    "/events?view=week&day=2026-12-05", "/events?view=day&day=2026-12-05",
                    "/events?view=year", "/events?q=evening"):  # fmt: skip
        assert len(client.get(address).data) < 100_000, address
