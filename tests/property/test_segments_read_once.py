"""What is read of a text or a page at once is what reading it word by word, block by block, gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retold.lexicon.calendar import dates_in
from retold.lexicon.phrases import plain, telltale
from retold.model.page import PageId, Run
from retold.model.report import SegmentKind
from retold.model.rows import rows_of
from retold.stages.segments.fitted import FLOORS, KINDS, N_TEXT, decide, stays
from retold.stages.segments.wording import WORD, Wording, bag_of
from retold.text.unspaced import is_unspaced

letters = st.text(alphabet=st.sampled_from("abZ \u00a0'’.!?-3ßẞİıŉǰΐſK\u0345\u0307é©港口"), max_size=20)
anything = st.one_of(letters, st.text(max_size=20))


@given(anything)
def test_words_are_casefolded_at_once_as_one_by_one(text):
    text = text.strip()
    wording = Wording(text)
    if not is_unspaced(text):
        assert wording.folded == [word.casefold() for word in WORD.findall(text)]
    assert wording.key == plain(text)
    assert wording.bag == bag_of(text)
    assert wording.telltale == telltale(text)


@given(st.sampled_from(KINDS), st.lists(st.floats(0, 1), min_size=5, max_size=5), st.sampled_from(sorted(FLOORS)))
def test_what_stays_at_once_is_what_would_be_decided(by_rules, shares, name):
    if stays(by_rules, shares, FLOORS[name]):
        kind = decide(by_rules, shares, FLOORS[name])
        assert kind is by_rules
        assert kind not in KINDS[:N_TEXT]


def test_a_form_of_its_own_is_never_passed_over_at_once():
    assert not stays(SegmentKind.BODY, [0.0, 0.0, 0.0, 0.0, 1.0], FLOORS["html"])
    assert stays(SegmentKind.RELATED, [0.1, 0.0, 0.0, 0.0, 0.9], FLOORS["html"])


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Filed 3rdMarch 2019", ["2019-03-03"]), ("SEPT. 4", ["XXXX-09-04"]), ("am 3. März 2019", ["2019-03-03"]),
        ("marching 4 bands", []), ("2020年2月16日", ["2020-02-16"]), ("Room 3.4.19", ["2019-04-03"]), ("May be 4", []),
    ],
)  # fmt: skip
def test_dates_are_found_wherever_a_month_or_a_figure_opens_them(text, values):
    assert [date.value for date in dates_in(text)] == values


@given(st.lists(st.tuples(st.integers(), st.integers(), st.text(), st.integers())))
def test_rows_made_from_columns_are_those_made_one_by_one(values):
    page = PageId("p")
    assert rows_of(Run, [page] * len(values), *zip(*values, strict=True)) == tuple(Run(page, *row) for row in values)
