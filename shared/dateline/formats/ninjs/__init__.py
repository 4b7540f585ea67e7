"""ninjs, the IPTC's News in JSON (https://iptc.org/standards/ninjs/): 3.x and 2.x in, 3.1 out."""

from dateline.formats.ninjs.members import public_members
from dateline.formats.ninjs.reader import NinjsStory
from dateline.formats.ninjs.versions import latest, order_of
from dateline.formats.ninjs.writer import write_ninjs

__all__ = ["NinjsStory", "latest", "order_of", "public_members", "write_ninjs"]
