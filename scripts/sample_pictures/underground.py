"""Under the ground: the salt mine and the metro."""

from __future__ import annotations

from random import Random

from sample_pictures.shapes import (
    BLUSH,
    BRONZE,
    GREEN,
    HEIGHT,
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
    disc,
    mix,
    moved,
    oval,
    path,
    rect,
    shape,
    svg,
)


def salt_mine() -> str:
    """Beds in a gallery cut into banded rock salt."""
    chance, rows = Random(12), []
    tints = [
        mix(RED, STONE, 0.35),
        mix(BLUSH, PAPER, 0.35),
        mix(RULE, PAPER, 0.5),
        mix(RED, BLUSH, 0.45),
        PAPER,
        mix(STONE, BLUSH, 0.5),
        mix(RED, BRONZE, 0.4),
    ]
    for step in range(24):
        y = step * 50.0
        wave = [(x, y + 16 * chance.uniform(-1, 1)) for x in range(0, WIDTH + 1, 150)]
        rows.append(
            shape(
                [(0, y - 30), *wave, (WIDTH, y - 30), (WIDTH, HEIGHT), (0, HEIGHT)], tints[chance.randrange(len(tints))]
            )
        )
    left = "".join(rows)
    hall = shape([(560, 330), (900, 240), (1240, 330), (1240, 860), (560, 860)], mix(RED, NIGHT, 0.62))
    depth = (
        shape([(720, 420), (900, 370), (1080, 420), (1080, 760), (720, 760)], mix(RED, NIGHT, 0.45))
        + shape([(800, 480), (900, 450), (1000, 480), (1000, 700), (800, 700)], mix(BLUSH, BRONZE, 0.3))
        + shape([(850, 530), (900, 514), (950, 530), (950, 660), (850, 660)], STRAW)
    )
    sides = (
        '<g opacity="0.42">'
        + shape([(0, 0), (560, 330), (560, 860), (0, 1200)], NIGHT)
        + "</g>"
        + '<g opacity="0.55">'
        + shape([(1800, 0), (1240, 330), (1240, 860), (1800, 1200)], NIGHT)
        + "</g>"
        + '<g opacity="0.2">'
        + shape([(0, 0), (560, 330), (900, 240), (1240, 330), (1800, 0)], NIGHT)
        + "</g>"
    )
    floor = shape([(560, 860), (1240, 860), (1800, 1200), (0, 1200)], mix(RULE, STONE, 0.45)) + shape(
        [(800, 860), (1000, 860), (1180, 1200), (620, 1200)], mix(RULE, PAPER, 0.4)
    )
    lamps = "".join(
        disc(x, y, r * 2.4, mix(RED, STRAW, 0.5)) + disc(x, y, r, STRAW)
        for x, y, r in ((900, 130, 34), (900, 262, 20), (900, 352, 11))
    )

    def bed(x: float, y: float, s: float, flip: bool = False) -> str:
        return moved(
            x,
            y,
            rect(-220, -96, 18, 140, INK),
            rect(196, -40, 18, 84, INK),
            rect(-210, -40, 420, 34, mix(BRONZE, INK, 0.4)),
            path("M-202,-40 V-78 C-120,-96 80,-92 206,-66 V-40 Z", PAPER),
            path("M-80,-40 V-86 C20,-92 120,-84 208,-66 V-20 H-80 Z", RED),
            oval(-148, -84, 56, 24, RULE),
            *(rect(dx, -82, 10, 60, PAPER) for dx in (-30, 30, 90, 150)),
            scale=s,
            flip=flip,
        )

    return svg(
        left,
        hall,
        depth,
        sides,
        floor,
        lamps,
        bed(640, 900, 0.5),
        bed(1160, 900, 0.5, True),
        bed(470, 990, 0.85),
        bed(1330, 990, 0.85, True),
        bed(230, 1120, 1.25),
        bed(1570, 1120, 1.25, True),
    )


def metro() -> str:
    """A train comes in at a station of the metro."""
    wall, stone = mix(RULE, PAPER, 0.4), mix(STONE, RULE, 0.4)
    ceiling = shape([(0, 0), (1800, 0), (1060, 430), (740, 430)], mix(PAPER, RULE, 0.3)) + "".join(
        shape(
            [
                (300 + t * 440, t * 430),
                (1500 - t * 440, t * 430),
                (1500 - (t + w) * 440, (t + w) * 430),
                (300 + (t + w) * 440, (t + w) * 430),
            ],
            mix(STRAW, PAPER, 0.35),
        )
        for t, w in ((0.04, 0.13), (0.3, 0.1), (0.5, 0.075), (0.66, 0.055), (0.78, 0.04), (0.87, 0.03), (0.94, 0.022))
    )
    left_wall = shape([(0, 0), (740, 430), (740, 700), (0, 1030)], mix(RED, STONE, 0.25)) + "".join(
        shape(
            [
                (740 * t, 430 * t),
                (740 * (t + w), 430 * (t + w)),
                (740 * (t + w), 1030 - 330 * (t + w)),
                (740 * t, 1030 - 330 * t),
            ],
            mix(RED, INK, 0.25),
        )
        for t, w in ((0.1, 0.05), (0.36, 0.04), (0.57, 0.03), (0.73, 0.022), (0.85, 0.016), (0.94, 0.01))
    )
    platform = (
        shape([(740, 700), (930, 700), (760, 1200), (0, 1200), (0, 1030)], stone)
        + shape([(920, 700), (934, 700), (800, 1200), (716, 1200)], STRAW)
        + shape([(800, 700), (860, 700), (470, 1200), (290, 1200)], mix(stone, PAPER, 0.4))
    )
    track = (
        shape([(934, 700), (1060, 700), (1800, 1030), (1800, 1200), (800, 1200)], NIGHT)
        + shape([(1060, 430), (1800, 0), (1800, 1030), (1060, 700)], wall)
        + "".join(
            shape(
                [
                    (1060 + 740 * t, 430 - 430 * t),
                    (1060 + 740 * (t + w), 430 - 430 * (t + w)),
                    (1060 + 740 * (t + w), 700 + 330 * (t + w)),
                    (1060 + 740 * t, 700 + 330 * t),
                ],
                mix(wall, STONE, 0.3),
            )
            for t, w in ((0.05, 0.008), (0.13, 0.012), (0.25, 0.016), (0.41, 0.024), (0.62, 0.03), (0.87, 0.035))
        )
        + shape([(1060, 520), (1800, 250), (1800, 330), (1060, 548)], RED)
    )
    tunnel = rect(740, 430, 320, 270, mix(SLATE, NIGHT, 0.3)) + path("M930,700 V560 a62,62 0 0 1 124,0 V700 Z", INK)
    train = (
        path(
            "M1010,470 C1010,400 1040,380 1100,380 L1370,380 C1430,380 1460,400 1460,470 L1470,880 L1010,880 Z",
            mix(SLATE, MIST, 0.3),
        )
        + path(
            "M1030,470 C1032,430 1050,416 1100,416 L1370,416 C1420,416 1438,430 1440,470 L1444,610 L1028,610 Z", NIGHT
        )
        + path("M1056,490 L1150,430 L1230,430 L1090,600 L1056,600 Z", mix(NIGHT, MIST, 0.25))
        + rect(1010, 650, 458, 44, RED)
        + rect(1010, 702, 458, 12, STRAW)
        + disc(1080, 780, 34, STRAW)
        + disc(1400, 780, 34, STRAW)
        + disc(1080, 780, 20, PAPER)
        + disc(1400, 780, 20, PAPER)
        + rect(1150, 396, 180, 16, STRAW)
        + rect(1020, 870, 440, 70, INK)
        + rect(1180, 840, 120, 60, INK)
        + shape([(1010, 470), (1010, 900), (960, 740), (960, 520)], mix(SLATE, MIST, 0.1))
        + "".join(
            shape([(x, 540 - (x - 966) * 0.9), (x + 16, 532 - (x - 966) * 0.9), (x + 16, 630), (x, 628)], STRAW)
            for x in (970, 990)
        )
    )
    folk = "".join(
        moved(
            x,
            y,
            path("M-40,0 L-46,-150 C-44,-196 44,-196 46,-150 L40,0 Z", c),
            disc(0, -218, 32, INK),
            rect(-34, -10, 26, 60, INK),
            rect(8, -10, 26, 60, INK),
            bag,
            scale=s,
        )
        for x, y, s, c, bag in (
            (250, 1030, 1.35, INK, rect(46, -80, 60, 70, RED)),
            (430, 960, 1.0, mix(GREEN, INK, 0.4), ""),
            (610, 880, 0.7, mix(RED, INK, 0.4), ""),
            (700, 820, 0.5, INK, ""),
            (760, 775, 0.34, SLATE, ""),
        )
    )
    clock = (
        rect(548, 60, 10, 210, INK)
        + rect(662, 60, 10, 210, INK)
        + rect(500, 262, 220, 92, INK)
        + f'<text x="610" y="328" font-family="DejaVu Sans" font-weight="bold" font-size="58" text-anchor="middle" fill="{STRAW}">09:24</text>'
    )
    return svg(rect(0, 0, WIDTH, HEIGHT, wall), ceiling, tunnel, left_wall, track, platform, train, folk, clock)
