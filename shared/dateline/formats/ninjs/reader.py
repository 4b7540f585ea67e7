"""ninjs, the IPTC's News in JSON (https://iptc.org/standards/ninjs/): 3.x and 2.x in, 3.1 out.

2.x writes its names in lower case (``firstcreated``), 3.x in camel case (``firstCreated``); the shapes are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from dateline.domain.document import StoryDocument
from dateline.domain.story import Image
from dateline.domain.tag import PLURAL, TAG_TYPES, Tag, TagType
from dateline.errors import FieldError, InvalidInput

SCHEMA: Final = "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"

KNOWN: Final = frozenset({
    "uri", "type", "representationtype", "profile", "version", "firstcreated", "versioncreated",
    "contentcreated", "embargoed", "embargoeduntil", "pubstatus", "urgency", "copyrightholder",
    "copyrightnotice", "usageterms", "ednote", "language", "descriptions", "bodies", "headlines", "people",
    "organisations", "places", "subjects", "events", "eventdetails", "plannedcoverage", "objects", "infosources",
    "title", "by", "slugline", "located", "renditions", "associations", "altids", "trustindicators", "standard",
    "genres", "expires", "rightsinfo", "digitalsourcetype",
})  # fmt: skip
"""The members of ninjs 2.1 and 3.1, in lower case; ``unevaluatedProperties: false`` forbids others."""

_PLAIN: Final = {"by": "byline", "located": "place", "slugline": "slugline", "urgency": "urgency",
                 "language": "language", "ednote": "note"}  # fmt: skip
_TAGGED: Final[Mapping[str, TagType]] = {
    "people": "person", "organisations": "organisation", "places": "place", "subjects": "topic",
}  # fmt: skip
_PICTURES: Final = ("picture", "graphic")
_MOST: Final = 100

Found = tuple[Any, str]
"""A value and the JSON pointer to where it stood."""


class NinjsStory:
    """A ninjs object read as a story: ``fields`` in the shape of a submitted story, and where each stood.

    ``dated_by_version`` says that its date is only that of this version: a later one must not move the story's day.
    """

    def __init__(self, sent: Any) -> None:
        """Read ``sent``. Raises ``InvalidInput`` for what is no ninjs news text."""
        if not isinstance(sent, dict):
            raise InvalidInput("A ninjs object belongs here.", (FieldError("", "Must be an object."),))
        unknown = [name for name in sent if name.lower() not in KNOWN]
        if unknown:
            raise InvalidInput("ninjs has no such field.", tuple(_wrong(f"/{_step(n)}", "Unknown.") for n in unknown))
        self._sent: dict[str, Found] = {name: (value, f"/{said}") for name, said, value in _lowered(sent, "")}
        self.fields: dict[str, Any] = {}
        self.dated_by_version = False
        self.pointers: dict[str, str] = {}
        self._check_kind()
        self._read()

    def pointer(self, story_pointer: str) -> str:
        """Where in the ninjs object the field of the story at ``story_pointer`` came from."""
        for known in sorted(self.pointers, key=len, reverse=True):
            if story_pointer == known or story_pointer.startswith(known + "/"):
                return self.pointers[known]
        return "/headlines" if story_pointer == "/headline" else "/bodies" if "/body" in story_pointer else ""

    def _check_kind(self) -> None:
        if not isinstance(self._sent.get("uri", (None, ""))[0], str):
            raise InvalidInput("ninjs objects have a uri.", (_wrong("/uri", "Must be a text."),))
        kind, where = self._sent.get("type", ("text", "/type"))
        if kind not in ("text", "composite"):
            raise InvalidInput("Only news texts are stories.", (_wrong(where, "Must be text."),))
        status, where = self._sent.get("pubstatus", ("usable", ""))
        if status != "usable":
            detail = "Must be usable; withdraw a story with DELETE."
            raise InvalidInput("This is not for publication.", (_wrong(where, detail),))

    def _read(self) -> None:
        for name, field in _PLAIN.items():
            if name in self._sent:
                self._put(field, *self._sent[name])
        self._put("external_id", *self._sent["uri"])
        self._put_first("headline", self._texts("headlines"), self._sent.get("title"))
        self._put_first("summary", self._texts("descriptions"))
        self._put_body()
        first = self._one("contentcreated") or self._one("firstcreated")
        self._put_first("published_at", first, self._one("versioncreated"))
        self.dated_by_version = first is None and "published_at" in self.fields
        self._put_first("embargo_until", self._one("embargoeduntil"), self._one("embargoed"))
        self._put_first("source", self._named("infosources"), self._one("copyrightholder"))
        names = [(name, where) for list_name in _TAGGED for name, where, _ in self._concepts(list_name)]
        if names:
            self._put("keywords", list(dict.fromkeys(name for name, _ in names))[:_MOST], "/subjects")
        self._put_images()

    def concepts(self) -> Iterator[tuple[TagType, str, str]]:
        """The people, places, organisations and subjects named: (type, name, qcode or address)."""
        for list_name, type in _TAGGED.items():
            for name, _, code in self._concepts(list_name):
                yield type, name, code

    def _put(self, field: str, value: Any, pointer: str) -> None:
        self.fields[field] = value
        self.pointers[f"/{field}"] = pointer

    def _put_first(self, field: str, *found: Found | None) -> None:
        chosen = next((one for one in found if one is not None), None)
        if chosen is not None:
            self._put(field, *chosen)

    def _one(self, name: str) -> Found | None:
        return self._sent.get(name)

    def _objects(self, name: str) -> Iterator[tuple[dict[str, Any], str]]:
        """The objects of a list, their names in lower case, each with its pointer."""
        value, pointer = self._sent.get(name, ((), ""))
        if not isinstance(value, list | tuple):
            raise InvalidInput("This is no ninjs.", (_wrong(pointer, "Must be a list."),))
        for place, inner in enumerate(value):
            if not isinstance(inner, dict):
                raise InvalidInput("This is no ninjs.", (_wrong(f"{pointer}/{place}", "Must be an object."),))
            where = f"{pointer}/{place}"
            yield {name: one for name, _, one in _lowered(inner, where)}, where

    def _texts(self, name: str) -> Found | None:
        """The first text of a list, a main one before others."""
        found = list(self._objects(name))
        found.sort(key=lambda one: one[0].get("role") not in (None, "", "main", "hl1", "headline", "summary"))
        return (found[0][0].get("value"), f"{found[0][1]}/value") if found else None

    def _named(self, name: str) -> Found | None:
        return next(((one["name"], f"{where}/name") for one, where in self._objects(name) if "name" in one), None)

    def _concepts(self, name: str) -> Iterator[tuple[str, str, str]]:
        for one, where in self._objects(name):
            label = one.get("name")
            code = one.get("literal") or one.get("uri") or ""
            if isinstance(label, str) and label.strip():
                yield label.strip(), where, code if isinstance(code, str) else ""

    def _put_body(self) -> None:
        found = list(self._objects("bodies"))
        html = [one for one in found if one[0].get("contenttype") in ("text/html", "application/xhtml+xml")]
        plain = [one for one in found if one[0].get("contenttype") in (None, "", "text/plain")]
        for field, bodies in (("body_html", html), ("body_text", plain)):
            if bodies:
                self._put(field, bodies[0][0].get("value"), f"{bodies[0][1]}/value")
                return

    def _put_images(self) -> None:
        images: list[dict[str, Any]] = []
        for one, where in self._objects("associations"):
            address = _rendition(one) if one.get("type") in _PICTURES else None
            if address and len(images) < _MOST:
                self.pointers[f"/images/{len(images)}"] = where
                images.append(_image(one, address))
        if images:
            self.fields["images"] = images


def _lowered(sent: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, str, Any]]:
    """Each member: its name in lower case, as it was sent, its value. ``InvalidInput`` for one that comes twice."""
    seen: set[str] = set()
    for name, value in sent.items():
        if name.lower() in seen:
            raise InvalidInput("This is no ninjs.", (_wrong(f"{pointer}/{_step(name)}", "Comes twice."),))
        seen.add(name.lower())
        yield name.lower(), name, value


def _wrong(pointer: str, detail: str) -> FieldError:
    return FieldError(pointer, detail)


def _step(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _rendition(picture: Mapping[str, Any]) -> str | None:
    """The address of the largest rendition of a picture."""
    found = [one for one in picture.get("renditions", ()) if isinstance(one, dict) and isinstance(one.get("href"), str)]
    found.sort(key=lambda one: one["width"] if isinstance(one.get("width"), int | float) else 0, reverse=True)
    return found[0]["href"] if found else None


def _image(picture: Mapping[str, Any], address: str) -> dict[str, Any]:
    image = {"url": address, "alt": _first_value(picture, "headlines"), "credit": picture.get("by", ""),
             "caption": _first_value(picture, "descriptions")}  # fmt: skip
    return {name: value for name, value in image.items() if value}


def _first_value(thing: Mapping[str, Any], name: str) -> Any:
    values = thing.get(name)
    return values[0].get("value", "") if isinstance(values, list) and values and isinstance(values[0], dict) else ""


def write_ninjs(story: StoryDocument, *, uri: str, address: str, base_url: str) -> dict[str, Any]:
    """``story`` as ninjs 3.1. ``uri`` names it for good, ``address`` is where its page is now; terms' pages are on
    ``base_url``."""
    object_: dict[str, Any] = {
        "uri": uri,
        "type": "text",
        "representationType": "full",
        "version": str(story.revision),
        "firstCreated": story.published_at.isoformat(),
        "versionCreated": story.updated_at.isoformat(),
        "contentCreated": story.published_at.isoformat(),
        "pubStatus": "canceled" if story.withdrawn else "usable",
        "language": story.language,
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "altIds": [{"role": "dateline", "value": story.id}, {"role": "url", "value": address}],
    }
    if story.withdrawn:
        return object_ | ({"edNote": story.notice} if story.notice else {})
    return object_ | _content(story) | _concepts_of(story, base_url)


def _content(story: StoryDocument) -> dict[str, Any]:
    words = len(story.body_text.split())
    optional: dict[str, Any] = {
        "by": story.byline,
        "slugline": story.slugline,
        "located": story.place,
        "urgency": story.urgency,
        "descriptions": _values(story.summary),
        "infoSources": [{"name": story.source}] if story.source else [],
        "associations": [_picture(place, image) for place, image in enumerate(story.images, 1)],
        "edNote": story.corrections[-1].note if story.corrections else "",
    }
    return {
        "headlines": [{"value": story.headline, "contentType": "text/plain"}],
        "bodies": [
            {"role": "main", "contentType": "text/html", "value": story.body_html},
            {"role": "plain", "contentType": "text/plain", "charCount": len(story.body_text), "wordCount": words,
             "value": story.body_text},
        ],
        **{name: value for name, value in optional.items() if value},
    }  # fmt: skip


def _values(text: str) -> list[dict[str, str]]:
    return [{"value": text, "contentType": "text/plain"}] if text else []


def _concepts_of(story: StoryDocument, base_url: str) -> dict[str, Any]:
    """The accepted tags, each type under ninjs' name for it; the section is a subject too."""
    shown: dict[str, Any] = {}
    for type in TAG_TYPES:
        name = "subjects" if type == "topic" else PLURAL[type]
        tags = [_concept(tag, base_url) for tag in story.tags if tag.type == type and tag.status == "accepted"]
        if tags:
            shown[name] = tags
    sections = [
        {"name": crumb.label, "rel": "section", "uri": f"{base_url}/sections/{crumb.slug}"} for crumb in story.sections
    ]
    if sections:
        shown["subjects"] = [*sections, *shown.get("subjects", ())]
    return shown


def _concept(tag: Tag, base_url: str) -> dict[str, Any]:
    concept: dict[str, Any] = {"name": tag.label, "rel": "about", "uri": f"{base_url}/{PLURAL[tag.type]}/{tag.slug}"}
    if tag.type == "topic":
        concept |= {"creator": tag.source, "confidence": round(tag.score * 100)}
    return concept


def _picture(place: int, image: Image) -> dict[str, Any]:
    described = {"by": image.credit, "headlines": _values(image.alt), "descriptions": _values(image.caption)}
    return {
        "name": f"image-{place}",
        "uri": image.url,
        "type": "picture",
        **{name: value for name, value in described.items() if value},
        "renditions": [{"name": "original", "href": image.url}],
    }
