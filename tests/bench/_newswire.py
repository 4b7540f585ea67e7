"""Made-up stories as dense as newswire: names, places and topics as often, and as often again, as in news.

The names are those of the shipped vocabulary and word lists; the words between them are English's small words and
made-up ones, in the lengths and with the repetition of news. ``scripts/bench density`` prints the figures beside those
of texts with hand-checked names. Always the same stories.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from bench._stories import FIRST, SECTIONS, SYLLABLES
from dateline.domain.document import Crumb, Document, StoryDocument, TermDocument
from dateline.domain.html import html_of_text
from dateline.domain.slugs import slug_of
from dateline.domain.tag import Tag
from dateline.domain.tagged_text import TaggedText
from dateline.domain.term import TermType
from dateline.tagging.tagger import Tagger
from dateline.tagging.wordlists import word_lists
from dateline.vocabulary import shipped

SMALL_WORDS: Final = """
the of and to in a for that on with was said as at by from he is has were have it an be had not his which its but who
will been after their they would this more than are also two over one about into first when there
"""
MOST_USED: Final = tuple(SMALL_WORDS.split())
MADE_UP: Final = tuple(one + two for one in SYLLABLES for two in SYLLABLES) + tuple(
    one + two + three + ending for one in SYLLABLES for two in SYLLABLES for three in SYLLABLES
    for ending in ("", "n", "st", "ring")
)  # fmt: skip
SURNAMES: Final = tuple(
    (one + two + ending).capitalize() for one in SYLLABLES for two in SYLLABLES
    for ending in ("nov", "enko", "ski", "sen", "ler", "ton", "man", "ric", "vich", "dez")
)  # fmt: skip
ROLES: Final = ("President", "Minister", "Senator", "spokesman", "coach", "Dr.", "Governor", "Mr.")
TAILS: Final = ("Committee", "Group", "University", "Institute", "Association", "Party", "Council", "Foundation")
LENGTH: Final = 900
"""Characters of a body."""
SMALL_SHARE: Final = 0.41
SENTENCE: Final = (12, 28)
PARAGRAPH: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """All names that stories may have, the most frequent first."""

    people: Sequence[str]
    unknown_people: Sequence[tuple[str, str]]
    places: Sequence[str]
    organisations: Sequence[str]
    unknown_organisations: Sequence[str]
    topics: Sequence[str]


@cache
def names() -> Names:
    """The shipped ones, places by population and the others by chance; and some that no vocabulary has."""
    rng = random.Random(1963)
    rows = list(shipped().rows())

    def labels(type: TermType) -> list[str]:
        found = sorted((-row.weight, rng.random(), row.term.label) for row in rows if row.term.type == type)
        return [label for *_, label in found if label.isascii() and len(label) > 3]

    phrases = sorted(phrase.partition("^")[0].rstrip("*") for row in rows for phrase in row.term.rules.any)
    topics = [phrase for phrase in phrases if phrase.isascii()]
    given = sorted(name for name in word_lists().given_names if name.isascii() and len(name) > 3)
    return Names(
        people=labels("person"),
        unknown_people=[(rng.choice(given), rng.choice(SURNAMES)) for _ in range(20_000)],
        places=labels("place"),
        organisations=labels("organisation"),
        unknown_organisations=[f"{rng.choice(SURNAMES)} {rng.choice(TAILS)}" for _ in range(10_000)],
        topics=rng.sample(topics, len(topics)),
    )


def zipf(rng: random.Random, things: Sequence[Any]) -> Any:
    """One of them, the n-th about 1/n as often as the first (Zipf 1949)."""
    return things[int(len(things) ** rng.random()) - 1]


def word(rng: random.Random) -> str:
    """A word that is no name."""
    found: str = zipf(rng, MOST_USED if rng.random() < SMALL_SHARE else MADE_UP)
    return found


class Cast:
    """Whom and what one story names: few, and some of them again and again."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        known = names()
        self._people = [zipf(rng, known.unknown_people) for _ in range(2)]
        self._known_person = zipf(rng, known.people)
        self._organisations = [zipf(rng, known.organisations), zipf(rng, known.unknown_organisations)]
        self._places = [zipf(rng, known.places) for _ in range(2)]
        self._topics = [zipf(rng, known.topics) for _ in range(4)]
        self._met: set[str] = set()

    def mention(self) -> str:
        """One name as it stands in a sentence."""
        kind = self._rng.choices(("person", "organisation", "place", "topic"), KINDS)[0]
        match kind:
            case "person":
                return self._person()
            case "organisation":
                return f"the {self._rng.choice(self._organisations)}"
            case "place":
                return f"in {self._rng.choice(self._places)}"
            case _:
                return str(self._rng.choice(self._topics))

    def _person(self) -> str:
        """In full and with what they are where first met, by the surname afterwards."""
        if self._rng.random() < KNOWN_PEOPLE:
            return str(self._known_person)
        given, surname = self._rng.choice(self._people)
        if surname in self._met:
            return f"{surname} said"
        self._met.add(surname)
        return f"{self._rng.choice(ROLES)} {given} {surname}"


KINDS: Final = (0.24, 0.25, 0.21, 0.30)
"""How often a name is a person's, an organisation's, a place's, or no name but a topic's phrase."""
KNOWN_PEOPLE: Final = 0.05
NAMES_A_WORD: Final = 0.1


def sentence(rng: random.Random, cast: Cast) -> str:
    """A sentence with the names that its length asks for."""
    count = rng.randint(*SENTENCE)
    parts = [cast.mention() if rng.random() < NAMES_A_WORD else word(rng) for _ in range(count)]
    first = parts[0]
    return f"{first[:1].upper()}{first[1:]} {' '.join(parts[1:])}."


def body(rng: random.Random, cast: Cast, length: int) -> str:
    """Paragraphs of together about ``length`` characters."""
    sentences: list[str] = []
    while sum(map(len, sentences)) < length:
        sentences.append(sentence(rng, cast))
    starts = range(0, len(sentences), PARAGRAPH)
    return "\n\n".join(" ".join(sentences[start : start + PARAGRAPH]) for start in starts)[:length]


def headline(rng: random.Random, cast: Cast) -> str:
    """Eight words, of which one is a name."""
    parts = [word(rng) for _ in range(6)]
    parts.insert(rng.randrange(5), cast.mention())
    text = " ".join(parts)
    return text[:1].upper() + text[1:]


def submissions(count: int, *, length: int = LENGTH, turn: int = 0) -> Iterator[dict[str, Any]]:
    """Bodies for ``POST /v1/stories`` with texts of about ``length`` characters; others in each turn."""
    rng = random.Random(20171205 + turn)
    for number in range(count):
        cast = Cast(rng)
        yield {
            "headline": f"{headline(rng, cast)} {turn * count + number}",
            "body_text": body(rng, cast, length),
            "byline": "Bench",
            "place": "Minsk",
            "section": SECTIONS[number % len(SECTIONS)],
            "published_at": (FIRST + timedelta(minutes=37 * number)).isoformat(),
        }


def documents(count: int) -> Iterator[Document]:
    """The finished documents of ``submissions``, tagged as a worker tags them, and those of the terms they carry."""
    tagger = Tagger(shipped())
    carried: dict[str, Tag] = {}
    for number, story in enumerate(submissions(count)):
        text = TaggedText(**{name: story[name] for name in ("headline", "body_text", "section", "place")})
        tags = tagger.tag(text, explain=False).tags
        carried |= {tag.key: tag for tag in tags if tag.status == "accepted"}
        at = datetime.fromisoformat(story["published_at"])
        yield StoryDocument(
            id=f"{number:026d}", version=1, revision=1, published_at=at, updated_at=at, day=at.date(),
            headline=story["headline"], slug=slug_of(story["headline"]), body_text=story["body_text"],
            body_html=html_of_text(story["body_text"]), byline=story["byline"], place=story["place"],
            section=story["section"], sections=(Crumb(slug=story["section"], label=story["section"].title()),),
            tags=tags,
        )  # fmt: skip
    for slug in SECTIONS:
        yield TermDocument(id=f"section:{slug}", version=0, type="section", slug=slug, label=slug.title())
    for key, tag in carried.items():
        yield TermDocument(id=key, version=0, type=tag.type, slug=tag.slug, label=tag.label)


def queries(count: int) -> Iterator[dict[str, str]]:
    """Mixed searches, as parameters of ``/v1/search``: words, names, phrases, exclusions, facets, dates, sorts."""
    rng = random.Random(5)
    known = names()
    for number in range(count):
        one, two = zipf(rng, MADE_UP), zipf(rng, MADE_UP)
        place, organisation = zipf(rng, known.places), zipf(rng, known.organisations)
        given, surname = zipf(rng, known.unknown_people)
        yield [
            {"q": one},
            {"q": f"{surname} {place}"},
            {"q": f'"{given} {surname}"'},
            {"q": f"{one} -{two}"},
            {"q": place, "section": rng.choice(SECTIONS)},
            {"q": f"{one} {organisation}", "sort": "newest"},
            {"q": f"headline:{one}"},
            {"q": one, "from": "2015-02-01", "to": "2015-12-31"},
            {"q": " ".join(zipf(rng, MADE_UP) for _ in range(6))},
            {"sort": "newest", "place": slug_of(place)},
        ][number % 10]
