"""Forest, field and village: bison, the last sheaf, midsummer fire, the tsars of Semezhevo."""

from __future__ import annotations

import math
from random import Random

from sample_pictures.nature import cloud, forest, glints, pine_trunk, reeds, shade, snow
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


def bison_bull(coat: str, mane: str, horn: str) -> str:
    """A bison that looks to the left, its hooves at the origin's height."""
    body = (
        "M-300,-150 C-330,-190 -330,-260 -290,-300 C-270,-350 -210,-380 -170,-420 C-130,-466 -40,-470 10,-420 "
        "C60,-376 150,-352 230,-350 C300,-346 330,-300 330,-230 C332,-190 316,-150 306,-130 L290,0 L240,0 L236,-120 "
        "C200,-160 120,-150 60,-140 L20,-130 L-40,0 L-92,0 L-96,-120 C-120,-140 -160,-130 -190,-130 Z"
    )
    front = "M-70,-130 L-150,0 L-200,0 L-176,-150 Z M250,-150 L212,0 L166,0 L196,-150 Z"
    ruff = "M-330,-170 C-360,-230 -330,-300 -280,-320 C-250,-390 -130,-440 -60,-400 C0,-340 -20,-220 -70,-150 C-100,-110 -150,-96 -180,-110 C-210,-60 -250,-40 -262,-60 C-290,-70 -330,-110 -330,-170 Z"
    return (
        path(front, mix(coat, INK, 0.45))
        + path(body, coat)
        + path(ruff, mane)
        + stroke("M322,-270 C356,-230 350,-170 340,-130", mane, 16)
        + path("M326,-150 l34,0 l-10,50 l-20,0 Z", mane)
        + stroke("M-270,-296 C-310,-300 -326,-340 -306,-370", horn, 18)
        + stroke("M-214,-310 C-190,-320 -180,-350 -192,-378", horn, 18)
        + disc(-284, -222, 8, PAPER)
        + disc(-286, -222, 5, INK)
        + oval(-322, -140, 14, 10, INK)
        + stroke("M-200,-130 C-196,-90 -210,-70 -216,-50 M-170,-120 C-168,-90 -176,-70 -182,-56", mane, 14)
    )


def bison() -> str:
    """Bison between old trunks in the first snow."""
    fog = mix(MIST, PAPER, 0.62)
    bull = bison_bull(mix(BRONZE, INK, 0.35), mix(BRONZE, INK, 0.68), RULE)
    calf = bison_bull(mix(BRONZE, STONE, 0.35), mix(BRONZE, INK, 0.35), RULE)
    distant = bison_bull(mix(STONE, fog, 0.35), mix(STONE, fog, 0.2), fog)
    trunks = lambda colour, places, foot: "".join(pine_trunk(x, w, colour, foot) for x, w in places)
    return svg(
        bands(shade(mix(MIST, PAPER, 0.3), mix(STRAW, PAPER, 0.7), 5), 0, 700),
        forest(5, 720, 260, 430, mix(fog, MIST, 0.35)),
        trunks(
            mix(fog, SLATE, 0.22),
            ((90, 22), (260, 30), (480, 24), (700, 28), (1010, 22), (1250, 26), (1480, 30), (1690, 22)),
            760,
        ),
        ridge(6, 740, 18, mix(PAPER, MIST, 0.3)),
        moved(250, 800, distant, scale=0.42, flip=True),
        moved(1060, 790, distant, scale=0.34, flip=True),
        trunks(mix(SLATE, MIST, 0.35), ((330, 54), (940, 48), (1600, 56)), 850),
        ridge(8, 830, 22, mix(PAPER, MIST, 0.16)),
        moved(1290, 960, calf, scale=0.58),
        moved(660, 1060, bull, scale=1.12),
        ridge(14, 1058, 16, PAPER),
        oval(660, 1072, 400, 16, mix(PAPER, MIST, 0.4)),
        oval(1290, 1046, 200, 6, mix(PAPER, MIST, 0.4)),
        trunks(mix(SLATE, INK, 0.6), ((70, 120), (1500, 100)), 1130),
        ridge(17, 1130, 14, PAPER),
        *(
            oval(x, 1150 + d, 18, 7, mix(PAPER, MIST, 0.55))
            for x, d in ((420, -20), (520, 4), (620, -18), (730, 6), (840, -14), (950, 8), (1060, -10), (1180, 10))
        ),
        snow(3, 70, PAPER, 1000),
    )


def sheaf() -> str:
    """The last sheaf on a field of stubble, with its red ribbon."""
    gold, deep = mix(STRAW, BRONZE, 0.28), mix(STRAW, BRONZE, 0.62)
    chance, stalks = Random(7), []
    for step in range(70):
        lean = (step - 35) / 35
        foot, top = 900 + lean * 190 + chance.uniform(-14, 14), 900 + lean * 300 + chance.uniform(-22, 22)
        tall = 330 - 90 * abs(lean) + chance.uniform(-30, 30)
        colour = mix(gold, deep, chance.uniform(0, 0.8))
        stalks.append(stroke(f"M{foot:.0f},1040 Q{900 + lean * 62:.0f},780 {top:.0f},{tall + 170:.0f}", colour, 11))
        tilt = math.degrees(lean * 0.62)
        stalks.append(
            f'<g transform="translate({top:.0f} {tall + 150:.0f}) rotate({tilt:.0f})">'
            + oval(0, 0, 15, 50, mix(gold, deep, chance.uniform(0.2, 0.9)))
            + stroke("M0,-40 L-10,-88 M0,-40 L10,-90 M0,-44 L0,-98", gold, 4)
            + "</g>"
        )
    ribbon = path("M806,726 C860,752 940,752 994,726 L1000,782 C940,806 860,806 800,782 Z", RED)
    tails = path("M890,776 L848,960 L884,936 L912,966 L922,776 Z", mix(RED, INK, 0.18)) + path(
        "M880,776 L936,930 L956,896 L990,910 L930,776 Z", RED
    )
    band = "".join(shape([(x, 752), (x + 16, 738), (x + 32, 752), (x + 16, 768)], PAPER) for x in range(826, 970, 38))
    rows = "".join(
        stroke(f"M{900 + (x - 900) * 0.16:.0f},700 L{x},1200", mix(deep, BRONZE, 0.3), 5)
        for x in range(-2800, 4600, 210)
    )
    return svg(
        bands(shade(mix(MIST, PAPER, 0.2), STRAW, 6), 0, 640),
        disc(1330, 420, 120, mix(BLUSH, STRAW, 0.5)),
        cloud(330, 260, 120, PAPER),
        cloud(1560, 230, 80, PAPER),
        cloud(700, 150, 70, PAPER),
        ridge(3, 610, 22, mix(GREEN, MIST, 0.45)),
        forest(2, 640, 40, 80, mix(GREEN, MIST, 0.25), 0, 620),
        ridge(4, 650, 20, mix(GREEN, STRAW, 0.5)),
        ridge(6, 700, 12, mix(STRAW, BRONZE, 0.2)),
        rows,
        *(
            moved(
                x,
                y,
                path("M-60,0 C-40,-40 -34,-70 -60,-110 C-20,-96 20,-96 60,-110 C34,-70 40,-40 60,0 Z", deep),
                scale=s,
            )
            for x, y, s in (
                (300, 790, 0.9),
                (470, 750, 0.6),
                (1480, 800, 1.0),
                (1330, 752, 0.6),
                (180, 740, 0.5),
                (1650, 750, 0.55),
            )
        ),
        oval(900, 1044, 330, 34, mix(deep, BRONZE, 0.55)),
        *stalks,
        tails,
        ribbon,
        band,
    )


def midsummer() -> str:
    """A wreath with a candle on the water, and the fire on the other shore."""
    deep = mix(NIGHT, GREEN, 0.25)
    water, glow = mix(NIGHT, SLATE, 0.5), mix(STRAW, BLUSH, 0.35)
    fire = path(
        "M0,0 C-90,-30 -90,-130 -40,-190 C-44,-140 -20,-130 -10,-150 C-20,-220 20,-280 50,-320 C44,-250 110,-200 100,-110 C98,-50 60,-10 0,0 Z",
        BLUSH,
    ) + path("M10,0 C-40,-20 -36,-90 -8,-120 C0,-90 20,-110 24,-170 C60,-120 70,-40 10,0 Z", STRAW)
    wreath, chance = [oval(0, 0, 330, 100, mix(GREEN, INK, 0.3)), oval(0, -6, 236, 56, water)], Random(5)
    for step in range(72):
        turn = step / 72 * 2 * math.pi
        x, y = 285 * math.cos(turn), 82 * math.sin(turn)
        wreath.append(
            oval(
                x + chance.uniform(-20, 20),
                y + chance.uniform(-14, 10) - 8,
                40,
                15,
                mix(GREEN, STRAW, chance.uniform(0.05, 0.4)),
            )
        )
    for step in range(17):
        turn = step / 17 * 2 * math.pi
        x, y, colour = 285 * math.cos(turn), 82 * math.sin(turn) - 20, (PAPER, RED, STRAW)[step % 3]
        wreath += [oval(x + dx, y + dy, 17, 12, colour) for dx, dy in ((-16, 0), (16, 0), (0, -12), (0, 11))] + [
            disc(x, y, 9, BRONZE if colour != STRAW else RED)
        ]
    candle = (
        rect(-20, -190, 40, 190, PAPER)
        + rect(6, -190, 14, 190, RULE)
        + path("M0,-290 C34,-250 30,-212 0,-200 C-30,-212 -34,-250 0,-290 Z", STRAW)
        + stroke("M0,-204 V-188", INK, 5)
    )
    folk = "".join(
        moved(
            x,
            560,
            path("M-18,0 L-24,-70 C-20,-92 20,-92 24,-70 L18,0 Z", NIGHT)
            + disc(0, -110, 16, NIGHT)
            + (stroke("M20,-74 L58,-64", NIGHT, 10)),
        )
        for x in (560, 618, 676, 900, 958, 1016)
    )
    stars = "".join(
        disc(chance.uniform(0, WIDTH), chance.uniform(0, 330), chance.uniform(1.6, 4), PAPER) for _ in range(60)
    )
    return svg(
        bands(shade(NIGHT, mix(SLATE, BLUSH, 0.28), 6), 0, 560),
        stars,
        disc(1420, 200, 76, mix(STRAW, PAPER, 0.5)),
        forest(4, 556, 110, 210, deep),
        disc(790, 440, 190, mix(deep, BLUSH, 0.2)),
        disc(790, 460, 130, mix(deep, BLUSH, 0.4)),
        moved(790, 556, fire, scale=0.85),
        folk,
        rect(0, 552, WIDTH, 30, NIGHT),
        rect(0, 580, WIDTH, 620, water),
        glints(3, 600, 900, glow, 44, 640, 950),
        glints(6, 600, 1190, mix(water, MIST, 0.25), 60),
        glints(8, 600, 1000, mix(STRAW, PAPER, 0.3), 22, 1340, 1500),
        moved(980, 950, *wreath, scale=1.15),
        mirrored(940, 0.0, ""),
        moved(980, 960, candle, scale=1.15),
        reeds(2, -20, 330, 1215, 430, NIGHT, 34),
        reeds(3, 1540, 300, 1215, 360, NIGHT, 28),
    )


def _tsar(hat: str, sash: str) -> str:
    ribbons = "".join(rect(-52 + step * 22, -560, 14, 170, (RED, STRAW, GREEN, RED, STRAW)[step]) for step in range(5))
    crown = (
        path("M-60,-390 L-72,-590 L72,-590 L60,-390 Z", hat)
        + ribbons
        + "".join(disc(-60 + step * 30, -600, 17, (RED, STRAW, PAPER, STRAW, RED)[step]) for step in range(5))
    )
    coat = path(
        "M-84,-300 C-60,-330 60,-330 84,-300 L112,-80 L96,0 L20,0 L6,-90 L-6,-90 L-20,0 L-96,0 L-112,-80 Z", PAPER
    )
    cross = shape([(-70, -306), (-36, -318), (92, -120), (80, -90)], sash) + shape(
        [(70, -306), (36, -318), (-92, -120), (-80, -90)], sash
    )
    skirt = "".join(shape([(x, -110), (x + 15, -126), (x + 30, -110), (x + 15, -94)], sash) for x in range(-98, 80, 36))
    boots = rect(-96, -50, 78, 56, INK) + rect(18, -50, 78, 56, INK)
    face = path("M-48,-396 H48 V-350 C48,-310 -48,-310 -48,-350 Z", mix(BLUSH, BRONZE, 0.35))
    return coat + face + crown + cross + skirt + boots


def tsars() -> str:
    """Seven tsars in tall hats, with torches, on a village street at night."""
    huts = "".join(
        moved(
            x,
            700,
            rect(-160, -150, 320, 160, mix(BRONZE, NIGHT, 0.5)),
            "".join(stroke(f"M-160,{y} H160", mix(BRONZE, NIGHT, 0.72), 5) for y in (-120, -88, -56, -24)),
            shape([(-210, -140), (0, -320), (210, -140)], mix(MIST, PAPER, 0.5)),
            rect(-90, -110, 62, 66, STRAW),
            rect(28, -110, 62, 66, STRAW),
            stroke("M-59,-110 V-44 M-90,-77 H-28 M59,-110 V-44 M28,-77 H90", NIGHT, 6),
            scale=s,
        )
        for x, s in ((240, 1.15), (760, 0.9), (1160, 0.85), (1640, 1.2))
    )
    torch = (
        stroke("M0,0 L0,-250", BRONZE, 14)
        + path("M0,-250 C-44,-270 -30,-330 4,-380 C8,-340 46,-310 32,-268 C26,-252 10,-246 0,-250 Z", BLUSH)
        + path("M2,-254 C-18,-270 -8,-300 6,-326 C12,-300 24,-284 14,-262 Z", STRAW)
    )
    file = "".join(
        moved(x, y, _tsar(mix(PAPER, RULE, 0.5), RED), scale=s)
        for x, y, s in (
            (200, 1080, 0.8),
            (440, 1100, 0.85),
            (680, 1120, 0.9),
            (930, 1130, 0.95),
            (1180, 1120, 0.9),
            (1420, 1100, 0.85),
            (1640, 1080, 0.8),
        )
    )
    lights = "".join(
        disc(x, 560, 150, mix(SLATE, BLUSH, 0.2)) + disc(x, 560, 90, mix(SLATE, BLUSH, 0.4)) for x in (320, 1060, 1530)
    )
    return svg(
        bands(shade(NIGHT, SLATE, 5), 0, 640),
        disc(1330, 170, 70, mix(STRAW, PAPER, 0.5)),
        forest(9, 640, 130, 220, mix(NIGHT, SLATE, 0.3)),
        huts,
        ridge(5, 700, 12, mix(MIST, PAPER, 0.45)),
        lights,
        ridge(6, 860, 14, mix(MIST, PAPER, 0.7)),
        *(moved(x, 900, torch) for x in (320, 1060, 1530)),
        file,
        ridge(8, 1120, 8, PAPER),
        snow(4, 80, PAPER),
    )
