"""Addresses that others gave, and servers behind them: none leads into the newsroom's own network, or keeps it busy."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Iterator
from ipaddress import ip_network
from threading import Event

import pytest

from dateline.adapters.fetch import CheckedFetcher
from dateline.adapters.fetch.addresses import may_be_fetched
from dateline.errors import FetchFailed, FetchRefused
from dateline.ports.fetch import FetchLimits
from servers.origin import Answer, Origin, running_origin

LOOPBACK = (ip_network("127.0.0.0/8"),)


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as running:
        yield running


@pytest.fixture
def fetcher() -> CheckedFetcher:
    return CheckedFetcher(LOOPBACK)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "192.0.2.1", "198.18.0.1", "240.0.0.1", "192.88.99.1", "::1", "::", "::10.0.0.1", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fec0::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
        "64:ff9b:1::1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "no address",
    ],
)  # fmt: skip
def test_an_address_of_a_private_network_is_not_fetched_from(address: str) -> None:
    assert not may_be_fetched(address)


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "2606:2800:21f:cb07::1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e"]
)
def test_a_public_address_is_fetched_from(address: str) -> None:
    assert may_be_fetched(address)


def test_what_the_newsroom_allows_is_fetched_from_and_nothing_beside_it() -> None:
    allowed = (ip_network("10.1.0.0/16"), ip_network("fd00::/8"))
    assert may_be_fetched("10.1.2.3", allowed) and may_be_fetched("fd00::1", allowed)
    assert may_be_fetched("::ffff:10.1.2.3", allowed)
    assert not may_be_fetched("10.2.0.1", allowed) and not may_be_fetched("127.0.0.1", allowed)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"]
)
def test_this_machine_is_refused_however_it_is_written(host: str, origin: Origin) -> None:
    with pytest.raises((FetchRefused, FetchFailed)):
        CheckedFetcher().fetch(f"http://{host}:{origin.port}/feed")
    assert origin.asked == []


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://example.com/", "gopher://example.com/", "//example.com/", "/feed", "", "http://",
            "http://user:secret@example.com/", "http://exa mple.com:port/", "http://" + "a" * 3000]
)  # fmt: skip
def test_only_plain_addresses_of_the_web_are_fetched(url: str) -> None:
    with pytest.raises(FetchRefused):
        CheckedFetcher(resolve=lambda host, port: pytest.fail("looked up")).fetch(url)


def test_a_name_with_one_private_address_is_refused_whole(origin: Origin) -> None:
    fetcher = CheckedFetcher(resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])
    with pytest.raises(FetchRefused, match="private network"):
        fetcher.fetch("http://news.example/feed")


def test_a_name_that_means_another_address_the_second_time_is_not_asked_twice(origin: Origin) -> None:
    """DNS rebinding: what was checked is connected to, whatever the name means a moment later."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    fetcher = CheckedFetcher(LOOPBACK, resolve=lambda host, port: next(answers))
    origin.says("/feed", b"here")
    fetched = fetcher.fetch(f"http://news.example:{origin.port}/feed")
    assert fetched.body == b"here"
    assert origin.asked[0][2]["Host"] == f"news.example:{origin.port}"
    assert next(answers) == ["10.0.0.1"]  # nobody asked for it


def test_a_redirect_to_a_private_network_is_refused(origin: Origin) -> None:
    for to in (
        "http://10.0.0.1/",
        "http://[::1]/",
        "//192.168.0.1/",
        "file:///etc/passwd",
        "http://169.254.169.254/meta",
    ):
        with pytest.raises(FetchRefused):
            CheckedFetcher(LOOPBACK).fetch(origin.says("/feed", status=302, Location=to))


def test_redirects_are_followed_so_many_times(origin: Origin, fetcher: CheckedFetcher) -> None:
    origin.says("/b", b"there")
    fetched = fetcher.fetch(origin.says("/a", status=301, Location="b#part"))
    assert (fetched.url, fetched.body) == (f"{origin.address}/b", b"there")
    with pytest.raises(FetchRefused, match="more than 5 times"):
        fetcher.fetch(origin.says("/round", status=307, Location="/round"))
    assert [path for _, path, _ in origin.asked].count("/round") == 6


def test_a_long_answer_is_refused_before_it_is_read_to_its_end(origin: Origin, fetcher: CheckedFetcher) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 65536

    origin.answers["/endless"] = Answer(pieces=endless)
    with pytest.raises(FetchRefused, match="longer than 1,000,000 bytes"):
        fetcher.fetch(f"{origin.address}/endless", limits=FetchLimits(bytes=1_000_000))


def test_a_bomb_is_not_unpacked(origin: Origin, fetcher: CheckedFetcher) -> None:
    zeros = b"\0" * 80_000_000
    bomb, deflated = gzip.compress(zeros, 1), zlib.compress(zeros, 1)
    tracemalloc.start()
    try:
        for body, encoding in ((bomb, "gzip"), (gzip.compress(bomb), "gzip, gzip"), (deflated, "deflate")):
            with pytest.raises(FetchRefused, match="longer than"):
                fetcher.fetch(origin.says("/bomb", body, Content_Encoding=encoding))
        assert tracemalloc.get_traced_memory()[1] < 40_000_000
    finally:
        tracemalloc.stop()
    with pytest.raises(FetchFailed):
        fetcher.fetch(origin.says("/many", bomb, Content_Encoding=", ".join(["gzip"] * 50)))


@pytest.mark.parametrize("where", ["head", "body"])
def test_a_server_that_sends_a_byte_now_and_then_is_left(where: str, origin: Origin, fetcher: CheckedFetcher) -> None:
    left = Event()

    def drops() -> Iterator[bytes]:
        while not left.wait(0.05):
            yield b"x"

    headers = {} if where == "body" else {"X-Long": "a\r\nX-Rest: "}
    origin.answers["/slow"] = Answer(headers=headers, pieces=drops)
    with pytest.raises(FetchFailed, match="no whole answer within"):
        fetcher.fetch(f"{origin.address}/slow", limits=FetchLimits(seconds=0.4))
    left.set()


def test_a_server_that_says_nothing_is_left(fetcher: CheckedFetcher) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        with pytest.raises(FetchFailed, match="no whole answer within"):
            fetcher.fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/", limits=FetchLimits(seconds=0.3))
        with pytest.raises(FetchFailed, match="no whole answer within"):
            fetcher.fetch(f"https://127.0.0.1:{silent.getsockname()[1]}/", limits=FetchLimits(seconds=0.3))


def test_what_is_no_http_is_said_so(origin: Origin, fetcher: CheckedFetcher) -> None:
    with pytest.raises(FetchFailed, match="can't be read"):
        fetcher.fetch(f"https://127.0.0.1:{origin.port}/")
    with pytest.raises(FetchFailed, match="Connection refused"):
        fetcher.fetch("http://127.0.0.1:1/")
    with pytest.raises(FetchFailed, match="isn't known"):
        fetcher.fetch("http://nobody.invalid/")


def test_an_answer_is_given_with_its_status_and_headers(origin: Origin, fetcher: CheckedFetcher) -> None:
    address = origin.says("/feed", gzip.compress(b"<rss/>"), Content_Encoding="gzip", ETag='"1"')
    fetched = fetcher.fetch(address, headers={"If-None-Match": '"0"'})
    assert (fetched.status, fetched.headers["etag"], fetched.body) == (200, '"1"', b"<rss/>")
    assert origin.asked[0][2]["If-None-Match"] == '"0"'
    assert fetcher.fetch(origin.says("/gone", b"gone", 410)).status == 410
    head = fetcher.fetch(address, method="HEAD")
    assert (head.status, head.body, origin.asked[-1][0]) == (200, b"", "HEAD")
