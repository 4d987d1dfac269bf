"""The ``retold`` command: what a person types, the verb it calls, and the exit code.

``retold A B ...`` without a verb tells the stories of these pages. Exit codes: 0 something was found, 1 nothing was
found (and it says why), 2 the command or a path asked for was wrong; pages that can be told are told in any case.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from retold import __version__

if TYPE_CHECKING:
    from retold.model.page import Rejected

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
AsJson = Annotated[bool, typer.Option("--json", help="print JSON, one view a line (see docs/schema/)")]


@app.command()
def tell(paths: Paths, as_json: AsJson = False) -> None:
    """Tell the stories of these pages (what `retold A B ...` does)."""
    from retold.pipeline import largest_first, retell

    told = retell(*paths, stdin=_stdin(paths))
    if as_json:
        from retold.views.json_view import story_json

        _print_json(story_json(view) for view in told.stories)
    else:
        from retold.cli.card import print_stories

        print_stories(largest_first(told.stories))
    _leave(told.rejected, paths)


@app.command()
def read(
    paths: Paths,
    as_json: AsJson = False,
    facts: Annotated[bool, typer.Option("--facts", help="also claims, times, quantities and names")] = False,
) -> None:
    """Label pages: segments, sentences, metadata, dateline, credits."""
    from retold.pipeline import read as read_pages

    found = read_pages(*paths, stdin=_stdin(paths), facts=facts)
    if as_json:
        from retold.views.json_view import page_json

        _print_json(page_json(view, facts=facts) for view in found.pages)
    else:
        from retold.cli.labels import print_pages

        print_pages(found.pages)
    _leave(found.rejected, paths)


@app.command()
def why(
    a: Annotated[str, typer.Argument(help="one page", metavar="A")],
    b: Annotated[str, typer.Argument(help="another page", metavar="B")],
    among: Annotated[list[str] | None, typer.Option(help="read these pages too", metavar="PATH")] = None,
    as_json: AsJson = False,
) -> None:
    """Say what joins two pages, or that nothing does: links, shared passages, alignments, edges."""
    from retold.pipeline import evidence

    others = among or []
    told = evidence(a, b, among=others, stdin=_stdin([a, b, *others]))
    if as_json:
        from retold.views.json_view import story_json

        _print_json(story_json(view) for view in told.stories)
    else:
        from retold.cli.evidence import print_evidence

        print_evidence(told.stories, a, b)
    _leave(told.rejected, [a, b, *others])


@app.command()
def report(
    paths: Paths,
    output: Annotated[
        str, typer.Option("-o", "--output", help="the HTML file to write, or - to print it")
    ] = "story.html",
    excerpts: Annotated[bool, typer.Option("--excerpts", help="short quotations only, to pass on")] = False,
) -> None:
    """Lay the stories out as one HTML file that needs nothing else."""
    from retold.pipeline import largest_first, retell
    from retold.report.page import html_of

    told = retell(*paths, stdin=_stdin(paths))
    html = html_of(largest_first(told.stories), rejected=told.rejected, excerpts=excerpts)
    if output == "-":
        sys.stdout.write(html)
    else:
        _write(output, html)
    _leave(told.rejected, paths)


@app.command()
def export(
    paths: Paths,
    form: Annotated[
        str, typer.Option("-f", "--format", help="tei, dot, csv and others: see docs/exports.md", metavar="FORMAT")
    ],
    output: Annotated[str | None, typer.Option("-o", "--output", help="the file or folder to write, or -")] = None,
    story: Annotated[str | None, typer.Option("--story", help="one story: its number, or the start of its id")] = None,
) -> None:
    """Write the stories in another trade's format: tei, dot, graphml, annotations, csv, ..."""
    from retold.cli.export import export as write

    _leave(write(paths, form, output=output, story=story, stdin=_stdin(paths)), paths)


def _write(output: str, html: str) -> None:
    from retold.errors import OutputError

    try:
        Path(output).write_text(html, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise OutputError(output, error.strerror or str(error)) from error
    typer.echo(f"wrote {output}")


VERBS = ("tell", "read", "why", "report", "export")


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


def _run(arguments: list[str]) -> None:
    from retold.errors import RetoldError

    try:
        app(args=arguments, prog_name="retold")
    except RetoldError as error:
        typer.echo(f"retold: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)


def _stdin(paths: Iterable[str]) -> bytes | None:
    return sys.stdin.buffer.read() if "-" in paths else None


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


def _leave(rejected: Sequence[Rejected], asked: Sequence[str]) -> None:
    """Say what could not be read, and leave with 2 where a path asked for by name was among it."""
    for item in rejected:
        typer.echo(f"retold: {item.reason}", err=True)
    if any(item.source in asked for item in rejected):
        raise typer.Exit(2)
