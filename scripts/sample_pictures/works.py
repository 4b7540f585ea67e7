"""The trade centre, and what it sells in its yard."""

from __future__ import annotations

from sample_pictures.city import windows
from sample_pictures.nature import glints, shade
from sample_pictures.shapes import (
    BLUSH,
    BRONZE,
    GREEN,
    INK,
    MIST,
    NIGHT,
    PAPER,
    RED,
    RULE,
    SLATE,
    STONE,
    STRAW,
    WIDTH,
    bands,
    disc,
    mix,
    moved,
    oval,
    path,
    rect,
    shape,
    stroke,
    svg,
)


def _wheel(x: float, size: float) -> str:
    return disc(x, -size, size, INK) + disc(x, -size, size * 0.55, STONE) + disc(x, -size, size * 0.2, INK)


def _lorry(colour: str) -> str:
    box = (
        rect(-330, -300, 400, 230, PAPER)
        + rect(-330, -300, 400, 24, RULE)
        + "".join(rect(x, -276, 5, 206, RULE) for x in range(-280, 60, 66))
        + rect(-330, -150, 400, 30, colour)
    )
    cab = (
        path("M90,-70 V-290 H190 C220,-290 240,-250 256,-180 L300,-166 V-70 Z", colour)
        + path("M120,-184 V-262 H186 C204,-262 216,-220 224,-184 Z", mix(SLATE, MIST, 0.5))
        + disc(286, -120, 16, STRAW)
    )
    return box + cab + rect(-340, -74, 650, 22, INK) + _wheel(-250, 46) + _wheel(-140, 46) + _wheel(196, 46)


def _dumper(colour: str) -> str:
    tray = (
        shape([(-400, -420), (190, -420), (120, -250), (-230, -200), (-330, -250)], colour)
        + shape([(190, -420), (330, -440), (330, -408), (170, -390)], mix(colour, INK, 0.2))
        + "".join(stroke(f"M{x},-414 L{x + 20},-236", mix(colour, INK, 0.3), 9) for x in (-280, -180, -80, 20))
    )
    cab = (
        rect(170, -350, 110, 130, mix(colour, INK, 0.12))
        + rect(190, -334, 72, 56, mix(SLATE, MIST, 0.5))
        + rect(120, -232, 220, 90, mix(colour, INK, 0.3))
        + disc(322, -190, 18, STRAW)
    )
    return rect(-300, -230, 560, 70, SLATE) + tray + cab + _wheel(-190, 104) + _wheel(210, 104)


def _tractor(colour: str) -> str:
    return (
        rect(-30, -190, 230, 90, colour)
        + path("M-150,-120 V-320 H10 L40,-190 V-120 Z", colour)
        + path("M-126,-210 V-294 H-6 L16,-210 Z", mix(SLATE, MIST, 0.5))
        + rect(130, -270, 14, 90, INK)
        + rect(-170, -334, 210, 20, INK)
        + disc(192, -150, 14, STRAW)
        + _wheel(-100, 92)
        + _wheel(150, 54)
    )


def trade_centre() -> str:
    """A trade centre at dusk, with what it sells in its yard."""
    hall = mix(SLATE, BLUSH, 0.2)
    tower = (
        rect(1120, 190, 330, 560, mix(SLATE, MIST, 0.25))
        + rect(1370, 190, 80, 560, mix(SLATE, NIGHT, 0.3))
        + windows(1144, 220, 6, 12, (37, 42), (24, 24), STRAW, mix(NIGHT, SLATE, 0.5), 4)
        + rect(1280, 110, 8, 80, INK)
        + disc(1284, 104, 8, RED)
    )
    front = (
        rect(240, 480, 940, 270, hall)
        + rect(220, 460, 980, 30, RULE)
        + "".join(
            rect(x, 540, 84, 190, mix(STRAW, BLUSH, 0.2)) + stroke(f"M{x + 42},540 V730 M{x},610 H{x + 84}", hall, 6)
            for x in range(280, 1140, 110)
        )
        + "".join(
            rect(x, 310, 6, 152, INK) + path(f"M{x + 6},312 q34,-16 64,6 t54,-4 v66 q-30,14 -58,-4 t-60,4 Z", c)
            for x, c in ((330, RED), (520, GREEN), (710, PAPER), (900, STRAW))
        )
    )
    skyline = "".join(
        rect(x, 750 - h, w, h, mix(SLATE, BLUSH, 0.34))
        for x, w, h in (
            (0, 120, 210),
            (110, 90, 300),
            (200, 70, 160),
            (1460, 110, 250),
            (1560, 80, 170),
            (1640, 180, 310),
        )
    )
    return svg(
        bands(shade(mix(NIGHT, SLATE, 0.6), mix(BLUSH, STRAW, 0.35), 8), 0, 760),
        skyline,
        tower,
        front,
        rect(0, 745, WIDTH, 455, mix(SLATE, NIGHT, 0.35)),
        rect(0, 745, WIDTH, 14, mix(SLATE, STONE, 0.4)),
        shape([(0, 900), (1800, 900), (1800, 1200), (0, 1200)], mix(SLATE, NIGHT, 0.2)),
        *(
            stroke(f"M{x},1180 L{x + 40 + (x - 900) * -0.1:.0f},920", mix(STONE, RULE, 0.5), 9)
            for x in range(-60, 1900, 320)
        ),
        glints(6, 770, 890, mix(SLATE, STRAW, 0.5), 24, 260, 1180),
        *(rect(x - 4, 560, 8, 320, INK) + disc(x, 556, 20, STRAW) for x in (150, 1620)),
        *(oval(x, 1084 + y, w, 16, NIGHT) for x, y, w in ((330, 0, 350), (860, 0, 250), (1400, 0, 420))),
        moved(340, 1090, _lorry(RED), scale=0.95),
        moved(880, 1090, _tractor(mix(RED, INK, 0.12)), scale=1.05),
        moved(1400, 1090, _dumper(mix(STRAW, BRONZE, 0.3))),
    )
