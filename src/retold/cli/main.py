"""The ``retold`` command: what a person types, the verb it calls, and the exit code.

``retold A B ...`` without a verb tells the stories of these pages. Exit codes: 0 something was found, 1 nothing was
found (and it says why), 2 the command or a path asked for was wrong; pages that can be told are told in any case.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retold import __version__
from retold.cli import archive, outlets, show, upkeep
from retold.cli.fix import fix

if TYPE_CHECKING:
    from retold.model.page import PageId, Rejected
    from retold.pipeline import Retelling

app = typer.Typer(
    name="retold",
    help="Give back the stories behind many outlets' pages: who copied whom, what each changed, what happened when.\n\n"
    "retold A B ... tells the stories of these pages (text or HTML files, folders, globs, - for standard input).",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[list[str], typer.Argument(help="files, folders, globs, or - for standard input", metavar="PATH...")]
PathsOrStories = Annotated[
    list[str],
    typer.Argument(help="files, folders, globs, -; or an archive and stories of it", metavar="PATH..."),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs", min=0, help="worker processes for large input (0: none, no caps)", show_default="all processors"
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, one view a line (see docs/schema/)")]


@app.command()
def tell(paths: Paths, as_json: AsJson = False, jobs: Jobs = None) -> None:
    """Tell the stories of these pages (what `retold A B ...` does)."""
    from retold.pipeline import largest_first, retell

    told = archive.told_from(paths) or retell(*paths, stdin=_stdin(paths), jobs=jobs)
    if as_json:
        from retold.views.json_view import story_json

        _print_json(story_json(view) for view in told.stories)
    else:
        from retold.cli.card import print_stories

        print_stories(largest_first(told.stories))
    _leave_told(told, paths)


@app.command()
def read(
    paths: Annotated[list[str] | None, typer.Argument(help="files, folders, globs, or -", metavar="PATH...")] = None,
    fetch: Annotated[
        list[str] | None, typer.Option("--fetch", help="fetch this page of the web and read it", metavar="URL")
    ] = None,
    as_json: AsJson = False,
    facts: Annotated[bool, typer.Option("--facts", help="also claims, times, quantities and names")] = False,
    jobs: Jobs = None,
) -> None:
    """Label pages: segments, sentences, metadata, dateline, credits."""
    from retold.cli.reading import print_read, walk_of

    asked = [*(paths or ()), *(fetch or ())]
    if not asked:
        raise typer.BadParameter("give pages to read: files, folders, globs, - for standard input, or --fetch URL")
    walk = walk_of(paths or (), fetch or (), sys.stdin.buffer if "-" in asked else None)
    _leave(print_read(walk, asked, as_json=as_json, facts=facts, jobs=jobs), asked)


@app.command()
def why(
    pages: Annotated[
        list[str],
        typer.Argument(help="two pages; an archive and two pages or a story of it; or PAGE:OFFSET", metavar="A B"),
    ],
    among: Annotated[list[str] | None, typer.Option(help="read these pages too", metavar="PATH")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what joins two pages, or that nothing does; for PAGE:OFFSET, why that part of a page got its kind.

    Of a story of an archive: what holds it together, and which other story it came closest to joining.
    """
    if len(pages) == 1:
        _why_kind(pages[0], among or (), as_json=as_json)
        return
    if len(pages) == 2 and archive.is_archive(pages[0]):
        archive.print_holding(pages[0], pages[1], as_json=as_json)
        return
    others = among or []
    told, a, b = _evidence(pages, others)
    if as_json:
        from retold.views.json_view import story_json

        _print_json(story_json(view) for view in told.stories)
    else:
        from retold.cli.evidence import print_evidence
        from retold.pipeline import weigh

        print_evidence(told.stories, a, b, weigh(told.stories, a, b, _lent(pages, a, b)))
    _leave(told.rejected, [*pages, *others])


def _lent(pages: Sequence[str], a: str, b: str) -> Mapping[PageId, str]:
    """Return the days that an archive lends to two of its reports."""
    if not archive.is_archive(pages[0]):
        return {}
    from retold.archives.holding import lent_in

    return lent_in(Path(pages[0]), (a, b))


def _why_kind(place: str, among: Sequence[str], *, as_json: bool) -> None:
    """Print why the segment at ``PAGE:OFFSET`` got its kind."""
    from retold.pipeline import reasons

    path, _, offset = place.rpartition(":")
    if not path or not offset.isascii() or not offset.isdecimal():
        raise typer.BadParameter("give two pages, or one place in a page such as report.txt:120")
    page, found = reasons(path, int(offset), among=among, stdin=_stdin([path, *among]))
    if as_json:
        from retold.views.json_view import reasons_json

        _print_json([reasons_json(page, found)])
    else:
        from retold.cli.evidence import print_reasons

        print_reasons(page, found)


def _evidence(pages: Sequence[str], others: Sequence[str]) -> tuple[Retelling, str, str]:
    """Return the story or stories of two pages, read or of an archive, and the addresses of the two."""
    from retold.pipeline import Retelling, evidence

    if len(pages) == 3 and archive.is_archive(pages[0]):
        from retold.archives.telling import evidence_in

        views, a, b = evidence_in(Path(pages[0]), pages[1], pages[2])
        return Retelling(views, ()), a, b
    if len(pages) != 2:
        raise typer.BadParameter("give two pages, or an archive and two of its pages")
    a, b = pages
    return evidence(a, b, among=others, stdin=_stdin([a, b, *others])), a, b


@app.command()
def report(
    paths: PathsOrStories,
    output: Annotated[
        str, typer.Option("-o", "--output", help="the HTML file to write, or - to print it")
    ] = "story.html",
    excerpts: Annotated[bool, typer.Option("--excerpts", help="short quotations only, to pass on")] = False,
    full: Annotated[bool, typer.Option("--full", help="print every report, also in a story of more than 24")] = False,
) -> None:
    """Lay the stories out as one HTML file that needs nothing else."""
    from retold.cli.output import sources_of, write_file
    from retold.pipeline import largest_first, retell
    from retold.report.page import html_of

    told = archive.told_from(paths) or retell(*paths, stdin=_stdin(paths))
    html = html_of(largest_first(told.stories), rejected=told.rejected, excerpts=excerpts, full=full)
    if output == "-":
        sys.stdout.write(html)
    else:
        write_file(output, html, inputs=sources_of(told))
        typer.echo(f"wrote {output}")
    _leave_told(told, paths)


@app.command()
def export(
    paths: PathsOrStories,
    form: Annotated[
        str, typer.Option("-f", "--format", help="tei, dot, csv and others: see docs/exports.md", metavar="FORMAT")
    ],
    output: Annotated[str | None, typer.Option("-o", "--output", help="the file or folder to write, or -")] = None,
    story: Annotated[str | None, typer.Option("--story", help="one story: its number, or the start of its id")] = None,
) -> None:
    """Write the stories in another trade's format: tei, dot, graphml, annotations, csv, ..."""
    from retold.cli.export import export as write

    _leave(write(paths, form, output=output, story=story, stdin=_stdin(paths)), paths)


@app.command()
def timeline(
    paths: PathsOrStories,
    entity: Annotated[str, typer.Option("--entity", help="the name of a person, body or thing", metavar="NAME")],
    as_json: AsJson = False,
) -> None:
    """Tell what one person, body or thing did and what befell it, over all the pages."""
    from retold.cli.entity_timeline import tell_entity
    from retold.pipeline import retell

    told = archive.told_from(paths) or retell(*paths, stdin=_stdin(paths))
    tell_entity(told.stories, entity, as_json=as_json)
    _leave(told.rejected, paths)


_ARCHIVE_COMMANDS = (archive.build, archive.stories, show.show, archive.matches, outlets.outlets, fix)
for _command in (*_ARCHIVE_COMMANDS, *upkeep.COMMANDS):
    app.command()(_command)

_READING = ("tell", "read", "why", "report", "export", "timeline")
_ARCHIVE = ("build", "stories", "show", "matches", "outlets", "fix", "check", "compact", "forget")
VERBS = (*_READING, *_ARCHIVE)


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line; words that are no verb are pages to tell."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # text streams of a terminal or pipe
    if arguments == ["--version"]:
        print(f"retold {__version__}")
        return
    if arguments and arguments[0] not in (*VERBS, "-h", "--help"):
        arguments.insert(0, "tell")
    _run(arguments)


_COLLECT_AFTER = 50_000
"""New objects after which cyclic garbage is looked for, as in ``engine.worker``: rows make none, and with Python's own
700 a tenth of the time of telling a story goes into looking (2.8 s of the processor to 2.6, the same memory)."""
_COMMAND_ERROR: type[Exception] = typer.BadParameter.__mro__[2]
"""What all errors of the command line derive from (click's ClickException); typer gives it no name of its own."""


def _run(arguments: list[str]) -> None:
    """Run one command and leave with its code; no foreign error reaches the terminal as a traceback."""
    from retold.errors import RetoldError

    gc.set_threshold(_COLLECT_AFTER)
    try:
        code = app(args=arguments, prog_name="retold", standalone_mode=False)
        sys.stdout.flush()
    except RetoldError as error:
        code = _say(str(error), error.exit_code)
    except _COMMAND_ERROR as error:
        error.show()  # type: ignore[attr-defined]  # every such error prints itself
        code = 2
    except (BrokenPipeError, SystemExit):
        # Whoever read our output has enough of it: nothing failed. (Typer leaves by itself in this case only.)
        _drop_output()
        code = 0
    except OSError as error:
        _drop_output()
        code = _say(f"cannot write: {error.strerror or error}; look at the place the output goes to", 2)
    except typer.Abort:
        code = _say("stopped", 2)
    sys.exit(code or 0)


def _drop_output() -> None:
    """Send to nowhere what is still to be written, or the interpreter's own last try ends with its own code."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.__stdout__.fileno())  # type: ignore[union-attr]  # it was open


def _say(sentence: str, code: int) -> int:
    from retold.cli.terminal import warn

    warn(sentence)
    return code


def _stdin(paths: Iterable[str]) -> bytes | None:
    return sys.stdin.buffer.read() if "-" in paths else None


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


_MOST_WARNED = 40
"""Reasons told on a terminal, one a line; a file gets all."""


def _leave(rejected: Sequence[Rejected], asked: Sequence[str]) -> None:
    """Say what could not be read, and leave with 2 where a path asked for by name is not there or not readable."""
    from retold.cli.terminal import warn

    n_told = _MOST_WARNED if sys.stderr.isatty() else len(rejected)
    for item in rejected[:n_told]:
        warn(item.reason)
    if len(rejected) > n_told:
        warn(
            f"and {len(rejected) - n_told:,} more; send standard error to a file (2> rejected.txt) to have all of them"
        )
    if any(item.n_bytes is None and item.source in asked for item in rejected):
        raise typer.Exit(2)


def _leave_told(told: Retelling, asked: Sequence[str]) -> None:
    """Name the pages without report text as well; leave with 1 where no page has any."""
    from retold.cli.terminal import warn

    bare = [w.report.page.source for view in told.stories for w in view.witnesses if not w.has_report_text]
    for source in bare:
        warn(
            f"'{source}' has no report text, only menus, captions and the like; "
            f"see how it was read with `retold read '{source}'`"
        )
    _leave(told.rejected, asked)
    if len(bare) == sum(len(view.witnesses) for view in told.stories):
        raise typer.Exit(1)
