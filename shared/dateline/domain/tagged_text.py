"""What the tagger is given and what it gives."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.domain.event import Location
from dateline.domain.story import Story
from dateline.domain.tag import Evidence, Tag, TagType


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggedText:
    """A text to be tagged, as it is stored: evidence offsets count its Unicode code points.

    ``place`` is the dateline's place; ``section`` a slug; both are hints, not text to be searched. ``location`` and
    ``further_locations`` say where an event is: their places are tags. Of an event (``is_event``) what its places lie
    in are tags too: who looks for a region's events means those of its towns. ``body_varies`` says that the body has
    another text at another time: places in it that were kept may hold no longer. ``pictured`` is where its pictures
    were taken, from the narrow to the wide: it says which of several places a name means, and is no tag.
    """

    headline: str
    body_text: str
    summary: str = ""
    section: str = ""
    place: str = ""
    language: str = "en"
    location: Location | None = None
    further_locations: tuple[Location, ...] = ()
    is_event: bool = False
    body_varies: bool = False
    pictured: str = ""

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where an event is, its main place first."""
        return (self.location, *self.further_locations) if self.location else self.further_locations


def tagged_text(story: Story, body_text: str, *, body_varies: bool = False, pictured: str = "") -> TaggedText:
    """What of a story is tagged; ``body_text`` is the text of its body (``body.body_of``), ``pictured`` where its
    pictures were taken (``shown_pictures.pictured_place``)."""
    return TaggedText(
        headline=story.headline, body_text=body_text, summary=story.summary, section=story.section, place=story.place,
        language=story.language, body_varies=body_varies, pictured=pictured,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """Something considered and not made a tag, and why."""

    type: TagType
    slug: str
    label: str
    reason: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagging:
    """The tags of one text, strongest first within each type, and what was dropped."""

    tags: tuple[Tag, ...] = ()
    dropped: tuple[Dropped, ...] = ()
