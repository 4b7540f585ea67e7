"""ninjs, the IPTC's News in JSON (https://iptc.org/standards/ninjs/): 3.x and 2.x in, 3.1 out."""

from dateline.formats.ninjs.members import public_members
from dateline.formats.ninjs.pictures import held_addresses, images_shown, next_picture_time, without_images
from dateline.formats.ninjs.reader import NinjsStory
from dateline.formats.ninjs.versions import latest, order_of
from dateline.formats.ninjs.writer import write_ninjs

__all__ = [
    "NinjsStory",
    "held_addresses",
    "images_shown",
    "latest",
    "next_picture_time",
    "order_of",
    "public_members",
    "without_images",
    "write_ninjs",
]
