"""The media store as a bucket of S3, or of a server that speaks as S3 does. A file's key is its object's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final
from urllib.parse import parse_qs, urlsplit

import obstore
from obstore.exceptions import BaseError, NotFoundError
from obstore.store import S3Store

from dateline.adapters.media.disk import PIECE_BYTES
from dateline.adapters.media.incoming import IncomingFile, drop_unfinished, incoming_file
from dateline.adapters.media.keys import checked_key, is_key
from dateline.errors import MediaFull, MediaMissing, MediaUnavailable
from dateline.ports.media import MediaFile

if TYPE_CHECKING:
    from obstore import GetResult, ObjectMeta

_PARTS: Final = 3
"""Parts of five megabytes that one upload has under way, and in memory."""
_SECONDS: Final = timedelta(seconds=10)
"""How long a server may say nothing. A whole answer may take as long as its reader does."""
_WHOLE: Final = timedelta(minutes=10)
_NO_ROOM: Final = ("QuotaExceeded", "StorageFull", "507 Insufficient")
"""How servers say in their answers that nothing more goes in."""


class BucketStore:
    """A ``MediaStore`` at ``s3://bucket/prefix?endpoint=…&region=…``; without a key as AWS's own settings say.

    Nothing connects before it is asked. What comes in is in the folder ``incoming`` of this machine until it is whole.
    """

    def __init__(self, address: str, *, key: str, secret: str, incoming: Path) -> None:
        parts = urlsplit(address)
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        endpoint = given.get("endpoint", "")
        config = {"region": given.get("region", "us-east-1"), "endpoint": endpoint}
        config |= {"access_key_id": key, "secret_access_key": secret}
        self._incoming = incoming
        self._bucket = S3Store(
            parts.netloc,
            prefix=parts.path.strip("/") or None,
            config={name: value for name, value in config.items() if value},  # type: ignore[arg-type]
            client_options={
                "allow_http": endpoint.startswith("http:"),
                "connect_timeout": _SECONDS / 2,
                "read_timeout": _SECONDS,
                "timeout": _WHOLE,
            },
            retry_config={"max_retries": 2, "retry_timeout": _SECONDS},
        )

    def put(self, key: str, source: BinaryIO | Path) -> int:
        """See ``MediaStore``."""
        checked_key(key)
        if isinstance(source, Path):
            self._keep(source, key)
            return source.stat().st_size
        with incoming_file(self._incoming, self._keep) as file:
            file.copy(source)
            file.keep_as(key)
        return file.size

    def receive(self, limit: int) -> AbstractContextManager[IncomingFile]:
        """See ``MediaStore``."""
        return incoming_file(self._incoming, self._keep, limit)

    def _keep(self, path: Path, key: str) -> None:
        with _bucket_errors(key):
            obstore.put(self._bucket, key, path, max_concurrency=_PARTS)

    def open(self, key: str, first: int = 0, length: int | None = None) -> MediaFile:
        """See ``MediaStore``."""
        with _bucket_errors(key):
            if first == 0 and length is None:
                whole = obstore.get(self._bucket, checked_key(key))
                size = whole.meta["size"]
                return MediaFile(key=key, size=size, first=0, length=size, pieces=_BucketPieces(key, whole))
            found = obstore.head(self._bucket, checked_key(key))
            rest = max(0, found["size"] - first)
            wanted = rest if length is None else min(rest, length)
            part = None
            if wanted:
                part = obstore.get(
                    self._bucket, key, options={"range": (first, first + wanted), "if_match": found["e_tag"]}
                )
        pieces = _BucketPieces(key, part)
        return MediaFile(key=key, size=found["size"], first=first, length=wanted, pieces=pieces)

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """See ``MediaStore``: a copy, which is taken off when the context ends."""
        pieces = self.open(key).pieces
        with incoming_file(self._incoming, self._keep) as file:
            for piece in pieces:
                file.write(piece)
            yield file.path

    def size(self, key: str) -> int | None:
        """See ``MediaStore``."""
        try:
            with _bucket_errors(key):
                return obstore.head(self._bucket, checked_key(key))["size"]
        except MediaMissing:
            return None

    def keys(self, prefix: str = "", *, before: datetime | None = None) -> Iterator[str]:
        """See ``MediaStore``."""
        folder = prefix.rpartition("/")[0]
        with _bucket_errors(prefix):
            for one in self._listed(folder, prefix.rstrip("/")):
                if one["path"].startswith(prefix) and (before is None or one["last_modified"] < before):
                    yield one["path"]
                elif one["path"] > prefix and not one["path"].startswith(prefix):
                    return

    def _listed(self, folder: str, begin: str) -> Iterator[ObjectMeta]:
        """The objects of a folder, in their order; the server leaves out those that come before ``begin``."""
        for found in obstore.list(self._bucket, folder or None, offset=begin[:-1] or None):
            yield from found

    def delete(self, *keys: str) -> None:
        """See ``MediaStore``."""
        good = [key for key in keys if is_key(key)]
        if good:
            with _bucket_errors(good[0]):
                obstore.delete(self._bucket, good)

    def drop_unfinished(self, before: datetime) -> int:
        """See ``MediaStore``; parts of uploads that never ended are for the bucket's own rule."""
        return drop_unfinished(self._incoming, before)


@contextmanager
def _bucket_errors(key: str) -> Iterator[None]:
    """Raise what ``MediaStore`` promises in the place of the client's errors about the object ``key``."""
    try:
        yield
    except (NotFoundError, FileNotFoundError) as error:
        if "NoSuchBucket" in str(error):
            raise MediaUnavailable("the media store's bucket isn't there", retry_after=30) from error
        raise MediaMissing(f"{key} isn't in the media store") from None
    except BaseError as error:
        if any(word in str(error) for word in _NO_ROOM):
            raise MediaFull("there is no room left in the media store", retry_after=30) from error
        raise MediaUnavailable("the media store doesn't answer as it should", retry_after=5) from error


class _BucketPieces:
    """The bytes of an object, or of a part of it; None has none."""

    def __init__(self, key: str, result: GetResult | None) -> None:
        self._key = key
        self._stream = result.stream(min_chunk_size=PIECE_BYTES) if result else None

    def __iter__(self) -> _BucketPieces:
        return self

    def __next__(self) -> bytes:
        if self._stream is None:
            raise StopIteration
        with _bucket_errors(self._key):
            return bytes(next(self._stream))

    def close(self) -> None:
        """Read no more."""
        self._stream = None
