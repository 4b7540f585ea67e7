"""Renditions: the right sizes, upright, in sRGB, without metadata, the same each time; likeness and the focal point."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
import pyvips

from dateline.domain.picture import ANIMATED, FocalPoint, renditions
from dateline.errors import PictureUnreadable, RenderingFailed
from dateline.pictures import child
from dateline.pictures.child import ChildsWork, render_in_child
from dateline.pictures.file_type import describe_file
from dateline.pictures.likeness import likeness
from dateline.pictures.rendering import grey_of, guess_focal
from unit.pictures.picture_files import ENDINGS, scene, write, write_moving


def made(path: Path, folder: Path, focal: FocalPoint | None = None) -> ChildsWork:
    folder.mkdir(exist_ok=True)
    file = describe_file(path)
    return render_in_child(path, folder, (file.width, file.height), focal)


@pytest.mark.parametrize("ending", ENDINGS)
def test_each_format_becomes_all_renditions(tmp_path: Path, ending: str) -> None:
    path = write(tmp_path / f"a.{ending}", scene(400, 260))
    work = made(path, tmp_path / "out", FocalPoint(70, 40))
    assert set(work.names) == {one.name for one in renditions(400, 260, FocalPoint(70, 40))}
    for one in renditions(400, 260, FocalPoint(70, 40)):
        found = describe_file(tmp_path / "out" / one.name)
        assert (found.media_type, found.width, found.height) == (one.media_type, one.width, one.height)
    disc = pyvips.Image.new_from_file(str(tmp_path / "out" / "320.jpg"))(224, 83)
    assert all(abs(is_ - was) < 25 for is_, was in zip(disc, (240, 60, 40), strict=True))


def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote(tmp_path: Path) -> None:
    picture = scene(400, 260).copy()
    picture.set_type(pyvips.GValue.gstr_type, "exif-ifd3-GPSLatitude", "53 54 0")
    picture.set_type(pyvips.GValue.gstr_type, "exif-ifd2-BodySerialNumber", "X123")
    made(write(tmp_path / "a.jpg", picture, 6), tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        kept = pyvips.Image.new_from_file(str(path))
        assert not [name for name in kept.get_fields() if name.startswith(("exif", "xmp", "iptc", "icc"))]
    upright = pyvips.Image.new_from_file(str(tmp_path / "out" / "260.jpg"))
    assert (upright.width, upright.height) == (260, 400)
    assert upright(156, 280)[0] > 200 > 120 > upright(156, 280)[1]


def test_a_transparent_picture_stands_on_white(tmp_path: Path) -> None:
    clear = pyvips.Image.black(64, 64, bands=4).cast("uchar").copy(interpretation="srgb")
    made(write(tmp_path / "a.png", clear), tmp_path / "out")
    assert pyvips.Image.new_from_file(str(tmp_path / "out" / "64.jpg")).min() == 255


def test_colours_of_print_and_of_deep_grey_become_those_of_screens(tmp_path: Path) -> None:
    cmyk = scene(64, 64).colourspace("cmyk")
    grey = scene(64, 64).colourspace("grey16")
    for name, picture in (("a.jpg", cmyk), ("b.png", grey)):
        picture.write_to_file(str(tmp_path / name))
        made(tmp_path / name, tmp_path / name[0])
        shown = pyvips.Image.new_from_file(str(tmp_path / name[0] / "64.jpg"))
        assert (shown.interpretation, shown.format, shown.bands) == ("srgb", "uchar", 3)


def test_a_gif_that_moves_is_kept_without_its_comments(tmp_path: Path) -> None:
    path = write_moving(tmp_path / "a.gif")
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"\x21\xfe\x09<script>x\x00\x21\xf9\x04\0\0\0\0\x09<script>y\x00;PK trailing")
    work = made(path, tmp_path / "out")
    assert work.made.animated and ANIMATED in work.names
    kept = (tmp_path / "out" / ANIMATED).read_bytes()
    assert b"script" not in kept and b"PK" not in kept
    assert describe_file(tmp_path / "out" / ANIMATED).frames == 3


def test_made_twice_is_the_same_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jpg", scene(700, 450))
    first, second = made(path, tmp_path / "1"), made(path, tmp_path / "2")
    assert (first.made, first.names) == (second.made, second.names)
    assert all((tmp_path / "1" / n).read_bytes() == (tmp_path / "2" / n).read_bytes() for n in first.names)


def test_one_looks_at_what_stands_out() -> None:
    plain = (pyvips.Image.black(400, 200) + 128).cast("uchar").bandjoin([128, 128]).cast("uchar")
    spot = plain.copy(interpretation="srgb").draw_circle([250, 30, 30], 330, 60, 24, fill=True)
    found = guess_focal(spot)
    assert found.x > 65 and found.y < 50


def test_likeness_tells_the_same_picture_from_another() -> None:
    picture = scene(640, 420)
    hashes = [
        likeness(grey_of(one)) for one in (picture, picture.resize(0.3).linear(0.9, 8).cast("uchar"), picture.fliphor())
    ]
    assert (hashes[0] ^ hashes[1]).bit_count() <= 4
    assert (hashes[0] ^ hashes[2]).bit_count() > 12
    assert all(0 <= one < 1 << 64 for one in hashes)


def a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, seconds: float = 20.0) -> None:
    (tmp_path / "child_stand_in.py").write_text(code)
    monkeypatch.setattr(child, "_MODULE", "child_stand_in")
    monkeypatch.setattr(child, "_environment", lambda folder: {"PYTHONPATH": str(tmp_path)})
    render_in_child(tmp_path / "a", tmp_path, (1, 1), None, seconds=seconds)


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "SIGSEGV"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "processor"),
        ("raise MemoryError", "memory"),
    ],
)
def test_what_a_file_does_to_its_decoder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, words: str
) -> None:
    with pytest.raises(PictureUnreadable, match=words):
        a_child(tmp_path, monkeypatch, code)


def test_a_decoder_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PictureUnreadable, match="takes longer"):
        a_child(tmp_path, monkeypatch, "import signal; signal.pause()", seconds=0.5)


def test_a_child_that_is_killed_or_does_not_run_is_no_fault_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(RenderingFailed, match="killed"):
        a_child(tmp_path, monkeypatch, f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})")
    with pytest.raises(RenderingFailed, match="no such thing"):
        a_child(tmp_path, monkeypatch, "raise SystemExit('no such thing')")
