"""Names that the vocabulary doesn't have: each run of capitalised words is looked at once, and proposed as what its
words and what stands around them say it is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import CapitalisedWords, Run, Single
from dateline.tagging.rules import (
    organisations,
    organisations_by_context,
    organisations_introduced,
    people,
    people_mentioned_again,
    places_by_context,
    places_by_pattern,
)
from dateline.tagging.wordlists import WordClass


def find(candidates: Candidates) -> None:
    """Propose the unknown people, organisations and places of the text, and link later mentions to them.

    First run by run, then by what the whole text says; the order of the rules decides who takes a span.
    """
    sure = {name.start: name.end for name in candidates.names if name.senses.sure}
    capitalised = CapitalisedWords(candidates.text, sure)
    singles, at = capitalised.singles, capitalised.positions()
    undecided = [segment for run in capitalised.runs for segment in _find_in_run(candidates, run)]
    undecided = [segment for segment in undecided if segment.titled or not _is_known(candidates, segment)]
    told = _told_by_surroundings(candidates.text, singles)
    organisations_by_context.find_alone(candidates, told)
    organisations_introduced.find_alone(candidates, singles)
    people_mentioned_again.find(candidates, undecided, singles, at)
    places_by_context.find_alone(candidates, told, at)


def _find_in_run(candidates: Candidates, run: Run) -> Sequence[people.Segment]:
    """The rules that look at one run; gives what may be people, but for want of a sign."""
    tells = not _telling_words().isdisjoint(run.lowers)
    if tells:
        organisations.find(candidates, run)
    organisations.find_team(candidates, run)
    if tells:
        places_by_pattern.find(candidates, run)
    if candidates.text.startswith(organisations_introduced.BRACKET, run.end):
        organisations_introduced.find(candidates, run)
    if WordClass.PLAIN not in run.classes:
        return ()
    if run.end + 2 in candidates.names_at:
        places_by_context.find(candidates, run)
    organisations_by_context.find(candidates, run)
    return people.find(candidates, run)


def _told_by_surroundings(text: str, singles: list[Single]) -> list[Single]:
    """Those words alone beside which something stands that the rules for contexts go by: most have nothing."""
    before, after = _telling_before(), _telling_after()
    return [
        (word, start)
        for word, start in singles
        if text[start - 4 : start] in before or text[(end := start + len(word)) : end + 2] in after
    ]


@cache
def _telling_before() -> frozenset[str]:
    """The four characters that may stand before such a word."""
    return organisations_by_context.ends_of_nouns() | places_by_context.ends_before_places()


@cache
def _telling_after() -> frozenset[str]:
    """The two characters that may stand behind it."""
    signs = organisations_by_context.beginnings_of_signs() | places_by_context.beginnings_of_kinds()
    return frozenset(sign[:2] for sign in signs) | {", "}


@cache
def _telling_words() -> frozenset[str]:
    """The words that names of organisations and places are built of."""
    return organisations.words_of_names() | places_by_pattern.words_of_names()


def _is_known(candidates: Candidates, segment: people.Segment) -> bool:
    """Whether a name without a sign is one that the vocabulary has, as a town's or an organisation's."""
    name = candidates.names_at.get(segment.starts[0])
    return name is not None and name.end == segment.end
