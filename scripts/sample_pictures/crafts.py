"""Things made by hand: woven linen, straw, cut paper."""

from __future__ import annotations

import math

from sample_pictures.shapes import (
    BRONZE,
    HEIGHT,
    INK,
    NIGHT,
    PAPER,
    RED,
    RULE,
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
    stroke,
    svg,
)

CELL = 20
STAR = (
    "....#...#....",
    "...##...##...",
    "..###...###..",
    ".####.#.####.",
    "#####.#.#####",
    "...##.#.##...",
    ".....###.....",
    "..####.####..",
    ".....###.....",
    "...##.#.##...",
    "#####.#.#####",
    ".####.#.####.",
    "..###...###..",
    "...##...##...",
    "....#...#....",
)
BIRD = (
    "..........#..",
    ".........###.",
    "#.......##.#.",
    "##.....###...",
    "###...####...",
    ".##########..",
    "..########...",
    "...######....",
    "....####.....",
    ".....##......",
    "....#.#......",
    "....#.#......",
)
EDGE = ("#...#...", ".#.#.#.#", "..#...#.")


def stitched(rows: tuple[str, ...], x: float, y: float, colour: str, cell: float = CELL, flip: bool = False) -> str:
    """A pattern of woven squares, one line of text a row."""
    parts = []
    for down, row in enumerate(rows):
        for across, mark in enumerate(reversed(row) if flip else row):
            if mark == "#":
                parts.append(f"M{x + across * cell:.0f},{y + down * cell:.0f}h{cell:.0f}v{cell:.0f}h-{cell:.0f}z")
    return path("".join(parts), colour)


def linen() -> str:
    """A towel of linen with its woven red border."""
    cloth = mix(PAPER, RULE, 0.35)
    threads = "".join(rect(0, y, WIDTH, 3, mix(cloth, STONE, 0.06)) for y in range(0, HEIGHT, 40))
    parts = [
        rect(0, 60, WIDTH, 16, RED),
        rect(0, 88, WIDTH, 6, RED),
        rect(0, 566, WIDTH, 6, RED),
        rect(0, 584, WIDTH, 16, RED),
        rect(0, 1000, WIDTH, 16, RED),
        rect(0, 1028, WIDTH, 6, RED),
    ]
    parts += [stitched(EDGE, x, 116, RED) for x in range(-20, WIDTH, 160)] + [
        stitched(EDGE[::-1], x, 486, RED) for x in range(-20, WIDTH, 160)
    ]
    parts += [stitched(STAR, x, 186, RED) for x in range(-140, WIDTH, 400)]
    for x in range(60, WIDTH, 400):
        parts += [
            path(f"M{x + 130},{206} l60,60 l-60,60 l-60,-60 Z M{x + 130},{326} l60,60 l-60,60 l-60,-60 Z", INK),
            path(f"M{x + 130},{236} l30,30 l-30,30 l-30,-30 Z M{x + 130},{356} l30,30 l-30,30 l-30,-30 Z", cloth),
        ]
    for number, x in enumerate(range(20, WIDTH, 300)):
        parts.append(stitched(BIRD, x, 660, RED if number % 2 else INK, flip=bool(number % 2)))
    parts += [stitched(EDGE, x, 930, RED) for x in range(-20, WIDTH, 160)]
    fringe = "".join(
        stroke(f"M{x},1060 q{6 if x % 80 else -8},70 {0 if x % 120 else 8},140", cloth, 13)
        + oval(x, 1084, 12, 9, mix(cloth, STONE, 0.25))
        for x in range(14, WIDTH, 40)
    )
    return svg(
        rect(0, 0, WIDTH, HEIGHT, cloth),
        threads,
        *parts,
        rect(0, 1052, WIDTH, 148, mix(BRONZE, INK, 0.35)),
        rect(0, 1050, WIDTH, 10, mix(cloth, STONE, 0.4)),
        fringe,
    )


def straw() -> str:
    """A spider of straw under a ceiling beam: many eight-sided cells on threads."""
    gold, light = mix(STRAW, BRONZE, 0.3), mix(STRAW, BRONZE, 0.12)

    def cell(x: float, y: float, size: float, sides: bool = True) -> str:
        top, bottom, left, right, front, back = (
            (x, y - size),
            (x, y + size),
            (x - size * 0.72, y),
            (x + size * 0.72, y),
            (x + size * 0.16, y + size * 0.2),
            (x - size * 0.16, y - size * 0.2),
        )
        line = lambda one, two, colour, width: stroke(
            f"M{one[0]:.0f},{one[1]:.0f} L{two[0]:.0f},{two[1]:.0f}", colour, width
        )
        width = max(5, size * 0.07)
        far = "".join(line(one, back, mix(gold, BRONZE, 0.5), width * 0.8) for one in (top, bottom, left, right))
        near = "".join(
            line(one, two, gold, width) for one, two in ((top, left), (top, right), (bottom, left), (bottom, right))
        )
        return (
            far
            + near
            + "".join(line(one, front, light, width) for one in (top, bottom, left, right))
            + (disc(x, y + size + 14, 9, RED) if sides else "")
        )

    thread = lambda x, a, b: stroke(f"M{x},{a} V{b}", mix(RED, BRONZE, 0.4), 3)
    parts = [
        thread(900, 130, 200),
        cell(900, 480, 270),
        thread(706, 480, 560),
        thread(1094, 480, 560),
        thread(900, 750, 790),
    ]
    parts += [
        cell(706, 690, 120),
        cell(1094, 690, 120),
        cell(900, 920, 130),
        thread(620, 690, 760),
        thread(1180, 690, 760),
        cell(620, 830, 62),
        cell(1180, 830, 62),
    ]
    parts += [
        thread(706, 810, 860),
        cell(706, 920, 56),
        thread(1094, 810, 860),
        cell(1094, 920, 56),
        thread(900, 1050, 1080),
        cell(900, 1130, 44),
    ]
    parts += [
        stroke("M300,130 V330 M1500,130 V330", mix(RED, BRONZE, 0.4), 3),
        cell(300, 430, 100),
        cell(1500, 430, 100),
        thread(228, 430, 500),
        thread(372, 430, 500),
        cell(228, 550, 46),
        cell(372, 550, 46),
        thread(1428, 430, 500),
        thread(1572, 430, 500),
        cell(1428, 550, 46),
        cell(1572, 550, 46),
        thread(300, 530, 580),
        cell(300, 640, 54),
        thread(1500, 530, 580),
        cell(1500, 640, 54),
    ]
    wall = mix(RED, NIGHT, 0.55)
    return svg(
        rect(0, 0, WIDTH, HEIGHT, wall),
        disc(900, 560, 520, mix(wall, RED, 0.25)),
        rect(0, 0, WIDTH, 104, mix(BRONZE, INK, 0.3)),
        rect(0, 104, WIDTH, 22, mix(BRONZE, INK, 0.6)),
        stroke("M0,36 C500,28 900,46 1800,34 M0,70 C600,78 1200,60 1800,72", mix(BRONZE, INK, 0.55), 4),
        *parts,
    )


def cut_paper() -> str:
    """A vytsinanka: a tree of life with two birds, cut from folded red paper."""
    half: list[str] = []
    half.append(path("M-16,420 C-10,200 -20,-100 -4,-420 L4,-420 L4,420 Z", RED))
    for y, reach, lift in ((240, 430, 120), (60, 520, 150), (-140, 420, 150), (-300, 250, 110)):
        half.append(
            stroke(
                f"M-4,{y} C{-reach * 0.4:.0f},{y + 20} {-reach * 0.8:.0f},{y - lift * 0.3:.0f} {-reach},{y - lift}",
                RED,
                22,
            )
        )
        for step in range(1, 6):
            x, yy = -reach * step / 6, y + 16 - lift * (step / 6) ** 2 * 1.1
            for side in (-1, 1):
                tilt = 34 * side + step * 6
                half.append(
                    f'<g transform="translate({x:.0f} {yy:.0f}) rotate({tilt:.0f})">'
                    + path(
                        f"M0,0 C26,{24 * side} 22,{64 * side} 0,{86 * side} C-22,{64 * side} -26,{24 * side} 0,0 Z", RED
                    )
                    + stroke(f"M0,{20 * side} V{62 * side}", PAPER, 5)
                    + "</g>"
                )
        half.append(
            disc(-reach, y - lift, 46, RED)
            + "".join(
                oval(-reach + 60 * math.cos(t), y - lift + 60 * math.sin(t), 24, 24, RED)
                for t in [k * math.pi / 4 for k in range(8)]
            )
            + disc(-reach, y - lift, 20, PAPER)
            + disc(-reach, y - lift, 9, RED)
        )
    half.append(
        moved(
            -330,
            420,
            path(
                "M-150,20 C-190,-40 -160,-120 -90,-130 C-90,-180 -40,-210 0,-190 L36,-176 L4,-160 C40,-110 30,0 -50,30 C-90,44 -130,40 -150,20 Z",
                RED,
            ),
            path("M-150,20 C-220,0 -260,-70 -250,-130 C-220,-100 -190,-110 -150,-70 Z", RED),
            disc(-30, -164, 9, PAPER),
            path("M-110,-80 C-70,-100 -30,-80 -30,-40 C-60,0 -110,-10 -110,-80 Z", PAPER),
            path("M-94,-70 C-70,-82 -48,-68 -48,-44 C-66,-22 -94,-30 -94,-70 Z", RED),
            stroke("M-60,30 V74 M-30,24 V74", RED, 12),
        )
    )
    ground = rect(-700, 486, 704, 26, RED) + "".join(
        shape([(x, 486), (x + 25, 440), (x + 50, 486)], RED) + disc(x + 25, 474, 6, PAPER) for x in range(-700, -10, 50)
    )
    frame = "".join(
        shape([(x, 40), (x + 30, 90), (x + 60, 40)], RED)
        + shape([(x, 1160), (x + 30, 1110), (x + 60, 1160)], RED)
        + disc(x + 30, 58, 8, PAPER)
        + disc(x + 30, 1142, 8, PAPER)
        for x in range(60, 1740, 60)
    )
    sides = "".join(
        shape([(60, y), (110, y + 30), (60, y + 60)], RED)
        + shape([(1740, y), (1690, y + 30), (1740, y + 60)], RED)
        + disc(78, y + 30, 8, PAPER)
        + disc(1722, y + 30, 8, PAPER)
        for y in range(60, 1110, 60)
    )
    return svg(
        rect(0, 0, WIDTH, HEIGHT, PAPER),
        rect(40, 24, 1720, 1152, RED),
        rect(60, 40, 1680, 1120, PAPER),
        frame,
        sides,
        moved(900, 590, *half, ground, scale=0.94),
        moved(900, 590, *half, ground, scale=0.94, flip=True),
        moved(
            900,
            170,
            disc(0, 0, 54, RED),
            *(disc(72 * math.cos(t), 72 * math.sin(t), 26, RED) for t in [k * math.pi / 4 for k in range(8)]),
            disc(0, 0, 24, PAPER),
            disc(0, 0, 10, RED),
        ),
    )
