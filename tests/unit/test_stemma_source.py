"""The words and the places of an unseen source, as its carriers tell them."""

from __future__ import annotations

from retold.engine.memory import run_stages
from retold.model.page import PageId
from retold.stages import stemma
from retold.stages.stemma.descent import _is_other_half
from retold.stages.stemma.places import Place
from retold.stages.stemma.slots import known_source, source_of
from retold.tables import table as t
from tests.unit.stemma_story import Told, story
from tests.unit.test_stemma import FIFTH, FOURTH, LEAD, OTHER, OWN, SECOND, SIXTH, THIRD, WIRE


def told_words(source, variant):
    return {("+" if word.is_put else "-") + word.word for word in source.differing(variant)}


def test_a_word_that_three_have_is_the_sources_where_the_others_differ_from_each_other():
    words = "the ferry left the {} pier at dawn with empty decks"
    keys = [tuple(words.format(word).split()) for word in ("northern", "wooden", "rotten", "harbour", "public")]
    source = source_of(keys, 1, {0: 3.0, 1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0})
    assert source.words == keys[0]
    assert told_words(source, 0) == set()
    assert told_words(source, 2) == {"+rotten", "-northern"}


def test_a_word_put_in_by_three_is_no_word_of_the_source_where_the_others_agree():
    plain = ("the", "ferry", "left", "the", "pier", "at", "dawn", "with", "empty", "decks")
    more = ("the", "ferry", "left", "the", "pier", "at", "dawn", "yesterday", "with", "empty", "decks")
    source = source_of([plain, more], 1, {0: 4.0, 1: 3.0})
    assert source.words == plain
    assert told_words(source, 1) == {"+yesterday"}


def test_carriers_in_two_minds_make_no_change():
    one, other = ("boats", "lay", "in", "the", "harbour"), ("boats", "lay", "in", "the", "basin")
    source = source_of([one, other], 0, {0: 1.0, 1: 1.3})
    assert told_words(source, 0) == told_words(source, 1) == set()


def test_spellings_and_a_style_books_words_are_no_change():
    source = known_source([("governor", "tarkhan", "spoke"), ("gov", "tarkhaan", "spoke")], 0)
    assert told_words(source, 1) == set()


def test_carriers_that_took_a_correction_over_share_no_unseen_copy():
    wrong, right = (WIRE | {2: f"{SECOND} Of the 214 boats {n} sank."} for n in (31, 37))
    note = "Correction: an earlier version of this report gave the figure as 31; it is 37."
    credit = {"credit": "(AFP)", "agency_of_credit": "AFP"}
    own = "Nobody of {0} was at the {0} pier when the {0} bells rang, the {0} ferryman wrote in his diary."

    def reports(correction):
        first = {name: Told(wrong | {11 + i: own.format(name)}, **credit) for i, name in enumerate(("Kell", "Arden"))}
        later = {
            name: Told(right | {14 + i: own.format(name)}, correction=correction, **credit)
            for i, name in enumerate(("Losk", "Ossel"))
        }
        return first | {"Harm": Told(wrong, **credit)} | later

    for correction, n_hidden in ((None, 1), (note, 0)):
        tables, _ = story(reports(correction))
        run_stages(tables, [stemma.STAGE])
        assert sum("/" in node.node for node in tables.rows(t.STEMMA_NODES)) == n_hidden


def test_a_sentence_that_was_aligned_apart_is_the_other_half_of_the_sources():
    a, b, c = map(PageId, "abc")
    keys = tuple(tuple(text.split()) for text in ("divers found the missing captain at noon in shallow water",))
    apart = tuple(tuple(text.split()) for text in ("divers say the captain was found alive",))
    source = Place(0, {}, {a: 0, b: 0}, keys, {})
    assert _is_other_half(Place(1, {}, {c: 0}, apart, {}), source)
    assert not _is_other_half(Place(1, {}, {b: 0, c: 0}, apart, {}), source)
    assert not _is_other_half(Place(1, {}, {c: 0}, (("nobody", "spoke", "of", "crew"),), {}), source)


def test_a_sentence_of_one_whole_copy_is_the_sources_where_few_are_around_it_and_not_where_many_are():
    whole = {"dateline": "OSSEL, March 3 (AFP) -", "agency_of_dateline": "AFP"}
    units = {1: LEAD, 2: SECOND, 3: OWN, 4: THIRD, 5: FOURTH, 6: FIFTH, 7: SIXTH}
    cut = {i: text for i, text in units.items() if i != 3}

    def places_told(n_others):
        others = {f"o{i}": Told(cut | {20 + i: f"{OTHER} That is number {i}."}) for i in range(n_others)}
        tables, _ = story({"w": Told(units, **whole)} | others)
        run_stages(tables, [stemma.STAGE])
        texts = {page.page: page.text for page in tables.rows(t.PAGES)}
        rows = [row.text_from for row in tables.rows(t.ARCHETYPE_READINGS)]
        return {texts[row.page][row.start : row.end] for row in rows}

    assert OWN in places_told(1)
    assert OWN not in places_told(4)
