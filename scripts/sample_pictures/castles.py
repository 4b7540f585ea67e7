"""Castles: Mir in the snow, and Nesvizh across its pond."""

from __future__ import annotations

from sample_pictures.nature import cloud, forest, glints, shade, snow, spruce
from sample_pictures.shapes import (
    BLUSH,
    GREEN,
    INK,
    MIST,
    PAPER,
    RED,
    RULE,
    SLATE,
    STONE,
    STRAW,
    WIDTH,
    bands,
    disc,
    mirrored,
    mix,
    moved,
    path,
    rect,
    ridge,
    shape,
    stroke,
    svg,
)


def _mir_tower(x: float, y: float, s: float, brick: str, light: str, roof: str) -> str:
    return moved(
        x,
        y,
        rect(-90, -430, 180, 430, brick),
        rect(40, -430, 50, 430, mix(brick, INK, 0.25)),
        rect(-98, -300, 196, 16, light),
        rect(-98, -160, 196, 14, light),
        shape([(-90, -430), (-60, -500), (60, -500), (90, -430)], brick),
        rect(-66, -540, 132, 44, light),
        shape([(-84, -540), (0, -720), (84, -540)], roof),
        shape([(0, -720), (84, -540), (30, -540)], mix(roof, INK, 0.3)),
        rect(-3, -790, 6, 80, INK),
        shape([(3, -788), (54, -772), (3, -756)], RED),
        *(
            path(f"M{dx},{dy} v-44 a20,20 0 0 1 40,0 v44 Z", light)
            + path(f"M{dx + 8},{dy} v-42 a12,12 0 0 1 24,0 v42 Z", INK)
            for dx in (-64, 0)
            for dy in (-330, -200, -60)
        ),
        scale=s,
    )


def mir() -> str:
    """Mir Castle in the snow, with a long shadow."""
    brick, light, roof = mix(RED, STONE, 0.22), mix(PAPER, RULE, 0.5), mix(RED, SLATE, 0.55)
    wall = (
        rect(430, 560, 960, 220, brick)
        + rect(430, 548, 960, 18, PAPER)
        + rect(430, 640, 960, 10, light)
        + "".join(
            path(f"M{x},740 v-60 a18,18 0 0 1 36,0 v60 Z", light)
            + path(f"M{x + 8},740 v-58 a10,10 0 0 1 20,0 v58 Z", INK)
            for x in range(560, 820, 70)
        )
        + "".join(
            path(f"M{x},740 v-60 a18,18 0 0 1 36,0 v60 Z", light)
            + path(f"M{x + 8},740 v-58 a10,10 0 0 1 20,0 v58 Z", INK)
            for x in range(1010, 1280, 70)
        )
    )
    castle = (
        wall
        + _mir_tower(430, 800, 0.86, brick, light, roof)
        + _mir_tower(1390, 800, 0.86, brick, light, roof)
        + _mir_tower(910, 810, 1.02, brick, light, roof)
        + path("M860,810 v-110 a50,50 0 0 1 100,0 v110 Z", INK)
    )
    trees = "".join(
        moved(
            x,
            y,
            spruce(h, mix(SLATE, GREEN, 0.35)),
            shape([(0, -h), (h * 0.07, -h * 0.78), (-h * 0.06, -h * 0.8)], PAPER),
        )
        for x, y, h in (
            (110, 860, 300),
            (220, 880, 240),
            (30, 900, 260),
            (1640, 860, 280),
            (1740, 890, 330),
            (1560, 870, 200),
        )
    )
    return svg(
        bands(shade(mix(MIST, SLATE, 0.1), mix(BLUSH, PAPER, 0.55), 7), 0, 760),
        disc(300, 480, 96, mix(STRAW, PAPER, 0.2)),
        forest(5, 770, 60, 120, mix(SLATE, MIST, 0.45)),
        ridge(4, 770, 10, mix(PAPER, MIST, 0.2)),
        castle,
        ridge(7, 815, 12, PAPER),
        trees,
        shape([(500, 830), (1450, 830), (1800, 1010), (1800, 1080), (900, 930)], mix(PAPER, MIST, 0.35)),
        path(
            "M880,815 C860,900 1040,960 960,1040 C900,1110 700,1140 640,1200 L900,1200 C960,1130 1160,1080 1130,1000 C1100,930 950,890 945,815 Z",
            mix(PAPER, MIST, 0.5),
        ),
        stroke("M1220,1200 C1250,1100 1420,1040 1500,980", mix(PAPER, MIST, 0.4), 9),
        stroke("M1250,1200 C1290,1110 1450,1060 1540,990", mix(PAPER, MIST, 0.4), 9),
        snow(6, 60, PAPER),
    )


def nesvizh() -> str:
    """The palace of Nesvizh across its pond in June."""
    cream, roof, leaf = mix(STRAW, PAPER, 0.35), mix(RED, STONE, 0.3), mix(GREEN, STRAW, 0.25)
    rows = lambda x, count, y: "".join(rect(x + step * 56, y, 26, 52, SLATE) for step in range(count))
    palace = (
        rect(380, 430, 1040, 220, cream)
        + shape([(370, 430), (420, 350), (1380, 350), (1430, 430)], roof)
        + rect(780, 360, 240, 290, PAPER)
        + shape([(770, 360), (900, 270), (1030, 360)], roof)
        + rect(868, 120, 64, 170, PAPER)
        + path("M862,120 C866,70 894,70 896,30 L904,30 C906,70 934,70 938,120 Z", mix(GREEN, MIST, 0.45))
        + rect(897, -20, 6, 50, INK)
        + disc(900, 190, 22, INK)
        + disc(900, 190, 17, PAPER)
        + rows(430, 6, 460)
        + rows(430, 6, 556)
        + rows(1060, 6, 460)
        + rows(1060, 6, 556)
        + rows(806, 4, 400)
        + rows(806, 4, 480)
        + path("M870,650 v-70 a30,30 0 0 1 60,0 v70 Z", INK)
        + rect(300, 400, 110, 260, PAPER)
        + path("M294,400 C300,340 340,350 352,300 C366,350 410,340 416,400 Z", roof)
        + rect(1390, 400, 110, 260, PAPER)
        + path("M1384,400 C1390,340 1430,350 1444,300 C1456,350 1500,340 1506,400 Z", roof)
        + rows(324, 1, 440)
        + rows(324, 1, 540)
        + rows(1430, 1, 440)
        + rows(1430, 1, 540)
        + rect(380, 424, 1040, 12, RULE)
    )
    trees = "".join(
        disc(x, y, r, mix(GREEN, leaf, t))
        for x, y, r, t in (
            (60, 470, 190, 0),
            (210, 560, 120, 0.5),
            (-20, 620, 160, 0.7),
            (1740, 450, 200, 0.1),
            (1600, 570, 110, 0.6),
            (1830, 620, 150, 0.8),
        )
    )
    bank = path("M0,640 C400,620 1400,620 1800,640 L1800,740 L0,740 Z", leaf)
    water = mix(MIST, SLATE, 0.2)
    return svg(
        bands(shade(mix(MIST, PAPER, 0.2), mix(PAPER, STRAW, 0.3), 5), 0, 640),
        cloud(420, 190, 110, PAPER),
        cloud(1380, 150, 130, PAPER),
        cloud(1120, 240, 60, PAPER),
        trees,
        palace,
        bank,
        rect(0, 700, WIDTH, 500, water),
        mirrored(700, 0.38, trees, palace),
        rect(0, 694, WIDTH, 16, mix(GREEN, INK, 0.3)),
        glints(3, 740, 1190, mix(water, PAPER, 0.4), 80),
        glints(4, 740, 1190, mix(water, SLATE, 0.4), 50),
        path("M0,1110 C200,1050 420,1150 640,1200 L0,1200 Z", mix(GREEN, INK, 0.25)),
    )
