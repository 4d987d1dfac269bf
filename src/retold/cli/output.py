"""Writing files whole or not at all, and never over a page that was read."""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from retold.errors import OutputError, OverwriteError

if TYPE_CHECKING:
    from retold.pipeline import Retelling


def sources_of(told: Retelling) -> frozenset[str]:
    """Return the addresses of the pages that were read."""
    return frozenset(witness.report.page.source for view in told.stories for witness in view.witnesses)


def write_file(output: str | Path, text: str, *, inputs: Collection[str]) -> None:
    """Write the text as UTF-8; the file appears when it is whole.

    Raises OverwriteError when it is one of the inputs, OutputError when it cannot be written.
    """
    path = Path(output)
    try:
        if any(path.resolve() == Path(source).resolve() for source in inputs):
            raise OverwriteError(str(output))
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
            return
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        try:
            part.write_text(text, encoding="utf-8", errors="backslashreplace", newline="")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(output), error.strerror or str(error)) from error
