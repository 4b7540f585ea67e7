"""Names that the vocabulary doesn't have: each run of capitalised words is looked at once, and proposed as what its
words and what stands around them say it is."""

from __future__ import annotations

from functools import cache

from dateline.tagging.candidates import Found
from dateline.tagging.capitalised_runs import occurrences, runs
from dateline.tagging.marks import Mark
from dateline.tagging.rules import (
    organisations,
    organisations_by_context,
    organisations_introduced,
    people,
    people_mentioned_again,
    places_by_context,
    places_by_pattern,
)
from dateline.tagging.senses import Hit
from dateline.tagging.wordlists import words


def find_unknown(found: Found, names: list[Hit]) -> None:
    """Propose the unknown people, organisations and places of the text, and link later mentions to them."""
    of_organisations, of_places = _words_of_organisations(), _words_of_places()
    text = found.reading.text
    acronyms: dict[str, str] = {}
    again: list[people.Segment] = []
    hits = {hit.start: hit for hit in names}
    found_runs, singles = runs(text, {hit.start: hit.end for hit in names if hit.meaning.sure})
    for run in found_runs:
        end = run.end(-1)
        after = text[end : end + 2]
        lowers = run.lowers
        if not of_organisations.isdisjoint(lowers) and not found.reading.has_title_case(run.starts[0]):
            organisations.propose(found, run, acronyms)
        if not of_places.isdisjoint(lowers) and not found.reading.has_title_case(run.starts[0]):
            places_by_pattern.propose(found, run)
        if after == " (":
            organisations_introduced.propose_introduced(found, run, acronyms)
        if Mark.PLAIN not in run.marks:
            continue
        if after == ", " and end + 2 in hits:
            places_by_context.propose_with_region(found, run, hits)
        if text[end - 1] == "s":
            organisations.find_team(found, run, hits)
        organisations_by_context.propose_described(found, run)
        again += people.propose(found, run)
    again = [segment for segment in again if segment.titled or not _is_known(segment, hits)]
    people_mentioned_again.find_listed(found, again)
    at = occurrences(found_runs, singles)
    people_mentioned_again.find_again(found, again, at)
    organisations_by_context.find_described(found, singles, hits, acronyms)
    organisations_introduced.find_acronyms(found, singles, acronyms)
    people_mentioned_again.find_surnames(found, names, at)
    people_mentioned_again.find_titled(found, again, at)
    people_mentioned_again.find_by_given_name(found, singles, hits)
    places_by_context.find_located(found, singles, hits, at)


def _is_known(segment: people.Segment, hits: dict[int, Hit]) -> bool:
    """Whether a name without a sign is one that the vocabulary has, as a town's or an organisation's."""
    hit = hits.get(segment.starts[0])
    return hit is not None and hit.end == segment.end


@cache
def _words_of_organisations() -> frozenset[str]:
    """Words of which the names of organisations are built."""
    lists = words()
    legal = {form.lower() for form in lists.legal_forms}
    return lists.organisation_tails | lists.organisation_heads | legal | {*organisations.AIR, "&", "team"}


@cache
def _words_of_places() -> frozenset[str]:
    """The same of places."""
    lists = words()
    return lists.place_tails | lists.place_heads | lists.place_nouns | lists.compass
