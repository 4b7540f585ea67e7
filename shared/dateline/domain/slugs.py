"""Slugs: the readable part of an address."""

from __future__ import annotations

from hashlib import sha256
from typing import Final

from slugify import slugify

MOST_CHARACTERS: Final = 100


def slug_of(text: str) -> str:
    """A slug of ``text``: ``[a-z0-9-]{1,100}``, letters of other scripts transliterated, cut at a word.

    A text without a letter or digit gets a slug of its own from its digest: a slug is never empty, and two such texts
    don't share one.
    """
    slug: str = slugify(
        text, max_length=MOST_CHARACTERS, word_boundary=True, save_order=True, backend="text-unidecode"
    )  # fmt: skip
    return slug or f"x-{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"
