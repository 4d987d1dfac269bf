"""Real groups of reports for reading by hand: picked by hash, their texts written where asked, outside the project.

    python -m bench.read_groups FOLDER --groups 20

Groups come from ../shared/data/stories: pairs that share text (reuse-pairs), AllSides stories, BASIL events, in turn.
Only groups whose sha256 is even are picked: the others stay sealed. Each text file begins with the title and, where
the set gives one as the article's own, a line ``Published YYYY-MM-DD``. Nothing of a text may be committed.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("RETOLD_SHARED", Path(__file__).resolve().parent.parent.parent / "shared")) / "data/stories"


@dataclass(frozen=True, slots=True)
class Group:
    """One group: its id in the set and the ids of its articles."""

    name: str
    articles: tuple[str, ...]


def is_open(name: str) -> bool:
    """Tell whether the id's hash is even: such a document may be opened, the others only scored."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2 == 0


def in_turn(*sets: Iterable[Group]) -> Iterator[Group]:
    """Yield the open groups of each set in order of their hash, one set after the other in turn."""
    sorted_sets = [
        sorted(
            (group for group in groups if is_open(group.name) and all(map(is_open, group.articles))),
            key=lambda group: hashlib.sha256(group.name.encode()).hexdigest(),
        )
        for groups in sets
    ]
    for row in itertools.zip_longest(*sorted_sets):
        yield from (group for group in row if group is not None)


def all_groups() -> Iterator[Group]:
    """Yield the groups of the three sets in turn."""
    with (DATA / "allsides/reuse-pairs.jsonl").open(encoding="utf8") as lines:
        pairs = [json.loads(line) for line in lines]
    with (DATA / "allsides/stories.jsonl").open(encoding="utf8") as lines:
        stories = [json.loads(line) for line in lines]
    events: dict[str, list[str]] = {}
    for row in rows_of(DATA / "basil.jsonl.gz"):
        events.setdefault(str(row["story"]), []).append(row["id"])
    yield from in_turn(
        [Group(f"reuse-{pair['a']}-{pair['b']}", (pair["a"], pair["b"])) for pair in pairs],
        [Group(story["event_id"], tuple(story["articles"])) for story in stories],
        [Group(f"basil-{event}", tuple(articles)) for event, articles in events.items()],
    )


def articles() -> dict[str, dict[str, Any]]:
    """Return all articles of AllSides and BASIL by id."""
    found = {row["id"]: row for row in rows_of(DATA / "allsides/articles.jsonl.gz")}
    found |= {row["id"]: row for row in rows_of(DATA / "basil.jsonl.gz")}
    return found


def page_text(row: dict[str, Any]) -> str:
    """Return the article as a reader would paste it: title, date of its own, text."""
    dated = row.get("date") and row.get("date_from") != "event-mate"
    head = f"{row['title']}\n\n" + (f"Published {row['date']}\n\n" if dated else "")
    return head + str(row["text"])


def rows_of(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a set."""
    with gzip.open(path, "rt", encoding="utf8", errors="surrogatepass") as lines:
        for line in lines:
            yield json.loads(line)


def write_articles(place: Path, n_articles: int) -> None:
    """Write the first articles of AllSides as text files."""
    place.mkdir(parents=True, exist_ok=True)
    for row in itertools.islice(rows_of(DATA / "allsides/articles.jsonl.gz"), n_articles):
        (place / f"{row['id']}.txt").write_text(page_text(row), "utf8", errors="surrogatepass")


def main() -> None:
    """Write the groups into folders of text files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--groups", type=int, default=20)
    parser.add_argument("--skip", type=int, default=0, help="groups to pass over first")
    asked = parser.parse_args()
    known = articles()
    picked = itertools.islice(all_groups(), asked.skip, asked.skip + asked.groups)
    for n, group in enumerate(picked, start=asked.skip + 1):
        place = asked.folder / f"{n:03}-{group.name}"
        place.mkdir(parents=True, exist_ok=True)
        for article in group.articles:
            (place / f"{article}.txt").write_text(page_text(known[article]), "utf8", errors="surrogatepass")
        print(place.name, *group.articles)


if __name__ == "__main__":
    main()
