"""A ninjs object of 3.x or 2.x read as a story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, Literal

from dateline.domain.tag import TagType
from dateline.errors import FieldError, InvalidInput
from dateline.formats.ninjs.bounds import check_bounds
from dateline.formats.ninjs.members import WITHOUT_TEXT, kept_members
from dateline.formats.ninjs.pictures import TYPES, image_of, shown_rendition, why_held
from dateline.formats.ninjs.schema import checked_version, in_3_1, pointer_in_2_1
from dateline.formats.ninjs.texts import TAKEN, TEASERS, contents

_PLAIN: Final = {"by": "byline", "located": "place", "slugline": "slugline", "urgency": "urgency",
                 "language": "language"}  # fmt: skip
_TAGGED: Final[Mapping[str, TagType]] = {
    "people": "person", "organisations": "organisation", "places": "place", "subjects": "topic",
}  # fmt: skip
MAX_LISTED: Final = 100
MAX_SUMMARY: Final = 2_000

Found = tuple[Any, str]
"""A value and the JSON pointer to where it stood."""


class NinjsStory:
    """A ninjs object read as a story: ``fields`` in the shape of a submitted story, and where each stood.

    ``notes`` say which pictures are not shown now, and why.
    ``dated_by_version`` says that its date is only that of this version: a later one must not move the story's day.
    ``kept`` is what no field of a story holds, by its names in 3.1. ``status`` says whether it is news (``usable``),
    to be held back (``withheld``) or to be withdrawn (``canceled``); of the latter two ``without_text`` is one that
    has no text of its own, and is about the story of its ``uri`` (kept as ``representationType``).
    """

    def __init__(self, sent: Any) -> None:
        """Read ``sent``. Raises ``InvalidInput`` with pointers to what is too much, to what the schema forbids, and for
        no news text."""
        check_bounds(sent)
        self._version = checked_version(sent)
        self._sent: Mapping[str, Any] = sent if self._version == "3.1" else in_3_1(sent)
        self.fields: dict[str, Any] = {}
        self.dated_by_version = False
        self.notes: list[FieldError] = []
        self._pointers: dict[str, str] = {}
        self._check_kind()
        self.status: Literal["usable", "withheld", "canceled"] = self._sent.get("pubStatus", "usable")
        self.without_text = self.status == "canceled" or (self.status == "withheld" and not self._sent.get("bodies"))
        self.kept = kept_members(self._sent, self._version) | (WITHOUT_TEXT if self.without_text else {})
        self._put("external_id", self._sent["uri"], "/uri")
        self._put_first("source", self._source(), self._one("copyrightHolder"))
        if not self.without_text:
            self._read()

    def pointer(self, story_pointer: str) -> str:
        """Where in the ninjs object the field of the story at ``story_pointer`` came from."""
        for known in sorted(self._pointers, key=len, reverse=True):
            if story_pointer == known or story_pointer.startswith(known + "/"):
                return self._as_sent(self._pointers[known])
        return "/headlines" if story_pointer == "/headline" else "/bodies" if "/body" in story_pointer else ""

    def concepts(self) -> Iterator[tuple[TagType, str, tuple[str, ...]]]:
        """The people, places, organisations and subjects: (type, name, qcodes and addresses), any of them empty."""
        for list_name, type in _TAGGED.items():
            for one, _ in self._objects(list_name):
                codes = tuple(one[member] for member in ("literal", "uri") if one.get(member))
                yield type, one.get("name", "").strip(), codes

    def _as_sent(self, pointer: str) -> str:
        return pointer_in_2_1(pointer) if self._version == "2.1" else pointer

    def _refuse(self, detail: str, pointer: str, why: str) -> InvalidInput:
        return InvalidInput(detail, (FieldError(self._as_sent(pointer), why),))

    def _check_kind(self) -> None:
        if self._sent.get("type", "text") not in ("text", "composite"):
            raise self._refuse("Only news texts are stories.", "/type", "Must be text.")

    def _read(self) -> None:
        for name, field in _PLAIN.items():
            if name in self._sent:
                self._put(field, self._sent[name], f"/{name}")
        self._put_headline()
        self._put_body()
        first = self._one("contentCreated") or self._one("firstCreated")
        self._put_first("published_at", first, self._one("versionCreated"))
        self.dated_by_version = first is None and "published_at" in self.fields
        self._put_first("embargo_until", self._one("embargoedUntil"))
        self._put_keywords()
        self._put_images()

    def _put(self, field: str, value: Any, pointer: str) -> None:
        self.fields[field] = value
        self._pointers[f"/{field}"] = pointer

    def _put_first(self, field: str, *found: Found | None) -> None:
        chosen = next((one for one in found if one is not None), None)
        if chosen is not None:
            self._put(field, *chosen)

    def _one(self, name: str) -> Found | None:
        return (self._sent[name], f"/{name}") if name in self._sent else None

    def _objects(self, name: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        """The objects of a list, each with its pointer."""
        for place, one in enumerate(self._sent.get(name, ())):
            yield one, f"/{name}/{place}"

    def _source(self) -> Found | None:
        return next(((one["name"], f"{where}/name") for one, where in self._objects("infoSources") if "name" in one),
                    None)  # fmt: skip

    def _put_headline(self) -> None:
        headlines = contents(self._sent, "headlines")
        self._put_first("headline", *((one.line, one.pointer) for one in headlines), self._one("title"))

    def _put_body(self) -> None:
        """The body that is meant, HTML before text of the same role; a teaser beside it is a summary."""
        bodies = contents(self._sent, "bodies")
        if self._sent.get("bodies") and not bodies:
            raise self._refuse("No body is text.", "/bodies/0/contentType", TAKEN)
        summaries = contents(self._sent, "descriptions")
        if bodies:
            same = [one for one in bodies if one.role == bodies[0].role and one.value.strip()]
            body = next((one for one in same if one.is_html), bodies[0])
            self._put("body_html" if body.is_html else "body_text", body.value, body.pointer)
            summaries += [one for one in bodies if one.role in TEASERS and one is not body and _fits(one.text)]
        self._put_first("summary", *((one.text, one.pointer) for one in summaries))

    def _names(self, list_name: str) -> Iterator[Found]:
        for one, where in self._objects(list_name):
            if label := one.get("name", "").strip():
                yield label, f"{where}/name"

    def _put_keywords(self) -> None:
        named: dict[str, str] = {}
        for list_name in _TAGGED:
            for name, where in self._names(list_name):
                named.setdefault(name, where)
        if named:
            self._put("keywords", list(named)[:MAX_LISTED], "/subjects")
            self._pointers |= {f"/keywords/{place}": where for place, where in enumerate(named.values())}

    def _put_images(self) -> None:
        """The pictures that are news; one that waits for its time is on record, and shown then."""
        images: list[dict[str, Any]] = []
        pictures = [(one, where) for one, where in self._objects("associations") if one.get("type") in TYPES]
        for one, where in pictures:
            if why := why_held(one, datetime.now(UTC)):
                self._note(where, why)
            address = shown_rendition(one) if one.get("pubStatus", "usable") == "usable" else None
            if address and len(images) < MAX_LISTED:
                self._pointers[f"/images/{len(images)}"] = where
                images.append(image_of(one, address, where))
            elif not address and not why:
                self._note(where, "No rendition of it is a picture that browsers show: it isn't taken.")
        if images:
            self.fields["images"] = images

    def _note(self, pointer: str, said: str) -> None:
        self.notes.append(FieldError(self._as_sent(pointer), said))


def _fits(text: str) -> bool:
    return 0 < len(text.strip()) <= MAX_SUMMARY
