"""Where a story's pictures were taken: it says which of several places a name in its text means."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.domain.shown_pictures import pictured_place
from dateline.domain.story import Image
from dateline_ingest.context import parts


def pictured(images: Sequence[Image]) -> str:
    """The place, as the words on record of the pictures have it; "" where none says so."""
    ids = [image.id for image in images if image.id]
    on_record = parts().ledger.pictures_of(ids) if ids else {}
    return pictured_place(images, {id: on.picture for id, on in on_record.items()})
