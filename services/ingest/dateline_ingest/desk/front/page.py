"""What the page of a front shows: each story in its place, what isn't saved yet, and what was changed before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Final

from dateline.domain.front import HOME, Placement, in_force
from dateline_ingest.context import parts
from dateline_ingest.desk.choices import label_of_section
from dateline_ingest.desk.forms.form_fields import FormError
from dateline_ingest.desk.front.change_words import NOTHING, change_words
from dateline_ingest.desk.front.formula import Chosen, chosen_stories
from dateline_ingest.desk.front.on_record import MOST_CHANGES
from dateline_ingest.desk.front.placement_form import FrontForm
from dateline_ingest.desk.front.preview import SignedFront, signed_front
from dateline_ingest.desk.front.story_lines import StoryLine, found_lines, headline_in, story_lines
from dateline_ingest.desk.outcome import clock_words
from dateline_ingest.fronts.placement_editor import PlacementRevision, front_editor

MOST_HIDDEN_LISTED: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change on record: by whom, when, and what, in words."""

    version: PlacementRevision
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """The page. ``revision`` is the one that the form was made from; ``unsaved`` is what the form changes, in words;
    ``overtaken`` what others changed since."""

    page: str
    form: FrontForm
    revision: int
    chosen: Chosen
    lines: Mapping[str, StoryLine]
    found: Sequence[StoryLine]
    unsaved: tuple[str, ...]
    changes: Sequence[Change]
    overtaken: Sequence[Change]
    preview: SignedFront
    errors: Sequence[FormError] = field(default=())

    @property
    def title(self) -> str:
        """What the front is called."""
        return "The front page" if self.page == HOME else f"The front of {label_of_section(self.page)}"

    @property
    def placed(self) -> frozenset[str]:
        """The stories that an editor put on top or into the second row."""
        return frozenset({self.form.placed.lead, *self.form.placed.second})

    @property
    def lead(self) -> StoryLine | None:
        """What leads: what was put on top, else the formula's own."""
        return self.lines.get(self.form.placed.lead) or self.chosen.lead

    @property
    def second(self) -> list[StoryLine]:
        """The second row: what was put there, then the formula's own."""
        placed = [self.lines[id] for id in self.form.placed.second if id in self.lines]
        return [*placed, *self.chosen.second]

    @property
    def hidden(self) -> list[StoryLine]:
        """What isn't shown, what was hidden last first, as far as it is listed."""
        return [self.lines[id] for id in reversed(self.form.placed.hidden[-MOST_HIDDEN_LISTED:]) if id in self.lines]

    @property
    def more_hidden(self) -> int:
        """How many are hidden that aren't listed."""
        return max(0, len(self.form.placed.hidden) - MOST_HIDDEN_LISTED)

    @property
    def on_the_page(self) -> list[StoryLine]:
        """What the breaking line may lead to: every story that the page names."""
        named = [*filter(None, [self.lead]), *self.second, *self.chosen.following, *self.found]
        chosen = self.lines.get(self.form.typed.get("breaking_story", ""))
        return list({line.id: line for line in ([chosen] if chosen else []) + named}.values())


def front_page(form: FrontForm, revision: int, errors: Sequence[FormError] = (), *, stale: bool = False) -> FrontPage:
    """The page of ``form``, which was made from ``revision``; ``stale`` when others have changed the front since."""
    page, now, zone = form.placed.page, datetime.now(UTC), parts().settings.timezone
    versions = front_editor().revisions(page, limit=MOST_CHANGES + 1)
    looked_at = form.looked_at(zone, now)
    named = _named(form.placed, [one.placement for one in versions])
    lines = story_lines((named | {form.typed.get("breaking_story", "")}) - {""})
    changes = _changes(versions, lines)
    standing = in_force(versions[0].placement, now) if versions else Placement(page=page)
    return FrontPage(
        page=page, form=form, revision=versions[0].revision if stale and versions else revision,
        chosen=chosen_stories(looked_at), lines=lines, found=found_lines(form.typed.get("q", "")),
        unsaved=_unsaved(standing, form, lines), changes=changes,
        overtaken=[one for one in changes if stale and one.version.revision > revision],
        preview=signed_front(looked_at), errors=errors,
    )  # fmt: skip


def _named(placed: Placement, versions: Sequence[Placement]) -> set[str]:
    """The stories that the page names: what is placed or was, what is listed as hidden, and what was hidden or shown
    again with a change."""
    ids = {id for one in (placed, *versions) for id in (one.lead, *one.second)}
    ids |= {*placed.hidden[-MOST_HIDDEN_LISTED:]}
    for later, earlier in pairwise((placed, *versions, Placement())):
        ids |= {*later.hidden} ^ {*earlier.hidden}
    return ids


def _changes(versions: Sequence[PlacementRevision], lines: Mapping[str, StoryLine]) -> list[Change]:
    """Newest first, each beside the one before it; the first ever beside an empty page."""
    before = [*(one.placement for one in versions[1:]), Placement()]
    return [
        Change(version=version, words=_words(earlier, version.placement, lines))
        for version, earlier in zip(versions[:MOST_CHANGES], before, strict=False)
    ]


def _words(before: Placement, after: Placement, lines: Mapping[str, StoryLine]) -> tuple[str, ...]:
    zone = parts().settings.timezone
    return change_words(before, after, lambda id: headline_in(lines, id), lambda moment: clock_words(moment, zone))


def _unsaved(standing: Placement, form: FrontForm, lines: Mapping[str, StoryLine]) -> tuple[str, ...]:
    words = _words(standing, form.meant(parts().settings.timezone), lines)
    return () if words == (NOTHING,) else words
