"""What the forms' rows and the text's figures show of pictures that they name by id."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify, request

from dateline.domain.html.own_pictures import PICTURE_ID
from dateline_ingest.auth import needs
from dateline_ingest.desk.forms.form_fields import list_field
from dateline_ingest.desk.forms.picture_rows import MOST, PictureRow
from dateline_ingest.desk.picking.shown_rows import ShownRow, pictures_to_pick, shown_rows
from dateline_ingest.desk.picking.used_pictures import used_pictures, with_pictures
from dateline_ingest.desk.pictures.search import picture_json
from dateline_ingest.desk.pictures.shown import pictures, shown_picture

picking_pages = Blueprint("picking", __name__, url_prefix="/pictures")
BLANK: Final = ShownRow(number=0, row=PictureRow())


@picking_pages.get("/named")
@needs("reporter", "editor")
def named() -> Response:
    """The pictures of these ``ids``, between commas; those that there are. JSON."""
    ids = [one for one in list_field(request.args.get("ids", ""))[:MOST] if PICTURE_ID.fullmatch(one)]
    found = pictures().pictures_of(ids) if ids else {}
    return jsonify({"items": [picture_json(shown_picture(found[one])) for one in ids if one in found]})


picking_pages.add_app_template_filter(with_pictures)
picking_pages.app_context_processor(
    lambda: {
        "used_pictures": used_pictures,
        "shown_rows": shown_rows,
        "pictures_to_pick": pictures_to_pick,
        "BLANK_ROW": BLANK,
    }
)
