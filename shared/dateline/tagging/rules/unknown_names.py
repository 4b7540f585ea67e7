"""Names that the vocabulary doesn't have: each run of capitalised words is looked at once, and proposed as what its
words and what stands around them say it is."""

from __future__ import annotations

from collections.abc import Iterable

from dateline.tagging.candidates import Candidates
from dateline.tagging.capitalised_runs import CapitalisedWords, Run
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
    organisations_by_context.find_alone(candidates, singles)
    organisations_introduced.find_alone(candidates, singles)
    people_mentioned_again.find(candidates, undecided, singles, at)
    places_by_context.find_alone(candidates, singles, at)


def _find_in_run(candidates: Candidates, run: Run) -> Iterable[people.Segment]:
    """The rules that look at one run; gives what may be people, but for want of a sign."""
    organisations.find(candidates, run)
    organisations.find_team(candidates, run)
    places_by_pattern.find(candidates, run)
    organisations_introduced.find(candidates, run)
    if WordClass.PLAIN not in run.classes:
        return ()
    if run.end + 2 in candidates.names_at:
        places_by_context.find(candidates, run)
    organisations_by_context.find(candidates, run)
    return people.find(candidates, run)


def _is_known(candidates: Candidates, segment: people.Segment) -> bool:
    """Whether a name without a sign is one that the vocabulary has, as a town's or an organisation's."""
    name = candidates.names_at.get(segment.starts[0])
    return name is not None and name.end == segment.end
