"""The tree of errors: one class per situation, each building its own message.

Every message says what was asked, what was found and what to do. A page that cannot be read is data (the
``rejected`` table), not an error; errors here end a run or a command.
"""

from __future__ import annotations


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

    def __init__(self, asked: tuple[str, ...], found: str) -> None:
        self.asked = asked
        super().__init__(
            f"no page to read in {', '.join(repr(path) for path in asked)}: {found}; "
            "give text or HTML files, folders, globs in quotes, or - for standard input"
        )


class OutputError(RetoldError):
    """A file could not be written."""

    def __init__(self, path: str, found: str) -> None:
        self.path = path
        super().__init__(f"cannot write '{path}': {found}; name another file with -o, or - to print")


class UnknownPageError(RetoldError):
    """A page was asked for that is not among those read."""

    def __init__(self, asked: str, known: tuple[str, ...]) -> None:
        self.asked, self.known = asked, known
        super().__init__(f"no page '{asked}' among those read; known: {', '.join(known) or 'none'}")


class TableError(RetoldError):
    """A row does not fit the schema of its table, or a stage wrote a table it does not own."""

    def __init__(self, table: str, found: str) -> None:
        self.table = table
        super().__init__(f"table '{table}': {found}; see docs/tables.md for its columns and its writer")
