"""The ``read`` command at any size: pages printed as they are read, and how far it has come on standard error.

On a terminal a bar renews itself, where standard output goes elsewhere (the pages are progress enough); where standard
error is no terminal, a plain line comes now and then. The clock is looked at here and enters no answer.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from time import monotonic
from typing import TypeVar

from retold import __version__
from retold.errors import NoInputError
from retold.model.page import Rejected
from retold.readers.walk import Stdin, Walk

T = TypeVar("T")

LIVE_EVERY_S = 0.2
PLAIN_EVERY_S = 10.0
"""Seconds to the first plain line, and between two: small inputs are done before it."""
_BAR = 24


def walk_of(paths: Sequence[str], urls: Sequence[str], stdin: Stdin) -> Walk:
    """Return the walk through the files at these paths, and then to the pages at these addresses of the web."""
    if not urls:
        return Walk(paths, stdin=stdin)
    from retold.readers.fetch import Fetcher

    return Walk(paths, stdin=stdin, more=map(Fetcher(__version__).fetch, urls))


def print_read(walk: Walk, asked: Sequence[str], *, as_json: bool, facts: bool, jobs: int | None) -> list[Rejected]:
    """Print the labelled pages on a walk as they come; return what could not be read.

    Raises NoInputError when not one page could be read.
    """
    from retold.pipeline import iter_read

    rejected: list[Rejected] = []
    n_pages = 0
    for one in iter_read(walk, facts=facts, jobs=jobs, watch=partial(watched, walk=walk)):
        if isinstance(one, Rejected):
            rejected.append(one)
            continue
        n_pages += 1
        if as_json:
            from retold.views.json_view import page_json

            print(json.dumps(page_json(one, facts=facts), ensure_ascii=False))
        else:
            from retold.cli.labels import print_page

            if n_pages > 1:
                print()
            print_page(one)
    if not n_pages:
        is_missing = any(item.n_bytes is None and item.source in asked for item in rejected)
        raise NoInputError(tuple(asked), tuple(item.reason for item in rejected), is_missing=is_missing)
    return rejected


def watched(answers: Iterable[T], walk: Walk, *, clock: Callable[[], float] = monotonic) -> Iterator[T]:
    """Pass the answers on, and tell on standard error how many pages a second there are and how much is read."""
    is_live = sys.stderr.isatty() and not sys.stdout.isatty()
    every = LIVE_EVERY_S if is_live else PLAIN_EVERY_S
    size, started = walk.size_bytes(), clock()
    last, n_done, n_rejected = started, 0, 0
    is_told = False
    for answer in answers:
        yield answer
        n_rejected += isinstance(answer, Rejected)
        n_done += not isinstance(answer, Rejected)
        now = clock()
        if now - last >= every:
            last, is_told = now, True
            _tell(told(n_done, n_rejected, now - started, walk.n_bytes, size), is_live=is_live)
    if is_told:
        line = told(n_done, n_rejected, clock() - started, walk.n_bytes, size)
        _tell(line, is_live=is_live)
        if is_live:
            print(file=sys.stderr)


def told(n_pages: int, n_rejected: int, seconds: float, n_bytes: int, size: int | None) -> str:
    """Return how far reading has come as one line.

    >>> told(1200, 1, 10.0, 5_000_000, 20_000_000)
    '[######                  ]  25% of 20 MB, 1,200 pages (120 a second), 1 not read'
    """
    rate = n_pages / seconds if seconds > 0 else 0.0
    share = min(1.0, n_bytes / size) if size else 0.0
    bar = f"[{'#' * int(share * _BAR):<{_BAR}}] {share:4.0%} of {_bytes_said(size)}, " if size else ""
    bad = f", {n_rejected:,} not read" if n_rejected else ""
    return f"{bar}{n_pages:,} {'page' if n_pages == 1 else 'pages'} ({rate:,.0f} a second){bad}"


def _bytes_said(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 1_000_000 else f"{size / 1e3:,.0f} kB"


def _tell(line: str, *, is_live: bool) -> None:
    if is_live:
        print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)
    else:
        print(f"retold: {line}", file=sys.stderr, flush=True)
