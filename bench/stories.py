"""Figures of stories at scale: AllSides all together, blocking, reasons, order and workers, speed.

    python -m bench.stories together            # labelled reports scored, clustered with all 20,156
    python -m bench.stories shuffles [--pages N] [--orders A B]  # digest over orders within steps, 1, 2, 4 workers
    python -m bench.stories speed [--reports N]   # scoring and grouping of made reports, features made
    python -m bench.stories tickers [--reports N] # the same where all reports of a week are near-identical

``together`` and ``shuffles`` read the measuring data; dates that come from the gold count as unknown. Reports of
``speed`` and ``tickers`` are made of word numbers drawn by chance: they measure cost and say nothing of quality.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import tempfile
import time
from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np

from retold.archives.building import build
from retold.archives.intake import Options
from retold.engine.archive.digest import digest
from retold.engine.archive.snapshot import open_snapshot
from retold.engine.memory import run_stages
from retold.stages import matches
from retold.stages.stories import STAGE, many
from retold.stages.stories.asking import Asked, Sparse, scores_by_week
from retold.stages.stories.features import N_PARTS_BITS, PARTS, UNIT
from retold.stages.stories.profiles import Profile, profiles_of
from retold.stages.stories.rounds import joined, leaders
from retold.stages.stories.scores import week_of
from retold.stages.stories.stage import CUT
from retold.tables.table import STORIES, STORY_LINKS
from tests.gate import test_stories as gate

N_SHUFFLES = 20
STEPS = 3
WORDS = 60_000
"""Words of made reports; a word's chance falls with its rank."""
TERMS = ((40, 110), (10, 12), (10, 14))
"""Words of a made report's event and of its background, in text, names and lead."""
REPORTS_A_DAY = 250


def _all_reports(folder: Path) -> list[gate.Report]:
    labelled = {report.id: report.story for report in gate.allsides(folder)}
    found = []
    for record in gate._records(folder / "allsides/articles.jsonl.gz"):
        day = record["date"] if record["date_from"] != "event-mate" else None
        name = record["id"]
        found.append(gate.Report(name, labelled.get(name, ""), day, record["title"], record["text"]))
    return found


def together(folder: Path) -> None:
    """Print the figures of all AllSides reports formed into stories at once."""
    tables, of_page = gate.tables_of(_all_reports(folder))
    run_stages(tables, (matches.STAGE_COMPILED,))
    start = time.process_time()
    run_stages(tables, (STAGE,))
    print(
        f"stories stage with features and reasons: {len(of_page) / (time.process_time() - start):.0f} reports a CPU-s"
    )
    gold = {report.id: report.story for report in of_page.values() if report.story}
    found = {of_page[page].id: story.story for story in tables.rows(STORIES) for page in story.pages}
    f1, precision, recall = gate.bcubed({one: found[one] for one in gold}, gold)
    ari = gate.adjusted_rand({one: found[one] for one in gold}, gold)
    print(
        f"together n={len(found)} labelled={len(gold)} B3 F1 {f1:.3f} (P {precision:.3f} R {recall:.3f}) ARI {ari:.3f}"
    )
    sizes = sorted((len(story.pages) for story in tables.rows(STORIES)), reverse=True)
    print(f"stories {len(sizes)}, largest {sizes[:5]}")
    profiles = profiles_of(tables)
    index = {profile.page: i for i, profile in enumerate(profiles)}
    links = [(index[link.a], index[link.b]) for link in tables.rows(STORY_LINKS) if link.reasons]
    led = leaders(len(profiles), links)
    pairs = [pair for story in tables.rows(STORIES) for pair in combinations([index[page] for page in story.pages], 2)]
    direct = {frozenset(link) for link in links}
    print(
        f"pairs of one story {len(pairs)}: joined by links with reasons "
        f"{sum(led[i] == led[j] for i, j in pairs) / len(pairs):.4f}, by one link of their own "
        f"{sum(frozenset(pair) in direct for pair in pairs) / len(pairs):.4f}"
    )
    weeks: defaultdict[int, list[Profile]] = defaultdict(list)
    for profile in profiles:
        weeks[week_of(profile.moment)].append(profile)
    asking, grouping, *_ = _timed({week: many.asked_of(own) for week, own in weeks.items()})
    print(
        f"clustering, features made: {len(profiles) / (asking + grouping):.0f} reports a CPU-s "
        f"(scores {asking:.1f} s, groups {grouping:.1f})"
    )
    a, b, _ = many.scores_in_arrays(profiles, least=1)
    events: defaultdict[str, list[int]] = defaultdict(list)
    for profile in profiles:
        if of_page[profile.page].story:
            events[of_page[profile.page].story].append(index[profile.page])
    true = {pair for event in events.values() for pair in combinations(event, 2)}
    asked = set(zip(a.tolist(), b.tolist(), strict=True))
    share = len(asked) / (len(profiles) * (len(profiles) - 1) / 2)
    print(f"blocking: {len(true & asked) / len(true):.4f} of {len(true)} true pairs scored above 0, {share:.4%} of all")


def shuffles(folder: Path, n_pages: int, orders: range) -> None:
    """Print the digests of archives built of the same steps, each in another order and with other workers."""
    records = [r for r, _ in zip(gate._records(folder / "allsides/articles.jsonl.gz"), range(n_pages), strict=False)]
    records.sort(key=lambda record: record["date"])
    steps = [records[i * n_pages // STEPS : (i + 1) * n_pages // STEPS] for i in range(STEPS)]
    found = set()
    for seed in orders:
        with tempfile.TemporaryDirectory() as place:
            archive = Path(place) / "news.retold"
            for i, step in enumerate(steps):
                own = [
                    {"id": r["id"], "title": r["title"], "url": r["url"], "published": r["date"], "text": r["text"]}
                    for r in step
                ]
                random.Random(seed).shuffle(own)
                path = Path(place) / f"{i}.jsonl"
                path.write_text("".join(json.dumps(one) + "\n" for one in own), encoding="utf-8")
                build([str(path)], archive, options=Options(jobs=(1, 2, 4)[seed % 3]))
            with open_snapshot(archive) as snapshot:
                found.add(digest(snapshot))
    told = ", ".join(sorted(one[:16] for one in found))
    which = f"orders {orders.start} to {orders.stop - 1}"
    print(f"{n_pages} pages, {STEPS} steps, {which}, 1, 2 and 4 workers: {len(found)} digest(s): {told}")


def made_reports(n: int, chance: np.random.Generator, *, near_identical: bool) -> dict[int, Asked]:
    """Return made reports by week; near-identical ones share all words but three numbers each."""
    n_events = 1 if near_identical else n // 4
    rank = np.arange(1, WORDS + 1)
    common = np.cumsum(1 / rank) / np.sum(1 / rank)
    weight = np.log(1 + rank / 20)
    event_words = [np.searchsorted(common, chance.random((n_events, n_own)) ** 0.7) for n_own, _ in TERMS]
    weeks: defaultdict[int, list[tuple[int, list[np.ndarray]]]] = defaultdict(list)
    for _ in range(n):
        event = chance.integers(n_events)
        day = 1 + (event * n) // (n_events * REPORTS_A_DAY) + int(chance.integers(3))
        words = []
        for part, (n_own, n_other) in enumerate(TERMS):
            own = event_words[part][event][chance.random(n_own) < (1.0 if near_identical else 0.5)]
            n_new = 3 if near_identical else n_other
            other = (
                chance.integers(WORDS // 2, WORDS, n_new)
                if near_identical
                else np.searchsorted(common, chance.random(n_new))
            )
            words.append(np.unique(np.concatenate((own, np.minimum(other, WORDS - 1)))))
        weeks[day // 7].append((day, words))
    return {week: _asked(f"{week}", reports, weight) for week, reports in weeks.items()}


def _asked(name: str, reports: list[tuple[int, list[np.ndarray]]], weight: np.ndarray) -> Asked:
    terms, weights, finders = [], [], []
    for _, words in reports:
        own_terms, own_weights, own_finders = [], [], []
        for part, (numbers, (share, n_finders)) in enumerate(zip(words, PARTS, strict=True)):
            scaled = weight[np.minimum(numbers, WORDS - 1)]
            scaled = scaled / np.sqrt(np.sum(scaled**2)) * np.sqrt(share) * UNIT
            own_terms.append((numbers.astype(np.uint64) << np.uint64(N_PARTS_BITS)) | np.uint64(part))
            own_weights.append(scaled.astype(np.int32))
            own_finders.append(numbers[np.argsort(-scaled, kind="stable")[:n_finders]])
        together_ = np.concatenate(own_terms)
        order = np.argsort(together_)
        terms.append(together_[order])
        weights.append(np.concatenate(own_weights)[order])
        finders.append(np.unique(np.concatenate(own_finders)).astype(np.uint32))
    days = np.array([day for day, _ in reports], np.int64)
    pages = [f"{name}-{i:07}" for i in range(len(reports))]
    return Asked(pages, days, np.zeros(days.size, np.uint64), _lists(finders), _lists(terms), np.concatenate(weights))


def _lists(lists: list[np.ndarray]) -> Sparse:
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum([one.size for one in lists])))
    return Sparse(starts, np.concatenate(lists))


def speed(n: int, *, near_identical: bool) -> None:
    """Print how many made reports are scored and grouped a CPU-second."""
    _timed(made_reports(5_000, np.random.default_rng(1), near_identical=near_identical))
    weeks = made_reports(n, np.random.default_rng(2), near_identical=near_identical)
    asking, grouping, n_asked, largest = _timed(weeks)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(
        f"{n} made reports: {n / (asking + grouping):.0f} a CPU-second (scores {asking:.1f} s, groups {grouping:.1f}), "
        f"{n_asked / n:.0f} pairs asked a report, largest group {largest}, peak {peak} MB"
    )


def _timed(weeks: dict[int, Asked]) -> tuple[float, float, int, int]:
    pages = sorted(page for one in weeks.values() for page in one.pages)
    index = {page: i for i, page in enumerate(pages)}
    start = time.process_time()
    found = list(scores_by_week(sorted(weeks), weeks.__getitem__, frozenset(), frozenset(weeks)))
    asked = time.process_time()
    a = np.array([index[page] for one in found for page in one.scored.a], np.int64)
    b = np.array([index[page] for one in found for page in one.scored.b], np.int64)
    score = np.concatenate([one.scored.score for one in found])
    begun = time.process_time()
    leader, _ = joined(len(pages), a, b, score, (), cut=CUT)
    done = time.process_time()
    return asked - start, done - begun, sum(one.scored.n_asked for one in found), int(np.bincount(leader).max())


def main() -> None:
    """Print the figure asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figure", choices=("together", "shuffles", "speed", "tickers"))
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--orders", type=int, nargs=2, default=(0, N_SHUFFLES))
    parser.add_argument("--reports", type=int, default=100_000)
    asked = parser.parse_args()
    if asked.figure in ("speed", "tickers"):
        speed(asked.reports, near_identical=asked.figure == "tickers")
        return
    shared = gate.shared_folder()
    if not shared:
        parser.error("set RETOLD_SHARED")
    folder = shared / "data" / "stories"
    if asked.figure == "together":
        together(folder)
    else:
        shuffles(folder, asked.pages, range(*asked.orders))


if __name__ == "__main__":
    main()
