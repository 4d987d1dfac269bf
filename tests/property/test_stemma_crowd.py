"""What is counted at once for many reports is what is counted pair by pair, and what is remembered is what is found."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.model.story import Match, MatchSpan, MatchType
from retold.stages.collation.aligned import collate
from retold.stages.collation.describe import Known
from retold.stages.collation.likeness import weigh
from retold.stages.collation.pairs import pair
from retold.stages.collation.tokens import Unit, Wording, read_side
from retold.stages.stemma.bounds import ranked_at_once, ranked_one_by_one
from retold.stages.stemma.clock import clock_of
from retold.stages.stemma.descent import Bits, Marks
from retold.stages.stemma.pairs import pair_of, pairs_of
from retold.stages.stemma.places import Place, places_of
from retold.stages.stemma.witnesses import witnesses_of
from retold.stages.stemma.wordings import are_alike, compared
from retold.tables import table as t
from tests.unit.stemma_story import Told, story

WORDS = ("harbour", "train", "grain", "lock", "wagon", "crane", "basin", "signal", "crew", "ship", "ferry", "storm")
keys = st.lists(st.lists(st.sampled_from(WORDS), max_size=14).map(tuple), min_size=1, max_size=9, unique=True)


@given(keys)
def test_wordings_against_each_other_are_those_of_each_two(held):
    found = compared(held)
    for i, one in enumerate(held):
        elsewhere: Counter[str] = Counter()
        for j, other in enumerate(held):
            common = (Counter(one) & Counter(other)).total()
            assert found.common[i, j] == common
            assert found.alike[i, j] == (i == j or are_alike(len(one), len(other), common))
            if i != j and found.alike[i, j]:
                elsewhere |= Counter(one) & Counter(other)
        assert found.elsewhere[i] == elsewhere
        place = Place(0, {}, {}, tuple(held), {})
        assert place.elsewhere(i) == elsewhere


def sentence(seed: int, variant: int) -> str:
    """Return a sentence of twelve words, half of them in quotation marks where the seed is a third one, edited."""
    draw = random.Random(seed)
    words = [draw.choice(WORDS) for _ in range(12)]
    for i in range(variant):
        words[(seed + 5 * i) % 12] = f"other{variant}"
    if seed % 3 == 0:
        words[3], words[9] = f'"{words[3]}', f'{words[9]}"'
    return "The " + " ".join(words) + "."


reports = st.lists(
    st.tuples(st.dictionaries(st.integers(0, 9), st.integers(0, 3), max_size=9), st.sampled_from([None, "Kell Post"])),
    min_size=2,
    max_size=7,
)


@settings(max_examples=40)
@given(reports, st.integers(0, 10**6))
def test_pairs_counted_at_once_are_those_counted_one_by_one(held, seed):
    told = {
        str(n): Told({i: sentence(i, variant) for i, variant in sorted(places.items())}, outlet=outlet)
        for n, (places, outlet) in enumerate(held)
    }
    tables, ids = story(told)
    witnesses = witnesses_of(tables, ids.values())
    places = places_of(tables.rows(t.LOCI), witnesses)
    draw = random.Random(seed)
    matches = []
    for a in sorted(witnesses):
        for b in sorted(witnesses):
            if a < b and draw.random() < 0.4:
                n = draw.randrange(90)
                matches.append(Match(a, b, 9, 0.1, 0.1, (MatchSpan(0, n, 0, n, draw.choice(list(MatchType))),)))
    one_by_one = pairs_of(witnesses, places, matches, many_from=1000)
    at_once = pairs_of(witnesses, places, matches, many_from=0)
    pages = sorted(witnesses)
    assert at_once.found.copying() == one_by_one.found.copying()
    for page in pages:
        assert list(at_once.found.most_words(page)) == list(one_by_one.found.most_words(page))
        others = draw.sample(pages, len(pages) - 1)
        assert at_once.closest(page, others) == one_by_one.closest(page, others)
        for other in pages:
            assert page == other or pair_of(at_once, page, other) == pair_of(one_by_one, page, other)


texts = st.lists(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 3)), min_size=1, max_size=6), min_size=3, max_size=4
)


@settings(max_examples=40)
@given(texts)
def test_what_was_told_of_the_same_words_before_is_told_again(held):
    known_units: dict[Wording, Unit] = {}
    fresh, remembered = [], []
    for sentences in held:
        lines = [sentence(seed, variant) for seed, variant in sentences]
        text, spans = "\n".join(lines), []
        for line in lines:
            at = spans[-1][1] + 1 if spans else 0
            spans.append((at, at + len(line)))
        fresh.append(read_side(text, spans))
        remembered.append(read_side(text, spans, known_units))
    assert remembered == fresh
    known, weights = Known(), weigh(fresh)
    for v, one in enumerate(fresh):
        for other in fresh[:v]:
            groups = pair(other, one, weights)
            assert groups == pair(other, one, weigh(fresh))
            assert collate(other, one, groups, known) == collate(other, one, groups)


sets = st.integers(0, 2**70 - 1)
times = st.sampled_from([None, "2024-03-04", "2024-03-05", "2024-03-05T10:00:00+00:00", "2024-03-05T23:30:00-03:00"])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.builds(Marks, *[sets] * 8), times), min_size=2, max_size=6), sets)
def test_carriers_held_against_each_other_at_once_are_those_held_one_by_one(held, put):
    marks, clocks = [mark for mark, _ in held], [clock_of(time) for _, time in held]
    bits = Bits([], {}, put)
    one_by_one = ranked_one_by_one(marks, bits, clocks, 4.5)
    assert ranked_at_once(marks, bits, clocks, 4.5) == one_by_one
