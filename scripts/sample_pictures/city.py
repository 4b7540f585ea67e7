"""Minsk: Victory Square and the National Library."""

from __future__ import annotations

from random import Random

from sample_pictures.nature import glints, shade, snow
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


def windows(
    x: float,
    y: float,
    columns: int,
    rows: int,
    step: tuple[float, float],
    size: tuple[float, float],
    lit: str,
    dark: str,
    seed: int,
) -> str:
    """Rows of windows, some of them lit."""
    chance = Random(seed)
    return "".join(
        rect(x + column * step[0], y + row * step[1], size[0], size[1], lit if chance.random() < 0.45 else dark)
        for row in range(rows)
        for column in range(columns)
    )


def victory_square() -> str:
    """The obelisk and its flame at dusk, between two curved houses."""
    stone, dusk = mix(SLATE, MIST, 0.28), mix(NIGHT, SLATE, 0.6)

    def house(flip: bool) -> str:
        wall, side = mix(STONE, BLUSH, 0.25), mix(STONE, NIGHT, 0.45)
        return moved(
            1800 if flip else 0,
            0,
            shape([(-10, 430), (430, 500), (590, 560), (590, 850), (-10, 880)], wall),
            shape([(590, 560), (680, 610), (680, 840), (590, 850)], side),
            shape([(-10, 410), (440, 482), (600, 544), (600, 566), (430, 508), (-10, 438)], RULE),
            *(windows(30 + 0, 500 + 0, 0, 0, (1, 1), (1, 1), STRAW, SLATE, 1),),
            *(
                shape(
                    [
                        (x, 476 + x * 0.16 + row * 92),
                        (x + 44, 483 + x * 0.16 + row * 92),
                        (x + 44, 545 + x * 0.15 + row * 90),
                        (x, 540 + x * 0.15 + row * 90),
                    ],
                    STRAW if (x // 84 + row * 3 + flip) % 3 else SLATE,
                )
                for x in range(20, 560, 84)
                for row in range(3)
            ),
            rect(-10, 800, 690, 70, mix(side, NIGHT, 0.4)),
            flip=flip,
        )

    obelisk = (
        shape([(846, 880), (872, 190), (900, 140), (900, 880)], mix(stone, PAPER, 0.35))
        + shape([(954, 880), (928, 190), (900, 140), (900, 880)], stone)
        + "".join(
            stroke(f"M{870 - (y - 190) * 0.038:.0f},{y} H{930 + (y - 190) * 0.038:.0f}", mix(stone, NIGHT, 0.4), 3)
            for y in range(270, 880, 78)
        )
        + moved(
            900,
            106,
            shape(
                [
                    (0, -62),
                    (15, -20),
                    (60, -20),
                    (24, 6),
                    (38, 50),
                    (0, 24),
                    (-38, 50),
                    (-24, 6),
                    (-60, -20),
                    (-15, -20),
                ],
                RED,
            ),
        )
    )
    base = (
        rect(780, 870, 240, 50, RULE)
        + rect(740, 916, 320, 60, mix(RULE, STONE, 0.4))
        + rect(690, 970, 420, 40, mix(RULE, STONE, 0.2))
        + rect(800, 884, 200, 24, BRONZE)
    )
    flame = (
        disc(900, 1010, 128, mix(dusk, BLUSH, 0.22))
        + disc(900, 1010, 96, mix(dusk, BLUSH, 0.36))
        + oval(900, 1090, 150, 26, INK)
        + path(
            "M900,1086 C830,1066 830,1000 868,950 C872,984 892,980 892,950 C900,930 908,910 924,890 C930,940 980,976 968,1034 C962,1064 940,1080 900,1086 Z",
            BLUSH,
        )
        + path("M902,1084 C868,1066 874,1020 896,996 C904,1016 918,1006 920,976 C946,1010 946,1066 902,1084 Z", STRAW)
    )
    wreaths = "".join(
        disc(x, 1092, 34, GREEN)
        + disc(x, 1092, 16, mix(dusk, INK, 0.2))
        + disc(x, 1062, 9, RED)
        + disc(x - 26, 1082, 9, RED)
        + disc(x + 26, 1082, 9, RED)
        for x in (640, 1160)
    )
    lamps = "".join(
        rect(x - 4, 700, 8, 260, INK) + disc(x, 690, 60, mix(dusk, STRAW, 0.28)) + disc(x, 690, 22, STRAW)
        for x in (230, 500, 1300, 1570)
    )
    return svg(
        bands(shade(NIGHT, mix(SLATE, BLUSH, 0.6), 8), 0, 760),
        rect(0, 760, WIDTH, 140, mix(SLATE, BLUSH, 0.3)),
        shape([(660, 800), (830, 690), (970, 690), (1140, 800)], mix(SLATE, BLUSH, 0.35)),
        *(
            rect(x, 700 - h, w, h + 120, mix(SLATE, BLUSH, 0.3))
            for x, w, h in ((690, 60, 40), (750, 44, 76), (800, 40, 30), (970, 50, 54), (1030, 60, 86), (1090, 30, 30))
        ),
        house(False),
        house(True),
        rect(0, 850, WIDTH, 350, dusk),
        oval(900, 1040, 800, 150, mix(dusk, STONE, 0.3)),
        oval(900, 1050, 640, 110, mix(dusk, STONE, 0.15)),
        lamps,
        obelisk,
        base,
        flame,
        wreaths,
        *(
            stroke(f"M{x},1188 h{w}", c, 9)
            for x, w, c in ((60, 190, RED), (300, 90, RED), (1330, 160, STRAW), (1560, 200, STRAW))
        ),
        snow(8, 46, mix(PAPER, MIST, 0.3)),
    )


def library() -> str:
    """The National Library at night: a cut diamond of lit panes."""
    chance, parts = Random(3), []
    tints = (
        mix(SLATE, MIST, 0.2),
        mix(SLATE, MIST, 0.45),
        mix(MIST, PAPER, 0.25),
        STRAW,
        mix(STRAW, BLUSH, 0.4),
        mix(RED, BLUSH, 0.25),
    )
    top, upper, lower, bottom, cx = 170, 380, 620, 800, 900

    def span(y: float) -> tuple[float, float]:
        if y < upper:
            half = 210 + (y - top) / (upper - top) * 250
        elif y < lower:
            half = 460
        else:
            half = 460 - (y - lower) / (bottom - lower) * 270
        return cx - half, cx + half

    rows = 21
    for row in range(rows):
        y, below = top + (bottom - top) * row / rows, top + (bottom - top) * (row + 1) / rows
        left, right = span(y)
        left2, right2 = span(below)
        for column in range(16):
            a, b = column / 16, (column + 1) / 16
            tint = mix(chance.choice(tints), NIGHT, 0.12 + 0.4 * abs(column - 5) / 16)
            gap = 3
            parts.append(
                shape(
                    [
                        (left + (right - left) * a + gap, y + gap),
                        (left + (right - left) * b - gap, y + gap),
                        (left2 + (right2 - left2) * b - gap, below - gap),
                        (left2 + (right2 - left2) * a + gap, below - gap),
                    ],
                    tint,
                )
            )
    body = shape(
        [(690, 170), (1110, 170), (1360, 380), (1360, 620), (1090, 800), (710, 800), (440, 620), (440, 380)], INK
    )
    base = (
        rect(260, 830, 1280, 120, mix(SLATE, MIST, 0.25))
        + rect(620, 790, 560, 60, SLATE)
        + rect(220, 820, 1360, 18, mix(MIST, PAPER, 0.3))
        + "".join(rect(x, 856, 44, 80, mix(STRAW, BLUSH, 0.15)) for x in range(300, 1500, 74))
        + "".join(
            shape(
                [
                    (560 - s * 30, 950 + s * 18),
                    (1240 + s * 30, 950 + s * 18),
                    (1270 + s * 30, 968 + s * 18),
                    (530 - s * 30, 968 + s * 18),
                ],
                mix(MIST, SLATE, 0.2 + s * 0.18),
            )
            for s in range(4)
        )
    )
    stars = "".join(
        disc(chance.uniform(0, WIDTH), chance.uniform(0, 500), chance.uniform(1.5, 4), PAPER) for _ in range(46)
    )
    return svg(
        bands(shade(NIGHT, mix(SLATE, RED, 0.25), 7), 0, 960),
        stars,
        *(
            rect(x, 900 - h, w, h + 60, mix(NIGHT, SLATE, 0.45))
            + windows(x + 12, 912 - h, int(w // 34), int(h // 44), (34, 44), (14, 20), STRAW, mix(NIGHT, SLATE, 0.7), x)
            for x, w, h in ((0, 130, 300), (140, 100, 220), (1560, 110, 260), (1680, 130, 360))
        ),
        rect(0, 940, WIDTH, 260, mix(NIGHT, SLATE, 0.3)),
        body,
        *parts,
        base,
        glints(5, 1030, 1190, mix(SLATE, STRAW, 0.5), 30, 560, 1240),
        *(rect(x - 3, 900, 6, 150, INK) + disc(x, 894, 16, STRAW) for x in (120, 330, 1470, 1680)),
    )
