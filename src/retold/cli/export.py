"""The ``export`` command: which story, which format, and the files it is written to.

One story in one file goes where ``--output`` says (``-`` prints it); several stories, or a format of several files,
go into a folder of that name.
"""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from retold.cli.archive import told_from
from retold.cli.output import sources_of, write_file
from retold.errors import OutputError, RetoldError

if TYPE_CHECKING:
    from retold.exports import Export
    from retold.model.page import Rejected
    from retold.views.story_view import StoryView

Files = dict[PurePath, str]

DEFAULT_NAME = "story"


class UnknownFormatError(RetoldError):
    """An export was asked for in a format there is none of."""

    def __init__(self, asked: str, known: Sequence[str]) -> None:
        self.asked = asked
        super().__init__(f"no export format '{asked}'; known: {', '.join(known)}")


class UnknownStoryError(RetoldError):
    """A story was asked for that is not among those the pages tell."""

    def __init__(self, asked: str, stories: Sequence[StoryView]) -> None:
        self.asked = asked
        known = ", ".join(f"{i} ({view.story.story[:8]})" for i, view in enumerate(stories, start=1))
        super().__init__(f"no story '{asked}' in these pages; give a number or the start of an id: {known}")


class ManyFilesError(RetoldError):
    """Several files were to be printed on standard output."""

    def __init__(self, n_files: int) -> None:
        super().__init__(f"{n_files} files cannot be printed; name a folder with --output, or one story with --story")


def export(
    paths: Sequence[str], name: str, *, output: str | None = None, story: str | None = None, stdin: bytes | None = None
) -> tuple[Rejected, ...]:
    """Write the stories of these pages in a format and say where; return what could not be read.

    ``story`` is a story's number as `retold PATH...` prints them, or the start of its id; all stories without it.
    Raises UnknownFormatError, UnknownStoryError, ManyFilesError, and NoInputError as ``retell`` does.
    """
    from retold.exports import FORMATS
    from retold.pipeline import retell

    if name not in FORMATS:
        raise UnknownFormatError(name, tuple(FORMATS))
    told = told_from(paths) or retell(*paths, stdin=stdin)
    files = files_of(_chosen(told.stories, story), FORMATS[name], output)
    if output == "-":
        _print(files)
    else:
        _write(files, sources_of(told))
    return told.rejected


def files_of(stories: Sequence[StoryView], form: Export, output: str | None) -> Files:
    """Return the text of every file to write by its path."""
    target = PurePath(output or DEFAULT_NAME + (form.suffix if len(stories) == 1 else ""))
    files: Files = {}
    for number, view in enumerate(stories, start=1):
        written = form.to(view)
        stem = f"{DEFAULT_NAME}-{number}"
        if isinstance(written, str):
            files[target if len(stories) == 1 else target / f"{stem}{form.suffix}"] = written
            continue
        folder = target if len(stories) == 1 else target / stem
        files.update({folder / table: text for table, text in written.items()})
    return files


def _chosen(stories: Sequence[StoryView], asked: str | None) -> Sequence[StoryView]:
    if asked is None:
        return stories
    if asked.isdecimal() and 1 <= int(asked) <= len(stories):
        return [stories[int(asked) - 1]]
    found = [view for view in stories if asked and view.story.story.startswith(asked)]
    if len(found) != 1:
        raise UnknownStoryError(asked, stories)
    return found


def _print(files: Files) -> None:
    if len(files) != 1:
        raise ManyFilesError(len(files))
    sys.stdout.write(next(iter(files.values())))


def _write(files: Files, inputs: Collection[str]) -> None:
    """Write the files as UTF-8 with the line ends of their format."""
    for name, text in files.items():
        path = Path(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(str(path.parent), error.strerror or str(error)) from error
        write_file(path, text, inputs=inputs)
        print(f"wrote {path}")
