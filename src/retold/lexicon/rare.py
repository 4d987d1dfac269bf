"""Which stretches of a text may hold one of many rare phrases: one pass over its code points, no false "no".

A phrase is found by up to six letters of it that stand next to each other: where they do not stand, it does not.
Looking for each phrase in each line costs more than all else that is seen of the words of a page; here the whole page
is looked at once, and only what may hold a phrase is read for it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    _Codes = np.ndarray[Any, np.dtype[np.uint32]]

_LENGTHS = (6, 4, 3)
"""Letters that a phrase is found by: as many as it has, and these at most. (With four for all, four times as many
stretches have those of a phrase that does not stand there.)"""
_BITS = 16
_STEP = 31
_MIX = 0x9E37_79B1
"""An odd number near 2**32 over the golden ratio (Knuth, volume 3, 6.4): spreads sums over the highest bits."""
# English letters from the commonest on: of a phrase the letters least likely to stand in other words are taken.
_COMMON_FIRST = "etaoinsrhldcumfpgwybvkxjqz"
_EVERYTHING = 0xFF
_MOST_AT_ONCE = 1 << 16
"""Characters looked at at once (99 of 100 pages of pages/ have fewer): each takes some 30 bytes in arrays."""
_WHITE, _ODD = 1, 2


class RarePhrases:
    """Families of casefolded phrases of three letters at least, each family with a bit of its own (1 to 128)."""

    def __init__(self, families: Mapping[int, Iterable[str]]) -> None:
        import numpy as np

        self._tables = {n: np.zeros(1 << _BITS, dtype=np.uint8) for n in _LENGTHS}
        letters: set[str] = set()
        for bit, phrases in families.items():
            for phrase in phrases:
                letters.update(phrase)
                gram = _rarest(phrase)
                codes = np.array(list(map(ord, gram)), dtype=np.uint32)
                self._tables[len(gram)][_mixed(codes)[len(gram)]] |= bit
        self._kinds = np.array([_kind_of(chr(code), letters) for code in range(1 << 16)], dtype=np.uint8)

    def flags(self, text: str, starts: Sequence[int]) -> list[int]:
        """Return for every stretch, from its start to the next one's, the bits of the families it may hold.

        White space within phrases is one space, in the text any; where it is more than one, all bits are given; so are
        they to a stretch longer than any paragraph. What is held beside the text is some 2 MB, however long it is.
        """
        flags: list[int] = []
        ends = [*starts[1:], len(text)]
        first = 0
        while first < len(starts):
            start = starts[first]
            after = bisect_right(ends, start + _MOST_AT_ONCE, first)
            if after == first:
                flags.append(_EVERYTHING)
                after += 1
            else:
                flags += self._flags_of_some(text[start : ends[after - 1]], [at - start for at in starts[first:after]])
            first = after
        return flags

    def _flags_of_some(self, text: str, starts: Sequence[int]) -> list[int]:
        """Return the bits of stretches that are together no longer than a long page."""
        import numpy as np

        lowered = text.lower()
        if len(lowered) != len(text) or len(text) < _LENGTHS[0]:
            return [_EVERYTHING] * len(starts)
        codes = np.frombuffer(lowered.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kinds = self._kinds[np.minimum(codes, 0xFFFF)]
        is_white = kinds == _WHITE
        codes = np.where(is_white, np.uint32(32), codes)
        found = np.zeros(len(text), dtype=np.uint8)
        for n, mixed in _mixed(codes).items():
            found[: len(mixed)] |= self._tables[n][mixed]
        found[kinds == _ODD] = _EVERYTHING
        found[1:][is_white[1:] & is_white[:-1]] = _EVERYTHING
        flags: list[int] = np.bitwise_or.reduceat(found, np.asarray(starts, dtype=np.int64)).tolist()
        return flags


def _mixed(codes: _Codes) -> dict[int, _Codes]:
    """Return for every length of ``_LENGTHS`` a number under 2**_BITS for the letters from each place on."""
    import numpy as np

    step = np.uint32(_STEP)
    two = codes[:-1] * step + codes[1:]
    sums = {3: two[:-1] * step + codes[2:]}
    if len(codes) >= 4:
        sums[4] = two[:-2] * (step * step) + two[2:]
    if len(codes) >= 6:
        sums[6] = sums[4][:-2] * (step * step) + two[4:]
    return {n: (found * np.uint32(_MIX)) >> np.uint32(_BITS) for n, found in sums.items()}


def _rarest(phrase: str) -> str:
    """Return letters of the phrase that are rarest together, none of them half of a double s (which may be ß)."""
    for n in _LENGTHS:
        found = [phrase[i : i + n] for i in range(len(phrase) - n + 1) if "ss" not in phrase[max(0, i - 1) : i + n + 1]]
        if found:
            return max(found, key=lambda gram: (sum(map(_rarity, gram)), gram))
    raise ValueError(phrase)


def _rarity(letter: str) -> int:
    return 0 if letter == " " else _COMMON_FIRST.find(letter) if letter in _COMMON_FIRST else len(_COMMON_FIRST)


def _kind_of(character: str, letters: set[str]) -> int:
    """Tell white space, and what becomes letters of phrases when it is casefolded and others when it is lowered."""
    if character.isspace():
        return _WHITE
    folded = character.casefold()
    is_odd = folded != character.lower() and character not in "ßẞ" and not letters.isdisjoint(folded)
    return _ODD if is_odd or character == "ı" else 0  # a pattern without regard to case takes it for an i
