"""Pictures by their addresses, in a browser: they are shown as one types, and one that doesn't come is told."""

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
        page.get_by_text("Pictures and links").click()
        page.get_by_label("Images").fill(f"{there} | A bridge | Otto | At noon\nwritten by hand\n{gone} | Boats")
        bridge = page.get_by_role("img", name="A bridge")
        expect(bridge).to_have_js_property("naturalWidth", 30)
        expect(page.get_by_text("At noon · Otto")).to_be_visible()
        expect(page.get_by_text(f"No picture comes from {gone}")).to_be_visible()
        page.get_by_label("Images").fill(there)
        expect(page.get_by_text("Without words for who doesn't see it")).to_be_visible()
        expect(bridge).to_have_count(0)
        page.close()
        assert {headers["Referer"] for _, _, headers in origin.asked} == {None}
