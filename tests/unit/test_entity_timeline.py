"""What one person or thing did, in invented sentences: the event words, their days, and what is left out."""

import json

import pytest

from retold.cli.main import main
from retold.lexicon.times import time_words
from retold.model.facts import TimeExpression, TimeType
from retold.model.page import PageId
from retold.model.report import SegmentKind, Sentence
from retold.stages.timeline.doings import doings_of, name_spans
from retold.stages.timeline.entity import Told, entity_timeline
from retold.text.spans import Span
from retold.text.times import find_times

PAGE = PageId("0" * 32)
PUBLISHED = "2025-03-06"  # a Thursday


def cut(text):
    spans, start = [], 0
    for sentence in text.split("\n"):
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    return spans


def times_of(text, spans):
    found = find_times(text, spans, PUBLISHED, time_words())
    return [TimeExpression(PAGE, f.span, TimeType(f.type), f.value, f.edtf, f.anchor, f.order) for f in found]


def words_of(text, name="Ann Lund"):
    spans = cut(text)
    found = doings_of(text, spans, name_spans(text, name), times_of(text, spans), PUBLISHED)
    return [(text[slice(*doing.span)], doing.date) for doing in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lund sold the quay on Monday.", [("sold", "2025-03-03")]),
        ("Ann Lund, the port's new head, left in 2019.", [("left", "2019")]),
        ("The harbour master, Ann Lund, left on Monday.", [("left", "2025-03-03")]),
        ("The plan was praised by Ann Lund on Monday.", [("praised", "2025-03-03")]),
        ("The board sacked Ann Lund on Monday.", [("sacked", "2025-03-03")]),
        ('"It is over," said Ann Lund on Monday.', [("said", "2025-03-03")]),
        (
            "Ann Lund opened the lock on Monday and closed the yard.",
            [("opened", "2025-03-03"), ("closed", "2025-03-03")],
        ),
        ("Ann Lund decided to leave on March 3.", [("leave", "2025-03-03")]),
        ("Ann Lund made an offer on Monday.", [("offer", "2025-03-03")]),
        ("Ann Lund's resignation came on Monday.", [("resignation", "2025-03-03")]),
        ("Ann Lund sold the quay on Monday.\nShe kept the yard.", [("sold", "2025-03-03"), ("kept", "2025-03-03?")]),
        ("Ann Lund will sell the quay.", [("sell", None)]),
        ("Ann Lund stood by the quay.", [("stood", None)]),
        ("Ann Lund fans came.", []),
        ("The quay was sold.", []),
    ],
)
def test_what_somebody_did_is_found_with_its_day(text, expected):
    assert words_of(text) == expected


def test_a_name_is_found_in_full_and_by_its_last_word():
    text = "Ann Lund and the Lark Sea Line: Lund left the Sea Line."
    assert [text[slice(*span)] for span in name_spans(text, "Ann Lund")] == ["Ann Lund", "Lund"]
    assert [text[slice(*span)] for span in name_spans(text, "Lark Sea Line")] == ["Lark Sea Line", "Sea Line"]


def test_deeds_of_one_day_and_word_are_one_entry_and_undated_ones_come_last():
    texts = ["Lund sold the quay on Monday.\nLund left in 2019.", "On Monday, Ann Lund sold the quay.\nLund will weep."]
    reports = [
        Told(
            PageId(str(i) * 32),
            text,
            tuple(Sentence(PAGE, s.start, s.end, SegmentKind.BODY) for s in cut(text)),
            tuple(times_of(text, cut(text))),
            tuple(name_spans(text, "Lund")),
            PUBLISHED,
        )
        for i, text in enumerate(texts)
    ]
    entries = entity_timeline("Ann Lund", reports)
    assert [(e.order, e.date, len(e.events)) for e in entries] == [
        (1, "2019", 1),
        (2, "2025-03-03", 2),
        (0, None, 1),
    ]


def _leave(arguments):
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code


def test_the_command_prints_the_timeline(tmp_path, capsys):
    page = tmp_path / "a.txt"
    page.write_text(
        "Quay sold\n\nPublished 2025-03-06\n\nAnn Lund sold the Losk quay to the port on Monday, the board said in a note."
        "\n\nThe crews of the port were not asked, and the union spoke of a bad day for the whole town of Losk.\n",
        encoding="utf8",
    )
    assert _leave(["timeline", str(page), "--entity", "Ann Lund", "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["order"], entry["date"]) == (1, "2025-03-03")
    assert entry["events"][0]["page"] == str(page)
    assert _leave(["timeline", str(page), "--entity", "Ann Lund"]) == 0
    assert "[sold]" in capsys.readouterr().out
    assert _leave(["timeline", str(page), "--entity", "Nobody Atall"]) == 1
    assert "'Nobody Atall'" in capsys.readouterr().err
