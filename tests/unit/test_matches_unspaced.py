"""Shared passages in scripts without spaces between words, on invented sentences: found, and with exact places."""

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import Segment, SegmentKind
from retold.model.story import MatchType
from retold.plain.words import units_of
from retold.stages import matches
from retold.tables.table import MATCHES, PAGES, SEGMENTS

COPIED = {
    "Chinese": "码头工人周一凌晨放下工具，要求提高夜班津贴；港务局表示，谈判将在周三继续进行。",
    "Japanese": "港の作業員は月曜日の未明に仕事を止め、夜勤手当の引き上げを求めた。港湾局は水曜日に話し合いを続けると述べた。",
    "Thai": "คนงานท่าเรือวางเครื่องมือตั้งแต่เช้ามืดวันจันทร์และเรียกร้องค่ากะกลางคืนเพิ่มขึ้น การท่าเรือกล่าวว่าจะเจรจาต่อในวันพุธ",
}
OWN = {
    "Chinese": ("渡轮停航三天，旅客改乘巴士离开小镇。", "市长说，学校下周照常上课，操场已经清理干净。"),
    "Japanese": (
        "渡し船は三日間運休し、乗客はバスで町を出た。",
        "市長は来週も学校を開くと語り、校庭は片付いたとした。",
    ),
    "Thai": ("เรือข้ามฟากหยุดวิ่งสามวัน ผู้โดยสารขึ้นรถบัสออกจากเมือง", "นายกเทศมนตรีกล่าวว่าโรงเรียนจะเปิดตามปกติในสัปดาห์หน้า"),
}
EDITS = {"Chinese": ("周三", "周五"), "Japanese": ("水曜日", "金曜日"), "Thai": ("วันพุธ", "วันศุกร์")}


def _matches(*texts):
    tables = MemoryTables()
    pages = [
        Page(PageId(f"{i:032x}"), f"{i}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
        for i, text in enumerate(texts)
    ]
    tables.put(PAGES, pages)
    tables.put(SEGMENTS, (Segment(page.page, 0, len(page.text), SegmentKind.BODY) for page in pages))
    return run_stages(tables, [matches.STAGE]).rows(MATCHES)


@pytest.mark.parametrize("script", COPIED)
def test_a_copy_among_other_sentences_is_found_with_its_places(script):
    one, other = (f"{OWN[script][0]}\n{COPIED[script]}", f"{COPIED[script]}\n{OWN[script][1]}")
    (match,) = _matches(one, other)
    assert {span.type for span in match.spans} == {MatchType.COPY}
    first, last = match.spans[0], match.spans[-1]
    copied = COPIED[script].rstrip("。")
    assert one[first.a0 : last.a1] == other[first.b0 : last.b1] == copied
    assert 0.4 < match.containment_a < 1


@pytest.mark.parametrize("script", COPIED)
def test_a_changed_word_does_not_end_the_passage(script):
    copied = COPIED[script]
    edited = copied.replace(*EDITS[script])
    (match,) = _matches(f"{copied}\n{OWN[script][0]}", f"{OWN[script][1]}\n{edited}")
    before = copied.index(EDITS[script][0])
    assert any(span.a0 == 0 and span.a1 >= before - 5 for span in match.spans)


@pytest.mark.parametrize("script", COPIED)
def test_unrelated_reports_of_one_script_share_nothing(script):
    assert _matches(*OWN[script], COPIED[script]) == ()


@pytest.mark.parametrize("script", COPIED)
def test_pieces_tile_the_words_and_depend_on_nothing_around(script):
    text = COPIED[script]
    units = units_of(text)
    assert 1.2 < sum(unit.end - unit.start for unit in units) / len(units) < 9
    behind = units_of(f"{OWN[script][0]}{text}")[-len(units) + 8 :]
    assert [unit.key for unit in behind] == [unit.key for unit in units[8:]]


def test_compiled_rows_are_those_of_the_twins():
    pytest.importorskip("numba")
    tables = MemoryTables()
    texts = [f"{own}\n{COPIED[script]}" for script in COPIED for own in OWN[script]]
    pages = [
        Page(PageId(f"{i:032x}"), f"{i}.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))
        for i, text in enumerate(texts)
    ]
    tables.put(PAGES, pages)
    tables.put(SEGMENTS, (Segment(page.page, 0, len(page.text), SegmentKind.BODY) for page in pages))
    plain = run_stages(tables, [matches.STAGE]).rows(MATCHES)
    assert len(plain) == len(COPIED)
    assert run_stages(tables, [matches.STAGE_COMPILED]).rows(MATCHES) == plain


def test_words_of_other_scripts_inside_stand_alone():
    assert units_of("APの3,5")[0].key == "ap"
    assert units_of("APの3,5")[-1].key == "3,5"
    assert [unit.key for unit in units_of("The port's 1,200")] == ["the", "ports", "1,200"]
