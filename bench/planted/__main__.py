"""Make a corpus of news pages with planted copies.

    python -m bench.planted FOLDER --pages 20000 [--seed 1] [--hard] [--json]

Texts come from ../shared/data (or RETOLD_SHARED); the corpus holds real sentences and must not be committed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bench.planted.write import write
from bench.read_groups import DATA


def main() -> None:
    """Write the corpus into the folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hard", action="store_true", help="15 to 35 %% of the words of every use are edited")
    parser.add_argument("--json", action="store_true", help="pages as JSON Lines, not Parquet")
    asked = parser.parse_args()
    write(asked.folder, DATA.parent, asked.pages, asked.seed, hard=asked.hard, as_json=asked.json)


if __name__ == "__main__":
    main()
