"""Grodno: the town above its river, and a tower clock."""

from __future__ import annotations

from random import Random

from sample_pictures.city import windows
from sample_pictures.nature import bird, cloud, glints, shade
from sample_pictures.shapes import (
    BLUSH,
    BRONZE,
    GREEN,
    INK,
    MIST,
    NIGHT,
    PAPER,
    QUIET,
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
    path,
    rect,
    shape,
    stroke,
    svg,
)


def _gable(x: float, y: float, width: float, height: float, wall: str, roof: str, pitch: float) -> str:
    return rect(x, y - height, width, height, wall) + shape(
        [(x - 8, y - height), (x + width / 2, y - height - pitch), (x + width + 8, y - height)], roof
    )


def grodno_river() -> str:
    """The old town above the Neman in October."""
    river, brick = mix(SLATE, MIST, 0.35), mix(RED, STONE, 0.3)
    chance, houses, x = Random(11), [], 560.0
    while x < 1780:
        width, height = chance.uniform(74, 130), chance.uniform(90, 180)
        wall = chance.choice((PAPER, STRAW, BLUSH, RULE, mix(STRAW, BLUSH, 0.5)))
        houses.append(
            _gable(x, 620, width, height, wall, mix(brick, INK, chance.uniform(0, 0.3)), chance.uniform(40, 76))
        )
        houses.append(
            windows(
                x + 16,
                620 - height + 20,
                int((width - 24) // 30),
                int(height // 50),
                (30, 46),
                (15, 24),
                STRAW,
                SLATE,
                int(x),
            )
        )
        x += width - 6

    def baroque(x: float, y: float, s: float) -> str:
        return moved(
            x,
            y,
            rect(-60, -330, 120, 330, PAPER),
            rect(26, -330, 34, 330, RULE),
            rect(-70, -340, 140, 14, STONE),
            rect(-70, -190, 140, 10, STONE),
            path("M-60,-340 C-56,-390 -14,-392 -10,-430 L10,-430 C14,-392 56,-390 60,-340 Z", mix(GREEN, MIST, 0.45)),
            rect(-3, -500, 6, 70, INK),
            rect(-18, -484, 36, 6, INK),
            disc(0, -260, 38, INK),
            disc(0, -260, 32, PAPER),
            stroke("M0,-260 V-284 M0,-260 L16,-252", INK, 6),
            path("M-20,-60 V-120 a20,20 0 0 1 40,0 V-60 Z", QUIET),
            scale=s,
        )

    castle = (
        rect(120, 360, 360, 190, mix(RULE, STRAW, 0.4))
        + shape([(110, 360), (300, 300), (490, 360)], brick)
        + rect(70, 290, 120, 260, mix(RULE, STONE, 0.2))
        + shape([(60, 290), (130, 190), (200, 290)], brick)
        + rect(430, 330, 90, 220, mix(RULE, STONE, 0.3))
        + shape([(422, 330), (475, 250), (528, 330)], brick)
        + rect(127, 130, 6, 64, INK)
        + shape([(133, 132), (178, 146), (133, 160)], RED)
        + "".join(path(f"M{x},500 V440 a18,18 0 0 1 36,0 V500 Z", SLATE) for x in (220, 280, 340))
        + "".join(rect(x, 380, 22, 32, SLATE) for x in (110, 230, 290, 350, 460))
    )
    leaves = "".join(
        disc(
            x,
            y,
            r,
            chance.choice(
                (mix(STRAW, BRONZE, 0.35), mix(RED, STRAW, 0.45), mix(BRONZE, GREEN, 0.4), mix(STRAW, BLUSH, 0.4))
            ),
        )
        for x, y, r in [
            (chance.uniform(-20, 1820), chance.uniform(650, 770), chance.uniform(26, 58)) for _ in range(95)
        ]
    )
    return svg(
        bands(shade(mix(MIST, PAPER, 0.25), mix(STRAW, BLUSH, 0.25), 6), 0, 600),
        disc(560, 400, 110, STRAW),
        cloud(1020, 170, 110, PAPER),
        cloud(300, 120, 70, PAPER),
        castle,
        path("M0,540 C200,520 420,540 560,600 L1800,600 L1800,800 L0,800 Z", mix(BRONZE, GREEN, 0.35)),
        baroque(920, 620, 1.05),
        baroque(1090, 620, 1.05),
        rect(978, 420, 56, 200, PAPER),
        *houses,
        baroque(1500, 640, 0.72),
        path("M0,600 C400,600 900,640 1800,620 L1800,800 L0,800 Z", mix(BRONZE, GREEN, 0.5)),
        leaves,
        path("M0,790 C500,770 1200,800 1800,778 L1800,1200 L0,1200 Z", river),
        rect(0, 0, 0, 0, INK),
        glints(4, 810, 1190, mix(river, PAPER, 0.4), 80),
        glints(5, 800, 1000, mix(STRAW, BLUSH, 0.3), 44, 440, 720),
        glints(7, 820, 1190, mix(river, NIGHT, 0.35), 60),
        moved(
            1240,
            960,
            path("M-170,0 L150,0 C190,-10 200,-40 206,-52 L-190,-40 Z", INK),
            rect(-110, -92, 180, 54, PAPER),
            *(rect(dx, -80, 26, 24, SLATE) for dx in (-96, -56, -16, 24)),
            rect(84, -130, 8, 84, INK),
            shape([(92, -130), (132, -118), (92, -104)], RED),
        ),
    )


def grodno_clock() -> str:
    """A tower clock over roofs at noon."""
    brick = mix(RED, STONE, 0.25)
    tower = (
        rect(980, 120, 460, 1100, mix(PAPER, STRAW, 0.18))
        + rect(1320, 120, 120, 1100, mix(RULE, STONE, 0.1))
        + rect(940, 760, 540, 44, RULE)
        + rect(940, 804, 540, 14, STONE)
        + rect(940, 150, 540, 40, RULE)
        + rect(940, 190, 540, 12, STONE)
        + rect(990, 818, 40, 400, RULE)
        + rect(1390, 818, 40, 400, mix(RULE, STONE, 0.4))
        + path("M920,150 C960,60 1100,40 1140,-40 L1280,-40 C1320,40 1460,60 1500,150 Z", mix(GREEN, MIST, 0.4))
        + path("M1120,1200 V1010 a90,90 0 0 1 180,0 V1200 Z", SLATE)
        + stroke("M1120,1060 H1300 M1210,920 V1200", INK, 10)
    )
    ticks = "".join(
        f'<g transform="translate(1210 480) rotate({step * 30})">'
        + rect(-7, -196, 14, 44 if step % 3 == 0 else 26, INK)
        + "</g>"
        for step in range(12)
    )
    face = (
        disc(1210, 480, 244, BRONZE)
        + disc(1210, 480, 226, INK)
        + disc(1210, 480, 214, PAPER)
        + ticks
        + f'<g transform="translate(1210 480) rotate(-62)">{shape([(-12, 30), (12, 30), (5, -120), (-5, -120)], INK)}</g>'
        + f'<g transform="translate(1210 480) rotate(48)">{shape([(-9, 40), (9, 40), (3, -176), (-3, -176)], RED)}</g>'
        + disc(1210, 480, 17, INK)
    )

    def roof(x: float, y: float, w: float, h: float, colour: str, wall: str) -> str:
        tiles = "".join(
            stroke(f"M{x + 8},{yy:.0f} H{x + w - 8}", mix(colour, INK, 0.2), 4)
            for yy in range(int(y - h + 28), int(y), 28)
        )
        return (
            shape([(x, y), (x + w * 0.16, y - h), (x + w * 0.84, y - h), (x + w, y)], colour)
            + f'<clipPath id="r{x}"><polygon points="{x},{y} {x + w * 0.16},{y - h} {x + w * 0.84},{y - h} {x + w},{y}"/></clipPath><g clip-path="url(#r{x})">{tiles}</g>'
            + rect(x + 14, y, w - 28, 500, wall)
            + rect(x + w * 0.3, y - h - 56, 54, 96, mix(brick, INK, 0.3))
            + rect(x + w * 0.3 - 6, y - h - 66, 66, 16, RULE)
        )

    panes = "".join(
        rect(x, y, 58, 92, SLATE) + stroke(f"M{x + 29},{y} V{y + 92} M{x},{y + 46} H{x + 58}", PAPER, 6)
        for x, y in ((100, 960), (250, 960), (400, 960), (640, 1010), (780, 1010))
    )
    return svg(
        bands(shade(mix(MIST, PAPER, 0.1), mix(STRAW, PAPER, 0.6), 6), 0, 900),
        rect(0, 860, WIDTH, 340, mix(brick, MIST, 0.5)),
        cloud(300, 330, 140, PAPER),
        cloud(740, 200, 90, PAPER),
        bird(520, 460, 40, SLATE),
        bird(640, 420, 34, SLATE),
        bird(430, 400, 30, SLATE),
        bird(700, 520, 28, SLATE),
        roof(-60, 700, 380, 120, mix(brick, MIST, 0.35), mix(RULE, MIST, 0.3)),
        roof(420, 720, 440, 150, mix(brick, MIST, 0.25), mix(RULE, MIST, 0.3)),
        tower,
        face,
        roof(520, 960, 480, 190, brick, mix(STRAW, BLUSH, 0.4)),
        roof(20, 900, 540, 230, mix(brick, INK, 0.12), PAPER),
        panes,
        roof(1470, 940, 520, 240, mix(brick, INK, 0.2), mix(BLUSH, RULE, 0.4)),
        rect(1560, 1000, 58, 92, SLATE),
        rect(1700, 1000, 58, 92, SLATE),
    )
