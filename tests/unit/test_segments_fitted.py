"""The fitted judgement over the rules': what may change a kind, what may not, and that it says why."""

import re
from importlib.resources import files

import pytest

from retold.model.report import SegmentKind
from retold.stages.segments.features import see
from retold.stages.segments.fitted import ALWAYS, FLOORS, KINDS, decide, judge, model_of
from retold.stages.segments.heads import Declarations
from retold.stages.segments.passes import label
from retold.stages.segments.signs import keys_of
from tests.unit.test_segments import PASTED, page_of

ALL_BODY = [1.0, 0.0, 0.0, 0.0, 0.0]
ALL_CAPTION = [0.0, 0.0, 0.0, 1.0, 0.0]
ALL_FURNITURE = [0.0, 0.0, 0.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("by_rules", "shares", "kind"),
    [
        (SegmentKind.FURNITURE, ALL_BODY, SegmentKind.BODY),
        (SegmentKind.RELATED, ALL_BODY, SegmentKind.BODY),
        (SegmentKind.BODY, ALL_FURNITURE, SegmentKind.FURNITURE),
        (SegmentKind.RELATED, ALL_FURNITURE, SegmentKind.RELATED),
        (SegmentKind.BODY, ALL_CAPTION, SegmentKind.CAPTION),
        (SegmentKind.CREDIT, ALL_BODY, SegmentKind.CREDIT),
        (SegmentKind.DATELINE, ALL_BODY, SegmentKind.DATELINE),
        (SegmentKind.CORRECTION, ALL_FURNITURE, SegmentKind.CORRECTION),
        (SegmentKind.HEADLINE, ALL_BODY, SegmentKind.HEADLINE),
        (SegmentKind.CAPTION, ALL_FURNITURE, SegmentKind.CAPTION),
        (SegmentKind.CAPTION, ALL_BODY, SegmentKind.BODY),
        (SegmentKind.STANDFIRST, [0.6, 0.3, 0.0, 0.0, 0.1], SegmentKind.STANDFIRST),
        (SegmentKind.STANDFIRST, [0.9, 0.05, 0.0, 0.0, 0.05], SegmentKind.BODY),
        (SegmentKind.FURNITURE, [0.1, 0.1, 0.5, 0.0, 0.3], SegmentKind.CROSSHEAD),
    ],
)
def test_marks_with_a_form_stay_and_the_rest_is_weighed(by_rules, shares, kind):
    assert decide(by_rules, shares, FLOORS["html"]) is kind


def test_a_date_alone_is_no_text():
    assert decide(SegmentKind.FURNITURE, ALL_BODY, FLOORS["html"], is_date=True) is SegmentKind.FURNITURE


def test_in_lines_only_the_rules_find_captions():
    assert decide(SegmentKind.FURNITURE, [0.0, 0.0, 0.0, 0.9, 0.1], FLOORS["lines"]) is SegmentKind.FURNITURE
    assert decide(SegmentKind.FURNITURE, [0.0, 0.0, 0.0, 0.9, 0.1], FLOORS["html"]) is SegmentKind.CAPTION


def judged(text):
    _, blocks = page_of(text)
    seen = see(text, blocks)
    rules = label(seen, Declarations())
    return seen, rules, judge(text, seen, rules, Declarations())


def test_what_the_weights_decide_says_its_signs_with_their_weight():
    seen, _, found = judged(PASTED)
    i = next(one.i for one in seen if one.text.startswith("The walkout"))
    assert found.kinds[i] is SegmentKind.BODY
    assert all(re.fullmatch(r".+ \([+]\d+\.\d\)", why) for why in found.why[i])
    assert all(found.why)


def test_the_same_page_is_judged_the_same_again():
    _, _, one = judged(PASTED)
    _, _, other = judged(PASTED)
    assert (one.kinds, one.why) == (other.kinds, other.why)


@pytest.mark.parametrize("text", ["x", "\0", "🙂 🙂", "\ud800", "漢字が並ぶ。漢字が並ぶ。", "- \n- \n"])
def test_no_text_is_too_odd(text):
    seen, _, found = judged(text)
    assert len(found.kinds) == len(seen)


def test_every_block_has_signs():
    _, blocks = page_of(PASTED)
    seen = see(PASTED, blocks)
    rows = keys_of(PASTED, seen, label(seen, Declarations()), Declarations())
    assert len(rows) == len(seen)
    assert rows[0]


@pytest.mark.parametrize("name", ["html", "lines"])
def test_weights_are_small_whole_and_of_the_kinds_weighed(name):
    model = model_of(name)
    assert ALWAYS in model.index
    assert model.weights.shape == (len(model.index), len(KINDS))
    file = files("retold.stages.segments") / f"weights_{name}.json"
    assert len(file.read_bytes()) < 1_000_000


def test_few_words_far_from_text_and_a_datelined_paragraph_are_not_weighed():
    menu = "".join(f"Entry {i}\n" for i in range(12))
    paragraph = "The walkout left eleven ships waiting outside the harbour, the port authority said on Monday.\n\n"
    dateline = "PORT HALDEN, March 12 (Halden Wire) - Dockers walked out at noon on Monday, their union said.\n\n"
    text = f"{menu}\n{dateline}{paragraph}{paragraph[4:]}"
    _, blocks = page_of(text)
    seen = see(text, blocks)
    rules = label(seen, Declarations())
    rows = keys_of(text, seen, rules, Declarations())
    assert rows[0] == []
    assert rows[12] == []
    assert rows[13]
    assert judge(text, seen, rules, Declarations()).kinds[12] is SegmentKind.BODY
