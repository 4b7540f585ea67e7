"""What files say of their pictures: XMP, IPTC and EXIF, in every alphabet, and never a place by coordinates."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
import pyvips

from dateline.pictures.file_type import read_container
from dateline.pictures.file_words import FileWords, file_words
from dateline.pictures.metadata.xmp import read_xmp
from unit.pictures.picture_files import scene, write

PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:ext="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 xmlns:rights="http://ns.adobe.com/xap/1.0/rights/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 photoshop:Credit="БелТА" photoshop:City="Мінск" photoshop:Country="Беларусь"
 photoshop:DateCreated="2026-11-30T10:20:30+03:00" rights:WebStatement="https://example.org/licence"
 exif:GPSLatitude="53,54.0N">
<dc:description><rdf:Alt><rdf:li xml:lang="en">The bridge</rdf:li><rdf:li xml:lang="x-default">Мост</rdf:li></rdf:Alt>
</dc:description><dc:creator><rdf:Seq><rdf:li>Ганна Кавалёва</rdf:li></rdf:Seq></dc:creator>
<dc:subject><rdf:Bag><rdf:li>мост</rdf:li><rdf:li>river</rdf:li></rdf:Bag></dc:subject>
<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2026 БелТА</rdf:li></rdf:Alt></dc:rights>
<rights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Editorial use only</rdf:li></rdf:Alt></rights:UsageTerms>
<ext:PersonInImage><rdf:Bag><rdf:li>Янка Купала</rdf:li></rdf:Bag></ext:PersonInImage>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def dataset(number: int, value: bytes, record: int = 2) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def with_blocks(path: Path, *, xmp: bytes = b"", iptc: bytes = b"", **exif: str) -> Path:
    picture = scene(32, 32).copy()
    if xmp:
        picture.set_type(pyvips.GValue.blob_type, "xmp-data", xmp)
    if iptc:
        block = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(iptc)) + iptc + b"\x00" * (len(iptc) % 2)
        picture.set_type(pyvips.GValue.blob_type, "iptc-data", b"Photoshop 3.0\x00" + block)
    for name, value in exif.items():
        picture.set_type(pyvips.GValue.gstr_type, f"exif-{name.replace('_', '-')}", value)
    return write(path, picture)


@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "avif"])
def test_xmp_is_read_from_every_format(tmp_path: Path, ending: str) -> None:
    assert file_words(with_blocks(tmp_path / f"a.{ending}", xmp=PACKET.encode())) == FileWords(
        caption="Мост", credit="БелТА", byline="Ганна Кавалёва", copyright="© 2026 БелТА", licence="Editorial use only",
        licence_url="https://example.org/licence", taken_at="2026-11-30T10:20:30+03:00", place="Мінск, Беларусь",
        keywords=("мост", "river"), people=("Янка Купала",),
    )  # fmt: skip


@pytest.mark.parametrize("address", ["https://ann:secret@example.org/", "javascript:1", "https://example.org:0x/"])
def test_an_address_that_readers_may_not_see_is_none(tmp_path: Path, address: str) -> None:
    packet = PACKET.replace("https://example.org/licence", address)
    assert file_words(with_blocks(tmp_path / "a.png", xmp=packet.encode())).licence_url == ""


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_iptc_is_read_as_unicode_and_as_latin_1(tmp_path: Path, encoding: str) -> None:
    values = {120: "Café à Genève", 80: "José", 110: "AFP", 116: "© AFP", 90: "Genève", 101: "Suisse", 25: "café"}
    declared = dataset(90, b"\x1b%G", record=1) if encoding == "utf-8" else b""
    block = declared + b"".join(dataset(number, text.encode(encoding)) for number, text in values.items())
    found = file_words(with_blocks(tmp_path / "a.jpg", iptc=block + dataset(55, b"20261130")))
    assert (found.caption, found.byline, found.credit, found.copyright) == ("Café à Genève", "José", "AFP", "© AFP")
    assert (found.place, found.keywords, found.taken_at) == ("Genève, Suisse", ("café",), "2026-11-30")


def test_exif_says_what_nothing_else_does_and_no_coordinates(tmp_path: Path) -> None:
    found = file_words(
        with_blocks(
            tmp_path / "a.jpg",
            ifd0_ImageDescription="Bridge (Bridge, ASCII, 7 components, 7 bytes)", ifd0_Artist="Ann",
            ifd0_Copyright="Ann 2026", ifd2_DateTimeOriginal="2026:11:30 10:20:30", ifd3_GPSLatitude="53 54 0",
            ifd2_BodySerialNumber="X98765",
        )
    )  # fmt: skip
    assert (found.caption[:6], found.byline[:3], found.taken_at) == ("Bridge", "Ann", "2026-11-30T10:20:30")
    assert "53" not in str(found) and "X98765" not in str(found)


def test_what_cameras_write_for_want_of_words_is_no_caption(tmp_path: Path) -> None:
    assert file_words(with_blocks(tmp_path / "a.jpg", ifd0_ImageDescription="OLYMPUS DIGITAL CAMERA")).caption == ""


@pytest.mark.parametrize(
    "xmp",
    [
        b"<not closed",
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>',
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
        b"\x00\xff" * 500,
    ],
)
def test_a_hostile_packet_says_nothing(tmp_path: Path, xmp: bytes) -> None:
    assert file_words(with_blocks(tmp_path / "a.jpg", xmp=xmp)) == FileWords()


def test_broken_iptc_says_nothing(tmp_path: Path) -> None:
    for block in (b"\x1c\x02", dataset(120, b"x")[:-1] + b"\x1c\x02\x78\xff\xff", b"\x00" * 40):
        assert file_words(with_blocks(tmp_path / "a.jpg", iptc=block)).credit == ""


def test_texts_that_unpack_to_gigabytes_are_not_unpacked(tmp_path: Path) -> None:
    packed = zlib.compress(b"a" * (4 << 20), 9)
    texts = [b"zTXt" + word + b"\0\0" + packed for word in (b"Title", b"XML:com.adobe.xmp") for _ in range(200)]
    header = b"IHDR" + struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    chunks = (struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in (header, *texts))
    file = tmp_path / "bomb.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks) + b"\0\0\0\0IEND\xaeB`\x82")
    found = read_container(file)
    assert len(found.texts) == 100
    assert sum(len(text) for _, text in found.texts) + len(found.xmp) < 5 << 20


def test_of_descriptions_in_one_another_the_outer_one_speaks() -> None:
    """To read each with all that is in it takes the square of their number."""
    inner = "<rdf:Description><dc:title>inner</dc:title></rdf:Description>"
    packet = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<rdf:Description><dc:title>outer</dc:title><dc:relation>{inner}</dc:relation></rdf:Description></rdf:RDF>"
    )
    inner_alone = packet.replace("<dc:title>outer</dc:title>", "")
    assert read_xmp(packet.encode()) == {"dc:title": ["outer"]}
    assert "dc:title" not in read_xmp(inner_alone.encode())


@pytest.mark.parametrize(
    "more",
    ["<a/>" * 20_000, "<a>" * 20_000 + "</a>" * 20_000, "<a " + "".join(f'a{n}="" ' for n in range(1_001)) + "/>"],
)
def test_a_packet_that_unpacks_to_a_million_elements_is_given_up(more: str) -> None:
    said = '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" dc:title="A dock"/>'
    packet = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">{}{}</rdf:RDF>'
    assert read_xmp(packet.format(said, "<a/>" * 10_000).encode()) == {"dc:title": ["A dock"]}
    assert read_xmp(packet.format(said, more).encode()) == {}
