"""Addresses that mail programs and networks wrapped: readers get the one they lead to, and no recipient's name."""

from __future__ import annotations

import pytest

from dateline.domain.html import clean_html
from dateline.domain.wrapped_address import unwrapped, with_unwrapped_addresses

SAFELINK = (
    "https://nam02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fb%3Fc%3D1%26d"
    "&data=05%7C02%7Canna%40example.org%7Cabc&reserved=0"
)


@pytest.mark.parametrize(
    ("wrapped", "inner"),
    [
        (SAFELINK, "https://a.example/b?c=1&d"),
        ("https://www.google.com/url?q=https://a.example/b&sa=D&source=editors", "https://a.example/b"),
        ("https://www.google.co.uk/url?sa=t&url=https%3A%2F%2Fa.example", "https://a.example"),
        ("https://urldefense.proofpoint.com/v2/url?u=https-3A__a.example_b-5Fc&d=Dw&c=x", "https://a.example/b_c"),
        ("https://urldefense.com/v3/__https:/a.example/*b*c__;IyQ!!tok!x$", "https://a.example/#b$c"),
        ("https://urldefense.com/v3/__https://a.example/**A__;4oCm4oCm!!t$", "https://a.example/……"),
        ("https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2F&h=AT", "https://a.example/"),
        ("https://vk.com/away.php?to=https%3A%2F%2Fa.example", "https://a.example"),
        ("https://secure-web.cisco.com/1abc/https%3A%2F%2Fa.example%2Fb", "https://a.example/b"),
        (
            "https://slack-redir.net/link?url=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3Dhttp%3A%2F%2Fa.example",
            "http://a.example",
        ),
    ],
)
def test_a_wrapped_address_is_the_one_it_leads_to(wrapped: str, inner: str) -> None:
    assert unwrapped(wrapped) == inner


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example/url?q=https://b.example",
        "https://www.google.com/search?q=https://b.example",
        "https://www.google.com/url?q=javascript:alert(1)",
        "https://www.google.com/url?q=/search",
        "https://urldefense.com/v3/__https://a.example/**C__;IyQ!!t$",
        "https://urldefense.com/v3/__https://a.example/*__;!!t$",
    ],
)
def test_any_other_stays(address: str) -> None:
    assert unwrapped(address) == address


def test_texts_have_no_wrapped_address() -> None:
    href = SAFELINK.replace("&", "&amp;")
    clean = clean_html(f'<p><a href="{href}">here</a>, &lt;{href}&gt; ({href}).</p>')
    inner = "https://a.example/b?c=1&amp;d"
    assert clean == (f'<p><a href="{inner}" rel="noopener noreferrer">here</a>, &lt;{inner}&gt; ({inner}).</p>')
    assert clean_html(clean) == clean
    assert with_unwrapped_addresses(f"See <{SAFELINK}>.", is_html=False) == "See <https://a.example/b?c=1&d>."
