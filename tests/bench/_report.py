"""How a benchmark says what it measured, and the measures of ranking."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any


def report(bench: str, *, ours: float, limit: float | None, unit: str, ratio: float | None = None, **more: Any) -> None:
    """Print one line: ``ratio`` is against a baseline of the same run, ``limit`` what the project asks for."""
    line = {"bench": bench, "ratio": _short(ratio), "ours": _short(ours), "limit": limit, "unit": unit, **more}
    print(json.dumps(line, ensure_ascii=False), flush=True)


def _short(figure: float | None) -> float | None:
    return figure if figure is None else float(f"{figure:.4g}")


def ndcg(ranked: Sequence[str], gains: Mapping[str, float], depth: int = 10) -> float:
    """Normalised discounted cumulative gain (Järvelin and Kekäläinen 2002): gain / log2(rank + 1), over the ideal."""
    found = sum(gains.get(doc, 0.0) / math.log2(rank + 2) for rank, doc in enumerate(ranked[:depth]))
    ideal = sum(gain / math.log2(rank + 2) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:depth]))
    return found / ideal if ideal else 0.0


def average_precision(ranked: Sequence[str], relevant: set[str]) -> float:
    """The mean of the precisions at each relevant document; those not found count as zero."""
    hits = 0
    total = 0.0
    for rank, doc in enumerate(ranked, start=1):
        if doc in relevant:
            hits += 1
            total += hits / rank
    return total / len(relevant) if relevant else 0.0
