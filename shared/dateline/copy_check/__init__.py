"""What a copy editor would say of a story before it goes out: text in, remarks out. A remark blocks nothing."""

from dateline.copy_check.checker import remarks_on
from dateline.copy_check.remark import CheckedPicture, CheckedText, Remark

__all__ = ["CheckedPicture", "CheckedText", "Remark", "remarks_on"]
