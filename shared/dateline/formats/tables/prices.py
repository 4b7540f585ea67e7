"""What a table says of a price: nothing, an amount with its currency, or words."""

from __future__ import annotations

import re
from typing import Any, Final

_FREE: Final = frozenset({
    "free", "free entry", "free admission", "no charge", "0", "бесплатно", "бесплатный", "вход свободный",
    "свободный вход", "вход бесплатный", "бясплатна", "уваход вольны", "вольны ўваход", "уваход свабодны",
})  # fmt: skip
_SIGNS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "zł": "PLN", "₴": "UAH"}
_NUMBER: Final = r"(\d{1,9})(?:[.,](\d{1,2}))?"
_PRICE: Final = re.compile(
    rf"(?P<before>[A-Z]{{3}}|[€$£₽])?\s*{_NUMBER}(?:\s*[–—-]\s*{_NUMBER})?\s*(?P<after>[A-Z]{{3}}|[€$£₽₴]|zł)?"
)


def read_price(text: str, currency: str = "") -> dict[str, Any] | None:
    """A price in the shape of the schema; None for a cell that says nothing. An amount without a currency, which
    ``currency`` may say, is kept as it is written."""
    if not text:
        return None
    if text.casefold() in _FREE:
        return {"free": True}
    found = _PRICE.fullmatch(text)
    sign = (found["before"] or found["after"] or "") if found else ""
    known = _SIGNS.get(sign, sign) or currency.strip().upper()
    if not found or not known:
        return {"note": f"{text} {currency}".strip()}
    price = {"amount": _amount(found[2], found[3]), "currency": known}
    if found[4]:
        price["up_to"] = _amount(found[4], found[5])
    return price


def _amount(whole: str, part: str | None) -> str:
    return f"{int(whole)}.{part}" if part else str(int(whole))
