"""Sentences whose every word knows where it comes from, and what was done to it on the way.

A ``Line`` is a printed sentence. Its tokens (words with their punctuation) have a ``root``, given once when the word
was first written, and the numbers of the edits made to it since. Two lines are the same statement when they share
roots; what differs between them, and by which edits, is read off root by root (``differences``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

KINDS = ("wording", "number", "date", "hedge", "attribution", "house style", "name spelling", "quote", "trivial")


class Token(NamedTuple):
    """A word as printed, with its punctuation. ``quoted``: it stands inside quotation marks."""

    root: int
    text: str
    quoted: bool
    edits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed sentence: its tokens, and the roots of those it lost with the edit that took them.

    ``is_clear`` says that its quotation marks are balanced, so that what is quoted is known.
    """

    tokens: tuple[Token, ...]
    gone: Mapping[int, tuple[int, bool]] = field(default_factory=dict)
    is_clear: bool = True

    @property
    def text(self) -> str:
        """The sentence as printed."""
        return " ".join(token.text for token in self.tokens)

    @property
    def roots(self) -> frozenset[int]:
        """All roots it holds or held."""
        return frozenset(token.root for token in self.tokens) | self.gone.keys()


class Edits:
    """The edits of one transmission: numbered, each with its kind; also gives out roots."""

    def __init__(self) -> None:
        self.kinds: list[str] = []
        self._next_root = 0

    def new(self, kind: str) -> int:
        """Return the number of a new edit."""
        self.kinds.append(kind)
        return len(self.kinds) - 1

    def roots(self, n: int) -> range:
        """Return n roots not used before."""
        self._next_root += n
        return range(self._next_root - n, self._next_root)

    def line(self, text: str) -> Line:
        """Return a sentence written anew."""
        words = text.split()
        quoted, is_clear = _quoted(words)
        tokens = tuple(map(Token, self.roots(len(words)), words, quoted))
        return Line(tokens, is_clear=is_clear)


def _quoted(words: Sequence[str]) -> tuple[list[bool], bool]:
    """Tell for each word whether it stands in quotation marks, and whether the marks are balanced."""
    inside, found = False, []
    for word in words:
        opens = word.lstrip("('‘[")[:1] in ("“", '"') and not inside
        inside = inside or opens
        found.append(inside)
        if inside and any(mark in word[opens:] for mark in '”"'):
            inside = False
    text = " ".join(words)
    is_balanced = not inside and text.count("“") == text.count("”") and text.count('"') % 2 == 0
    is_clear = is_balanced and not any(mark in text for mark in "‘@«") and " '" not in text
    return found, is_clear


def replaced(line: Line, at: int, text: str, edit: int, *, n: int = 1) -> Line:
    """Return the line with another text for the token, and the ``n - 1`` after it taken away."""
    token = line.tokens[at]
    put = token._replace(text=text, edits=(*token.edits, edit))
    lost = {t.root: (edit, t.quoted) for t in line.tokens[at + 1 : at + n]}
    return Line((*line.tokens[:at], put, *line.tokens[at + n :]), {**line.gone, **lost}, line.is_clear)


def dropped(line: Line, start: int, end: int, edit: int) -> Line:
    """Return the line without these tokens."""
    lost = {t.root: (edit, t.quoted) for t in line.tokens[start:end]}
    return Line((*line.tokens[:start], *line.tokens[end:]), {**line.gone, **lost}, line.is_clear)


def inserted(line: Line, at: int, text: str, edit: int, edits: Edits) -> Line:
    """Return the line with a word put in before the token."""
    (root,) = edits.roots(1)
    quoted = 0 < at < len(line.tokens) and line.tokens[at - 1].quoted and line.tokens[at].quoted
    put = Token(root, text, quoted, (edit,))
    return Line((*line.tokens[:at], put, *line.tokens[at:]), line.gone, line.is_clear)


def split_at(line: Line, at: int) -> tuple[Line, Line]:
    """Return the line as two sentences, cut before the token; the lost words stay with the first."""
    first, second = line.tokens[:at], line.tokens[at:]
    first = (*first[:-1], first[-1]._replace(text=first[-1].text.rstrip(",;") + "."))
    second = (second[0]._replace(text=second[0].text[:1].upper() + second[0].text[1:]), *second[1:])
    return Line(first, line.gone, line.is_clear), Line(second, {}, line.is_clear)


def joined(one: Line, other: Line, edits: Edits, edit: int) -> Line:
    """Return two sentences as one, with "and" between them."""
    last = one.tokens[-1]
    first = (*one.tokens[:-1], last._replace(text=last.text.rstrip(".") + ","))
    (root,) = edits.roots(1)
    tokens = (*first, Token(root, "and", False, (edit,)), *other.tokens)
    return Line(tokens, {**one.gone, **other.gone}, one.is_clear and other.is_clear)


class Difference(NamedTuple):
    """A word that two lines have otherwise: its root, the edits between the two, whether it is quoted.

    ``is_missing``: one of the two has no such word.
    """

    root: int
    edits: frozenset[int]
    quoted: bool
    is_missing: bool = False


def differences(one: Sequence[Line], other: Sequence[Line]) -> Iterator[Difference]:
    """Yield the words that two groups of lines have otherwise, with the edits that made it so."""
    tokens_a = {token.root: token for line in one for token in line.tokens}
    tokens_b = {token.root: token for line in other for token in line.tokens}
    gone_a = {root: lost for line in one for root, lost in line.gone.items()}
    gone_b = {root: lost for line in other for root, lost in line.gone.items()}
    for root in sorted(tokens_a.keys() | tokens_b.keys()):
        a, b = tokens_a.get(root), tokens_b.get(root)
        if a is not None and b is not None:
            if a.text != b.text:
                yield Difference(root, frozenset(a.edits) ^ frozenset(b.edits), a.quoted)
        elif a is not None:
            yield _missing(a, gone_b)
        elif b is not None:
            yield _missing(b, gone_a)


def _missing(token: Token, gone: Mapping[int, tuple[int, bool]]) -> Difference:
    made = (gone[token.root][0],) if token.root in gone else token.edits[:1]
    return Difference(token.root, frozenset(made), token.quoted, is_missing=True)


def kinds_between(one: Sequence[Line], other: Sequence[Line], edits: Edits) -> frozenset[str] | None:
    """Return the kinds of edit that lie between two groups of lines that are one statement.

    None where one of them holds words of a further statement (joined to it, or cut from it with its sentence).
    """
    found: set[str] = set()
    for difference in differences(one, other):
        if not difference.edits and difference.is_missing:
            return None
        kinds = {edits.kinds[edit] for edit in difference.edits}
        found |= kinds | ({"quote"} if difference.quoted and kinds - {"trivial"} else set())
    return frozenset(found)


def same_share(one: Sequence[Line], other: Sequence[Line]) -> float:
    """Return the share of words (of the mean number) that both groups of lines have alike."""
    tokens_a = {token.root: token.text for line in one for token in line.tokens}
    tokens_b = {token.root: token.text for line in other for token in line.tokens}
    same = sum(tokens_b.get(root) == text for root, text in tokens_a.items())
    return 2 * same / max(1, len(tokens_a) + len(tokens_b))


def links(a: Sequence[Line], b: Sequence[Line]) -> list[tuple[int, int]]:
    """Return the pairs of lines of two reports that are the same statement, wholly or in part."""
    holder: dict[int, int] = {root: j for j, line in enumerate(b) for root in line.roots}
    return sorted({(i, holder[root]) for i, line in enumerate(a) for root in line.roots if root in holder})


def groups(pairs: Collection[tuple[int, int]]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Return the links as connected groups of lines of either side."""
    of_a: dict[int, set[int]] = {}
    of_b: dict[int, set[int]] = {}
    for i, j in pairs:
        of_a.setdefault(i, set()).add(j)
        of_b.setdefault(j, set()).add(i)
    done: set[int] = set()
    found = []
    for start in sorted(of_a):
        if start in done:
            continue
        left, right = {start}, set(of_a[start])
        while True:
            wider = {i for j in right for i in of_b[j]}
            if wider == left:
                break
            left, right = wider, {j for i in wider for j in of_a[i]}
        done |= left
        found.append((tuple(sorted(left)), tuple(sorted(right))))
    return found
