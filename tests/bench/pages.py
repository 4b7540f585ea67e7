"""How long pages take to be made from the embedded index of 5,000 stories, most with pictures, and a picture's file to
be given out: median and 99th percentile, in ms."""

from __future__ import annotations

import random
import sys
import tempfile
from dataclasses import replace
from io import BytesIO
from itertools import islice
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from flask.testing import FlaskClient

from bench._report import report
from dateline.adapters.embedded import EmbeddedIndex
from dateline.bootstrap import open_media
from dateline.log import set_up_logging
from dateline.ports.media import MediaStore, rendition_key
from dateline.settings import read_settings
from dateline_web.app import create_app
from unit.web.documents import MINSK, NOW, many_stories, terms_of
from unit.web.pictures import picture

STORIES: Final = 5_000
REQUESTS: Final = 200
LIMIT: Final = 40.0
MEDIA_LIMIT: Final = 4.0
SHA256: Final = "ab" * 32
FILE_BYTES: Final = 80_000
QUERIES: Final = (
    "", "harvest", "bridge+river", "minsk+theatre", "festival+library+budget", "-tractor", "person:sysoev",
    "%22harvest+bridge%22", "harvst", "what+did+the+library+say+of+the+harvest",
)  # fmt: skip
PAGES: Final = {
    "search-page": "/search?q={query}", "search-json": "/v1/search?q={query}", "front": "/", "term": "/places/minsk",
    "archive-month": "/archive/2017/05", "media": f"/media/{SHA256}/640.avif",
}  # fmt: skip


def main() -> None:
    """Fill an index, ask, report."""
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        index = EmbeddedIndex(Path(folder) / "index", MINSK)
        index.ensure()
        stories = [
            replace(story, images=(picture(), picture())) if number % 3 else story
            for number, story in enumerate(many_stories(STORIES))
        ]
        documents = iter([*stories, *terms_of(stories)])
        while batch := list(islice(documents, 500)):
            index.put(batch)
        settings = read_settings({}, log_level="error", media=str(Path(folder) / "media"))
        keep_file(open_media(settings))
        set_up_logging(settings)
        client = create_app(settings, index=index, now=lambda: NOW).test_client()
        for name, address in PAGES.items():
            times, limit = measured(client, address), MEDIA_LIMIT if name == "media" else LIMIT
            report(
                f"pages-{name}", ours=median(times), limit=limit, unit="ms", p99=round(quantiles(times, n=100)[98], 1)
            )
        index.close()


def keep_file(store: MediaStore) -> None:
    """A picture as large as a phone's lead may be."""
    store.put(rendition_key(SHA256, "640.avif"), BytesIO(bytes(FILE_BYTES)))
    store.put(rendition_key(SHA256, "rights.json"), BytesIO(b'{"usable_until": null}'))


def measured(client: FlaskClient, address: str) -> list[float]:
    """Milliseconds of each request, the first of each query left out."""
    rng = random.Random(1)
    for query in QUERIES:
        client.get(address.format(query=query))
    times = []
    for _ in range(REQUESTS):
        asked = address.format(query=rng.choice(QUERIES))
        began = perf_counter()
        status = client.get(asked).status_code
        times.append((perf_counter() - began) * 1000)
        if status != 200:
            sys.exit(f"{asked} answered {status}")
    return times


if __name__ == "__main__":
    main()
