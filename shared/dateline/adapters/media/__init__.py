"""The media store behind its port: a folder, or a bucket of S3."""

from dateline.adapters.media.folder import FolderStore

__all__ = ["FolderStore"]
