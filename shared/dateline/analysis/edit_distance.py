"""How far two words are from one another: for words near those typed, and names spelt two ways."""

from __future__ import annotations


def edits(one: str, other: str) -> int:
    """Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment)."""
    before: list[int] = []
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = last, row, [i]
        for j, their in enumerate(other, start=1):
            cost = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (letter != their))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == their:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]
