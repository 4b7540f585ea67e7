"""What a reporter says of a story's tags: those it must have, and those it must not get; as fields of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Self

from dateline.domain.tag import PLURAL, TagRef, TagType
from dateline_ingest.desk.forms.form_fields import list_field

LISTS: Final = tuple(PLURAL.values())
REMOVED: Final = "removed_tags"
TYPED: Final = "add_tag"
_OF_PLURAL: Final[Mapping[str, TagType]] = {plural: type for type, plural in PLURAL.items()}
_BOX: Final = re.compile(r"(tag|keep|instead|add|back):((?:person|place|organisation|topic):[a-z0-9-]{1,100})")
"""A box or choice of the list of tags as it is without JavaScript: what it says, and of which tag."""


@dataclass(frozen=True, slots=True)
class TagChoices:
    """Keys (``type:slug``) of the tags that were added, and of those that were removed; none is in both."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def of_fields(cls, values: Mapping[str, str]) -> Self:
        """The choices that a form says; what is no key of a tag stays in it as it was typed."""
        added = [f"{type}:{slug}" for plural, type in _OF_PLURAL.items() for slug in list_field(values.get(plural, ""))]
        return cls(tuple(dict.fromkeys(added)), tuple(dict.fromkeys(list_field(values.get(REMOVED, "")))))

    @classmethod
    def of_story(cls, body: Mapping[str, Any]) -> Self:
        """The choices in a story's JSON."""
        return cls(tuple(_keys(body.get("tags", {}))), tuple(_keys(body.get(REMOVED, {}))))

    def add(self, key: str) -> TagChoices:
        """These, with a tag that the story must have."""
        added = self.added if key in self.added else (*self.added, key)
        return TagChoices(added, tuple(one for one in self.removed if one != key))

    def remove(self, key: str, *, is_found: bool = True) -> TagChoices:
        """These, without a tag; one that the text gives must be named as removed."""
        removed = (*self.removed, key) if is_found and key not in self.removed else self.removed
        return TagChoices(tuple(one for one in self.added if one != key), removed)

    def take_back(self, key: str) -> TagChoices:
        """These, with nothing said of a tag that was removed."""
        return TagChoices(self.added, tuple(one for one in self.removed if one != key))

    def with_boxes(self, values: Mapping[str, str]) -> TagChoices:
        """These, and what the boxes of the list say: each tag that was shown is named in ``tag:``, and kept where
        its box is there."""
        choices = self
        for name, value in values.items():
            box, key = match.groups() if (match := _BOX.fullmatch(name)) else ("", "")
            instead = values.get(f"instead:{key}", "")
            if box == "tag" and instead and instead != key:
                choices = choices.remove(key).add(instead)
            elif box == "tag" and f"keep:{key}" not in values:
                choices = choices.remove(key, is_found=value == "found")
            elif box == "add":
                choices = choices.add(key)
            elif box == "back":
                choices = choices.take_back(key)
        return choices

    def fields(self) -> dict[str, str]:
        """The form's fields that say this."""
        fields = {plural: ", ".join(_slugs(self.added, type)) for plural, type in _OF_PLURAL.items()}
        return {**fields, REMOVED: ", ".join(self.removed)}

    def body(self) -> dict[str, Any]:
        """What a story's JSON says of it; nothing where nothing was said."""
        return {name: slugs for name, keys in (("tags", self.added), (REMOVED, self.removed)) if (slugs := _json(keys))}

    def refs(self) -> tuple[tuple[TagRef, ...], tuple[TagRef, ...]]:
        """The tags that were added, and those that were removed."""
        return tuple(map(_ref, self.added)), tuple(map(_ref, self.removed))


def without_boxes(values: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form, its boxes gone into the fields that they mean."""
    kept = {name: value for name, value in values.items() if not _BOX.fullmatch(name)}
    if len(kept) == len(values):
        return kept
    return kept | TagChoices.of_fields(values).with_boxes(values).fields()


def _keys(lists: Mapping[str, Iterable[str]]) -> Iterator[str]:
    return (f"{type}:{slug}" for plural, type in _OF_PLURAL.items() for slug in lists.get(plural, ()))


def _slugs(keys: Iterable[str], type: str) -> list[str]:
    return [slug for one, _, slug in (key.partition(":") for key in keys) if one == type]


def _json(keys: tuple[str, ...]) -> dict[str, list[str]]:
    return {plural: slugs for plural, type in _OF_PLURAL.items() if (slugs := _slugs(keys, type))}


def _ref(key: str) -> TagRef:
    type, _, slug = key.partition(":")
    return TagRef(type=type, slug=slug)  # type: ignore[arg-type]
