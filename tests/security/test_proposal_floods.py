"""Names that nobody has, by the thousand: an editor still finds those of others."""

from __future__ import annotations

import json
from typing import Any, Final

from contract.calendars.conftest import Newsroom
from dateline.ports.ledger.vocabulary import DEFAULT_BOUNDS

SYLLABLES: Final = ("bar", "cel", "dov", "fin", "gor", "hul", "jam", "kel", "lim", "mor")


def invented(number: int) -> str:
    """A person's name that no other number gives."""
    digits = f"{number:05d}"
    first, last = ("".join(SYLLABLES[int(digit)] for digit in part) for part in (digits[:2], digits[2:]))
    return f"Anna {first.title()}a {last.title()}son"


def bulk(paper: Newsroom, by: str, stories: list[dict[str, Any]]) -> None:
    """Submit these, and let the worker publish them."""
    lines = "\n".join(json.dumps(story) for story in stories)
    answer = paper.ask(
        "POST", "/v1/stories/bulk", data=lines, content_type="application/x-ndjson",
        headers={"Authorization": f"Bearer secret-{by}"},
    )  # fmt: skip
    assert answer.text.count('"status": 202') == len(stories), answer.text[:500]
    while paper.pipeline.take_batch():
        pass


def story(*names: str) -> dict[str, Any]:
    said = " ".join(f"{name} said so on Monday." for name in names)
    return {"headline": "A meeting was held", "body_text": f"Many came. {said}"}


def test_a_hundred_stories_of_forty_names_bury_nobodys(paper: Newsroom) -> None:
    real, rare, other = (invented(number) for number in (90_001, 90_002, 90_003))
    bulk(paper, "edda", [story(real, rare)])
    bulk(paper, "otto", [story(real, other)])
    flood = [[invented(number * 30 + step) for step in range(30)] for number in range(100)]
    common = [invented(80_000 + step) for step in range(10)]
    bulk(paper, "rita", [story(*common, *names) for names in flood])
    found = paper.ask("GET", "/v1/terms?status=proposed&limit=100").get_json()["items"]
    assert (found[0]["label"], found[0]["count"], found[0]["sources"]) == (real, 2, 2)
    assert {rare, other} <= {one["label"] for one in found[:4]}
    proposals = paper.ledger.proposals()
    assert DEFAULT_BOUNDS.of_reporter <= len(proposals) <= DEFAULT_BOUNDS.of_reporter + 3
    page = paper.ask("GET", "/proposals").text
    assert f"{real}</span></h2>" in page and "2 stories of 2 sources" in page
    assert f"{rare}</span></h2>" in page and f"{other}</span></h2>" in page
