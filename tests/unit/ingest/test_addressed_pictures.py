"""Pictures that sources name by their address: fetched and put on record with what was said, or left where they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest

from dateline.adapters.fetch import CheckedFetcher
from dateline.ports.ledger.submissions import Submission
from dateline_ingest.pictures.receiving import PictureIntake
from dateline_ingest.pulling.addressed_pictures import AddressedPictures
from ledgers import token_of
from servers.origin import Origin, running_origin
from unit.ingest.conftest import Newsroom
from unit.pictures.picture_files import scene, write


@pytest.fixture
def origin() -> Iterator[Origin]:
    with running_origin() as origin:
        yield origin


@pytest.fixture
def bring(newsroom: Newsroom) -> Any:
    parts = newsroom.app.extensions["dateline"]
    pictures = PictureIntake(newsroom.ledger, parts.intake)
    fetcher = CheckedFetcher((ip_network("127.0.0.0/8"),))
    return AddressedPictures(newsroom.ledger, fetcher, pictures, parts.media, 100_000)


def name(newsroom: Newsroom, url: str) -> str:
    """A story of an agency that shows the picture at an address."""
    payload = {"schema": 4, "headline": "x", "images": [{"url": url, "caption": "The bridge", "credit": "Agency/Ann"}]}
    by = token_of(newsroom.ledger, "rita")
    told = Submission(kind="story", by=by, payload=payload, label="x", external_source="Agency", external_id=url)
    return newsroom.ledger.submit(told).id


def addresses(newsroom: Newsroom) -> list[dict[str, Any]]:
    return [dict(line["row"]) for line in newsroom.ledger.export() if line.get("table") == "picture_addresses"]


def test_a_picture_is_on_record_with_what_its_source_said(
    newsroom: Newsroom, origin: Origin, bring: AddressedPictures, tmp_path: Path
) -> None:
    origin.says("/a.png", write(tmp_path / "a.png", scene(80, 60)).read_bytes())
    story = name(newsroom, f"{origin.address}/a.png")
    bring.work(10)
    [row] = addresses(newsroom)
    on = newsroom.ledger.picture(row["picture_id"])
    assert (on.picture.caption, on.picture.credit, on.picture.source) == ("The bridge", "Agency/Ann", "Agency")
    assert (on.picture.filename, on.picture.width, on.owner, row["next_at"]) == ("a.png", 80, "rita", None)
    assert [use.id for use in newsroom.ledger.uses_of(on.id)] == [story]
    assert newsroom.ledger.pictures_without_alt() == 1


def test_what_is_no_picture_or_not_there_stays_where_it_is(
    newsroom: Newsroom, origin: Origin, bring: AddressedPictures
) -> None:
    origin.says("/page", b"<html>no picture</html>")
    origin.says("/long.jpg", b"\xff\xd8\xff" + b"x" * 200_000)
    origin.says("/away.jpg", b"", status=503)
    for path in ("/page", "/long.jpg", "/gone.jpg", "/away.jpg"):
        name(newsroom, f"{origin.address}{path}")
    name(newsroom, "http://10.0.0.1/private.jpg")
    bring.work(20)
    left = {row["url"].rpartition("/")[2]: row for row in addresses(newsroom)}
    assert all(row["error"] and not row["picture_id"] for row in left.values())
    assert {path for path, row in left.items() if row["next_at"]} == {"away.jpg"}
    assert [item.kind for item in newsroom.items.values()] == ["story"] * 5


def test_what_editors_said_of_a_picture_stays_when_its_file_comes_from_another_address(
    newsroom: Newsroom, origin: Origin, bring: AddressedPictures, tmp_path: Path
) -> None:
    data = write(tmp_path / "a.png", scene(80, 60)).read_bytes()
    for path in ("/a.png", "/a.png?small"):
        origin.says(path, data)
    name(newsroom, f"{origin.address}/a.png")
    bring.work(10)
    [row] = addresses(newsroom)
    said = {"caption": "The bridge over the Bug", "alt": "A bridge", "credit": "Ann Lee"}
    path = f"/v1/images/{row['picture_id']}"
    assert newsroom.ask("PUT", path, "edda", json=said, headers={"If-Match": '"1"'}).status_code == 202
    name(newsroom, f"{origin.address}/a.png?small")
    bring.work(10)
    assert {one["picture_id"] for one in addresses(newsroom)} == {row["picture_id"]}
    on = newsroom.ledger.picture(row["picture_id"])
    assert (on.revision, on.picture.caption, on.picture.credit) == (2, "The bridge over the Bug", "Ann Lee")


def test_a_file_that_was_taken_down_is_not_shown_from_another_address_either(
    newsroom: Newsroom, origin: Origin, bring: AddressedPictures, tmp_path: Path
) -> None:
    data = write(tmp_path / "a.png", scene(80, 60)).read_bytes()
    for path in ("/a.png", "/b.png"):
        origin.says(path, data)
    name(newsroom, f"{origin.address}/a.png")
    bring.work(10)
    [row] = addresses(newsroom)
    newsroom.ledger.take_down(row["picture_id"], "not ours", token_of(newsroom.ledger, "edda"))
    story = name(newsroom, f"{origin.address}/b.png")
    bring.work(10)
    claimed = {one.item_id: one for one in newsroom.ledger.claim(worker="w", lease=timedelta(minutes=1), limit=9)}
    assert claimed[story].gone_addresses == {f"{origin.address}/b.png"}
