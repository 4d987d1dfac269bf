"""Where news text breaks into sentences and where it does not. A bar stands for a break; all text is invented."""

import pytest

from retold.engine.memory import MemoryTables, run_stages
from retold.model.page import Characters, Page, PageFormat, PageId
from retold.model.report import MetaField, MetaValue, Segment, SegmentKind
from retold.stages import sentences
from retold.stages.sentences import cut_sentences
from retold.stages.sentences.cut import language_of_script
from retold.tables.table import META, PAGES, SEGMENTS, SENTENCES

ENGLISH = [
    # Quotations and their attributions.
    '"No injuries. Search goes on," a coastguard said in a post Sunday.| The boat sank.',
    "“We lost. We will be back,” he said.| “It hurts.”| The crowd left.",
    "'We lost. We tried,' Brown said.| 'It hurts.'| The players' bus left.",
    "‘We lost. We tried,’ Brown said.| The fans’ anger grew.",
    '"We lost. We tried", he said.| The hall emptied.',
    "“Why now? Why here?” Maria Lopez asked.| “Nobody knows.”",
    '"Is it over?" he asked.| "Not yet!" Maria Lopez shouted.',
    '"Stop! Stop!" the driver yelled.| Nobody did.',
    '"It rained. It poured." is how she began.',
    "He said “we lost. We tried” and left.| Then it ended.",
    'The mayor said: "We lost.| We will rebuild."| The council meets Monday.',
    '"We came."| "We saw."| They left.',
    'She called the deal "a mess."| The minister left.',
    "“Nobody came.| Nobody called.”| The mayor sat down.",
    "The note read: “Gone fishing.”| Nobody laughed.",
    '"Well..." she said.| It ended there.',
    '"I never saw him," she said.| "He left.| He never wrote."| The trial goes on.',
    # Abbreviations.
    "The U.S. Army sent troops.| Two ships followed.",
    "He sits in the U.S. Senate.| He votes often.",
    "He lives in the U.S.| The minister left.",
    "It was No. 3 on the list.| Court No. 5 sat.",
    "Doors open at 9 a.m. Monday and close at 5 p.m.| The judge left.",
    "The vote is at 8 p.m. ET.| Results follow.",
    "Mr. Marsh met Gen. Hale, Sen. Rowe (R-Tex.) and Lt. Col. Park.| The hall was silent.",
    "Reporters met Mr. He and J. The of Marsh v. The Port.| He left.",
    "Rep. Ann Marsh (D-Fla.), who voted no, left.| So did Sen. Hale (R-Tenn.); others stayed.",
    "Sens. Ann Marsh and Jo Hale voted no, as did Reps. Bo Rowe and Al Dunn.| They left.",
    "They met in Washington, D.C.| Sen. Ann Marsh spoke first.",
    "It is made by Hale Inc.| The firm is old.",
    # Embedded posts.
    "“They call it “the wall” here. Why?” Ann Reed asked.| Nobody knew.",
    "It is half-done — and wet!| — Ann Reed (@annreed) May 3, 2021",
    "It never rained!| — Ann J. Reed (@annreed) May 3, 2021|He slept.",
    "J. K. Ardley won.| George W. Marsh lost.",
    "Harlan J. Moss signed.| He left.",
    "Marsh v. Hale Inc. was heard on Jan. 5.| On Feb. 3, Co. Ltd. closed.",
    "It brings rain, wind, etc.| The end is near.",
    "Washington, D.C. (Agency) - It rained.| Roads closed.",
    "The Rev. Al Green of Ala., Ga. and Tenn. came.| He sang.",
    "Prices rose 3.5 percent to $1.2 million.| Shares fell.",
    # Ends that belong to the sentence before them.
    "The mayor (who left early.)| The crowd stayed.| [He laughed.]| They went.",
    "He waited... then left.| It ended…| The hall was dark.",
    "Really?!| Yes.",
    "He asked who came.”| Nobody had.",
    # Residue of extraction.
    "It was late, he said.|The minister left at noon.",
    "That was in 2019.|Then the mill closed.",
    "It “ended.”|The crowd cheered.",
    'It grew, he said.|"We saw it," she said.',
    "Read more at www.example.Com/Page and write to a.b@example.Com.| Thank you.",
    "He moved to Example.com in May.| It paid.",
    # Lines and bullets.
    "• First point is here\n|• Second point.| Third",
    "Three things:\n|- rain\n|- wind",
    "1. First rule is this.| 2. Second rule is that.",
    "Police said.\n|The man left\nat noon.",
    "It rained.\n\n|It poured",
    "A line without a stop\n\n|Another paragraph",
    # Nothing to cut.
    "Rain",
    "🙂🙂",
    "...",
]

OTHER_LANGUAGES = [
    ("de", "Es regnet seit Tagen.| Dr. Meier kam am Abend.| Niemand ging."),
    ("fr", "Il pleut à Lyon.| M. Durand est parti."),
    ("es", "Llueve mucho.| ¿Quién sabe?| Nadie."),
    ("ru", "Дождь шёл весь день.| Никто не пришёл."),
    ("ar", "هطل المطر اليوم.| هل انتهى؟| نعم."),
    ("zh", "今天下雨。|没有人来。"),
    ("xx", "One here.| Two there."),
    ("", "One here.| Two there."),
]


def _cut(marked, language="en"):
    text = marked.replace("|", "")
    spans = cut_sentences(text, (0, len(text)), language=language)
    return [text[a:b] for a, b in spans], [part.strip() for part in marked.split("|")]


@pytest.mark.parametrize("marked", ENGLISH)
def test_english_breaks_where_the_bars_stand(marked):
    told, wanted = _cut(marked)
    assert told == wanted


@pytest.mark.parametrize(("language", "marked"), OTHER_LANGUAGES)
def test_other_languages_break_where_the_bars_stand(language, marked):
    told, wanted = _cut(marked, language)
    assert told == wanted


def test_offsets_count_in_the_whole_text_when_a_span_is_cut():
    text = "🙂 Skip this. It rained. We left. Skip that."
    assert [text[a:b] for a, b in cut_sentences(text, (13, 33))] == ["It rained.", "We left."]


@pytest.mark.parametrize("text", ["", " \n\t ", "\0", "\ud800", "a\ud800 b. C\0 d.", "\u2028", '"' * 50, "." * 50])
@pytest.mark.parametrize("language", ["en", "de", "zh"])
def test_odd_text_is_cut_without_error(text, language):
    spans = cut_sentences(text, (0, len(text)), language=language)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("It rained all day.", "en"),
        ("Il pleut.", "en"),
        ("هطل المطر", "ar"),
        ("今天下雨", "zh"),
        ("今日は雨です", "ja"),
        ("", "en"),
        ("12 🙂", "en"),
    ],
)
def test_script_tells_the_language_when_nothing_else_does(text, language):
    assert language_of_script(text) == language


def _run(text, segments, language=None):
    tables = MemoryTables()
    page = PageId("p")
    tables.put(PAGES, [Page(page, "p.txt", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0))])
    tables.put(SEGMENTS, [Segment(page, start, end, kind) for start, end, kind in segments])
    if language:
        tables.put(META, [MetaValue(page, MetaField.LANGUAGE, language, "html")])
    return [(text[s.start : s.end], s.kind) for s in run_stages(tables, [sentences.STAGE]).rows(SENTENCES)]


def test_stage_cuts_prose_segments_keeps_headlines_whole_and_leaves_the_rest():
    text = "Storm hits port. Two hurt\nBy Ann Marsh\nIt rained. We left\nMore news. Sign up."
    kinds = (SegmentKind.HEADLINE, SegmentKind.BYLINE, SegmentKind.BODY, SegmentKind.FURNITURE)
    edges = [0, 26, 39, 58, len(text)]
    found = _run(text, list(zip(edges, edges[1:], kinds, strict=False)))
    assert found == [
        ("Storm hits port. Two hurt", SegmentKind.HEADLINE),
        ("It rained.", SegmentKind.BODY),
        ("We left", SegmentKind.BODY),
    ]


def test_stage_uses_the_language_the_page_declares():
    text = "今天下雨。没有人来。"
    whole = [(0, len(text), SegmentKind.BODY)]
    assert len(_run(text, whole, "zh-CN")) == 2
    assert len(_run(text, whole)) == 2


def test_stage_declares_what_it_reads_and_writes():
    assert sentences.STAGE.writes == (SENTENCES,)
    assert set(sentences.STAGE.reads) == {PAGES, SEGMENTS, META}
