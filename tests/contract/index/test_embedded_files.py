"""The embedded index as files: processes and forks, locks, versions that don't fit, what a killed writer leaves."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from contract.index.newsroom_documents import MINSK, clauses, found, put, story
from dateline.adapters.embedded import EmbeddedIndex, connections, generations
from dateline.errors import IndexUnavailable, NotFound
from dateline.ports.index import StorySearch

PREAMBLE = """
import os, sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from dateline.adapters.embedded import EmbeddedIndex
from dateline.domain.document import StoryDocument
from dateline.ports.index import StorySearch

def story(id, version=1):
    at = datetime(2024, 3, 5, tzinfo=UTC)
    return StoryDocument(id=id, version=version, revision=1, published_at=at, updated_at=at, day=at.date(), headline=id)

index = EmbeddedIndex(Path(sys.argv[1]), ZoneInfo("Europe/Minsk"))
"""


def run(folder: Path, code: str) -> str:
    """What another process prints."""
    done = subprocess.run(
        [sys.executable, "-c", PREAMBLE + code, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def embedded(folder: Path) -> Iterator[EmbeddedIndex]:
    index = EmbeddedIndex(folder, MINSK)
    index.ensure()
    yield index
    index.close()


def test_without_an_index_every_call_says_how_to_make_one(folder: Path) -> None:
    index = EmbeddedIndex(folder, MINSK)
    for call in (index.check, lambda: index.search(StorySearch()), lambda: index.put([story("a")])):
        with pytest.raises(IndexUnavailable, match="dateline index ensure"):
            call()
    assert index.generations() == []
    assert not folder.exists()


def test_what_one_process_writes_another_reads(embedded: EmbeddedIndex, folder: Path) -> None:
    put(embedded, story("a"))
    assert run(folder, "index.put([story('b')]); print(index.search(StorySearch()).total)") == "2"
    assert found(embedded) == ["a", "b"]


def test_a_swap_in_another_process_is_noticed(embedded: EmbeddedIndex, folder: Path) -> None:
    put(embedded, story("a"))
    run(
        folder,
        """
old, new = index.current_generation(), index.create_generation()
index.put([story('fresh')], generation=new)
index.swap(new)
index.drop_generation(old)
""",
    )
    assert found(embedded) == ["fresh"]
    assert embedded.generations() == [embedded.current_generation()]


def test_a_forked_child_opens_its_own_connections(embedded: EmbeddedIndex, folder: Path) -> None:
    printed = run(
        folder,
        """
index.put([story('parent')])
child = os.fork()
if child == 0:
    ok = index.search(StorySearch()).total == 1
    index.put([story('child')])
    os._exit(0 if ok else 1)
_, status = os.waitpid(child, 0)
index.put([story('later')])
print(status, index.search(StorySearch()).total)
index.close()
""",
    )
    assert printed == "0 3"
    assert found(embedded) == ["child", "later", "parent"]


def test_several_processes_may_make_the_same_index_at_once(folder: Path) -> None:
    code = PREAMBLE + "index.ensure(); print(index.current_generation())"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(folder)], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({process.communicate(timeout=60)[0] for process in processes}) == 1
    assert {process.returncode for process in processes} == {0}
    index = EmbeddedIndex(folder, MINSK)
    assert len(index.generations()) == 1


def test_a_writer_killed_in_the_middle_leaves_the_index_as_it_was(embedded: EmbeddedIndex, folder: Path) -> None:
    put(embedded, story("a"))
    killed = PREAMBLE + (
        "import signal\n"
        "from dateline.adapters.embedded.tables import write\n"
        "def killed(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "write.write_terms = killed\n"
        "index.put([story('a', 2), story('b')])\n"
    )
    done = subprocess.run([sys.executable, "-c", killed, str(folder)], timeout=60, check=False)
    assert done.returncode == -9
    assert embedded.versions("story") == [("a", 1)]
    assert found(embedded) == ["a"]
    put(embedded, story("b"))
    assert found(embedded) == ["a", "b"]


def test_a_writer_that_waits_too_long_gives_up(
    embedded: EmbeddedIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    embedded.close()
    path = folder / f"{embedded.current_generation()}.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(IndexUnavailable, match="locked"):
            embedded.put([story("a")])
        assert found(embedded) == [], "a reader need not wait for a writer"
        other.execute("ROLLBACK")
    put(embedded, story("a"))
    assert found(embedded) == ["a"]


def test_a_search_over_its_budget_is_ended(embedded: EmbeddedIndex, monkeypatch: pytest.MonkeyPatch) -> None:
    put(embedded, *(story(f"s{number}", "grain") for number in range(50)))
    search = StorySearch(clauses=clauses("grain"), facets=("language",))
    with monkeypatch.context() as short:
        short.setattr(connections, "BUDGET_SECONDS", -1.0)
        short.setattr(connections, "STEPS_BETWEEN_LOOKS", 1)
        with pytest.raises(IndexUnavailable):
            embedded.search(search)
    assert embedded.search(search).total == 50


def test_another_time_zone_does_not_fit(embedded: EmbeddedIndex, folder: Path) -> None:
    embedded.check()
    elsewhere = EmbeddedIndex(folder, ZoneInfo("Asia/Tokyo"))
    with pytest.raises(IndexUnavailable, match=r"Europe/Minsk.*Asia/Tokyo"):
        elsewhere.check()
    elsewhere.close()


def test_an_index_of_another_version_does_not_fit(
    embedded: EmbeddedIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(embedded, story("a"))
    newer = EmbeddedIndex(folder, MINSK)
    monkeypatch.setattr(connections, "ANALYSIS", "another")
    monkeypatch.setattr(generations, "ANALYSIS", "another")
    for call in (newer.check, lambda: newer.search(StorySearch())):
        with pytest.raises(IndexUnavailable, match="reindex"):
            call()
    generation = newer.create_generation()
    newer.put([story("a")], generation=generation)
    newer.swap(generation)
    newer.check()
    assert found(newer) == ["a"]
    newer.close()


def test_a_broken_file_is_unavailable_and_not_a_crash(embedded: EmbeddedIndex, folder: Path) -> None:
    embedded.close()
    path = folder / f"{embedded.current_generation()}.sqlite"
    path.write_bytes(b"no database at all" * 500)
    with pytest.raises(IndexUnavailable):
        embedded.search(StorySearch())
    path.unlink()
    with pytest.raises(IndexUnavailable, match="reindex"):
        embedded.check()


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(IndexUnavailable, match="can't be written"):
        EmbeddedIndex(blocked / "index", MINSK).ensure()


def test_a_generation_that_is_not_there(embedded: EmbeddedIndex) -> None:
    with pytest.raises(NotFound):
        embedded.swap("index-1")
    with pytest.raises(NotFound):
        embedded.put([story("a")], generation="../elsewhere")
    with pytest.raises(NotFound):
        embedded.versions("story", generation="index-1")
    embedded.drop_generation("index-1")


def test_a_generation_half_made_is_none(embedded: EmbeddedIndex, folder: Path) -> None:
    (folder / "index-29990101000000000000.unfinished").write_bytes(b"")
    assert embedded.generations() == [embedded.current_generation()]
    assert embedded.create_generation() in embedded.generations()


def test_the_connections_of_ended_threads_are_closed(embedded: EmbeddedIndex) -> None:
    put(embedded, story("a"))
    for _ in range(5):
        thread = threading.Thread(target=found, args=(embedded,))
        thread.start()
        thread.join()
    assert len(embedded._connections._threads) == 1


def test_closed_and_used_again(embedded: EmbeddedIndex) -> None:
    put(embedded, story("a"))
    embedded.close()
    embedded.close()
    assert found(embedded) == ["a"]


def test_closing_waits_for_what_other_threads_read(embedded: EmbeddedIndex) -> None:
    put(embedded, story("a"))
    closer = threading.Thread(target=embedded.close)
    with embedded._connections.reading() as connection:
        closer.start()
        closer.join(timeout=0.2)
        assert closer.is_alive()
        assert connection.execute("SELECT count(*) FROM main.story").fetchone() == (1,)
    closer.join()
    assert found(embedded) == ["a"]


def test_a_process_ends_while_a_thread_of_it_reads(embedded: EmbeddedIndex, folder: Path) -> None:
    code = """
import threading
begun = threading.Event()

def read():
    with index._connections.reading():
        begun.set()
        threading.Event().wait()

threading.Thread(target=read, daemon=True).start()
begun.wait()
print("ended")
"""
    assert run(folder, code) == "ended"
