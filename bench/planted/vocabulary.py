"""Words of the corpus as numbers: real texts cut into tokens, and the forms in which words of made text appear.

A token is a run of characters without white space together with the white space behind it, so a text is its tokens
one after the other. Real texts come from ../shared/data at run time; nothing of them is kept.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SETS = (
    "stories/allsides/articles.jsonl.gz",
    "scale/reuters21578.jsonl.gz",
    "scale/bbc2225.jsonl.gz",
)
LEAST_REAL = 100
"""Words of the shortest real text taken; shorter ones are market tables and headlines."""
LONGEST_REAL = 450
"""Real texts are cut here, so that pages of real and of made text are equally long."""
N_MADE = 30_000
"""Words made text is drawn from, the most frequent ones of the real texts."""
N_DRAWS = 1 << 20
"""Size of the table that words are drawn from by their frequency."""

PLAIN, CAPITAL, STOP, PARAGRAPH, OPEN_CURLY, CLOSE_CURLY, OPEN_STRAIGHT, CLOSE_STRAIGHT = range(8)
_FORMS = ("{} ", "{} ", "{}. ", "{}.\n\n", "“{} ", "{},” ", '"{} ', '{}," ')

_ENOUGH = 20 * LONGEST_REAL
"""Characters that hold as many words."""

_TOKEN = re.compile(r"(\S+)(\s*)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The bytes of every token, and how made words are drawn.

    Token ``i`` is ``text[starts[i]:starts[i + 1]]`` and has ``n_chars[i]`` code points; ``is_stop`` tells whether a
    sentence ends there; ``key`` is equal for tokens that differ in case, marks and white space only, 0 for marks alone.
    Word ``j`` of made text in form ``f`` is token ``made + f * N_MADE + j``; ``draws`` ``(N_DRAWS,)`` holds words.
    """

    text: NDArray[np.uint8]
    starts: NDArray[np.int64]
    n_chars: NDArray[np.int64]
    is_stop: NDArray[np.bool_]
    key: NDArray[np.int64]
    made: int
    draws: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class RealTexts:
    """Real texts as tokens: text ``i`` is ``tokens[starts[i]:starts[i + 1]]``."""

    tokens: NDArray[np.int64]
    starts: NDArray[np.int64]


def load(data: Path) -> tuple[Vocabulary, RealTexts]:
    """Return the real texts under the data folder and the words they use."""
    ids: dict[str, int] = {}
    tokens: list[int] = []
    starts = [0]
    for text in _texts(data):
        found = [word + ("\n\n" if "\n" in space else " ") for word, space in _TOKEN.findall(text[:_ENOUGH])]
        found = found[:LONGEST_REAL]
        if len(found) < LEAST_REAL:
            continue
        tokens.extend(ids.setdefault(token, len(ids)) for token in found)
        starts.append(len(tokens))
    real = RealTexts(np.array(tokens, np.int64), np.array(starts, np.int64))
    return _vocabulary(list(ids), real), real


def _texts(data: Path) -> Iterator[str]:
    for name in SETS:
        with gzip.open(data / name, "rt", encoding="utf8", errors="surrogatepass") as lines:
            for line in lines:
                yield json.loads(line)["text"].encode("utf8", "replace").decode("utf8")


def _vocabulary(real_tokens: list[str], real: RealTexts) -> Vocabulary:
    counts = np.bincount(real.tokens, minlength=len(real_tokens))
    frequency: Counter[str] = Counter()
    for token, count in zip(real_tokens, counts.tolist(), strict=True):
        word = token.strip().strip(".,;:!?'\"“”‘’()").lower()
        if word.isalpha() and word.isascii():
            frequency[word] += count
    words = [word for word, _ in frequency.most_common(N_MADE)]
    words += [f"word{i}x" for i in range(len(words), N_MADE)]
    forms = [
        form.format(word.capitalize() if i in (CAPITAL, OPEN_CURLY, OPEN_STRAIGHT) else word)
        for i, form in enumerate(_FORMS)
        for word in words
    ]
    tokens = real_tokens + forms
    encoded = [token.encode() for token in tokens]
    keys: dict[str, int] = {"": 0}
    shares = np.array([frequency[word] for word in words], np.float64) + 0.01
    return Vocabulary(
        text=np.frombuffer(b"".join(encoded), np.uint8),
        starts=np.cumsum([0, *map(len, encoded)]).astype(np.int64),
        n_chars=np.array(list(map(len, tokens)), np.int64),
        is_stop=np.array([token.rstrip().rstrip("'\"”’").endswith((".", "!", "?")) for token in tokens]),
        key=np.array([keys.setdefault(_key(t), len(keys)) for t in tokens], np.int64),
        made=len(real_tokens),
        draws=_draws(shares / shares.sum()),
    )


def _key(token: str) -> str:
    return re.sub(r"\W+", "", token).casefold()


def _draws(shares: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return ``N_DRAWS`` words, each as often as its share says."""
    ends = np.cumsum(shares) * N_DRAWS
    return np.searchsorted(ends, np.arange(N_DRAWS) + 0.5).clip(0, shares.size - 1).astype(np.int64)
