"""Pictures on record: one by one, all that match words, where they are used, and which wait for their renditions.

A picture is an item of kind ``image``; ``Submissions.submit`` writes its revisions, ``Claims.mark`` its outcomes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal, Protocol

from dateline.domain.document import Kind
from dateline.domain.picture import CENTRE, FocalPoint, MadePicture, Picture
from dateline.domain.story import Image
from dateline.ports.ledger.claims import Claimed, Outcome
from dateline.ports.ledger.items import State
from dateline.ports.ledger.tokens import Token

ALIKE_BITS: Final = 10
"""Of the 64 bits of two pictures' hashes so many may differ where they are nearly the same."""

PictureRights = Literal["usable", "not yet", "ending", "ended"]
ENDING_WITHIN: Final = timedelta(days=14)
"""Rights that end so soon are ``ending``, and usable meanwhile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOnRecord:
    """A picture as its newest revision says; ``made`` is None until its renditions are there, or after an erasure.

    ``ready_revision``: the last revision whose renditions and rights readers have; None before the first.
    """

    id: str
    picture: Picture
    revision: int
    state: State
    owner: str
    owner_id: str | None
    received_at: datetime
    made: MadePicture | None = None
    ready_revision: int | None = None
    error: str = ""

    @property
    def focal(self) -> FocalPoint:
        """The focal point: set by hand, guessed, or the middle."""
        return self.picture.focal or (self.made.focal if self.made else CENTRE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureQuery:
    """Which pictures are meant. ``words`` are all to be found in caption, credit, place, people, keywords, date or file
    name; ``by`` is who sent it; ``lacks_alt``: neither alternative text nor decorative; ``rights`` at this moment."""

    words: str = ""
    by: Token | None = None
    state: State | None = None
    lacks_alt: bool = False
    unused: bool = False
    rights: PictureRights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturePage:
    """A page of pictures, newest first; ``next`` is the opaque cursor of the following page."""

    pictures: tuple[PictureOnRecord, ...]
    next: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureUse:
    """What shows a picture in its newest revision. ``public``: readers see some revision of that item."""

    kind: Kind
    id: str
    label: str
    state: State
    public: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """A file that was taken down and isn't taken again: which picture it was, why, when, and by whom."""

    sha256: str
    item_id: str
    reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedPicture:
    """A picture to be made ready: ``picture`` is what is to be shown, None where nothing is (it was taken down).

    ``sha256`` is the file either way. ``anew``: its renditions are to be made again although they are there.
    """

    claimed: Claimed
    sha256: str
    picture: Picture | None
    made: MadePicture | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureOutcome:
    """What became of a claimed picture. ``public``: the media store has its renditions for readers now. ``made`` goes
    on record where it was made; where ``changed``, what uses it is due again, since readers get something else. An
    ``Indexed`` outcome says with ``again_at`` when its rights begin or end."""

    outcome: Outcome
    public: bool
    made: MadePicture | None = None
    changed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressedPicture:
    """A picture that a source names by its address: what was said of it there, by whose item, of which source."""

    url: str
    image: Image
    writer: str
    writer_id: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesToRemake:
    """Some pictures, up to the ``last`` one by its id, of which so many are ``waiting`` to be made anew."""

    last: str
    waiting: int


class Pictures(Protocol):
    """The newsroom's pictures. Those that are taken down are in no list."""

    def picture(self, picture_id: str) -> PictureOnRecord:
        """One picture. ``NotFound`` where there is none, ``Withdrawn`` for one that was taken down."""
        ...

    def pictures_of(self, picture_ids: Collection[str]) -> Mapping[str, PictureOnRecord]:
        """Those of these ids that there are; none that was taken down."""
        ...

    def picture_with(self, sha256: str) -> str | None:
        """The id of the picture whose file that is; of one that was taken down too."""
        ...

    def taken_down(self, sha256: str) -> TakenDown | None:
        """Why a file isn't taken again; None where it is."""
        ...

    def find_pictures(self, query: PictureQuery, *, limit: int = 40, cursor: str | None = None) -> PicturePage:
        """Pictures that match, newest first. ``InvalidInput`` for a cursor of something else."""
        ...

    def pictures_like(self, likeness: int, *, limit: int = 5) -> Sequence[PictureOnRecord]:
        """Pictures whose hash differs in ``ALIKE_BITS`` at most, the most alike first."""
        ...

    def uses_of(self, picture_id: str) -> Sequence[PictureUse]:
        """What shows a picture, newest first."""
        ...

    def pictures_without_alt(self) -> int:
        """How many pictures have neither alternative text nor are decorative."""
        ...

    def claim_pictures(self, *, worker: str, lease: timedelta, limit: int = 1) -> Sequence[ClaimedPicture]:
        """Take pictures that are due, in the order of their lanes, as ``Claims.claim`` does other items."""
        ...

    def mark_pictures(self, outcomes: Sequence[PictureOutcome]) -> int:
        """Record what became of claimed pictures, and make due in the live lane what uses those that changed: wake that
        afterwards. Returns how many held."""
        ...

    def remake_pictures(self, *, after: str = "", limit: int = 500) -> PicturesToRemake | None:
        """Make the next pictures due in their slow lane, to be made anew, also those that a worker holds now. None at
        the end."""
        ...

    def take_down(self, picture_id: str, reason: str, by: Token) -> Sequence[PictureUse]:
        """Erase a picture, refuse its file from now on, and make due what uses it. Returns what used it.

        Its files are taken off by the worker, at once. Raises ``NotFound``; ``Conflict`` where it was taken down.
        """
        ...

    def claim_address(self) -> AddressedPicture | None:
        """The next address of a picture that is to be fetched; None where none is due. It is put off as if that had
        failed, five times at most."""
        ...

    def note_address(self, url: str, picture_id: str = "", *, error: str = "", again: bool = False) -> None:
        """The picture that an address became, or why it became none; ``again``: it is tried anew. What shows the
        address shows the picture from now on."""
        ...

    def files_of_pictures(self, after: str = "", limit: int = 1000) -> Sequence[str]:
        """The SHA-256 of pictures' files in their order, of those taken down none: what the media store must have."""
        ...
