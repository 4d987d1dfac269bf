"""What is read fast is what it stands for: sums of keys, scores, prefilters, and the quick check of the characters."""

import numpy as np
import pytest

from retold.lexicon.agencies import agencies_in
from retold.lexicon.credit_forms import credit_form, may_hold_credit, picture_credit_at_end
from retold.lexicon.phrases import any_of
from retold.readers.characters import compare, survey
from retold.readers.quick import quick_text
from retold.readers.single import read_source
from retold.stages.segments.features import see
from retold.stages.segments.fitted import ALWAYS, model_of
from retold.stages.segments.heads import Declarations
from retold.stages.segments.passes import label
from retold.stages.segments.scores import body_reasons, body_score
from retold.stages.segments.sign_names import names_of
from retold.stages.segments.signs import keys_of
from retold.stages.segments.wording import wording_of
from tests.unit.test_segments import PASTED, page_of

PAGE = b"""<html><head><title>Dockers walk out</title></head><body class="page news-2"><nav class="menu main"><ul>
<li><a href="/">Home</a></li><li><a href="/s">Sport</a></li><li><a href="/o">Opinion</a></li></ul></nav>
<article class="story wide" id="a1"><h1>Dockers walk out at Port Halden</h1><p class="byline">By Ann Poe</p>
<figure><img src="x"><figcaption>Dockers on Monday. Photo: Bo Lund/AP</figcaption></figure>
<div class="story-body"><p>Dockers at the country's largest port walked out on Monday after talks broke down.</p>
<p>The walkout left eleven ships waiting outside the harbour, the port authority said in a statement.</p>
<h2>What happens next</h2><p>The ministry said it would call both sides to a meeting on Thursday.</p></div></article>
<aside class="related teaser-list"><p>Read more: The cranes of Port Halden</p></aside>
<footer class="site-footer"><p>&copy; 2019 Port Halden Post. All rights reserved.</p></footer></body></html>"""


def seen_pages():
    _, blocks = page_of(PASTED)
    yield PASTED, see(PASTED, blocks), "lines"
    read = read_source("page.html", PAGE)
    yield read.page.text, see(read.page.text, read.blocks), "html"


def test_sums_of_keys_are_the_sums_of_their_names():
    for text, seen, name in seen_pages():
        model = model_of(name)
        rows = [row for row in keys_of(text, seen, label(seen, Declarations()), Declarations()) if row]
        signs = [[ALWAYS, *(sign for sign in names_of(row) if sign in model.index)] for row in rows]
        wanted = [model.weights[[model.index[sign] for sign in names]].sum(axis=0).tolist() for names in signs]
        assert [model.sums.of([[key] for key in row]).tolist()[0] for row in rows] == wanted
        assert np.array(wanted).any()


def test_a_score_is_the_sum_of_its_reasons():
    for _, seen, _ in seen_pages():
        for one in seen:
            assert body_score(one) == pytest.approx(sum(reason.weight for reason in body_reasons(one)))


@pytest.mark.parametrize(
    "text",
    [
        "AP", "With Halden Wire", "Photo by Ann Poe", "Foto von Ann Poe", "Dockers at the gate Source: AAP",
        "Ann Poe contributed to this report", "Reporting by Ann Poe", "Dockers. Ann Poe/Reuters", "© Ann Poe",
        "Copyright Ann Poe", "Dockers at the gate (AP Photo)", "Dockers – Reuters", "mit Material von dpa",
        "Agence France-Presse", "Xinhua News Agency",
    ],
)  # fmt: skip
def test_what_is_a_credit_is_never_passed_over(text):
    folded = wording_of(text).folded
    assert credit_form(text, len(folded)) or picture_credit_at_end(text)
    assert may_hold_credit(text, folded)


def test_agencies_are_found_in_any_case_and_beside_any_mark():
    for text in ("/ritzau/", "REUTERS's", "(AP)", "agence france-presse"):
        assert agencies_in(text), text
    assert not agencies_in("A chapter on maps")


def test_a_pattern_of_many_phrases_finds_what_any_of_them_finds():
    phrases = ["cookie", "cookies", "cook", "news tip", "tips@"]
    for text in ("a cookie", "news tips", "Cook", "send tips@x", "no"):
        assert bool(__import__("re").search(any_of(phrases), text)) == any(phrase in text for phrase in phrases)


@pytest.mark.parametrize(
    "source",
    [
        PAGE.decode(), "<p>a<!-- b --> c</p>", "<title>x</title><p>y", "<style>p{}</style>a", "a &lt; b &amp; c",
        "<p title='it is > it'>text", "<a href=x'>y</a>z", "a<!--b", "<script>a</script >b", "</ x>y", "<!doctype html>z",
        "&amp<b>amp;</b>", "<p data-x=\"<b>no</b>\">yes</p>",
    ],
)  # fmt: skip
def test_the_quick_check_reads_what_the_tokenizer_reads(source):
    assert compare(survey(source).text, quick_text(source)).difference == 0


@pytest.mark.parametrize(
    "source",
    ["<p " + "a " * 1_500 + ">", "<p>" * 20_001, "<b x=1><i y=2>" * 300 + "<div>" * 600],
)
def test_a_page_that_could_make_the_builder_hang_is_not_checked_quickly(source):
    assert quick_text(source) is None


def test_a_short_text_is_read_once():
    assert wording_of("Sport") is wording_of("Sport")
    assert wording_of("Sport" * 40) is not wording_of("Sport" * 40)


@pytest.mark.parametrize("attribute", ['b="c" ', "b=c ", 'b=  "c'])
def test_a_tag_that_never_ends_is_tried_in_one_way(attribute):
    source = "<p>Rain fell.</p><a " + attribute * 5_000
    assert quick_text(source) is not None  # two ways for each attribute would not end in a lifetime
