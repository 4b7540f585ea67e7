"""Cut glass, cornflowers and a jug on a window sill."""

from __future__ import annotations

from sample_pictures.shapes import (
    BLUSH,
    GREEN,
    INK,
    MIST,
    NIGHT,
    PAPER,
    RED,
    RULE,
    SLATE,
    STONE,
    WIDTH,
    bands,
    disc,
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


def glass() -> str:
    """Cut glass and a smoke-fired jug on a window sill."""
    sky = bands([mix(MIST, PAPER, t) for t in (0.35, 0.5, 0.65, 0.8)], 0, 820)
    sash = (
        rect(0, 0, 90, 840, PAPER)
        + rect(1710, 0, 90, 840, PAPER)
        + rect(860, 0, 60, 840, PAPER)
        + rect(0, 300, WIDTH, 40, PAPER)
        + rect(90, 0, 12, 820, RULE)
        + rect(920, 0, 12, 820, RULE)
        + rect(90, 340, 770, 10, RULE)
        + rect(920, 340, 790, 10, RULE)
    )
    sill = (
        rect(0, 820, WIDTH, 380, mix(RULE, PAPER, 0.4))
        + rect(0, 820, WIDTH, 16, PAPER)
        + rect(0, 1090, WIDTH, 110, mix(RULE, STONE, 0.35))
    )

    def tumbler(x: float, w: float, h: float, tint: str, foot: float = 0) -> str:
        pale = mix(tint, PAPER, 0.5)
        cuts = "".join(
            shape(
                [(dx, -h * 0.42), (dx + w * 0.11, -h * 0.6), (dx + w * 0.22, -h * 0.42), (dx + w * 0.11, -h * 0.24)],
                mix(tint, PAPER, 0.72),
            )
            + shape(
                [(dx + w * 0.11, -h * 0.6), (dx + w * 0.22, -h * 0.42), (dx + w * 0.11, -h * 0.42)], mix(tint, INK, 0.2)
            )
            for dx in [-w * 0.44 + step * w * 0.222 for step in range(4)]
        )
        rays = "".join(
            shape([(dx, -8), (dx + w * 0.05, -h * 0.2), (dx + w * 0.1, -8)], pale)
            for dx in [-w * 0.4 + step * w * 0.12 for step in range(7)]
        )
        return moved(
            x,
            980,
            shape([(-w / 2, -h), (w / 2, -h), (w * 0.44, 0), (-w * 0.44, 0)], tint),
            cuts,
            rays,
            oval(0, -h, w / 2, w * 0.07, pale),
            oval(0, -h, w * 0.44, w * 0.05, mix(tint, INK, 0.15)),
            shape([(w * 0.3, -h * 0.94), (w * 0.4, -h * 0.94), (w * 0.36, -h * 0.68), (w * 0.28, -h * 0.68)], PAPER),
        )

    bowl_tint = mix(RED, BLUSH, 0.25)
    vase = moved(
        1010,
        1000,
        path(
            "M-70,0 C-150,-90 -140,-260 -64,-360 C-34,-410 -50,-470 -74,-520 L74,-520 C50,-470 34,-410 64,-360 C140,-260 150,-90 70,0 Z",
            mix(GREEN, MIST, 0.35),
        ),
        *(
            path(
                f"M0,{-30 - s * 60} C{-100},{-60 - s * 60} {-100},{-110 - s * 60} 0,{-80 - s * 60} C100,{-110 - s * 60} 100,{-60 - s * 60} 0,{-30 - s * 60} Z",
                mix(GREEN, PAPER, 0.35 + s * 0.06),
            )
            for s in range(4)
        ),
        oval(0, -520, 74, 12, mix(GREEN, PAPER, 0.5)),
        path("M-96,-120 C-110,-200 -80,-290 -50,-330 C-66,-260 -84,-200 -80,-120 Z", PAPER),
    )
    stems = "".join(
        stroke(
            f"M1010,490 Q{1010 + dx * 0.3:.0f},{380} {1010 + dx},{300 - abs(dx) * -0.15:.0f}", mix(GREEN, INK, 0.2), 7
        )
        for dx in (-150, -70, 10, 90, 170)
    )
    blooms = "".join(
        "".join(
            f'<g transform="translate({1010 + dx} {300 + abs(dx) * 0.15:.0f}) rotate({turn})">'
            + path(
                "M0,0 C-22,-34 -20,-62 -26,-74 L-8,-62 L0,-80 L8,-62 L26,-74 C20,-62 22,-34 0,0 Z",
                mix(SLATE, "#4a6ea8", 0.75),
            )
            + "</g>"
            for turn in range(0, 360, 45)
        )
        + disc(1010 + dx, 300 + abs(dx) * 0.15, 16, NIGHT)
        for dx in (-150, -70, 10, 90, 170)
    )
    jug = moved(
        1430,
        1010,
        path(
            "M-130,0 C-220,-90 -230,-250 -120,-340 C-96,-370 -96,-410 -110,-450 L90,-450 C80,-410 84,-370 110,-340 C226,-250 210,-90 130,0 Z",
            mix(NIGHT, SLATE, 0.5),
        ),
        stroke("M98,-420 C240,-440 260,-260 170,-220", mix(NIGHT, SLATE, 0.5), 34),
        path("M-110,-450 L-160,-476 L-96,-476 Z", mix(NIGHT, SLATE, 0.5)),
        oval(-8, -452, 100, 16, INK),
        stroke("M-180,-210 H180 M-176,-180 H176", MIST, 5),
        *(stroke(f"M{x},-150 l24,-22 l24,22", MIST, 5) for x in range(-150, 130, 56)),
        path("M-150,-120 C-180,-200 -150,-280 -100,-320 C-130,-250 -130,-190 -116,-120 Z", mix(SLATE, MIST, 0.35)),
    )
    return svg(
        sky,
        ridge(4, 640, 30, mix(GREEN, MIST, 0.6), 830),
        ridge(7, 720, 26, mix(GREEN, MIST, 0.4), 830),
        sash,
        sill,
        *(
            oval(x + 60, 992, w, 16, mix(RULE, STONE, 0.3))
            for x, w in ((330, 150), (640, 150), (1010, 130), (1430, 210))
        ),
        tumbler(330, 250, 330, mix(MIST, "#4a6ea8", 0.3)),
        tumbler(640, 230, 240, bowl_tint),
        stems,
        vase,
        blooms,
        jug,
    )
