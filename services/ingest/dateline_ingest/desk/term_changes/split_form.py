"""The form of a split: how many parts, their labels, and which of them each name, group of stories and story is of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from dateline.domain.slugs import slug_of
from dateline.domain.term import Term
from dateline.errors import FieldError, InvalidInput
from dateline.formats.control_characters import drop_control_characters
from dateline_ingest.desk.forms.form_fields import whole_number
from dateline_ingest.vocabulary.evidence_groups import TermEvidence
from dateline_ingest.vocabulary.splitting import Split, SplitPart, names_of

MOST_PARTS: Final = 10


class SplitForm:
    """What was typed and chosen. Part 0 is the main one; what is given to none is its."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self.values = {name: drop_control_characters(value) for name, value in values.items()}
        self.count = min(max(whole_number(self.values.get("parts", "")) or 2, 2), MOST_PARTS)

    @classmethod
    def of(cls, term: Term) -> SplitForm:
        """An empty form: two parts, of which the first is called as the term is."""
        return cls({"parts": "2", "label-0": term.label})

    def with_one_more(self) -> SplitForm:
        """The same with one part more."""
        return SplitForm({**self.values, "parts": str(self.count + 1)})

    @property
    def labels(self) -> list[str]:
        """What the parts are called."""
        return [self.values.get(f"label-{number}", "").strip()[:300] for number in range(self.count)]

    @property
    def gives_groups(self) -> bool:
        """Whether all stories of some words are given to a part."""
        return any(name.startswith("group-") and value for name, value in self.values.items())

    def part_of(self, kind: str, name: str) -> str:
        """The number of the part that a name, a group or a story is given to; "" where it is given to none."""
        number = whole_number(self.values.get(f"{kind}-{name}", ""))
        return str(number) if number is not None and number < self.count else ""

    def split(self, term: Term, evidence: TermEvidence | None) -> Split:
        """The split that the form says. Raises ``InvalidInput`` for a part without a label."""
        if not all(self.labels):
            raise InvalidInput("", (FieldError("/parts", "Each part needs a name."),))
        slugs = [slug_of(label) for label in self.labels]
        if "new_address" not in self.values:
            slugs[0] = term.slug
        parts = tuple(
            SplitPart(
                label=label,
                slug=slugs[number],
                names=tuple(name for name in names_of(term) if self.part_of("name", name) == str(number)),
                stories=tuple(self._stories(str(number), evidence)),
            )
            for number, label in enumerate(self.labels)
        )
        return Split(parts=parts, main=slugs[0])

    def _stories(self, part: str, evidence: TermEvidence | None) -> dict[str, None]:
        """A story that is given by itself goes there, whatever becomes of its group."""
        own = {name.removeprefix("story-"): value for name, value in self.values.items() if name.startswith("story-")}
        grouped = (
            story.id
            for group in (evidence.groups if evidence else ())
            if self.part_of("group", group.words) == part
            for story in group.stories
            if not own.get(story.id)
        )
        return dict.fromkeys((*(id for id in own if self.part_of("story", id) == part), *grouped))
