"""``read.sqlite``: reports, stories and their words as a database to search, made from the parts and swapped whole.

Never the record: whatever it says is said again from the parts. It is written once and then only read (readers open it
as immutable, so they take no lock and need no leave to write), and replaced when the archive has changed: by a copy
with the new batches added, where the others are as they were, else by a new one.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

from retold.archives.origins import Carried, origins_of
from retold.engine.archive.files import PARTIAL, Disk
from retold.engine.archive.snapshot import Snapshot
from retold.engine.archive.writer import Writer
from retold.errors import ArchiveWriteError, BrokenPartError
from retold.model.report import CreditForm, MetaField
from retold.stages.stories.stage import story_id_of
from retold.tables import table as t
from retold.tables.arrow import unescaped

NAME = "read.sqlite"
LAYOUT = 3
"""Grows when the tables below change; a model of another layout is made anew."""
COPIED = 0.5
"""Share of either main text in the other from which one of two reports carries the other's text in a list of stories;
the same share makes them one story."""
_SCHEMA = """
CREATE TABLE about (layout INTEGER, version INTEGER);
CREATE TABLE taken (batch TEXT PRIMARY KEY, parts TEXT);
CREATE TABLE reports (
    i INTEGER PRIMARY KEY, page TEXT UNIQUE, source TEXT, source_id TEXT, batch TEXT,
    outlet TEXT, day TEXT, title TEXT, story TEXT, place INTEGER, agencies TEXT,
    own TEXT);
CREATE TABLE copies (a TEXT, b TEXT, share REAL);
CREATE TABLE stories (
    story TEXT PRIMARY KEY, saga TEXT, title TEXT, first TEXT, last TEXT,
    n_reports INTEGER, n_origins INTEGER, origins TEXT);
CREATE VIRTUAL TABLE words USING fts5(title, text, content='', tokenize="unicode61 remove_diacritics 2");
CREATE INDEX of_copy ON copies (a);
CREATE INDEX of_story ON reports (story, place);
CREATE INDEX of_own ON reports (own);
CREATE INDEX of_source ON reports (source);
CREATE INDEX of_source_id ON reports (source_id);
CREATE INDEX of_first ON stories (first, story);
"""
_EMPTIED = "DELETE FROM about; DELETE FROM copies; DELETE FROM stories;"
"""What is written again where a model is added to."""
_REPORT_TABLES = frozenset({t.PAGES.name, t.META.name, t.CREDITS.name})


def renew(writer: Writer) -> None:
    """Make the read model of what the writer has committed, where it is not that already."""
    path = writer.folder / NAME
    if _fits(path, writer.manifest.version):
        return
    partial = path.with_name(NAME + PARTIAL)
    try:
        partial.unlink(missing_ok=True)
        _make(partial, writer.snapshot(), before=path)
        _swap(writer.files, partial, path)
    except (sqlite3.Error, OSError) as error:
        partial.unlink(missing_ok=True)
        raise ArchiveWriteError(str(path), str(error)) from error


@contextmanager
def open_model(snapshot: Snapshot) -> Iterator[sqlite3.Connection]:
    """Open the read model of the snapshot; where there is none of its version, one is made aside for this once.

    Raises BrokenPartError where it turns out to be broken.
    """
    path = snapshot.folder / NAME
    with TemporaryDirectory(prefix="retold-") as aside:
        if not _fits(path, snapshot.manifest.version):
            path = Path(aside) / NAME
            _make(path, snapshot)
        with closing(_opened(path)) as model:
            try:
                yield model
            except sqlite3.DatabaseError as error:
                raise BrokenPartError(NAME, f"is broken ({error})") from error


def fault_in(folder: Path) -> str | None:
    """Return what is wrong with the read model, None where nothing is, or where there is none."""
    path = folder / NAME
    if not path.exists():
        return None
    try:
        with closing(_opened(path)) as model:
            found: str = model.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    return None if found == "ok" else found


def _opened(path: Path) -> sqlite3.Connection:
    model = sqlite3.connect(f"file:{quote(str(path.resolve()))}?immutable=1", uri=True)
    model.row_factory = sqlite3.Row
    return model


def _fits(path: Path, version: int) -> bool:
    if not path.exists():
        return False
    try:
        with closing(_opened(path)) as model:
            found = model.execute("SELECT layout, version FROM about").fetchone()
    except sqlite3.Error:
        return False
    return found is not None and tuple(found) == (LAYOUT, version)


def _swap(files: Disk, partial: Path, path: Path) -> None:
    files.sync(partial)
    files.rename(partial, path)
    files.sync(path.parent)


def _make(path: Path, snapshot: Snapshot, *, before: Path | None = None) -> None:
    """Write the model of a snapshot into a new file, one batch in memory at a time; ``before`` is one to add to."""
    current = _parts_of_batches(snapshot)
    taken = _taken_in(before) if before else None
    is_added_to = taken is not None and taken.items() <= current.items()
    if before is not None and is_added_to:
        copyfile(before, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as model:
        model.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + (_EMPTIED if is_added_to else _SCHEMA))
        model.execute("BEGIN")
        for batch, parts in current.items():
            if not (is_added_to and taken and batch in taken):
                _put_reports(model, snapshot, batch)
                model.execute("INSERT INTO taken VALUES (?, ?)", (batch, parts))
        _put_stories(model, snapshot)
        _put_copies(model, snapshot)
        _put_origins(model)
        model.execute("INSERT INTO about VALUES (?, ?)", (LAYOUT, snapshot.manifest.version))
        model.execute("COMMIT")


def _parts_of_batches(snapshot: Snapshot) -> dict[str, str]:
    """Return for each batch the names of the parts its reports are made from."""
    found = {batch.batch: "" for batch in snapshot.manifest.batches}
    for part in snapshot.manifest.parts:
        if part.table in _REPORT_TABLES:
            found[part.batch] += f"{part.name} "
    return found


def _taken_in(path: Path) -> dict[str, str] | None:
    """Return the batches that a read model holds, with the parts they were made from; None where it is of no use."""
    if not path.exists():
        return None
    try:
        with closing(_opened(path)) as model:
            (layout,) = model.execute("SELECT layout FROM about").fetchone()
            return dict(map(tuple, model.execute("SELECT batch, parts FROM taken"))) if layout == LAYOUT else None
    except (sqlite3.Error, TypeError):
        return None


def _put_reports(model: sqlite3.Connection, snapshot: Snapshot, batch: str) -> None:
    meta = _first_values(snapshot, batch)
    agencies = _agencies(snapshot, batch)
    at: int = model.execute("SELECT coalesce(max(i), 0) FROM reports").fetchone()[0]
    columns = ["page", "source", "source_id", "text"]
    for rows in snapshot.stream(t.PAGES.name, batches=(batch,), columns=columns, rows=512):
        reports, words = [], []
        for row in rows.to_pylist():
            at += 1
            own = meta.get(row["page"], {})
            title = own.get(MetaField.TITLE)
            reports.append(
                (at, row["page"], unescaped(row["source"]), row["source_id"], batch, own.get(MetaField.OUTLET),
                 (own.get(MetaField.PUBLISHED) or "")[:10] or None, title, json.dumps(agencies.get(row["page"], [])),
                 story_id_of(row["page"]))
            )  # fmt: skip
            words.append((at, title or "", row["text"]))
        model.executemany(
            "INSERT INTO reports (i, page, source, source_id, batch, outlet, day, title, agencies, own)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", reports
        )  # fmt: skip
        model.executemany("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", words)


def _first_values(snapshot: Snapshot, batch: str) -> dict[str, dict[str, str]]:
    """Return for each page the first value of each field."""
    found: dict[str, dict[str, str]] = {}
    for rows in snapshot.stream(t.META.name, batches=(batch,), columns=["page", "field", "value"]):
        for row in rows.to_pylist():
            found.setdefault(row["page"], {}).setdefault(row["field"], row["value"])
    return found


def _agencies(snapshot: Snapshot, batch: str) -> dict[str, list[str]]:
    """Return for each page the agencies whose text it credits, in order of place."""
    found: dict[str, dict[str, None]] = {}
    for rows in snapshot.stream(t.CREDITS.name, batches=(batch,), columns=["page", "agency", "form"]):
        for row in rows.to_pylist():
            if row["form"] != CreditForm.PICTURE:
                found.setdefault(row["page"], {})[row["agency"]] = None
    return {page: list(agencies) for page, agencies in found.items()}


def _put_stories(model: sqlite3.Connection, snapshot: Snapshot) -> None:
    for rows in snapshot.stream(t.STORIES.name, rows=4096):
        for row in rows.to_pylist():
            told = (row["story"], row["saga"], row["title"], row["first"], row["last"], len(row["pages"]))
            model.execute("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)", told)
            places = [(row["story"], place, page) for place, page in enumerate(row["pages"])]
            model.executemany("UPDATE reports SET story = ?, place = ? WHERE page = ?", places)


def _put_copies(model: sqlite3.Connection, snapshot: Snapshot) -> None:
    import pyarrow.compute as pc

    for rows in snapshot.stream(t.MATCHES.name, columns=["a", "b", "containment_a", "containment_b"]):
        share = pc.max_element_wise(rows.column("containment_a"), rows.column("containment_b"))
        rows = rows.filter(pc.greater_equal(share, COPIED))
        values = (rows.column(name).to_pylist() for name in ("a", "b", "containment_a", "containment_b"))
        model.executemany(
            "INSERT INTO copies VALUES (?, ?, ?)",
            ((a, b, max(of_a, of_b)) for a, b, of_a, of_b in zip(*values, strict=True)),
        )


def _put_origins(model: sqlite3.Connection) -> None:
    told: list[tuple[Any, ...]] = []
    for story, carried in _carried_by_story(model):
        pages = {one.page for one in carried}
        copies = [
            (a, b)
            for one in carried if len(pages) > 1
            for a, b in model.execute("SELECT a, b FROM copies WHERE a = ?", (one.page,)) if b in pages
        ]  # fmt: skip
        origins = origins_of(carried, copies)
        told.append((len(origins), json.dumps(origins, ensure_ascii=False), story))
    model.executemany("UPDATE stories SET n_origins = ?, origins = ? WHERE story = ?", told)


def _carried_by_story(model: sqlite3.Connection) -> Iterator[tuple[str, list[Carried]]]:
    rows = model.execute(
        "SELECT story, page, outlet, agencies FROM reports WHERE story IS NOT NULL ORDER BY story, place"
    )
    story, carried = None, []
    for row in rows:
        if row[0] != story and story is not None:
            yield story, carried
            carried = []
        story = row[0]
        carried.append(Carried(row[1], row[2], tuple(json.loads(row[3]))))
    if story is not None:
        yield story, carried
