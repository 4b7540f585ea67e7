"""Two hundred broken and hostile files: each is refused at the border or by its decoder, or is a picture after all."""

from __future__ import annotations

import json
import random
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from dateline.errors import InvalidInput
from dateline.pictures.child import _environment
from dateline.pictures.file_type import describe_file
from dateline.pictures.file_words import file_words
from unit.pictures.picture_files import ENDINGS, scene, write, write_moving

BROKEN: Final = 200
_CHILD: Final = """
import json, sys
from pathlib import Path
from dateline.errors import InvalidInput, PictureUnreadable
from dateline.pictures import child_main
from dateline.pictures.decoding import decode
from dateline.pictures.file_type import describe_file
child_main.limit()
for name in sys.argv[1:]:
    try:
        file = describe_file(Path(name))
        decode(Path(name), file, 16, 16)
        said = ""
    except (InvalidInput, PictureUnreadable) as error:
        said = str(error)
    print(json.dumps([name, said]), flush=True)
"""


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(width: int, height: int, *chunks: bytes) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + chunk(b"IEND", b"")


def by_hand(jpeg: bytes, gif: bytes) -> Iterator[bytes]:
    """Bombs, contradictions and files that are two things."""
    yield png(60_000, 60_000, chunk(b"IDAT", zlib.compress(bytes(1000))))
    yield png(10_000, 10_000, chunk(b"IDAT", zlib.compress(bytes(100_000))))
    yield png(8, 8, chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(30_000_000))))
    yield png(8, 8, chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(bytes(30_000_000))))
    yield png(8, 8, chunk(b"IDAT", b"not packed"))
    yield png(8, 8)
    at = jpeg.index(b"\xff\xc0")
    for height, width in ((65_500, 65_500), (0, 100), (20_000, 5_000), (1, 1)):
        yield jpeg[: at + 5] + struct.pack(">HH", height, width) + jpeg[at + 9 :]
    yield jpeg[:2] + b"\xff\xe1\x00\x10Exif\x00\x00II*\x00\x08\x00\x00\x00" + jpeg[2:]
    loop = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x69\x87\x04\x00\x01\x00\x00\x00\x08\x00\x00\x00"
    yield jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(loop) + 2) + loop + jpeg[2:]
    yield jpeg + b"PK\x03\x04" + b"<html><script>alert(1)</script>"
    yield jpeg[:300] + b"\xff\xd9"
    yield gif[:6] + b"\xff\xff\xff\xff" + gif[10:]
    yield gif[:-1] + gif[13:]
    yield b"RIFF\xff\xff\xff\xffWEBPVP8X" + bytes(20)
    yield b"RIFF\x1e\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x02\x00\x00\x00\xff\xff\xff\xff\xff\xff" + bytes(8)
    yield b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00\x00\x00\x01meta\xff\xff\xff\xff\xff\xff\xff\xff"
    yield b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"
    yield b"GIF89a" + b"/*" * 40 + b"*/=1;alert(1)//"


def broken_files(folder: Path) -> list[Path]:
    """Mutations of small good files, the same each time, and what is made by hand."""
    good = [write(folder / f"good.{ending}", scene(48, 32)) for ending in ENDINGS]
    good.append(write_moving(folder / "moving.gif"))
    contents = [path.read_bytes() for path in good]
    made, chance = list(by_hand(contents[0], contents[3])), random.Random(15)
    while len(made) < BROKEN:
        made.append(mutated(contents[len(made) % len(contents)], contents, chance))
    for number, content in enumerate(made):
        (folder / f"broken-{number}").write_bytes(content)
    return [folder / f"broken-{number}" for number in range(len(made))]


def mutated(content: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """A file with bytes changed, taken out, put in, doubled or cut off; the beginning is hit most."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 2, 8))):
        at = chance.randrange(4, chance.choice((64, len(changed))) if len(changed) > 64 else 8)
        match chance.randrange(6):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\x7f\xff\xff\xff"))
            case 2:
                del changed[at : at + chance.randrange(1, 40)]
            case 3:
                changed[at:at] = chance.randbytes(chance.randrange(1, 40))
            case 4:
                changed[at:at] = chance.choice(others)[: chance.randrange(40, 400)]
            case _:
                changed = changed[: max(8, chance.randrange(len(changed)))]
        if len(changed) < 12:
            changed += bytes(12)
    return bytes(changed)


def at_the_border(path: Path) -> str:
    """The reason why a file is refused, or "". Whatever else is raised fails the test."""
    try:
        describe_file(path)
        file_words(path)
    except InvalidInput as refused:
        return str(refused)
    return ""


def test_no_broken_file_breaks_the_border_or_the_decoder(tmp_path: Path) -> None:
    files = broken_files(tmp_path)
    refused = {path: at_the_border(path) for path in files}
    taken = [str(path) for path, reason in refused.items() if not reason]
    assert len(files) == BROKEN and BROKEN // 10 < len(taken) < BROKEN
    answers = dict(in_children(tmp_path, taken))
    assert answers.keys() == set(taken)
    assert any(answers.values()) and not all(answers.values())
    for reason in (*refused.values(), *answers.values()):
        assert str(tmp_path) not in reason and "Traceback" not in reason


def in_children(folder: Path, names: list[str]) -> Iterator[list[Any]]:
    """What a decoder says of each file. One that a child dies of is named by it: the others go on in the next child."""
    while names:
        child = subprocess.run(
            [sys.executable, "-P", "-c", _CHILD, *names],
            env=_environment(folder), cwd=folder, capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        answers = [json.loads(line) for line in child.stdout.splitlines()]
        yield from answers
        names = names[len(answers) :]
        if names:
            pytest.fail(f"{names[0]} ended its decoder ({child.returncode}): {child.stderr.decode()[-300:]}")
