"""ninjs, the IPTC's News in JSON (https://iptc.org/standards/ninjs/): 3.x and 2.x in, 3.1 out."""

from dateline.formats.ninjs.held_pictures import clean_without
from dateline.formats.ninjs.members import public_members
from dateline.formats.ninjs.picture_addresses import is_among
from dateline.formats.ninjs.pictures import held_addresses, images_shown, next_picture_time, timed_addresses
from dateline.formats.ninjs.reader import NinjsStory
from dateline.formats.ninjs.versions import latest, order_of
from dateline.formats.ninjs.writer import write_ninjs

__all__ = [
    "NinjsStory",
    "clean_without",
    "held_addresses",
    "images_shown",
    "is_among",
    "latest",
    "next_picture_time",
    "order_of",
    "public_members",
    "timed_addresses",
    "write_ninjs",
]
