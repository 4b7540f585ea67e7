"""``scripts/build-vocabulary``: write terms.tsv, and say what is in it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from dateline.vocabulary.tsv import to_line
from vocabulary import hand, places

TARGET = Path(__file__).resolve().parents[2] / "shared/dateline/vocabulary/terms.tsv"
LARGEST = 5_000_000


def main() -> int:
    """Build the file; exit status 1 when it is too large to ship or a key comes twice."""
    rows = [*places.rows(), *hand.rows()]
    keys = Counter(row.term.key for row in rows)
    twice = [key for key, count in keys.items() if count > 1]
    lines = sorted(to_line(row).encode() + b"\n" for row in rows)
    lines.sort(key=lambda line: line.split(b"\t", 1)[0] + b"\t")
    data = b"".join(lines)
    TARGET.write_bytes(data)
    print(Counter(row.term.type for row in rows), f"{len(data):,} bytes")
    if twice or len(data) > LARGEST:
        print(f"twice: {twice[:10]}, bytes: {len(data):,} of {LARGEST:,}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
