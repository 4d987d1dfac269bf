"""From the arguments of the command line to an ordered list of files.

A file is read whatever its ending. A folder is read with all folders in it, sorted by path; in it count the endings
``.txt .text .md .html .htm .xhtml`` and files without ending, those of archives and feeds (``.warc .wet .jsonl
.ndjson .xml .rss .atom .nitf``), and any of these with ``.gz`` after it. Left out are ``.json``, ``.csv`` and
``.parquet``, which may hold anything (name those files), names that begin with a dot, and the papers of a collection
(``README``, ``LICENSE``, ``NOTICE``, ``CHANGELOG``, ``CONTRIBUTING``, ``COPYING``, with any ending). A pattern the
shell did not open (``'news/*.html'``) is opened here. ``-`` is standard input.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from retold.model.page import Rejected
from retold.readers.sniff import HTML_ENDINGS, TEXT_ENDINGS

STANDARD_INPUT = "-"
_MANY_PAGES = frozenset({".warc", ".wet", ".jsonl", ".ndjson", ".xml", ".rss", ".atom", ".nitf"})
_ENDINGS = HTML_ENDINGS | TEXT_ENDINGS | _MANY_PAGES
_COLLECTION_PAPERS = frozenset({"readme", "license", "licence", "notice", "changelog", "contributing", "copying"})
_PATTERN_MARKS = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read: its address as given (with ``/``), where it lies (None: standard input), how often given."""

    address: str
    path: Path | None
    n_given: int = 1


def find_sources(arguments: Sequence[str]) -> list[Source | Rejected]:
    """Return the files that the arguments name, in their order, each once, and what cannot be found.

    A file reached twice, under the same or another name (a link, ``./a.txt``), keeps its first address.
    """
    found: list[Source | Rejected] = []
    places: dict[str, int] = {}
    for argument in arguments:
        for one in _sources_of(argument):
            if isinstance(one, Rejected):
                found.append(one)
                continue
            place = STANDARD_INPUT if one.path is None else os.path.realpath(one.path)
            known = places.setdefault(place, len(found))
            if known == len(found):
                found.append(one)
            else:
                before = found[known]
                assert isinstance(before, Source), "places holds only sources"
                found[known] = Source(before.address, before.path, before.n_given + 1)
    return found


def address_of(path: str | Path) -> str:
    """Return a path with forward slashes; bytes of a name that are no UTF-8 become U+FFFD."""
    return os.fsencode(Path(path).as_posix()).decode("utf-8", "replace")


def _sources_of(argument: str) -> Iterator[Source | Rejected]:
    """Give the sources one argument names."""
    if argument == STANDARD_INPUT:
        yield Source(STANDARD_INPUT, None)
        return
    try:
        is_folder, is_there = os.path.isdir(argument), os.path.lexists(argument)  # noqa: PTH112
    except ValueError:  # a NUL in the name
        is_folder = is_there = False
    if is_folder:
        yield from _sources_in(Path(argument))
    elif is_there and argument:
        yield Source(address_of(argument), Path(argument))
    elif _PATTERN_MARKS & set(argument) and "\0" not in argument:
        yield from _sources_like(argument)
    else:
        name = argument.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
        yield Rejected(name, f"'{name}' does not exist; check the spelling and the folder you are in", None)


def _sources_like(pattern: str) -> Iterator[Source | Rejected]:
    """Give the files that fit a pattern; folders among them are opened."""
    n_found = 0
    for name in sorted(glob.glob(pattern, recursive=True)):  # noqa: PTH207  # keeps the form it was given in
        n_found += 1
        if not os.path.isdir(name):  # noqa: PTH112
            yield Source(address_of(name), Path(name))
        elif "**" not in pattern:
            yield from _sources_in(Path(name))
    if not n_found:
        reason = f"no file fits '{pattern}'; check the pattern and the folder you are in"
        yield Rejected(pattern.encode("utf-8", "replace").decode(), reason, 0)


def _sources_in(folder: Path) -> Iterator[Source | Rejected]:
    """Give the files of a folder and of the folders in it that look like pages, sorted by path."""
    pages: list[Path] = []
    refused: list[Rejected] = []

    def refuse(error: OSError) -> None:
        name = address_of(error.filename or folder)
        reason = f"folder '{name}' cannot be opened: {error.strerror}; check its permissions"
        refused.append(Rejected(name, reason, None))

    n_others = 0
    for here, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(here, name)
            if is_page_name(name) and (path.is_file() or path.is_symlink()):
                pages.append(path)
            else:
                n_others += 1
    if not pages and not refused:
        name = address_of(folder)
        endings = " ".join(sorted(_ENDINGS - {""}))
        found = f"none of its {n_others} files ends in" if n_others else "it is empty; pages end in"
        reason = f"folder '{name}' holds no page: {found} {endings} or in nothing; name files to read others"
        yield Rejected(name, reason, 0)
    yield from refused
    yield from (Source(address_of(path), path) for path in sorted(pages, key=lambda path: path.as_posix()))


def is_page_name(name: str) -> bool:
    """Tell whether a file of this name, met in a folder, is taken for a page.

    >>> [is_page_name(name) for name in ("port.html", "wire", "README.md", "truth.json", ".notes.txt")]
    [True, True, False, False, False]
    """
    stem, ending = os.path.splitext(name)  # noqa: PTH122
    if ending.lower() == ".gz":
        stem, ending = os.path.splitext(stem)  # noqa: PTH122
        return ending != "" and is_page_name(stem + ending)
    if name.startswith(".") or stem.lower() in _COLLECTION_PAPERS:
        return False
    return ending.lower() in _ENDINGS


def file_of(place: str) -> str:
    """Return the file that a place such as ``news.jsonl#12`` is in; any other path, and one that exists, as it is.

    >>> file_of("no-such-folder/news.jsonl#12")
    'no-such-folder/news.jsonl'
    """
    file, _, number = place.rpartition("#")
    return file if file and number.isdecimal() and not Path(place).exists() else place
