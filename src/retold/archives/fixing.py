"""``retold fix``: a person overrules what was found, in a log that is never shortened and holds on every rebuild.

Owns what is asked for and the log; what a fix does to stories stands in ``stages.stories.overruled``, what it does to a
story that is told in ``amending``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from retold.archives.building import CORPUS_STAGES, stages_behind
from retold.archives.read_model import open_model, renew
from retold.archives.telling import report_of, story_id
from retold.engine.archive.running import Means, run_corpus_stages
from retold.engine.archive.snapshot import Snapshot, open_snapshot
from retold.engine.archive.writer import open_writer
from retold.errors import RetoldError
from retold.model.fix import Fix, FixKind
from retold.model.page import PageId
from retold.tables.arrow import to_arrow
from retold.tables.table import FIXES


class FixError(RetoldError):
    """A fix was asked for that cannot be made."""

    def __init__(self, asked: str, found: str) -> None:
        self.asked = asked
        super().__init__(f"cannot {asked}: {found}")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who overrules, when (an ISO date or time), and why where that is told."""

    by: str
    at: str
    because: str | None = None


FORMS = {
    FixKind.MERGE: "merge STORY STORY...",
    FixKind.SPLIT: "split STORY REPORT...",
    FixKind.MOVE: "move REPORT STORY",
    FixKind.RELABEL: "relabel STORY TITLE",
    FixKind.EDGE: "edge CARRIER from SOURCE, or edge CARRIER not-from SOURCE",
    FixKind.ALIAS: "alias NAME NAME",
    FixKind.UNDO: "undo NUMBER",
}
"""How each kind is asked for."""
FROM, NOT_FROM = "from", "not-from"


def log_of(folder: Path) -> tuple[Fix, ...]:
    """Return the log of an archive, undone entries and undos too."""
    with open_snapshot(folder) as snapshot:
        return tuple(sorted(snapshot.rows(FIXES), key=lambda fix: fix.number))


def fix(folder: Path, kind: FixKind, asked: Sequence[str], signed: Signed, means: Means) -> Fix:
    """Write a fix into the log and form the stories again by it.

    Raises FixError where it cannot be made, UnknownArchiveStoryError where it names a story that is not there.
    """
    _look_at(signed)
    with open_writer(folder) as writer:
        snapshot = writer.snapshot()
        log = tuple(sorted(snapshot.rows(FIXES), key=lambda one: one.number))
        with open_model(snapshot) as model:
            pages, others, words, undoes = _Asked(kind, asked, model, str(folder), log).about()
        number = max((one.number for one in log), default=0) + 1
        new = Fix(number, kind, pages, others, words, undoes, signed.by, signed.at, signed.because)
        part = writer.put(FIXES.name, to_arrow(FIXES, (*log, new)), stage="fix")
        writer.commit(add=(part,), drop=snapshot.parts(FIXES.name))
        run_corpus_stages(writer, CORPUS_STAGES, means, due=stages_behind(writer.snapshot()))
        renew(writer)
        return new


def fixes_about(snapshot: Snapshot, pages: Sequence[str]) -> tuple[Fix, ...]:
    """Return the standing fixes that name one of these reports."""
    from retold.model.fix import standing

    wanted = set(pages)
    return tuple(one for one in standing(snapshot.rows(FIXES)) if not wanted.isdisjoint((*one.pages, *one.others)))


def _look_at(signed: Signed) -> None:
    if not signed.by.strip():
        raise FixError("fix", "say who overrules with --by NAME")
    try:
        datetime.fromisoformat(signed.at)
    except ValueError as error:
        raise FixError("fix", f"--at '{signed.at}' is no date; write it as 2031-05-06 or 2031-05-06T09:30") from error


About = tuple[tuple[PageId, ...], tuple[PageId, ...], tuple[str, ...], int | None]
"""Pages, others, words and the entry undone."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a person asks for, and the archive it is about."""

    kind: FixKind
    asked: Sequence[str]
    model: sqlite3.Connection
    archive: str
    log: Sequence[Fix]

    def about(self) -> About:
        """Return what the fix is about. Raises FixError where that makes no sense."""
        match self.kind:
            case FixKind.MERGE:
                return self._merge()
            case FixKind.SPLIT:
                return self._split()
            case FixKind.MOVE:
                return self._move()
            case FixKind.RELABEL:
                return self._relabel()
            case FixKind.EDGE:
                return self._edge()
            case FixKind.ALIAS:
                return self._alias()
            case FixKind.UNDO:
                return self._undo()

    def _merge(self) -> About:
        stories = list(dict.fromkeys(self._story(one) for one in self._some(2)))
        if len(stories) < 2:
            raise self._error("they are one story already")
        return tuple(self._reports(story)[0] for story in stories), (), (), None

    def _split(self) -> About:
        story, *reports = self._some(2)
        held = self._reports(self._story(story))
        found = {self._report(one): one for one in reports}
        pages = tuple(found)
        for page, one in found.items():
            if page not in held:
                raise self._error(
                    f"'{one}' is no report of story '{story}'; `retold stories {self.archive}` lists them"
                )
        others = tuple(page for page in held if page not in pages)
        if not others:
            raise self._error("no report would be left in the story; leave one out")
        return pages, others, (), None

    def _move(self) -> About:
        report, story = self._exactly(2)
        page, held = self._report(report), self._reports(self._story(story))
        if page in held:
            raise self._error(f"'{report}' is in that story already")
        return (page,), (held[0],), (), None

    def _relabel(self) -> About:
        story, title = self._exactly(2)
        if not title.strip():
            raise self._error("the title is empty")
        return (self._reports(self._story(story))[0],), (), (" ".join(title.split()),), None

    def _edge(self) -> About:
        carrier, how, source = self._exactly(3)
        if how not in (FROM, NOT_FROM):
            raise self._error(f"'{how}' is neither '{FROM}' nor '{NOT_FROM}'")
        pages = self._report(carrier), self._report(source)
        if pages[0] == pages[1]:
            raise self._error("a report is not its own source")
        return (pages[0],), (pages[1],), (how,), None

    def _alias(self) -> About:
        names = tuple(" ".join(name.split()) for name in self._exactly(2))
        if not all(names) or names[0].casefold() == names[1].casefold():
            raise self._error("give two different names")
        return (), (), names, None

    def _undo(self) -> About:
        (asked,) = self._exactly(1)
        known = [one.number for one in self.log]
        if not asked.isdecimal() or int(asked) not in known:
            raise self._error(f"there is no such fix; `retold fix {self.archive} list` lists them")
        if any(one.undoes == int(asked) for one in self.log):
            raise self._error(f"fix {asked} was undone before; undo that undo to have it again")
        return (), (), (), int(asked)

    def _error(self, found: str) -> FixError:
        return FixError(f"{self.kind.value} {' '.join(self.asked)}".strip(), found)

    def _some(self, n_least: int) -> Sequence[str]:
        if len(self.asked) < n_least:
            raise self._error(f"write `retold fix {self.archive} {FORMS[self.kind]} --by WHO --at WHEN`")
        return self.asked

    def _exactly(self, n: int) -> Sequence[str]:
        if len(self.asked) != n:
            raise self._error(f"write `retold fix {self.archive} {FORMS[self.kind]} --by WHO --at WHEN`")
        return self.asked

    def _story(self, asked: str) -> str:
        return story_id(self.model, asked, self.archive)

    def _report(self, asked: str) -> PageId:
        found = report_of(self.model, asked)
        if found is None:
            raise self._error(f"no report '{asked}' in '{self.archive}'; give its id, source id or address")
        return PageId(found["page"])

    def _reports(self, story: str) -> list[PageId]:
        rows = self.model.execute("SELECT page FROM reports WHERE story = ? ORDER BY place", (story,))
        return [PageId(page) for (page,) in rows]
