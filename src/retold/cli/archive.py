"""The commands that make and ask an archive: build, stories, matches; and which words name stories of one."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retold.cli.terminal import clean, say, say_wrapped, styled, warn
from retold.errors import RetoldError

if TYPE_CHECKING:
    from retold.archives.listing import StoryRow
    from retold.pipeline import Retelling

Archive = Annotated[str, typer.Argument(help="the archive's folder", metavar="ARCHIVE")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, one object a line (see docs/schema/)")]
AsCsv = Annotated[bool, typer.Option("--csv", help="print CSV")]

_UNITS = {"K": 1 << 10, "M": 1 << 20, "G": 1 << 30, "T": 1 << 40}
_MANIFEST = "manifest.json"


class SizeError(RetoldError):
    """A size was asked for in a form that is none."""

    def __init__(self, asked: str) -> None:
        self.asked = asked
        super().__init__(f"'{asked}' is no size; give a number of at least 64M with its unit, such as 500M or 2G")


class NoStoryNamedError(RetoldError):
    """An archive was given where its stories cannot be told all at once."""

    def __init__(self, archive: str) -> None:
        self.archive = archive
        super().__init__(
            f"'{archive}' is an archive; name a story of it, by the start of its id or one of its reports; "
            f"`retold stories {archive}` lists them"
        )


LEAST_MEMORY = 64 << 20


def size_of(told: str) -> int:
    """Return the bytes of a size such as ``500M`` or ``2G``.

    >>> size_of("2G")
    2147483648
    """
    number, unit = told.strip().upper().removesuffix("B").removesuffix("I"), ""
    if number[-1:] in _UNITS:
        number, unit = number[:-1], number[-1]
    try:
        size = int(float(number) * _UNITS.get(unit, 1))
    except (ValueError, OverflowError) as error:
        raise SizeError(told) from error
    if size < LEAST_MEMORY:
        raise SizeError(told)
    return size


def is_archive(path: str) -> bool:
    """Tell whether a path of the command line is the folder of an archive."""
    return (Path(path) / _MANIFEST).is_file()


def build(
    paths: Annotated[list[str] | None, typer.Argument(help="files, folders, globs, or -", metavar="PATH...")] = None,
    output: Annotated[str, typer.Option("-o", "--output", help="the archive's folder")] = "news.retold",
    jobs: Annotated[int | None, typer.Option("--jobs", help="worker processes, 0 for none", min=0)] = None,
    memory: Annotated[str, typer.Option("--memory", help="memory to aim at, such as 500M or 2G")] = "2G",
    facts: Annotated[bool, typer.Option("--facts", help="also claims, times, quantities, names of every page")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="progress and result as JSON, one object a line")] = False,
) -> None:
    """Take pages into an archive and group them into stories; a rerun does what is missing."""
    from retold.archives.building import build as build_archive
    from retold.archives.intake import Options
    from retold.cli.progress import progress

    given = paths or []
    options = Options(
        jobs=(os.cpu_count() or 1) if jobs is None else jobs,
        memory_bytes=size_of(memory),
        facts=facts,
        started=datetime.now(UTC).isoformat(timespec="seconds"),
        say=progress(as_json=as_json),
        warn=warn,
    )
    built = build_archive(given, Path(output), options=options, stdin=sys.stdin.buffer if "-" in given else None)
    n_stories = sum(part.rows for part in built.manifest.parts if part.table == "stories")
    if as_json:
        told = {"archive": output, "added": built.added, "known": built.known, "rejected": len(built.rejected)}
        print(json.dumps({**told, "pages": built.manifest.n_pages, "stories": n_stories}))
    else:
        say(
            f"{output}: {_counted(built.manifest.n_pages, 'page', 'pages')}, {_counted(n_stories, 'story', 'stories')} "
            f"({_counted(built.added, 'page', 'pages')} added, {built.known:,} known before)"
        )
    for item in built.rejected:
        warn(item.reason)
    if any(item.n_bytes is None and item.source in given for item in built.rejected):
        raise typer.Exit(2)


def stories(
    archive: Archive,
    since: Annotated[str | None, typer.Option(help="stories with a report on this day or later")] = None,
    until: Annotated[str | None, typer.Option(help="stories with a report on this day or earlier")] = None,
    outlet: Annotated[str | None, typer.Option(help="stories with a report of this outlet")] = None,
    wire: Annotated[str | None, typer.Option(help="stories with a report that credits this agency")] = None,
    min_origins: Annotated[int, typer.Option(help="at least so many origins", min=1)] = 1,
    min_reports: Annotated[int, typer.Option(help="at least so many reports", min=1)] = 1,
    words: Annotated[str | None, typer.Option("-q", "--query", help="words that one report has")] = None,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
) -> None:
    """List the stories of an archive, one a line, in order of first report."""
    from retold.archives.listing import Wanted, stories_in

    wanted = Wanted(day_of(since), day_of(until), outlet, wire, min_origins, min_reports, words)
    found = stories_in(Path(archive), wanted)
    n_found = _print_csv(found) if as_csv else _print_rows(found, as_json=as_json)
    if not n_found:
        typer.echo(f"retold: no story of '{archive}' is like that", err=True)
        raise typer.Exit(1)


def told_from(paths: Sequence[str]) -> Retelling | None:
    """Return the stories asked for where the first path is an archive and the others name stories of it; else None.

    Raises NoStoryNamedError where no story is named.
    """
    if not paths or not is_archive(paths[0]):
        return None
    if not paths[1:]:
        raise NoStoryNamedError(paths[0])
    from retold.archives.telling import stories_told
    from retold.pipeline import Retelling

    return Retelling(stories_told(Path(paths[0]), paths[1:]), ())


def matches(
    archive: Archive,
    min_words: Annotated[int, typer.Option(help="at least so many words shared", min=1)] = 1,
    kind: Annotated[str | None, typer.Option("--type", help="only spans of type copy, quote or boilerplate")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="only with a report of this outlet")] = None,
    expand: Annotated[
        bool, typer.Option("--expand", help="also the pairs behind a report that stands for many; they may be millions")
    ] = False,
    as_json: AsJson = False,
    as_csv: AsCsv = False,
    parquet: Annotated[str | None, typer.Option("--parquet", help="write a Parquet file", metavar="FILE")] = None,
) -> None:
    """List the passages that two reports of an archive share."""
    from retold.archives.passages import WantedMatches, matches_in, write_parquet

    wanted = WantedMatches(min_words, _type(kind), tuple(outlet or ()), expand)
    if parquet is not None:
        n_found = write_parquet(Path(archive), wanted, Path(parquet))
        typer.echo(f"wrote {parquet}: {n_found:,} pairs")
    else:
        found = matches_in(Path(archive), wanted)
        n_found = _print_match_csv(found) if as_csv else _print_matches(found, as_json=as_json)
    if not n_found:
        typer.echo(f"retold: no two reports of '{archive}' share a passage like that", err=True)
        raise typer.Exit(1)


def print_holding(archive: str, story: str, *, as_json: bool) -> None:
    """Print what holds a story of an archive together, and its runner-up."""
    from retold.archives.holding import holding
    from retold.cli.evidence import print_weighing

    held = holding(Path(archive), story)
    if as_json:
        print(json.dumps(held.as_json(), ensure_ascii=False))
        return
    say(styled(held.title, "bold"))
    for link in held.links:
        say_wrapped(f"{link.a}  {link.b}  score {link.score:.2f}", indent="      ", first="  ")
        for reason in link.reasons:
            say_wrapped(reason, indent="      ", first="    - ")
        print_weighing(link.weighing, {})
    for fix in held.fixes:
        say_wrapped(fix.says, indent="    ", first="  * ")
    if len(held.reports) == 1:
        say("one report: no other is like enough to it")
    other = held.runner_up
    if other is None:
        say("runner-up: no other story has anything in common with it")
        return
    lost = f"{other.lost_by:.2f} less than the {other.bar:.2f} it takes" if other.lost_by else "enough for one story"
    say_wrapped(
        f"runner-up: {other.title} ({other.story[:8]}), mean score {other.score:.2f}, {lost}", indent="  ", first=""
    )


def day_of(told: str | None) -> str | None:
    """Return an ISO day as asked for, or say that it is none."""
    if told is None:
        return None
    try:
        return datetime.fromisoformat(told).date().isoformat()
    except ValueError as error:
        raise typer.BadParameter(f"'{told}' is no day; write it as 2025-03-02") from error


def _type(told: str | None) -> str | None:
    from retold.model.story import MatchType

    known = [kind.value for kind in MatchType]
    if told is not None and told not in known:
        raise typer.BadParameter(f"no type '{told}'; known: {', '.join(known)}")
    return told


def _print_rows(found: Iterable[StoryRow], *, as_json: bool) -> int:
    n_found = 0
    for row in found:
        n_found += 1
        if as_json:
            print(json.dumps(row.as_json(), ensure_ascii=False))
            continue
        days = row.first or "no date"
        days += f" to {row.last}" if row.last != row.first else ""
        counted_by_name: Counter[str] = Counter()
        for name, n in row.origins:
            counted_by_name[name] += n
        origins = ", ".join(f"{name} {n}" for name, n in counted_by_name.most_common())
        counted = f"{len(row.reports)} report{'s' if len(row.reports) != 1 else ''}"
        say_wrapped(f"{row.story[:8]}  {days}  {row.title}", indent="          ", first="")
        n_origins = f"{len(row.origins)} origin{'s' if len(row.origins) != 1 else ''}"
        say_wrapped(f"{counted}, {n_origins}: {origins}", indent="          ")
    return n_found


def _print_csv(found: Iterable[StoryRow]) -> int:
    from retold.exports.csv_cells import table_text

    rows = [
        (
            *(row.story, row.saga, row.title, row.first, row.last, len(row.reports), len(row.origins)),
            *(" | ".join(row.reports), " | ".join(f"{name}: {n}" for name, n in row.origins)),
        )
        for row in found
    ]
    columns = ["story", "saga", "title", "first", "last", "n_reports", "n_origins", "reports", "origins"]
    sys.stdout.write(table_text(columns, rows))
    return len(rows)


def _print_matches(found: Iterable[dict[str, Any]], *, as_json: bool) -> int:
    n_found = 0
    for row in found:
        n_found += 1
        if as_json:
            print(json.dumps(row, ensure_ascii=False))
            continue
        say(f"{clean(row['a'])}  {clean(row['b'])}")
        shares = f"{row['containment_a']:.0%} of the one, {row['containment_b']:.0%} of the other"
        places = ", ".join(f"{a0}-{a1} / {b0}-{b1} {kind}" for a0, a1, b0, b1, kind in row["spans"])
        say_wrapped(f"{row['shared_words']} words shared, {shares}: {places}", indent="    ")
    return n_found


def _print_match_csv(found: Iterable[dict[str, Any]]) -> int:
    """Print one line a span, as it comes."""
    from retold.exports.csv_cells import table_text

    columns = ["a", "b", "shared_words", "containment_a", "containment_b", "a0", "a1", "b0", "b1", "type"]
    sys.stdout.write(table_text(columns, []))
    n_found = 0
    for row in found:
        n_found += 1
        pair = tuple(row[column] for column in columns[:5])
        with_header = table_text(columns, [(*pair, *span) for span in row["spans"]])
        sys.stdout.write(with_header.partition("\n")[2])
    return n_found


def _counted(n: int, one: str, many: str) -> str:
    """A number of things in words.

    >>> _counted(1, "page", "pages"), _counted(1200, "page", "pages")
    ('1 page', '1,200 pages')
    """
    return f"{n:,} {one if n == 1 else many}"
