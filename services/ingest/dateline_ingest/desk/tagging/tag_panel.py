"""The list of tags beside a story that is written: what its text gives, what the reporter said, what was dropped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final

from dateline.domain.body import body_of
from dateline.domain.story import Image
from dateline.domain.tag import TAG_TYPES, EditorTags, Evidence, Tag, TagType
from dateline.domain.tagged_text import TaggedText, Tagging
from dateline.errors import InvalidInput
from dateline.ports.vocabulary import Terms
from dateline_ingest.context import parts
from dateline_ingest.desk.forms.form_fields import list_field
from dateline_ingest.desk.forms.language import LanguageNote, language_note
from dateline_ingest.desk.forms.markdown import with_markdown
from dateline_ingest.desk.forms.picture_rows import rows_of
from dateline_ingest.desk.forms.story_form import StoryForm
from dateline_ingest.desk.forms.tag_choices import TYPED, TagChoices
from dateline_ingest.desk.tagging.evidence import WordPlaces, Words
from dateline_ingest.desk.tagging.reasons import reason_words
from dateline_ingest.desk.tagging.senses import Sense, senses_of
from dateline_ingest.desk.tagging.sent_form import terms_called
from dateline_ingest.pictures.pictured import pictured
from dateline_ingest.vocabulary.text_tagging import SHORT, slot_for, tagging_of

ORDER: Final[tuple[tuple[TagType, str, str], ...]] = (
    ("person", "people", "People"), ("place", "places", "Places"),
    ("organisation", "organisations", "Organisations"), ("topic", "topics", "Topics"),
)  # fmt: skip
_IMPLYING: Final = ("in:", "narrower:", "dateline")
"""Rules by which a word speaks for a tag without naming it."""
_MOST_SENSES: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTag:
    """A tag in the list. ``is_found``: the text gives it; ``senses``: what else its name may mean, itself among them;
    ``about`` tells it from others of its name; ``by`` and ``reason``: who took it away, and why it was dropped."""

    key: str
    type: str
    label: str
    is_found: bool = True
    is_new: bool = False
    is_certain: bool = False
    words: tuple[Words, ...] = ()
    senses: tuple[Sense, ...] = ()
    about: str = ""
    by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagPanel:
    """All that the list shows. ``is_whole``: the text was tagged; a long one is where somebody asks for it."""

    tags: tuple[ShownTag, ...] = ()
    removed: tuple[ShownTag, ...] = ()
    dropped: tuple[ShownTag, ...] = ()
    choices: dict[str, tuple[Sense, ...]] = field(default_factory=dict)
    language: LanguageNote | None = None
    is_whole: bool = True


def tag_panel(form: StoryForm, editor: EditorTags | None = None, *, at_once: bool = True) -> TagPanel:
    """The list for a form; ``editor`` is what editors said of its story. A long text is tagged where it is asked for
    (``at_once`` is false). Aborts with 429 where this reporter has as many long ones under way as may be."""
    is_long = len(form.values.get("body_html") or form.values.get("body_text", "")) > SHORT
    text = None if at_once and is_long else _text_of(form)
    is_whole = text is not None
    listing = _Listing(form.tag_choices, editor or EditorTags(), text or TaggedText(headline="", body_text=""))
    language = language_note(form.values.get("language", "").strip(), form.values, parts().settings.language)
    return replace(listing.panel(form.values.get(TYPED, "")), language=language, is_whole=is_whole)


def _text_of(form: StoryForm) -> TaggedText | None:
    """The text as it would be stored; None where it has more markup than is taken, which the form's errors say."""
    values: dict[str, Any] = {name: form.values.get(name, "") for name in ("headline", "summary", "section", "place")}
    sent = {name: form.values.get(name, "").replace("\r\n", "\n") for name in ("body_html", "body_text")}
    with slot_for(len(sent["body_html"] or sent["body_text"])), suppress(InvalidInput):
        images = [Image(id=row.picture_id, lead=row.lead) for row in rows_of(form.values.get("images", ""))]
        return TaggedText(**values, body_text=_body_text(sent), pictured=pictured(images))
    return None


def _body_text(sent: dict[str, str]) -> str:
    body = {"body_html": sent["body_html"]} if sent["body_html"] else with_markdown({"body_text": sent["body_text"]})
    return body_of(body.get("body_html"), body.get("body_text"))[1]


class _Listing:
    """Puts one panel together."""

    def __init__(self, choices: TagChoices, editor: EditorTags, text: TaggedText) -> None:
        self._choices = choices
        # an empty form waits for no tagger, which takes seconds to be made
        self._tagging = tagging_of(text) if text.headline or text.body_text else Tagging()
        self._terms: Terms = parts().vocabulary.current()
        self._by_editor = {ref.key: ref for ref in editor.removed}
        self._added = dict.fromkeys((*(ref.key for ref in editor.added), *choices.added))
        texts = {"headline": text.headline, "summary": text.summary, "body_text": text.body_text}
        evidence = [one for tag in self._tagging.tags for one in tag.evidence]
        self._places = WordPlaces(texts, [*evidence, *(one for drop in self._tagging.dropped for one in drop.evidence)])

    def panel(self, typed: str) -> TagPanel:
        """The list; ``typed``: the names in its field for one more."""
        found = {tag.key: tag for tag in self._tagging.tags}
        removed = dict.fromkeys((*self._by_editor, *(key for key in self._choices.removed if key not in self._added)))
        kept = [self._found(tag) for tag in found.values() if tag.key not in removed]
        added = [self._named(key) for key in self._added if key not in found and key not in removed]
        shown = {one.key for one in (*kept, *added)} | set(removed)
        return TagPanel(
            tags=tuple(sorted((*kept, *added), key=lambda tag: TAG_TYPES.index(tag.type))),
            removed=tuple(self._taken_away(key, found.get(key)) for key in removed),
            dropped=tuple(self._dropped(shown)),
            choices={name: senses_of(terms_called(name, self._terms), self._terms) for name in list_field(typed)},
        )

    def _found(self, tag: Tag) -> ShownTag:
        return ShownTag(
            key=tag.key, type=tag.type, label=tag.label, is_new=tag.status == "proposed",
            is_certain=tag.key in self._added, words=self._places.of(tag.evidence), senses=self._senses(tag),
        )  # fmt: skip

    def _named(self, key: str) -> ShownTag:
        """A tag that somebody added and the text doesn't give."""
        type, _, slug = key.partition(":")
        term = self._terms.find(type, slug)  # type: ignore[arg-type]
        about = senses_of([term], self._terms)[0].about if term and term.type != "topic" else ""
        label = term.label if term else slug
        return ShownTag(key=key, type=type, label=label, about=about, is_found=False, is_certain=True)

    def _taken_away(self, key: str, tag: Tag | None) -> ShownTag:
        shown = self._named(key)
        return ShownTag(
            key=key, type=shown.type, label=tag.label if tag else shown.label, about=shown.about,
            is_found=tag is not None, by="an editor" if key in self._by_editor else "",
        )  # fmt: skip

    def _dropped(self, shown: set[str]) -> Iterator[ShownTag]:
        for one in self._tagging.dropped:
            key = f"{one.type}:{one.slug}"
            if key not in shown and self._terms.find(one.type, one.slug):
                shown.add(key)
                yield replace(
                    self._named(key), is_certain=False, words=self._places.of(one.evidence),
                    reason=reason_words(one.reason),
                )  # fmt: skip

    def _senses(self, tag: Tag) -> tuple[Sense, ...]:
        """What the names that gave the tag may mean too; () where nothing else."""
        names = dict.fromkeys(one.text for one in tag.evidence if _names_it(one)) if tag.type != "topic" else {}
        tagger = parts().vocabulary.tagger()
        called = {term.key: term for name in names for term in tagger.terms_called(name)}
        if tag.key not in called or len(called) < 2:
            return ()
        first = called.pop(tag.key)
        return senses_of([first, *called.values()], self._terms)[:_MOST_SENSES]


def _names_it(evidence: Evidence) -> bool:
    return not evidence.rule.startswith(_IMPLYING) and evidence.field in ("headline", "summary", "body_text")
