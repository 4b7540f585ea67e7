"""Documents as the indexer would build them, from a few words; and a newsroom of many."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Final
from zoneinfo import ZoneInfo

from dateline.domain.document import Crumb, EventDocument, StoryDocument, TermDocument
from dateline.domain.event import Event
from dateline.domain.html import html_of_text, text_of
from dateline.domain.recurrence import bounds, expand
from dateline.domain.slugs import slug_of
from dateline.domain.tag import Evidence, Tag, TagType
from dateline.domain.term import TermType

MINSK: Final = ZoneInfo("Europe/Minsk")
NOW: Final = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)

_numbers = count(1)


def story(headline: str = "A bridge opens", body: str = "Cars cross the river again.", **fields: Any) -> StoryDocument:
    """A story; ``section`` may be a slug or a path of slugs, ``tags`` what ``tag`` makes."""
    published = fields.pop("published_at", datetime(2017, 12, 5, 12, 0, tzinfo=MINSK))
    path = fields.pop("section", "")
    crumbs = tuple(Crumb(slug=slug, label=slug.replace("-", " ").capitalize()) for slug in path.split("/") if slug)
    html = fields.pop("body_html", None) or html_of_text(body)
    given = {
        "id": f"s{next(_numbers):06}", "version": 1, "revision": 1, "published_at": published, "updated_at": published,
        "day": published.astimezone(MINSK).date(), "headline": headline, "slug": slug_of(headline), "body_html": html,
        "body_text": text_of(html), "sections": crumbs, "section": crumbs[-1].slug if crumbs else "",
    }  # fmt: skip
    return StoryDocument(**(given | fields))


def tag(type: TagType, label: str, *, text: str = "", **fields: Any) -> Tag:
    """A tag with, where ``text`` names it, evidence for each time its label stands there."""
    places = [place for place in range(len(text)) if label and text.startswith(label, place)]
    evidence = tuple(
        Evidence(field="body_text", start=at, end=at + len(label), text=label, rule="name") for at in places
    )
    return Tag(**({"type": type, "slug": slug_of(label), "label": label, "score": 0.9, "evidence": evidence} | fields))


def term(type: TermType, label: str, **fields: Any) -> TermDocument:
    """A term in use."""
    slug = fields.pop("slug", slug_of(label))
    return TermDocument(**({"id": f"{type}:{slug}", "version": 1, "type": type, "slug": slug, "label": label} | fields))


def event(title: str, start: Any, **fields: Any) -> EventDocument:
    """An event with its occurrences, in Minsk's time."""
    source = Event(title=title, start=start, end=fields.pop("end", None), rrule=fields.pop("rrule", ""),
                   timezone="Europe/Minsk" if isinstance(start, datetime) else "")  # fmt: skip
    first, last = bounds(source, MINSK)
    document = EventDocument(
        id=f"e{next(_numbers):06}", version=1, revision=1, updated_at=NOW, first_day=first, last_day=last, title=title,
        slug=slug_of(title), start=source.start, end=source.end, timezone=source.timezone, rrule=source.rrule,
        occurrences=expand(source, MINSK, (NOW + timedelta(days=800)).date()),
    )  # fmt: skip
    return replace(document, **fields)


SUBJECTS: Final = ("harvest", "bridge", "tractor", "theatre", "hospital", "river", "festival", "library", "budget")
PLACES: Final = ("Minsk", "Brest", "Vitebsk", "Gomel", "Grodno", "Mogilev")
PEOPLE: Final = ("Alena Hrynko", "Viktar Sysoev", "Maria Lisitsa", "Pavel Drozd")
TOPICS: Final = ("Agriculture", "Culture", "Economy", "Health")
SECTIONS: Final = ("news/economy", "news/society", "culture", "travel")


def many_stories(number: int, seed: int = 7) -> Iterator[StoryDocument]:
    """So many different stories over the years 2014–2026, each with a section and some tags."""
    rng = random.Random(seed)
    for place in range(number):
        where, who, topic = rng.choice(PLACES), rng.choice(PEOPLE), rng.choice(TOPICS)
        words = rng.choices(SUBJECTS, k=40)
        body = f"{where.upper()} – {who} spoke in {where} of the {words[0]}.\n\n" + " ".join(words).capitalize() + "."
        day = datetime(2014, 1, 1, 9, 0, tzinfo=MINSK) + timedelta(days=rng.randrange(4700), minutes=rng.randrange(600))
        yield story(
            f"{words[0].capitalize()} and {words[1]} in {where}, number {place}", body, section=rng.choice(SECTIONS),
            published_at=day, summary=f"On the {words[2]} and the {words[3]}.", place=where, byline=who,
            tags=(tag("place", where, text=body), tag("person", who, text=body), tag("topic", topic)),
        )  # fmt: skip


def terms_of(stories: Iterable[StoryDocument]) -> list[TermDocument]:
    """The term documents that these stories' tags and sections need."""
    found: dict[str, TermDocument] = {}
    for each in stories:
        for above, crumb in zip((None, *each.sections), each.sections, strict=False):
            below = (above.slug,) if above else ()
            made = term("section", crumb.label, slug=crumb.slug, broader=below, order=1)
            found.setdefault(made.id, made)
        for used in each.tags:
            if used.status == "accepted":
                found.setdefault(used.key, term(used.type, used.label, slug=used.slug))
    return list(found.values())
