"""Two corrections of one story made into one: a field that one side changed is taken, paragraphs too; what both changed
is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dateline_ingest.desk.correcting.blocks import Block, Body, bodies_of, typed_body
from dateline_ingest.desk.correcting.merge3 import Agreed, Disputed, merge3

Values = Mapping[str, str]
"""A story as its form's fields say it."""

BODY: Final = "body_text"
_BODIES: Final = ("body_html", BODY)
MINE_ALONE: Final = ("note", "correction")
"""What is said of a correction, and is no part of the story."""

MOST_DISPUTES: Final = 50
"""Paragraphs that are asked for one by one; of more, the text as a whole is."""

Choice = Literal["mine", "theirs", "edit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What both sides changed: a field, or in the text the paragraph with this number."""

    field: str
    base: str
    mine: str
    theirs: str
    paragraph: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody decided on a dispute; ``words`` are theirs where it is neither side's."""

    choice: Choice
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMerge:
    """What was merged. ``taken`` are the fields that only the other side changed; ``is_theirs``: nothing is left that
    only this side did. The text is in ``stretches``."""

    fields: Values
    taken: tuple[str, ...]
    is_theirs: bool
    disputed_fields: tuple[Dispute, ...]
    body: Body
    stretches: Sequence[Agreed[Block] | Disputed[Block]]

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """All that is asked for, the fields first."""
        return (*self.disputed_fields, *self._disputed_paragraphs())

    def decided(self, answers: Sequence[Answer]) -> dict[str, str]:
        """The story's fields with an answer for each of ``disputes``, in their order."""
        left = list(answers)
        fields = dict(self.fields)
        for dispute in self.disputed_fields:
            fields[dispute.field] = _decided(dispute, left.pop(0))
        sources: list[str] = []
        for stretch in self.stretches:
            if isinstance(stretch, Agreed):
                sources += [block.source for block in stretch.parts]
                continue
            answer = left.pop(0)
            chosen = stretch.mine if answer.choice == "mine" else stretch.theirs
            edited = answer.choice == "edit"
            sources += [self.body.typed(answer.words)] if edited else [block.source for block in chosen]
        fields["body_html" if self.body.is_html else BODY] = self.body.with_blocks(sources)
        fields[BODY if self.body.is_html else "body_html"] = ""
        return fields

    def _disputed_paragraphs(self) -> list[Dispute]:
        found: list[Dispute] = []
        number = 1
        for stretch in self.stretches:
            if isinstance(stretch, Agreed):
                number += len(stretch.parts)
                continue
            found.append(
                Dispute(
                    field=BODY, base=_words(stretch.base), mine=_words(stretch.mine), theirs=_words(stretch.theirs),
                    paragraph=number,
                )
            )  # fmt: skip
            number += max(len(stretch.mine), 1)
        return found


def merge_stories(base: Values, mine: Values, theirs: Values) -> StoryMerge:
    """The merge of what two made of the story ``base``. What the form of ``mine`` has besides a story stays."""
    fields, taken, disputes = dict(mine), list[str](), list[Dispute]()
    for name in theirs:
        if name in _BODIES or name in MINE_ALONE:
            continue
        before, my, their = (_said(values, name) for values in (base, mine, theirs))
        if my == before != their:
            fields[name] = theirs[name]
            taken.append(name)
        elif before not in (my, their) and my != their:
            disputes.append(Dispute(field=name, base=before, mine=my, theirs=their))
    first, my_body, their_body = bodies_of(*(typed_body(values) for values in (base, mine, theirs)))
    stretches = merge3(first.blocks, my_body.blocks, their_body.blocks)
    if sum(isinstance(stretch, Disputed) for stretch in stretches) > MOST_DISPUTES:
        stretches = [Disputed(first.blocks, my_body.blocks, their_body.blocks)]
    if my_body.blocks == first.blocks != their_body.blocks:
        taken.append(BODY)
    agreed = [block for stretch in stretches if isinstance(stretch, Agreed) for block in stretch.parts]
    same = all(_said(fields, name) == _said(theirs, name) for name in theirs if name not in (*_BODIES, *MINE_ALONE))
    return StoryMerge(
        fields=fields, taken=tuple(taken), is_theirs=same and (*agreed,) == their_body.blocks,
        disputed_fields=tuple(disputes), body=my_body, stretches=stretches,
    )  # fmt: skip


def _said(values: Values, name: str) -> str:
    return values.get(name, "").replace("\r\n", "\n").strip()


def _words(blocks: Sequence[Block]) -> str:
    return "\n\n".join(block.text for block in blocks)


def _decided(dispute: Dispute, answer: Answer) -> str:
    return {"mine": dispute.mine, "theirs": dispute.theirs, "edit": answer.words}[answer.choice]
