"""Headlines that an extractor ran into a sentence: where they stand, and the text without them."""

import pytest

from retold.plain.link_text import link_texts, without_link_text
from retold.stages.sentences import cut_sentences


@pytest.mark.parametrize(
    ("text", "lists"),
    [
        ("said Mayor Ann Reed Ann Ruth ReedFerry is late MORE on Friday.", ["Ann Ruth ReedFerry is late MORE"]),
        ("Ann McRae Ann (Annie) McRaeFerry? Late again. MORE left.", ["Ann (Annie) McRaeFerry? Late again. MORE"]),
        ("She put it on YouTube and wanted MORE of it.", []),
        ("Ann Reed Ann ReedFerry is late.", []),
        ("Ann Reed\nAnn ReedFerry\nis late MORE of it.", []),
    ],
)
def test_a_list_of_links_is_found_behind_a_name_printed_twice(text, lists):
    assert [text[start:end] for start, end in link_texts(text)] == lists
    seen = without_link_text(text)
    assert len(seen) == len(text)
    assert all(a == b or b == " " for a, b in zip(text, seen, strict=True))


def test_no_sentence_ends_inside_a_list_of_links():
    text = "Mayor Ann Reed Ann ReedFerry late? Crew on strike. Port shut MORE said so. It rained."
    assert [text[s:e][-8:] for s, e in cut_sentences(text, (0, len(text)))] == ["said so.", "t rained."[-8:]]
