"""Lakes: Naroch and those of Braslav."""

from __future__ import annotations

from sample_pictures.nature import birch, bird, cloud, forest, glints, reeds, shade
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
    mirrored,
    mix,
    moved,
    oval,
    path,
    rect,
    ridge,
    shape,
    stroke,
    svg,
)


def swan(white: str, dark: str) -> str:
    """A swan that swims to the right, its waterline at the origin."""
    body = "M-150,0 C-185,-40 -200,-78 -188,-92 C-150,-72 -120,-98 -60,-92 C-20,-88 40,-60 78,-62 C70,-20 40,0 0,0 Z"
    neck = "M62,-40 C120,-60 128,-120 100,-160 C78,-196 96,-236 132,-236"
    return (
        path(body, white)
        + stroke(neck, white, 30)
        + oval(134, -232, 30, 23, white)
        + shape([(156, -244), (200, -222), (158, -220)], RED)
        + shape([(146, -246), (164, -244), (160, -228)], dark)
        + path("M-120,-18 C-90,-60 -30,-74 40,-52 C10,-24 -50,-8 -120,-18 Z", mix(white, MIST, 0.28))
    )


def naroch() -> str:
    """Swans off a jetty under a low sky in November."""
    water = mix(SLATE, MIST, 0.3)
    sky = bands(shade(mix(MIST, SLATE, 0.25), mix(STRAW, PAPER, 0.5), 6), 0, 560)
    far = forest(3, 556, 60, 105, mix(SLATE, MIST, 0.42)) + forest(5, 562, 90, 150, mix(SLATE, MIST, 0.12), 1050)
    posts = "".join(
        rect(x, y, w, h, NIGHT)
        for x, y, w, h in (
            (150, 838, 34, 230),
            (430, 770, 26, 170),
            (640, 720, 20, 130),
            (800, 682, 15, 100),
            (920, 655, 12, 78),
            (50, 1000, 44, 210),
            (560, 850, 30, 170),
            (760, 770, 22, 120),
            (900, 714, 16, 90),
            (1000, 676, 12, 66),
        )
    )
    deck = shape([(-20, 900), (985, 628), (1035, 640), (520, 960), (-20, 1200)], mix(BRONZE, STONE, 0.45))
    planks = "".join(
        stroke(
            f"M{-20 + 1000 * t:.0f},{900 - 271 * t:.0f} L{-20 + 1050 * t:.0f},{1200 - 558 * t**0.86:.0f}",
            mix(BRONZE, INK, 0.4),
            7 - 5 * t,
        )
        for t in (0.08, 0.2, 0.31, 0.41, 0.5, 0.58, 0.65, 0.71, 0.77, 0.82, 0.86, 0.9, 0.94, 0.97)
    )
    edge = shape([(-20, 1200), (520, 960), (1035, 640), (1035, 654), (540, 990), (60, 1200)], mix(BRONZE, INK, 0.55))
    pair = moved(1270, 890, swan(PAPER, INK)) + moved(1640, 745, swan(PAPER, INK), scale=0.6)
    return svg(
        sky,
        disc(1180, 520, 78, mix(STRAW, PAPER, 0.2)),
        far,
        rect(0, 560, WIDTH, 640, water),
        rect(0, 560, WIDTH, 70, mix(water, PAPER, 0.25)),
        rect(0, 630, WIDTH, 130, mix(water, PAPER, 0.1)),
        glints(4, 580, 760, mix(STRAW, PAPER, 0.5), 34, 1000, 1360),
        glints(7, 640, 1180, mix(water, PAPER, 0.22), 60),
        glints(8, 640, 1180, mix(water, NIGHT, 0.22), 50),
        mirrored(890, 0.28, moved(1270, 890, swan(PAPER, INK))),
        mirrored(745, 0.25, moved(1640, 745, swan(PAPER, INK), scale=0.6)),
        pair,
        posts,
        deck,
        planks,
        edge,
        bird(420, 250, 44, SLATE),
        bird(520, 205, 36, SLATE),
        bird(610, 262, 34, SLATE),
        bird(350, 320, 30, SLATE),
    )


def braslav_hill() -> str:
    """Lakes and islands seen from a hill in May."""
    sky = bands(shade(mix(MIST, PAPER, 0.35), mix(STRAW, PAPER, 0.55), 5), 0, 460)
    water = mix(MIST, PAPER, 0.3)
    green = mix(GREEN, STRAW, 0.3)

    def island(x: float, y: float, across: float, seed: int, tall: float) -> str:
        wood = forest(
            seed, y, tall * 0.6, tall, mix(GREEN, MIST, 0.35 - tall / 700), x - across * 0.8, x + across * 0.8
        )
        return wood + oval(x, y + 4, across, across * 0.05 + 6, mix(GREEN, STRAW, 0.45)) + mirrored(y + 8, 0.2, wood)

    return svg(
        sky,
        disc(1340, 250, 90, mix(STRAW, PAPER, 0.1)),
        cloud(400, 210, 120, PAPER),
        cloud(1010, 150, 80, PAPER),
        cloud(1620, 330, 90, PAPER),
        ridge(2, 430, 40, mix(GREEN, MIST, 0.62)),
        ridge(9, 470, 46, mix(GREEN, MIST, 0.45)),
        rect(0, 510, WIDTH, 500, water),
        rect(0, 510, WIDTH, 34, mix(water, PAPER, 0.55)),
        glints(3, 540, 900, PAPER, 70),
        glints(5, 540, 900, mix(water, SLATE, 0.2), 40),
        island(330, 570, 210, 1, 60),
        island(1220, 560, 330, 2, 66),
        island(820, 660, 260, 3, 96),
        island(1560, 720, 230, 4, 120),
        path(
            "M0,760 C200,700 420,720 560,790 C760,890 980,900 1180,870 C1420,840 1640,900 1800,860 L1800,1200 L0,1200 Z",
            mix(green, STRAW, 0.35),
        ),
        path("M0,900 C260,820 520,900 800,980 C1100,1060 1480,960 1800,1010 L1800,1200 L0,1200 Z", green),
        stroke("M960,1200 C900,1110 1120,1070 1060,1000 C1010,950 900,960 880,930", mix(STRAW, PAPER, 0.5), 20),
        forest(12, 1010, 150, 260, mix(GREEN, INK, 0.25), -20, 330),
        forest(13, 1090, 200, 330, mix(GREEN, INK, 0.45), -60, 210),
        birch(1500, 34, PAPER, INK, 4, 240, 1130),
        birch(1590, 26, PAPER, INK, 6, 330, 1090),
        birch(1440, 20, mix(PAPER, MIST, 0.2), INK, 9, 420, 1080),
        *(
            oval(x, y, r, r * 0.5, mix(GREEN, STRAW, 0.42 + s))
            for x, y, r, s in (
                (1520, 280, 150, 0),
                (1640, 360, 130, 0.1),
                (1430, 400, 120, 0.05),
                (1560, 450, 140, 0.15),
                (1690, 500, 100, 0),
                (1400, 520, 90, 0.12),
                (1490, 190, 90, 0.1),
            )
        ),
    )


def braslav_kayak() -> str:
    """A kayak among reeds in the evening."""
    glow = mix(BLUSH, STRAW, 0.45)
    sky = bands(shade(mix(RED, SLATE, 0.55), glow, 6), 0, 520)
    water = mix(SLATE, RED, 0.25)
    hull = path("M-430,-6 C-330,40 330,40 440,-14 C330,-44 120,-40 40,-40 L-90,-40 C-200,-40 -330,-36 -430,-6 Z", RED)
    paddler = (
        path("M-70,-40 C-66,-120 -50,-190 -6,-196 C40,-196 62,-130 62,-40 Z", INK)
        + disc(0, -236, 40, INK)
        + stroke("M-30,-160 L-150,-110 M32,-160 L110,-180", INK, 30)
        + stroke("M-330,-20 L300,-260", INK, 13)
        + oval(0, 0, 0, 0, INK)
        + '<g transform="translate(-345 -14) rotate(-21)">'
        + oval(0, 0, 66, 22, INK)
        + "</g>"
        + '<g transform="translate(318 -267) rotate(-21)">'
        + oval(0, 0, 66, 22, INK)
        + "</g>"
    )
    boat = hull + stroke("M-420,-4 C-320,24 320,24 430,-12", PAPER, 6)
    return svg(
        sky,
        disc(1180, 440, 150, STRAW),
        forest(21, 524, 70, 140, mix(SLATE, RED, 0.3)),
        rect(0, 520, WIDTH, 680, water),
        mirrored(520, 0.5, disc(1180, 440, 150, STRAW)),
        rect(0, 520, WIDTH, 26, mix(water, glow, 0.5)),
        glints(2, 560, 1150, glow, 70, 900, 1460),
        glints(5, 560, 1180, mix(water, NIGHT, 0.4), 70),
        moved(820, 820, paddler),
        moved(820, 820, boat),
        mirrored(846, 0.35, moved(820, 820, paddler, boat)),
        reeds(3, -20, 420, 1210, 620, NIGHT, 46),
        reeds(4, 1350, 480, 1220, 520, NIGHT, 46),
        reeds(6, 300, 1100, 1230, 190, NIGHT, 34),
    )


def braslav_church() -> str:
    """A white church with two towers behind a lake at noon."""
    white, dim, roof = PAPER, mix(RULE, STONE, 0.15), mix(RED, STONE, 0.25)

    def tower(x: float) -> str:
        return (
            rect(x, 250, 120, 330, white)
            + rect(x + 78, 250, 42, 330, dim)
            + rect(x - 8, 244, 136, 14, dim)
            + rect(x - 8, 400, 136, 12, dim)
            + path(
                f"M{x},244 C{x + 6},200 {x + 44},196 {x + 50},150 L{x + 70},150 C{x + 76},196 {x + 114},200 {x + 120},244 Z",
                roof,
            )
            + rect(x + 57, 92, 6, 60, INK)
            + rect(x + 44, 108, 32, 6, INK)
            + "".join(path(f"M{x + 38},{y + 70} V{y + 20} a22,22 0 0 1 44,0 V{y + 70} Z", QUIET) for y in (280, 440))
        )

    church = (
        rect(780, 390, 300, 190, white)
        + shape([(770, 390), (930, 290), (1090, 390)], roof)
        + rect(1080, 420, 330, 160, dim)
        + shape([(1080, 420), (1130, 340), (1380, 340), (1420, 420)], roof)
        + tower(690)
        + tower(1050)
        + path("M900,580 V500 a30,30 0 0 1 60,0 V580 Z", INK)
        + disc(930, 430, 26, QUIET)
        + "".join(path(f"M{x},540 V476 a16,16 0 0 1 32,0 V540 Z", QUIET) for x in (1200, 1270, 1340))
    )
    wood = forest(31, 590, 120, 210, mix(GREEN, MIST, 0.25), -20, 700) + forest(
        32, 590, 110, 190, mix(GREEN, MIST, 0.2), 1390, 1830
    )
    water = mix(MIST, SLATE, 0.12)
    return svg(
        bands(shade(mix(MIST, PAPER, 0.25), mix(MIST, PAPER, 0.8), 5), 0, 590),
        cloud(320, 250, 110, PAPER),
        cloud(1560, 200, 130, PAPER),
        wood,
        church,
        path("M0,590 C400,560 1300,560 1800,592 L1800,680 L0,680 Z", mix(GREEN, STRAW, 0.38)),
        rect(0, 640, WIDTH, 560, water),
        mirrored(640, 0.4, wood, church),
        rect(0, 640, WIDTH, 14, mix(GREEN, INK, 0.3)),
        glints(3, 680, 1180, mix(water, PAPER, 0.4), 70),
        glints(9, 680, 1180, mix(water, SLATE, 0.35), 40),
        reeds(8, 1300, 520, 1215, 420, mix(GREEN, INK, 0.35), 44),
        reeds(9, -30, 340, 1215, 300, mix(GREEN, INK, 0.35), 30),
        *(
            oval(x, y, r, r * 0.26, mix(GREEN, STRAW, 0.3))
            for x, y, r in ((520, 1040, 80), (660, 1090, 100), (460, 1120, 90), (840, 1120, 70), (700, 1010, 50))
        ),
        *(disc(x, y, 16, PAPER) + disc(x, y - 4, 8, STRAW) for x, y in ((530, 1026), (676, 1074), (846, 1106))),
    )
