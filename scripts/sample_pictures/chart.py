"""The chart of trade with Kursk Oblast."""

from __future__ import annotations

from sample_pictures.shapes import (
    BRONZE,
    HEIGHT,
    INK,
    PAPER,
    QUIET,
    RED,
    RULE,
    STONE,
    STRAW,
    WIDTH,
    mix,
    rect,
    stroke,
    svg,
)


def trade_chart() -> str:
    """What Belarus and Kursk Oblast traded, in millions of dollars, as the story of 5 December 2017 reports it."""
    left, scale = 620, 4.0
    text = lambda x, y, words, size, weight="normal", colour=INK, family="DejaVu Serif", anchor="start": (
        f'<text x="{x}" y="{y}" font-family="{family}" font-weight="{weight}" font-size="{size}" text-anchor="{anchor}" fill="{colour}">{words}</text>'
    )
    rows = (
        ("January–September 2016", 68.5, mix(STONE, RULE, 0.35), "68.5*"),
        ("January–September 2017", 96.3, RED, "96.3"),
        ("The aim: a full year", 250, mix(STRAW, BRONZE, 0.35), "250"),
    )
    parts = []
    for step in (0, 50, 100, 150, 200, 250):
        x = left + step * scale
        parts += [
            stroke(f"M{x},380 V960", RULE if step else INK, 3 if step else 4),
            text(x, 1004, str(step), 34, colour=QUIET, family="DejaVu Sans", anchor="middle"),
        ]
    for row, (label, value, colour, words) in enumerate(rows):
        y = 420 + row * 184
        parts += [
            rect(left, y, value * scale, 120, colour),
            text(left - 30, y + 74, label, 38, family="DejaVu Sans", anchor="end"),
        ]
        inside = value > 200
        parts.append(
            text(
                left + value * scale + (-26 if inside else 26),
                y + 78,
                words,
                52,
                "bold",
                INK,
                anchor="end" if inside else "start",
            )
        )
    parts.append(text(left + 96.3 * scale + 190, 420 + 184 + 76, "up 40.5%", 44, colour=RED))
    return svg(
        rect(0, 0, WIDTH, HEIGHT, PAPER),
        rect(100, 90, 1600, 8, INK),
        text(100, 190, "Belarus’ trade with Kursk Oblast", 76, "bold"),
        text(100, 268, "Turnover, millions of US dollars", 42, colour=QUIET, family="DejaVu Sans"),
        *parts,
        rect(100, 1052, 1600, 3, RULE),
        text(
            100,
            1106,
            "* Worked out from the growth reported. Source: BelTA, 5 December 2017",
            34,
            colour=QUIET,
            family="DejaVu Sans",
        ),
    )
