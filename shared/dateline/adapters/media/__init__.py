"""``ports.media``: pictures' files in a folder, or in a bucket of S3."""

from dateline.adapters.media.folder import FolderStore

__all__ = ["FolderStore"]
