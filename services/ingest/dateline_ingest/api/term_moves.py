"""``/v1/terms/{type}/{slug}/split`` and what else moves stories from one term to another, and undoing it for a day."""

from __future__ import annotations

from typing import Any, Final

from flask import Response, jsonify

from dateline.domain.slugs import slug_of
from dateline.domain.term import TermType
from dateline.errors import Conflict
from dateline.http import JsonBlueprint
from dateline.ports.ledger.term_moves import TermMove
from dateline.schemas.term import MergeSchema
from dateline.schemas.term_moves import (
    MergePreviewSchema,
    SplitReceiptSchema,
    SplitSchema,
    TermMovesSchema,
)
from dateline_ingest.api.parameters import ALWAYS
from dateline_ingest.api.responses import list_response, receipt_json
from dateline_ingest.api.terms import TERM, touched_json
from dateline_ingest.auth import needs
from dateline_ingest.context import parts, token
from dateline_ingest.vocabulary.merge_preview import merge_preview
from dateline_ingest.vocabulary.splitting import Split, SplitPart
from dateline_ingest.vocabulary.term_editor import term_editor

MOVES: Final = f"{TERM}/moves"

term_moves = JsonBlueprint(
    "term_moves", __name__, url_prefix="/v1/terms", always=ALWAYS, description="Merges and splits of terms"
)


@term_moves.post(f"{TERM}/merge/preview")
@term_moves.arguments(MergeSchema)
@term_moves.response(200, MergePreviewSchema)
@term_moves.problems(404)
@needs("editor")
def show_merge(given: dict[str, Any], type: TermType, slug: str) -> Response:
    """Say which stories a merge would move to the other term. Nothing is stored."""
    found = merge_preview(type, slug, given["into"])
    counts = {name: getattr(found, name) for name in ("carry_both", "target_count", "narrower")}
    return jsonify({"moves": touched_json(found.moves), **counts})


@term_moves.post(f"{TERM}/split")
@term_moves.arguments(SplitSchema)
@term_moves.response(202, SplitReceiptSchema)
@term_moves.problems(404, 409)
@needs("editor")
def split(given: dict[str, Any], type: TermType, slug: str) -> tuple[Response, int]:
    """Make several terms of one. Where none keeps its address, that leads to the main one."""
    receipts = term_editor().split(type, slug, split_of(given), token())
    return jsonify({"items": [receipt_json(receipt) for receipt in receipts]}), 202


@term_moves.get(MOVES)
@term_moves.response(200, TermMovesSchema)
@needs("editor")
def list_moves(type: TermType, slug: str) -> Response:
    """List what changed a term in the last day and can be undone, the newest first."""
    return list_response([_move_json(move) for move in parts().ledger.term_moves(f"{type}:{slug}")], None)


@term_moves.post(f"{TERM}/undo")
@term_moves.response(202, SplitReceiptSchema)
@term_moves.problems(404, 409)
@needs("editor")
def undo(type: TermType, slug: str) -> tuple[Response, int]:
    """Undo the newest merge, split or retirement that changed a term; a receipt for each term that is as it was."""
    move = next(iter(parts().ledger.term_moves(f"{type}:{slug}")), None)
    if move is None:
        raise Conflict("Nothing of the last day can be undone.")
    receipts = term_editor().undo(move.id, token())
    return jsonify({"items": [receipt_json(receipt) for receipt in receipts]}), 202


def split_of(given: dict[str, Any]) -> Split:
    """The split that a checked body says."""
    parts_given = tuple(
        SplitPart(
            label=part["label"],
            slug=part.get("slug") or slug_of(part["label"]),
            names=tuple(part.get("names", ())),
            stories=tuple(part.get("stories", ())),
        )
        for part in given["parts"]
    )
    return Split(parts=parts_given, main=given["main"])


def _move_json(move: TermMove) -> dict[str, Any]:
    return {"id": move.id, "kind": move.kind, "key": move.key, "at": move.at.isoformat(), "by": move.by,
            "terms": sorted(move.revisions)}  # fmt: skip
