"""Changing what is said of a picture: the form's words go on record, or are put together with another's change."""

from __future__ import annotations

from dateline.domain.payload import from_payload, is_tombstone
from dateline.domain.picture import Picture
from dateline.errors import NotAllowed
from dateline.schemas.picture import PictureSchema
from dateline.schemas.pointers import load
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import revision_field
from dateline_ingest.desk.pictures.picture_form import PictureForm, picture_fields
from dateline_ingest.desk.pictures.picture_page import picture_page
from dateline_ingest.desk.receipts import received_words
from dateline_ingest.intake import Write
from dateline_ingest.pictures.receiving import PictureIntake, may_change


def saved(picture_id: str, form: PictureForm) -> str:
    """Put what the form says on record; what became of it in words. Raises ``InvalidInput`` at its fields,
    ``StaleRevision`` where somebody was faster, ``NotAllowed`` for another reporter's picture."""
    on, revision = parts().ledger.picture(picture_id), revision_field(form.values)
    if not may_change(on, token()):
        raise NotAllowed("This is another reporter's picture.")
    form.check_whole()
    given = load(PictureSchema(), form.body(parts().settings.timezone))
    receipt = PictureIntake(parts().ledger, parts().intake).change(on, given, Write(by=token(), if_match=revision))
    return received_words(receipt) if receipt.changed else "The picture says that already."


def overtaken_page(picture_id: str, form: PictureForm) -> str:
    """The picture's page with what was typed, and what somebody else changed meanwhile."""
    zone, revision = parts().settings.timezone, revision_field(form.values)
    whole = parts().ledger.item("image", picture_id, payloads=(revision,))
    payload = next((one.payload for one in whole.revisions if one.revision == revision), None)
    theirs = picture_fields(parts().ledger.picture(picture_id).picture, zone)
    known = payload is not None and not is_tombstone(payload)
    before = picture_fields(from_payload(Picture, payload), zone) if known and payload else theirs
    merge = form.merge(before, theirs)
    return picture_page(picture_id, PictureForm(merge.values), theirs=merge.theirs, taken=merge.taken, overtaken=True)
