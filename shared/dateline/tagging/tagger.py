"""The tagger: one pass of the automaton, then the rules, then what people said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Final, cast

from dateline.domain.event import Location
from dateline.domain.tag import TAG_TYPES, EditorTags, Evidence, Tag, TagRef, TagType
from dateline.domain.tagged_text import Dropped, TaggedText, Tagging
from dateline.domain.term import Term
from dateline.tagging.candidates import MOST_TAGS, Candidates
from dateline.tagging.cyrillic_cases import is_of_a_person
from dateline.tagging.lexicon import lexicon_of
from dateline.tagging.offsets import Offsets
from dateline.tagging.rules import (
    organisations,
    people,
    people_called_like_places,
    places,
    topics,
    unknown_names,
)
from dateline.tagging.rules.credits import credit_lines
from dateline.tagging.rules.locations import IMPLIED, LocationPlace, places_of, surroundings
from dateline.tagging.senses import Entry, Hit, longest
from dateline.vocabulary.vocabulary import Vocabulary

_UNTOUCHED: Final = EditorTags()
_BY_SLUG: Final = attrgetter("slug")
_BY_SCORE: Final = attrgetter("score")
_BY_SOURCE: Final = attrgetter("source")
"""An editor's come before a machine's."""


class Tagger:
    """Tags texts by a vocabulary. Pure and safe for threads once it is made."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._lexicon = lexicon_of(vocabulary)
        self._taken_out = frozenset(key for key, term in vocabulary.layer.items() if term is None)

    def tag(
        self,
        text: TaggedText,
        asserted: Sequence[TagRef] = (),
        editor: EditorTags = _UNTOUCHED,
        *,
        explain: bool = True,
    ) -> Tagging:
        """The tags of ``text``, strongest first within each type. What an editor took out of the vocabulary is not
        proposed again.

        ``asserted`` are the reporter's tags: they always stay. ``editor``'s added ones too; the removed ones, the
        reporter's among them (``EditorTags.over``), never come back, whoever asks for them. Without ``explain`` nothing
        is said of what was dropped.
        """
        located = tuple(place for location in text.locations for place in places_of(location, self._lexicon))
        candidates = self._find(text, located[0].entry if located else self._pictured(text), explain=explain)
        removed = {ref.key for ref in editor.removed}
        unwanted = removed | self._taken_out
        tags = candidates.tags()
        for key in unwanted.intersection(tags):
            del tags[key]
        for place in located:
            if place.entry.key not in unwanted:
                tags[place.entry.key] = _located(place, tags.get(place.entry.key))
        for ref in map(self._merged, (*asserted, *editor.added)):
            if ref.key not in removed:
                tags[ref.key] = self._asserted(ref, tags.get(ref.key))
        for around in surroundings(tuple(tags.values()), self._lexicon) if text.is_event else ():
            if around.key not in unwanted:
                tags.setdefault(around.key, around)
        dropped = (*candidates.dropped, *_removed(candidates, removed)) if explain else ()
        return Tagging(tags=tuple(_strongest(tags.values())), dropped=dropped)

    def terms_called(self, name: str) -> tuple[Term, ...]:
        """The terms that ``name`` may mean as it stands in a text, the largest and best known first."""
        hits, _ = self._lexicon.scan(Offsets(TaggedText(headline=name, body_text="")))
        whole = (hit for hit in hits if hit.start == 0 and hit.end >= len(name.rstrip()))
        entries = {entry.key: entry for hit in whole for entry, _ in hit.senses.all}
        ranked = sorted(entries.values(), key=lambda entry: (-entry.weight, entry.slug))
        return tuple(term for entry in ranked if (term := self.vocabulary.find(entry.type, entry.slug)))

    def _find(self, text: TaggedText, here: Entry | None, *, explain: bool) -> Candidates:
        """The rules in their order: each leaves alone the spans that those before it took."""
        offsets = Offsets(text)
        hits, phrases = self._lexicon.scan(offsets)
        is_latin = offsets.text.isascii()
        names = longest(hits if is_latin else [hit for hit in hits if not _is_of_a_person(offsets.text, hit)])
        candidates = Candidates(offsets, names, explains=explain)
        credit_lines.find(candidates)
        organisations.find_known(candidates)
        people.find_known(candidates)
        people_called_like_places.find(candidates)
        unknown_names.find(candidates)
        places.find(candidates, self._lexicon, text.place, here)
        topics.find(candidates, self._lexicon, phrases, text.section)
        return candidates

    def _pictured(self, text: TaggedText) -> Entry | None:
        """Where the pictures of a text without a dateline were taken."""
        if text.place or not text.pictured:
            return None
        found = next(places_of(Location(name="", address=text.pictured), self._lexicon), None)
        return found.entry if found else None

    def _merged(self, ref: TagRef) -> TagRef:
        """The tag that people mean who named a term which was merged since."""
        now = self.vocabulary.resolve(ref.type, ref.slug) if ref.key in self._taken_out else None
        return TagRef(type=cast(TagType, now.type), slug=now.slug) if now else ref

    def _asserted(self, ref: TagRef, before: Tag | None) -> Tag:
        """The tag a person named: certain, with the machine's evidence where it has some."""
        said = Evidence(field="tags", start=0, end=0, text="", rule="asserted")
        if before is not None:
            return before._replace(score=1.0, status="accepted", source="editor", evidence=(said, *before.evidence))
        term = self.vocabulary.find(ref.type, ref.slug)
        label = term.label if term else ref.slug.replace("-", " ")
        return Tag(type=ref.type, slug=ref.slug, label=label, source="editor", evidence=(said,))


def _is_of_a_person(text: str, hit: Hit) -> bool:
    """Whether a city's name is a person's there, by the given name that it is or stands behind."""
    start, end, senses = hit
    return text[start] >= "Ё" and senses.only_cities and is_of_a_person(text, start, end)


def _located(place: LocationPlace, before: Tag | None) -> Tag:
    """The tag of a place of the location: certain where a person said it."""
    entry = place.entry
    tag = before or Tag(type="place", slug=entry.slug, label=entry.label, score=IMPLIED)
    evidence = (place.evidence, *tag.evidence)
    if place.is_said:
        return tag._replace(score=1.0, status="accepted", source="editor", evidence=evidence)
    return tag._replace(score=max(tag.score, IMPLIED), status="accepted", evidence=evidence)


def _strongest(tags: Iterable[Tag]) -> Iterator[Tag]:
    by_type: dict[str, list[Tag]] = {type_: [] for type_ in TAG_TYPES}
    for tag in tags:
        by_type[tag.type].append(tag)
    for found in by_type.values():
        if len(found) > 1:
            found.sort(key=_BY_SLUG)
            found.sort(key=_BY_SCORE, reverse=True)
            found.sort(key=_BY_SOURCE)
        yield from found[:MOST_TAGS]


def _removed(candidates: Candidates, removed: set[str]) -> Iterator[Dropped]:
    for key in removed:
        if candidate := candidates.by_key.get(key):
            yield Dropped(type=candidate.type, slug=candidate.slug, label=candidate.label, reason="removed by hand")
