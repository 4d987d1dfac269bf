"""The commands that keep an archive: check, compact, forget."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from retold.cli.archive import Archive, size_of
from retold.cli.progress import progress
from retold.cli.terminal import say

AsJson = Annotated[bool, typer.Option("--json", help="print JSON, one object a line")]
Memory = Annotated[str, typer.Option("--memory", help="memory to aim at, such as 500M or 2G")]


def check(
    archive: Archive,
    mend: Annotated[bool, typer.Option("--repair", help="mend what is broken from what is whole")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="also work passages and stories out afresh")] = False,
    memory: Memory = "2G",
    as_json: AsJson = False,
) -> None:
    """Check every checksum and rule of an archive; exit code 1 where something is broken."""
    from retold.archives import upkeep
    from retold.engine.archive.running import Means

    folder, told = Path(archive), progress(as_json=as_json)
    means = Means(size_of(memory), os.cpu_count() or 1, told)
    if mend:
        mended = upkeep.repair(folder, means)
        for part in mended.lost_parts:
            say(f"broken and mended: {part.place}")
        if mended.lost_pages:
            say(f"{mended.lost_pages} pages are lost; give `retold build` their files again")
    problems = upkeep.check(folder, told)
    for problem in problems:
        say(json.dumps({"place": problem.place, "says": problem.says}) if as_json else f"broken: {problem.says}")
    different = upkeep.check_fresh(folder, means) if fresh and not problems else ()
    for table in different:
        says = f"a fresh build of the same pages gives other {table}"
        say(json.dumps({"place": table, "says": says}) if as_json else says)
    if problems or different:
        raise typer.Exit(1)
    if not as_json:
        say(f"{archive} is whole")


def compact(archive: Archive) -> None:
    """Merge small parts of an archive into larger ones."""
    from retold.archives import upkeep

    say(f"{archive}: {upkeep.compact(Path(archive)):,} parts fewer")


def forget(
    archive: Archive,
    pages: Annotated[list[str], typer.Argument(help="pages: ids, ids of records, or addresses", metavar="PAGE...")],
    by_source: Annotated[bool, typer.Option("--source", help="PAGE is an address or a file: all its pages")] = False,
    memory: Memory = "2G",
) -> None:
    """Remove pages for good: no byte of them stays, and they are not taken in again."""
    from retold.archives import upkeep
    from retold.engine.archive.running import Means

    means = Means(size_of(memory), os.cpu_count() or 1, progress(as_json=False))
    n_forgotten = upkeep.forget(Path(archive), pages, means, by_source=by_source)
    say(f"{archive}: {n_forgotten} page{'s' if n_forgotten != 1 else ''} forgotten")


COMMANDS = (check, compact, forget)
