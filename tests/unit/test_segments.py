"""Segments of invented pages: what each block of a pasted page, or of an HTML page, is."""

import re

import pytest

from retold.model.page import Block, Characters, Declared, Page, PageFormat, page_id_of
from retold.model.report import SegmentKind
from retold.stages.segments import segment_page
from retold.text.spans import check_tiling, trim

PASTED = """Skip to main content
Menu
Advertisement

Dockers walk out at Port Halden as talks stall

By Ann Poe
Updated 12 March 2019

Dockers march through the old harbour of Port Halden on Monday. Source: AAP

PORT HALDEN, March 12 (Halden Wire) - Dockers at the country's largest port walked out on Monday after talks \
over pay broke down, their union said.

The walkout left eleven container ships waiting outside the harbour, and the port authority warned that the \
queue could double by the end of the week.

Read more: Why the harbour is running out of cranes

"We have waited for two years and we will not wait any longer," the union's chairman told reporters at the gate.

What happens next

The labour ministry said it would call both sides to a meeting on Thursday, though neither had yet agreed to come.

Story continues below advertisement

The last strike at the port, in 2011, went on for nineteen days and cost exporters millions. \
(Reporting by Ann Poe; Editing by Bo Lund)

Correction: An earlier version of this report gave the wrong year of the last strike.

Do you have a story tip? Email: desk@porthaldenpost.example.

Share on Facebook
© 2019 Port Halden Post. All rights reserved.
"""


def page_of(text, blocks=None, form=PageFormat.TEXT):
    page_id = page_id_of("page", text.encode("utf-8", "surrogatepass"))
    page = Page(page_id, "page", None, form, "utf-8", len(text), "", "1", text, Characters(0, 0, 0))
    if blocks is None:
        starts = [match.start() for match in re.finditer(r"(?m)^(?=.*\S)", text)] or [0]
        starts[0] = 0
        ends = [*starts[1:], len(text)]
        blocks = [Block(page_id, a, b, "line") for a, b in zip(starts, ends, strict=True) if b > a]
    return page, blocks


def kinds_of(text):
    page, blocks = page_of(text)
    return [(segment.kind, text[slice(*trim(text, segment.span))]) for segment in segment_page(page, blocks)]


def kind_of_line(text, opening):
    return next(kind for kind, words in kinds_of(text) if words.startswith(opening))


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("Skip to", SegmentKind.FURNITURE),
        ("Menu", SegmentKind.FURNITURE),
        ("Advertisement", SegmentKind.ADVERT),
        ("Dockers walk out", SegmentKind.HEADLINE),
        ("By Ann", SegmentKind.BYLINE),
        ("Updated 12", SegmentKind.FURNITURE),
        ("Dockers march", SegmentKind.CAPTION),
        ("PORT HALDEN, March", SegmentKind.DATELINE),
        ("Dockers at", SegmentKind.BODY),
        ("The walkout", SegmentKind.BODY),
        ("Read more", SegmentKind.RELATED),
        ('"We have', SegmentKind.BODY),
        ("What happens", SegmentKind.CROSSHEAD),
        ("The labour", SegmentKind.BODY),
        ("Story continues", SegmentKind.ADVERT),
        ("The last", SegmentKind.BODY),
        ("(Reporting", SegmentKind.CREDIT),
        ("Correction", SegmentKind.CORRECTION),
        ("Do you have", SegmentKind.CONTACT),
        ("Share on", SegmentKind.FURNITURE),
        ("© 2019", SegmentKind.FURNITURE),
    ],
)
def test_a_pasted_page_is_told_apart(opening, kind):
    assert kind_of_line(PASTED, opening) is kind


def test_segments_tile_and_say_why():
    page, blocks = page_of(PASTED)
    segments = segment_page(page, blocks, explained=True)
    check_tiling([segment.span for segment in segments], len(PASTED), page="page")
    assert all(segment.why for segment in segments)


def test_segments_are_the_same_when_nobody_asks_why():
    page, blocks = page_of(PASTED)
    told = segment_page(page, blocks, explained=True)
    assert [one.kind for one in segment_page(page, blocks)] == [one.kind for one in told]


def test_a_line_printed_twice_is_a_picture_and_its_caption():
    twice = "Rescue boats tied up at the flooded market of Port Halden, April 3, 2021\n"
    text = (
        f"Flood reaches market\n\n{twice}{twice}\nWater rose over the quay on Saturday night, the fire brigade said.\n"
    )
    assert [kind for kind, _ in kinds_of(text)].count(SegmentKind.CAPTION) == 2


def test_an_alternative_text_goes_with_its_caption():
    text = (
        "Storm closes airport\n\n"
        "The airport closed at noon on Friday as winds rose, its operator said in a statement.\n\n"
        "A worker in a yellow jacket ties down a small plane at Port Halden airport in strong wind.\n"
        "A worker ties down a plane at Port Halden airport. Source: AAP\n\n"
        "Flights were to start again on Saturday morning at the earliest, the operator added.\n"
    )
    assert [kind.value for kind, _ in kinds_of(text)] == ["headline", "body", "caption", "caption", "body"]


@pytest.mark.parametrize("line", ["with AFP", "With Halden Wire", "Reuters, AP", "Mit Material von dpa"])
def test_a_line_that_credits_an_agency_is_a_credit(line):
    text = f"Storm closes airport\n\nThe airport closed at noon on Friday as winds rose, its operator said.\n\n{line}\n"
    assert kind_of_line(text, line) is SegmentKind.CREDIT


def test_an_agency_in_running_text_is_no_credit():
    line = "A harbour official told AFP that the last ferry had left before the storm arrived."
    text = f"Storm closes harbour\n\n{line}\n\nThe ferry company said it would wait for the wind to fall.\n"
    assert kind_of_line(text, "A harbour") is SegmentKind.BODY


def test_a_short_paragraph_that_a_dateline_opens_is_no_headline():
    text = (
        "A Harbour for All, Now Shut to Many More.\n\nPORT HALDEN -- The harbour opens. The harbour shuts. But the work of"
        " the pilots will never end.\n\nSo says a voice on the radio of the ferry that carries four hundred people a day"
        " across the sound, a voice that everyone in Port Halden knows and that nobody has ever seen.\n"
    )
    assert kind_of_line(text, "PORT HALDEN") is SegmentKind.DATELINE


def test_html_blocks_are_told_apart_by_their_elements():
    around = ("html", "body", "main.page", "article.story")
    parts = [
        ("nav", ("html", "body", "nav.top"), "Home News Sport", 15),
        ("h1", (*around, "h1"), "Ferry runs aground off Port Halden", 0),
        ("p", (*around, "div.text", "p"), "A ferry with forty people on board ran aground on Sunday, police said.", 0),
        ("figcaption", (*around, "figure", "figcaption"), "The ferry on the sandbank near the lighthouse", 0),
        (
            "p",
            (*around, "div.text", "p"),
            "Nobody was hurt, and the passengers were taken off by two fishing boats.",
            0,
        ),
        ("p", ("html", "body", "aside.newsletter", "p"), "Sign up for our newsletter and never miss a story.", 0),
    ]
    text, blocks, at = "", [], 0
    for tag, ancestors, words, links in parts:
        text += words + "\n"
        blocks.append(Block(page_id_of("x", b""), at, len(text), tag, ancestors, links))
        at = len(text)
    page, _ = page_of(text, [], PageFormat.HTML)
    declared = [Declared(page.page, "opengraph", "og:title", "Ferry runs aground off Port Halden")]
    kinds = [segment.kind.value for segment in segment_page(page, blocks, declared)]
    assert kinds == ["furniture", "headline", "body", "caption", "body", "furniture"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\0", "😀", "\ud800", "Rain.", "،" * 50, "a" * 5000])
def test_odd_texts_are_tiled(text):
    page, blocks = page_of(text)
    segments = segment_page(page, blocks)
    check_tiling([segment.span for segment in segments], len(text), page="page")


WRAPPED = """Ferry aground off Port Halden

PORT HALDEN, March 3 (Halden Wire) -- A ferry with forty people on
board ran aground on a sandbank near the lighthouse early on Sunday,
the coast guard said.

Nobody was hurt, and the passengers were taken off by two fishing
boats before the tide turned. The ferry was to be towed back to its
quay in the evening.
"""


def test_the_lines_of_a_wrapped_paragraph_are_one_segment():
    found = kinds_of(WRAPPED)
    assert [kind.value for kind, _ in found] == ["headline", "dateline", "body", "body"]
    assert found[2][1].endswith("the coast guard said.")


CHINESE = """菜单
广告

港口工人罢工 谈判破裂

2019年3月12日

周一，该国最大港口的码头工人在薪资谈判破裂后举行罢工，工会表示罢工将持续到周五。

港务局警告说，有十一艘集装箱船在港外等候，到本周末，等候的船只可能会增加一倍。

“我们已经等了两年，我们不会再等下去了，”工会主席在大门口对记者说。

分享到微博
"""
JAPANESE = """メニュー
ログイン

港の労働者がストライキ、交渉は決裂

国内最大の港で月曜日、賃金交渉が決裂したことを受けて港湾労働者がストライキに入ったと、労働組合が発表した。

港湾局によると、十一隻のコンテナ船が港の外で待機しており、週末までに列は倍増する可能性がある。

「私たちは二年間待った。これ以上は待てない」と組合の委員長は門の前で記者団に語った。

シェアする
"""
THAI = """เมนู
เข้าสู่ระบบ

คนงานท่าเรือประท้วงหยุดงานหลังการเจรจาล้มเหลว

คนงานท่าเรือที่ใหญ่ที่สุดของประเทศหยุดงานประท้วงเมื่อวันจันทร์หลังจากการเจรจาเรื่องค่าจ้างล้มเหลว สหภาพแรงงานกล่าว

การท่าเรือเตือนว่ามีเรือบรรทุกสินค้าสิบเอ็ดลำรออยู่นอกท่าเรือ และแถวอาจเพิ่มเป็นสองเท่าภายในสุดสัปดาห์นี้

กระทรวงแรงงานกล่าวว่าจะเรียกทั้งสองฝ่ายเข้าประชุมในวันพฤหัสบดี แม้ว่าทั้งสองฝ่ายยังไม่ตกลงที่จะเข้าร่วม

แชร์
"""


@pytest.mark.parametrize(
    ("text", "n_paragraphs"), [(CHINESE, 3), (JAPANESE, 3), (THAI, 3)], ids=["Chinese", "Japanese", "Thai"]
)
def test_the_text_is_found_where_words_are_not_parted_by_spaces(text, n_paragraphs):
    kinds = [kind for kind, _ in kinds_of(text)]
    assert kinds.count(SegmentKind.BODY) == n_paragraphs
    assert kinds.count(SegmentKind.HEADLINE) == 1
    assert kinds[0] is kinds[-1] is SegmentKind.FURNITURE


def test_headings_of_a_list_printed_twice_are_no_captions():
    names = [
        "Ferry aground off Port Halden in fog",
        "What the harbour strike costs the exporters now",
        "The cranes of Losk",
    ]
    lists = "".join(f"{name}\n{name}\n" for name in (*names, "How the union won its vote last night"))
    text = f"{PASTED}\n{lists}"
    assert all(kind is not SegmentKind.CAPTION for kind, words in kinds_of(text) if words in names)


def test_a_date_line_above_a_picture_credit_is_no_caption():
    text = PASTED.replace("Updated 12 March 2019\n", "Updated 12 March 2019, 14:05\n\nPhoto: Ann Poe/Reuters\n")
    assert kind_of_line(text, "Updated 12") is SegmentKind.FURNITURE


@pytest.mark.parametrize(
    "credit",
    ["Supplied", "(Bo Lund/Post)", "Bo Lund/Coast Images/AFP", "Nicky de Vries/Getty Images Europe"],
)
def test_a_caption_is_known_by_the_credit_at_its_end(credit):
    text = PASTED.replace("Source: AAP", credit)
    assert kind_of_line(text, "Dockers march") is SegmentKind.CAPTION


def test_a_line_that_opens_and_ends_as_a_picture_credit_is_one():
    text = PASTED.replace("Updated 12 March 2019\n", "Image credit: Port Post (Photo: Bo Lund)\n")
    assert kind_of_line(text, "Image credit") is SegmentKind.CREDIT


def test_when_a_picture_was_taken_makes_a_caption():
    text = PASTED.replace("Source: AAP", "Photo taken on March 11.")
    assert kind_of_line(text, "Dockers march") is SegmentKind.CAPTION


def test_a_films_caption_that_its_player_opens_is_one_wherever_it_stands():
    notice = "Media playback is unsupported on your device"
    line = f"{notice} Media caption Harbour master Ann Poe said on Monday that the cranes would stand still all week."
    assert kind_of_line(f"{line}\n\n{PASTED}", notice) is SegmentKind.CAPTION
    assert kind_of_line(PASTED.replace("Updated 12 March 2019\n", f"{line}\n"), notice) is SegmentKind.CAPTION
    assert kind_of_line(PASTED.replace("Updated 12 March 2019\n", f"{notice}\n"), notice) is SegmentKind.FURNITURE


def test_a_line_of_rights_is_no_caption():
    text = PASTED.replace("© 2019 Port Halden Post. All rights reserved.", "© Copyright by Port Halden Media")
    assert kind_of_line(text, "© Copyright") is SegmentKind.FURNITURE


REPORT = (
    "Dockers at the country's largest port walked out on Monday after talks broke down, their union said.\n\n"
    "The walkout left eleven ships waiting outside the harbour, the port authority said in a statement.\n\n"
    "Talks are to go on in Losk on Thursday, when both sides will bring new figures, a mediator said.\n\n"
)


LATER = (
    "The mediator said that neither side had moved since the last talks, which were held in Losk a year ago.\n\n"
    "Exporters fear that fruit will rot in the holds of the ships if the cranes stand still for another week.\n\n"
)


@pytest.mark.parametrize("caption", ["Halden's new crane.", "The new crane."])
def test_a_short_sentence_above_a_picture_credit_is_a_caption(caption):
    text = f"Dockers walk out\n\n{REPORT}{caption}\n\nImage Credits: Halden Cranes\n\n{LATER}"
    assert kind_of_line(text, caption) is SegmentKind.CAPTION


def test_a_line_below_a_picture_credit_where_no_text_stands_is_a_caption():
    text = f"Dockers walk out\n\n{REPORT}      Photo: Ann Poe\n\n      Ships wait outside Port Halden\n\n{LATER}"
    assert kind_of_line(text, "Ships wait") is SegmentKind.CAPTION
    open_port = "The port of Losk was open on Monday, its office said."
    plain = f"Dockers walk out\n\n{REPORT}Photo: Ann Poe\n\n{open_port}\n\n{LATER}"
    assert kind_of_line(plain, "The port of Losk") is SegmentKind.BODY


def test_a_picture_house_behind_a_stroke_ends_a_caption():
    text = f"Dockers walk out\n\n{REPORT}The mediator arrives at the gate of Port Halden Ann Poe/GC Images\n\n{LATER}"
    assert kind_of_line(text, "The mediator arrives") is SegmentKind.CAPTION


@pytest.mark.parametrize(
    ("text", "headline", "n_body"),
    [
        # Chinese, Japanese, Thai, Korean: a heading and paragraphs, as they are pasted.
        ("港口工人周一罢工\n\n港口工人周一开始罢工，十一艘货船停在港外等候，港务局在声明中说。\n\n工会表示，谈判没有结果，将于周三恢复。\n", 0, 2),
        ("港の労働者がスト\n\n港の労働者が月曜日、ストライキに入った。十一隻の船が待っている。\n\n組合は、協議が物別れに終わったと述べた。\n", 0, 2),
        ("คนงานท่าเรือหยุดงาน\n\nคนงานที่ท่าเรือหยุดงานประท้วงเมื่อวันจันทร์ หลังการเจรจาล้มเหลว เรือสิบเอ็ดลำจอดรออยู่นอกท่าเรือ\n", 0, 1),
        ("항만 노동자들 파업 돌입\n\n항만 노동자들이 월요일 파업에 들어갔다. 항만청은 배 열한 척이 밖에서 기다린다고 밝혔다.\n\n노조는 협상이 결렬됐다고 말했다. 협상은 수요일에 다시 시작된다.\n", None, 2),
        ("港口工人今天罢工。\n十一艘船在港外等候。\n", None, 2),
        ("The docks are on strike.\nEleven ships wait outside.\n", None, 2),
    ],
)  # fmt: skip
def test_short_pages_of_any_script_have_a_body(text, headline, n_body):
    kinds = [kind for kind, _ in kinds_of(text)]
    assert kinds.count(SegmentKind.BODY) == n_body
    assert headline is None or kinds[headline] is SegmentKind.HEADLINE
