"""A lock on the Augustow Canal."""

from __future__ import annotations

from sample_pictures.nature import glints, shade
from sample_pictures.shapes import (
    BRONZE,
    GREEN,
    INK,
    MIST,
    PAPER,
    RED,
    RULE,
    SLATE,
    STONE,
    STRAW,
    bands,
    disc,
    mix,
    path,
    shape,
    stroke,
    svg,
)


def canal_lock() -> str:
    """The gates of a lock on a narrow canal in summer."""
    leaf, dark, water = mix(GREEN, STRAW, 0.3), mix(GREEN, INK, 0.3), mix(SLATE, GREEN, 0.25)
    brick, wood = mix(RED, STONE, 0.35), mix(BRONZE, STONE, 0.25)
    trees = "".join(
        disc(x, y, r, c)
        for x, y, r, c in (
            (100, 260, 260, dark),
            (420, 330, 190, mix(dark, leaf, 0.4)),
            (620, 400, 120, mix(leaf, MIST, 0.2)),
            (1700, 260, 280, dark),
            (1380, 330, 190, mix(dark, leaf, 0.4)),
            (1180, 400, 120, mix(leaf, MIST, 0.2)),
            (240, 180, 150, mix(dark, leaf, 0.25)),
            (1560, 170, 160, mix(dark, leaf, 0.25)),
        )
    )
    joints = "".join(
        stroke(
            f"M0,{y} H{560 - (y - 600) * 0.35:.0f} M1800,{y} H{1240 + (y - 600) * 0.35:.0f}", mix(brick, INK, 0.25), 4
        )
        for y in range(650, 1180, 56)
    )
    gate = (
        shape([(560, 610), (900, 660), (900, 1010), (500, 960)], wood)
        + shape([(1240, 610), (900, 660), (900, 1010), (1300, 960)], mix(wood, INK, 0.18))
        + "".join(
            stroke(
                f"M{560 - t * 60:.0f},{610 + t * 350:.0f} L900,{660 + t * 350:.0f} L{1240 + t * 60:.0f},{610 + t * 350:.0f}",
                mix(wood, INK, 0.5),
                12,
            )
            for t in (0.04, 0.34, 0.66, 0.96)
        )
        + stroke("M900,650 V1012", INK, 10)
    )
    beams = (
        shape([(120, 560), (900, 632), (900, 668), (120, 606)], PAPER)
        + shape([(1680, 560), (900, 632), (900, 668), (1680, 606)], mix(PAPER, STONE, 0.2))
        + shape([(120, 560), (260, 573), (260, 617), (120, 606)], RED)
        + shape([(1680, 560), (1540, 573), (1540, 617), (1680, 606)], RED)
    )
    return svg(
        bands(shade(mix(MIST, PAPER, 0.4), PAPER, 4), 0, 460),
        disc(900, 330, 70, STRAW),
        trees,
        path("M0,470 C300,440 700,500 830,520 L970,520 C1100,500 1500,440 1800,470 L1800,700 L0,700 Z", leaf),
        shape([(846, 470), (954, 470), (1250, 640), (550, 640)], mix(water, PAPER, 0.35)),
        glints(4, 500, 620, PAPER, 16, 800, 1000),
        shape([(0, 600), (560, 600), (400, 1200), (0, 1200)], brick),
        shape([(1800, 600), (1240, 600), (1400, 1200), (1800, 1200)], mix(brick, INK, 0.15)),
        joints,
        shape([(0, 580), (570, 590), (556, 626), (0, 626)], RULE),
        shape([(1800, 580), (1230, 590), (1244, 626), (1800, 626)], mix(RULE, STONE, 0.3)),
        shape([(560, 600), (1240, 600), (1400, 1200), (400, 1200)], mix(water, INK, 0.35)),
        shape([(500, 940), (1300, 940), (1400, 1200), (400, 1200)], water),
        gate,
        glints(6, 1020, 1190, mix(water, PAPER, 0.3), 24, 560, 1240),
        beams,
    )
