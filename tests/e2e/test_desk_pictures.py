"""Pictures in the form of a story, in a browser: rows by address, their order, and one that doesn't come."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from servers.desk import sign_in
from servers.origin import running_origin

pytestmark = pytest.mark.browser

DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"><rect width="30" height="20"/></svg>'


def test_the_pictures_of_typed_addresses_are_shown(browser: Browser, address: str) -> None:
    with running_origin() as origin:
        there, gone = origin.says("/bridge.svg", DOT, Content_Type="image/svg+xml"), f"{origin.address}/gone.jpg"
        page = browser.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, address)
        pictures = page.get_by_role("group", name="Pictures")
        pictures.get_by_text("From an address").click()
        for source, alt in ((there, "A bridge"), (gone, "Boats")):
            pictures.get_by_label("Address of the picture").fill(source)
            pictures.get_by_role("button", name="Add it").click()
            pictures.get_by_role("listitem").last.get_by_label("Alternative text").fill(alt)
        bridge, boats = pictures.get_by_role("listitem").first, pictures.get_by_role("listitem").last
        expect(bridge.locator("img")).to_have_js_property("naturalWidth", 30)
        expect(boats.get_by_text(f"No picture comes from {gone}")).to_be_visible()
        boats.get_by_role("button", name="Up").click()
        expect(pictures.get_by_role("listitem").first.get_by_label("Alternative text")).to_have_value("Boats")
        expect(pictures.get_by_text("is now in place 1 of 2.")).to_be_visible()
        page.close()
        assert {headers["Referer"] for _, _, headers in origin.asked} == {None}
