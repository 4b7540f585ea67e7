"""Adding pictures: files come, several at once or one by one; then words and rights of each are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from werkzeug.datastructures import FileStorage

from dateline.errors import Conflict, InvalidInput, StaleRevision
from dateline.formats.control_characters import drop_control_characters
from dateline.pictures.file_words import file_words
from dateline.ports.ledger.pictures import PictureQuery
from dateline.schemas.fields import LONG
from dateline.schemas.picture import NO_CREDIT
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.desk.forms.form_fields import FormError, form_errors
from dateline_ingest.desk.pictures.card import Card, card_of
from dateline_ingest.desk.pictures.changing import saved
from dateline_ingest.desk.pictures.picture_form import LABELS, PictureForm
from dateline_ingest.pictures.receiving import PictureIntake, plain_name
from dateline_ingest.pictures.uploads import takes_files, upload_of

picture_adding = Blueprint("picture_adding", __name__, url_prefix="/pictures")
PART = "X-Part-Of-Page"
"""Says of a request that a script asks for a part of the page, and of an answer that it is one."""
_MOST_BESIDE = 40


@dataclass(slots=True)
class Taken:
    """What came of the files of a form: pictures, and what was wrong."""

    cards: list[Card] = field(default_factory=list)
    errors: list[FormError] = field(default_factory=list)


@picture_adding.get("/new")
@needs("reporter", "editor")
def new() -> str:
    """The form to choose pictures."""
    return _page(PictureForm({"credit": _credit_before()}))


@picture_adding.post("/upload")
@needs("reporter", "editor")
@takes_files
def upload() -> Response:
    """Take the files of a form, and ask for words and rights of each."""
    form = PictureForm.typed(request.form)
    taken = _taken(form.text("credit"), request.files.getlist("file"))
    status = 422 if taken.errors else 200
    if PART in request.headers:
        return _part(taken.cards[0], 200) if taken.cards else _refusal(taken.errors)
    return make_response(_page(form, [*_beside(), *taken.cards], taken.errors), status)


@picture_adding.post("/<opaque:picture_id>/words")
@needs("reporter", "editor")
def keep(picture_id: str) -> Response:
    """Put the words and rights of a picture that has just come on record."""
    card, status = _kept(picture_id, PictureForm.typed(request.form))
    if PART in request.headers:
        return _part(card, status)
    cards = [card, *(one for one in _beside() if one.shown.on.id != picture_id)]
    return make_response(_page(PictureForm({"credit": _credit_before()}), cards), status)


@picture_adding.get("/<opaque:picture_id>/ready")
@needs("reporter", "editor")
def look(picture_id: str) -> Response:
    """Where a picture that has just come stands, its thumbnail, and what is nearly the same: a part of the page."""
    card = card_of(picture_id)
    answer = make_response(render_template("desk/pictures/ready.html", card=card))
    if card.is_settled:
        answer.headers["X-Settled"] = "1"
    return answer


def _taken(credit: str, files: Sequence[FileStorage]) -> Taken:
    taken, sent = Taken(), [file for file in files if file.filename]
    if not credit:
        taken.errors = [FormError("credit", LABELS["credit"], NO_CREDIT)]
    elif not sent:
        taken.errors = [FormError("file", LABELS["file"], "Choose a picture.")]
    for file in sent if credit else ():
        name = plain_name(file.filename or "")
        try:
            taken.cards.append(_received(file, name, credit))
        except (InvalidInput, Conflict) as refusal:
            taken.errors.append(FormError("file", LABELS["file"], f"{name}: {refusal}"))
    return taken


def _received(file: FileStorage, name: str, credit: str) -> Card:
    """The picture that a file is. Who sends one that is here already changes nothing of it."""
    sent, ledger = upload_of(file), parts().ledger
    known = ledger.picture_with(sent.sha256) if ledger.taken_down(sent.sha256) is None else None
    if known is not None:
        return card_of(known, known=True)
    given = {"credit": credit[:LONG], **file_words(sent.path).said()}
    receipt = PictureIntake(ledger, parts().intake).receive(sent, name, given, token())
    return card_of(receipt.id)


def _kept(picture_id: str, form: PictureForm) -> tuple[Card, int]:
    try:
        saved(picture_id, form)
    except InvalidInput as refusal:
        return card_of(picture_id, form, form_errors(refusal.errors, LABELS)), 422
    except StaleRevision:
        return card_of(picture_id, form, overtaken=True), 412
    return card_of(picture_id, saved=True), 200


def _beside() -> list[Card]:
    """The cards of the other pictures that the page had."""
    ids = list(dict.fromkeys(map(drop_control_characters, request.form.getlist("beside"))))[:_MOST_BESIDE]
    found = parts().ledger.pictures_of(ids) if ids else {}
    return [card_of(one) for one in ids if one in found]


def _credit_before() -> str:
    """The credit of the newest picture that one sent."""
    newest = parts().ledger.find_pictures(PictureQuery(by=token()), limit=1).pictures
    return newest[0].picture.credit if newest else ""


def _page(form: PictureForm, cards: Sequence[Card] = (), errors: Sequence[FormError] = ()) -> str:
    return render_template(
        "desk/pictures/adding.html", form=form, cards=cards, errors=errors, labels=LABELS,
        beside=[card.shown.on.id for card in cards], most=parts().settings.media_max_bytes,
    )  # fmt: skip


def _part(card: Card, status: int) -> Response:
    answer = make_response(render_template("desk/pictures/card.html", card=card, beside=(), labels=LABELS), status)
    answer.headers[PART] = "1"
    return answer


def _refusal(errors: Sequence[FormError]) -> Response:
    """What is wrong, for the script that sent a file."""
    told = [{"pointer": f"/{one.field}", "detail": one.detail} for one in errors]
    return make_response(jsonify({"errors": told}), 422)
