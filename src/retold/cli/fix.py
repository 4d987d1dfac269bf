"""``retold fix``: a person overrules what was found in an archive."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from retold.cli.archive import Archive
from retold.cli.progress import progress
from retold.cli.terminal import say, say_wrapped

if TYPE_CHECKING:
    from retold.model.fix import Fix

LIST = "list"


def fix(
    archive: Archive,
    action: Annotated[
        str, typer.Argument(help="merge, split, move, relabel, edge, alias, undo, or list", metavar="ACTION")
    ],
    what: Annotated[list[str] | None, typer.Argument(help="stories, reports, names", metavar="WHAT...")] = None,
    by: Annotated[str, typer.Option("--by", help="who overrules")] = "",
    at: Annotated[str, typer.Option("--at", help="when: a date or time such as 2031-05-06T09:30")] = "",
    because: Annotated[str | None, typer.Option("--because", help="why")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="print JSON, one fix a line")] = False,
) -> None:
    """Overrule what was found: the fix is logged, can be undone, and holds on every rebuild."""
    from retold.archives.fixing import FORMS, Signed, log_of
    from retold.archives.fixing import fix as make
    from retold.engine.archive.running import Means
    from retold.model.fix import FixKind

    if action == LIST:
        _print_log(log_of(Path(archive)), as_json=as_json)
        return
    if action not in [kind.value for kind in FixKind]:
        raise typer.BadParameter(f"no action '{action}'; known: {'; '.join(FORMS.values())}; {LIST}")
    if not by or not at:
        raise typer.BadParameter("say who overrules with --by NAME and when with --at DATE")
    means = Means(2 << 30, os.cpu_count() or 1, progress(as_json=as_json))
    made = make(Path(archive), FixKind(action), what or (), Signed(by, at, because), means)
    _print_log((made,), as_json=as_json)


def _print_log(log: tuple[Fix, ...], *, as_json: bool) -> None:
    from retold.model.fix import standing

    numbers = {one.number for one in standing(log)}
    for one in log:
        if as_json:
            print(json.dumps(asdict(one), ensure_ascii=False))
            continue
        about = [page[:8] for page in (*one.pages, *one.others)] + list(one.words)
        about += [f"fix {one.undoes}"] if one.undoes is not None else []
        undone = "" if one.number in numbers or one.undoes is not None else "  (undone)"
        say_wrapped(f"{one.number}  {one.says}  {', '.join(about)}{undone}", indent="   ", first="")
    if not log and not as_json:
        say("nothing was overruled")
