"""The tree of errors: one class per situation, each building its own message.

Every message says what was asked, what was found and what to do. A page that cannot be read is data (the
``rejected`` table), not an error; errors here end a run or a command.
"""

from __future__ import annotations

MOST_REASONS = 20
"""Reasons told in one message; the error keeps all of them."""


class RetoldError(Exception):
    """Anything Retold raises on purpose; ``exit_code`` is what the command line returns for it."""

    exit_code = 2


class SpanError(RetoldError):
    """A span does not fit the text it points into."""

    def __init__(self, page: str, start: int, end: int, found: str) -> None:
        self.page, self.start, self.end = page, start, end
        super().__init__(f"page '{page}': span {start}:{end} does not fit, {found}; spans are [start, end)")


class NoInputError(RetoldError):
    """No page could be found or read among the paths given."""

    exit_code = 1

    def __init__(self, asked: tuple[str, ...], reasons: tuple[str, ...], *, is_missing: bool) -> None:
        self.asked, self.reasons = asked, reasons
        if is_missing:
            self.exit_code = 2
        advice = "give text or HTML files, folders, globs in quotes, or - for standard input"
        told = list(reasons[:MOST_REASONS])
        if len(reasons) > MOST_REASONS:
            told.append(f"and {len(reasons) - MOST_REASONS:,} more like these")
        super().__init__(f"no page to read: {'; '.join(told) or advice}")


class OutputError(RetoldError):
    """A file could not be written."""

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(f"cannot write '{path}': {found}; name another file with -o, or - to print")


class OverwriteError(RetoldError):
    """A file to write is one of the pages read."""

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"'{path}' is one of the pages read and is not overwritten; name another file with -o")


class UnknownPageError(RetoldError):
    """A page was asked for that is not among those read."""

    def __init__(self, asked: str, known: tuple[str, ...], reason: str | None) -> None:
        self.asked, self.known, self.reason = asked, known, reason
        found = reason or f"known: {', '.join(known) or 'none'}"
        super().__init__(f"no page '{asked}' among those read; {found}")


class UnknownEntityError(RetoldError):
    """A timeline was asked of an entity of which no report tells anything."""

    exit_code = 1

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        self.asked, self.known = asked, known
        some = ", ".join(known[:12]) + (" ..." if len(known) > 12 else "")
        super().__init__(f"no report tells what '{asked}' did or what befell it; named there: {some or 'nobody'}")


class NoSuchPlaceError(RetoldError):
    """A character was asked for that the page does not have."""

    def __init__(self, page: str, offset: int, n_characters: int) -> None:
        self.page, self.offset = page, offset
        found = f"it has {n_characters:,} characters" if n_characters else "it has no text"
        super().__init__(f"'{page}' has no character {offset:,}; {found}, counted from 0")


class SeveralPagesError(RetoldError):
    """One page was asked for by an address at which there are several."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        self.asked, self.known = asked, known
        some = ", ".join(known[:3]) + (" ..." if len(known) > 3 else "")
        super().__init__(f"'{asked}' holds {len(known):,} pages ({some}); give one of them")


class TableError(RetoldError):
    """A row does not fit the schema of its table, or a stage wrote a table it does not own."""

    def __init__(self, table: str, found: str) -> None:
        self.table = table
        super().__init__(f"table '{table}': {found}; see docs/tables.md for its columns and its writer")


class WorkerError(RetoldError):
    """No worker process can be started: nothing could be worked on, and no page is to blame."""

    def __init__(self, found: str) -> None:
        self.found = found
        super().__init__(f"no worker process could be started: {found}; with --jobs 0 the work is done without them")


class ArchiveError(RetoldError):
    """Something is the matter with an archive on disk."""


class NotAnArchiveError(ArchiveError):
    """A folder was asked for as an archive and is none."""

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(f"'{path}' is no archive: {found}; make one with `retold build PATH... -o {path}`")


class NewerArchiveError(ArchiveError):
    """An archive was written by a newer Retold."""

    def __init__(self, path: str, found: str, known: str) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"'{path}' has {found} and this Retold knows {known}; nothing was changed; use the Retold that wrote it"
        )


class OlderArchiveError(ArchiveError):
    """An archive was written by an older Retold, whose rows lack columns that are needed now."""

    def __init__(self, path: str, found: str, known: str) -> None:
        self.path, self.found, self.known = path, found, known
        super().__init__(
            f"'{path}' has {found}, of an older Retold, and this one needs {known}; nothing was changed; "
            "build it anew from its pages with `retold build PATH... -o NEW`, or use the Retold that wrote it"
        )


class BrokenManifestError(ArchiveError):
    """The manifest of an archive is torn or changed."""

    exit_code = 1

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(f"'{path}': {found}; `retold check --repair` goes back to the one before")


class BrokenPartError(ArchiveError):
    """A file of an archive is not what the manifest says."""

    exit_code = 1

    def __init__(self, place: str, found: str) -> None:
        self.place = place
        super().__init__(f"'{place}' {found}; `retold check` names all that is broken, `--repair` mends what it can")


class ArchiveChangedError(ArchiveError):
    """A part a reader asked for is gone: the folder could not take its lease, or the page was forgotten."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"'{place}' was removed while it was read (the archive was changed); ask again")


class ArchiveLockedError(ArchiveError):
    """Another process writes to the archive."""

    def __init__(self, path: str, owner: str) -> None:
        self.path, self.owner = path, owner
        super().__init__(f"'{path}' is being written by {owner}; wait for it to end, or stop it (nothing is lost)")


class ArchiveWriteError(ArchiveError):
    """A file of an archive could not be written; what was committed before stands."""

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(
            f"cannot write '{path}': {found}; what was committed stands: make room or give leave, and run it again"
        )
