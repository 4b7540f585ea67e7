"""Documents of what readers got before: with the tags and the breadcrumb that they had then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from dateline.domain.document import Crumb
from dateline.domain.enrichment import Enrichment, with_words
from dateline.domain.picture import PublicImage, ReadyPicture
from dateline.domain.shown_pictures import public_images
from dateline.domain.story import Image
from dateline.domain.tag import EditorTags, Tag, TagRef
from dateline.domain.tagged_text import TaggedText


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptEnrichment:
    """A ``builder.Enricher`` that finds nothing itself."""

    kept: Enrichment
    zone: ZoneInfo
    now: datetime

    def tags(self, text: TaggedText, asserted: tuple[TagRef, ...], editor: EditorTags) -> tuple[Tag, ...]:
        """The tags that were kept, with the words of their evidence."""
        texts = {"headline": text.headline, "summary": text.summary, "body_text": text.body_text}
        tags = (with_words(tag, texts) for tag in self.kept.tags)
        return tuple(map(_without_places_in_body, tags) if text.body_varies else tags)

    def breadcrumb(self, section: str) -> tuple[Crumb, ...]:
        """The breadcrumb that was kept."""
        return self.kept.sections

    def images(self, images: Sequence[Image], html: str, ready: Mapping[str, ReadyPicture]) -> tuple[PublicImage, ...]:
        """The pictures that were kept; where none was the newsroom's, those that it names by their address."""
        return self.kept.images or public_images(images, html, {}, self.now)


def _without_places_in_body(tag: Tag) -> Tag:
    return tag._replace(evidence=tuple(one for one in tag.evidence if one.field != "body_text"))
