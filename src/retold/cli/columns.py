"""The collation in the terminal: two reports side by side, sentence by sentence, with the words that differ marked.

Owns the laying out of two columns; what became of a sentence stands in the view, what is trivial in
``retold.report.collation``, whose filter this shares.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import zip_longest

from retold.cli.card import totals_line
from retold.cli.terminal import STYLES, clean, is_terminal, say, say_wrapped, styled
from retold.model.story import Alignment, Change
from retold.report.collation import is_quiet, parts_of
from retold.report.origins import origin_of
from retold.views.story_view import Pair, StoryView

MARKS = {
    Change.KEPT: "=",
    Change.EDITED: "~",
    Change.REWRITTEN: "≈",
    Change.SPLIT: "<",
    Change.MERGED: ">",
    Change.CUT: "-",
    Change.ADDED: "+",
}
_BORDERS = {"del": ("[-", "-]", "red"), "ins": ("{+", "+}", "green")}
NARROWEST, WIDEST = 60, 200
BETWEEN = " │ "

Fragment = tuple[str, str]
"""Characters and their style (none: "")."""
Word = list[Fragment]
"""What no line end parts."""


def print_columns(view: StoryView, *, hide_trivial: bool = False) -> None:
    """Print each report beside the earlier one it shares most sentences with, trivial changes hidden or not."""
    if not view.pairs:
        say("One report only: there is nothing to compare it with." if len(view.witnesses) == 1 else "No pairs.")
        return
    say("  ".join(f"{mark} {change.value}" for change, mark in MARKS.items()) + "  * moved")
    for pair in view.closest_pairs():
        _print_pair(view, pair, hide_trivial=hide_trivial)


def _print_pair(view: StoryView, pair: Pair, *, hide_trivial: bool) -> None:
    by_siglum = {witness.siglum: witness for witness in view.witnesses}
    a, b = by_siglum[pair.a], by_siglum[pair.b]
    say()
    say(styled(f"{pair.b} against {pair.a}: {totals_line(pair)}", "bold"))
    if not pair.n_shared:
        say("  no sentence in common")
        return
    width = column_width()
    _print_row(" ", [[(f"{pair.a} {clean(a.name)}", "bold")]], [[(f"{pair.b} {clean(b.name)}", "bold")]], width)
    is_carried = origin_of(view, a.page) is not None and origin_of(view, a.page) == origin_of(view, b.page)
    n_alone = n_quiet = 0
    for alignment in pair.alignments:
        if hide_trivial and is_quiet(alignment):
            n_quiet += 1
        elif not is_carried and alignment.change in (Change.CUT, Change.ADDED):
            n_alone += 1
        else:
            _print_alignment(view, pair, alignment, width)
    if n_quiet:
        say_wrapped(f"hidden: {n_quiet} unchanged, or changed in spelling and house style only", indent="  ")
    if n_alone:
        told = f"{n_alone} sentences stand in one alone: these reports have different origins, so none was cut or added"
        say_wrapped(told, indent="  ")


def column_width() -> int:
    """Return the characters of one column: half of the terminal, or of 120 where there is none."""
    columns = shutil.get_terminal_size((120, 24)).columns
    return (min(WIDEST, max(NARROWEST, columns)) - 2 - len(BETWEEN)) // 2


def _print_alignment(view: StoryView, pair: Pair, alignment: Alignment, width: int) -> None:
    left = _side(view, pair.a, alignment, width, is_a=True)
    right = _side(view, pair.b, alignment, width, is_a=False)
    _print_row(MARKS[alignment.change] + ("*" if alignment.moved else ""), left, right, width)
    kinds = ", ".join(kind.value for kind in alignment.kinds)
    if kinds:
        say(f"   {styled(f'({kinds})', 'dim')}")


def _side(view: StoryView, siglum: str, alignment: Alignment, width: int, *, is_a: bool) -> list[list[Fragment]]:
    """Return the lines of one column: where the sentences stand, then their words."""
    units = alignment.a_units if is_a else alignment.b_units
    if not units:
        return []
    text = view.witness(alignment.a if is_a else alignment.b).report.page.text
    edits = [(edit.a if is_a else edit.b, edit) for edit in alignment.edits]
    parts = parts_of(text, units, edits, "del" if is_a else "ins")
    place: Word = [(f"{siglum}:{units[0].start}", "dim")]
    return wrapped([place, *words_of_parts((part.text, "" if part.is_trivial else part.mark) for part in parts)], width)


def words_of_parts(parts: Iterable[tuple[str, str]]) -> list[Word]:
    """Return the words of stretches of text with their marks; a word may have fragments of several marks.

    >>> words_of_parts([("the ", ""), ("har", "del"), ("bour", "")])
    [[('the', '')], [('[-har-]', 'red'), ('bour', '')]]
    """
    found: list[Word] = []
    is_open = False
    for text, mark in parts:
        before, after, style = _BORDERS.get(mark, ("", "", ""))
        pieces = text.split()
        if not pieces:
            is_open = False if text else is_open
            continue
        pieces[0] = before + pieces[0]
        pieces[-1] += after
        for i, piece in enumerate(pieces):
            if i == 0 and is_open and not text[0].isspace():
                found[-1].append((clean(piece), style))
            else:
                found.append([(clean(piece), style)])
        is_open = not text[-1].isspace()
    return found


def wrapped(words: Sequence[Word], width: int) -> list[list[Fragment]]:
    """Return the words folded to lines of at most so many columns; a longer word is cut.

    >>> ["".join(text for text, _ in line) for line in wrapped([[("dams", "")], [("held", "red")]], 6)]
    ['dams', 'held']
    """
    lines: list[list[Fragment]] = []
    used = width + 1
    for word in words:
        size = sum(shown_width(text) for text, _ in word)
        if used + 1 + size <= width:
            lines[-1] += [(" ", ""), *word]
            used += 1 + size
            continue
        for line in _cut(word, width):
            lines.append(line)
            used = sum(shown_width(text) for text, _ in line)
    return lines


def _cut(word: Word, width: int) -> list[list[Fragment]]:
    lines: list[list[Fragment]] = [[]]
    used = 0
    for text, style in word:
        taken = ""
        for character in text:
            size = shown_width(character)
            if used + size > width:
                lines[-1].append((taken, style))
                lines.append([])
                taken, used = "", 0
            taken, used = taken + character, used + size
        lines[-1].append((taken, style))
    return lines


def shown_width(text: str) -> int:
    """Return the columns of a terminal that a text takes: two for a wide character, none for a mark upon another.

    >>> shown_width("a山")
    3
    """
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in ("W", "F") else 1 for c in text
    )


def _print_row(mark: str, left: Sequence[Sequence[Fragment]], right: Sequence[Sequence[Fragment]], width: int) -> None:
    lines = zip_longest(left, right, fillvalue=())
    for i, (one, other) in enumerate(lines):
        gap = " " * (width - sum(shown_width(text) for text, _ in one))
        say(f"{mark if i == 0 else '':<2}{_shown(one)}{gap}{BETWEEN}{_shown(other)}".rstrip())


def _shown(line: Sequence[Fragment]) -> str:
    if not is_terminal():
        return "".join(text for text, _ in line)
    return "".join(f"\x1b[{STYLES[style]}m{text}\x1b[0m" if style else text for text, style in line)
