"""Stories that are not as stories are: each gets a plain answer, or one that says what is not known."""

from __future__ import annotations

import json

import pytest

from retold import retell
from retold.cli.main import main
from retold.model.story import Derivation, NodeKind
from retold.stages.stemma.forms import SPEECH, is_live, prints_speech

CRANE = (
    "The harbour office at Losk closed the north quay on Monday after a crane leaned over in the night.",
    "Two fishing boats were lifted out of the water before dawn, and the ferry to Arden sailed from the east pier.",
    "Harbour master Ines Torvald said the crane had stood unused since the autumn.",
    "The owner of the crane, a shipping firm from Kell, has been asked to take it down within ten days.",
    "Residents of the quarter above the quay had complained of the noise it made in storms.",
    "The north quay is to open again once engineers have looked at the foundations.",
    "Some forty lorries a day use the quay in summer, most of them for timber.",
)
SPEECH_TEXT = (
    "My fellow citizens, this harbour was built by our grandparents with their own hands.",
    "Tonight I tell you that no family of Losk will pay for the mistakes of a firm in Kell.",
    "We will take the crane down, we will mend the quay, and we will open it before the summer is over.",
    "I have asked the council to meet tomorrow morning, and I have asked the engineers to work through the night.",
    "Nobody who lives above the quay should have to fear a storm again.",
)
TITLE = "Crane leans over quay at Losk"


def record(name, sentences, *, day="2031-05-05", outlet=None, title=TITLE, **fields):
    text = "\n\n".join([title, *sentences])
    return {"id": name, "title": title, "text": text, "outlet": outlet or f"{name} Echo", "published": day, **fields}


@pytest.fixture
def told(tmp_path):
    def of(*records):
        path = tmp_path / "news.jsonl"
        path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
        stories = retell(str(path), jobs=0).stories
        assert len(stories) == 1
        return stories[0]

    return of


def edges(view):
    """Return the edges by the names of the records, unseen sources by their own."""
    names = {w.page: w.report.page.source_id for w in view.witnesses}
    return {(names.get(e.source, e.source), names.get(e.target, e.target)) for e in view.edges}


def origins(view):
    return {w.report.page.source_id: w.origin for w in view.witnesses}


def test_one_report_has_no_lineage_and_says_so(told, tmp_path, capsys):
    view = told(record("a", CRANE))
    assert (view.edges, view.pairs) == ((), ())
    with pytest.raises(SystemExit):
        main(["show", str(tmp_path / "news.jsonl"), "--lineage", "--collate"])
    out = capsys.readouterr().out
    assert "By themselves, from no report here and no known source: A" in out
    assert "One report only: there is nothing to compare it with." in out


def test_of_two_identical_reports_none_is_told_as_the_source(told):
    view = told(record("a", CRANE), record("b", CRANE))
    assert edges(view) == {("?*", "a"), ("?*", "b")}
    assert all("nothing shows which way the text went" in (edge.runner_up or "") for edge in view.edges)


def test_reports_in_two_languages_say_that_a_translation_is_not_recognised(told):
    german = (
        "Die Hafenbehörde von Losk hat am Montag den Nordkai gesperrt, nachdem sich in der Nacht ein Kran geneigt hat.",
        "Zwei Fischerboote wurden vor Tagesanbruch aus dem Wasser gehoben, und die Fähre nach Arden fuhr nicht.",
    )
    records = (record("en", CRANE), record("de", german, title="Kran neigt sich in Losk"))
    views = [told(record) for record in records]
    assert all(not view.edges for view in views)
    view = told(
        *(one | {"title": TITLE, "text": one["text"].replace("Kran neigt sich in Losk", TITLE)} for one in records)
    )
    assert view.edges == ()
    assert "those in de it cannot share words with: a translation is not recognised" in origins(view)["en"].because[0]


def test_the_clock_of_a_live_blog_makes_it_no_source(told):
    blog = (
        f"14:10 {CRANE[5]}",
        "13:30 The mayor is on his way to the quay.",
        f"12:05 {CRANE[2]}",
        f"11:40 {CRANE[3]}",
        f"09:15 {CRANE[0]}",
        "08:50 We will bring you all updates from Losk here.",
    )
    article = record("article", CRANE, day="2031-05-05T15:00:00+00:00")
    view = told(article, record("blog", blog, day="2031-05-05T14:12:00+00:00", title="LIVE: Crane leans over at Losk"))
    assert edges(view) == {("?*", "article"), ("?*", "blog")}
    assert any("is a live blog: its clock does not say" in told for edge in view.edges for told in edge.evidence)


def test_a_speech_printed_by_everybody_is_an_origin_of_its_own(told):
    view = told(
        record("a", ("Here is the full text of the speech that mayor Tom Varn gave on Monday:", *SPEECH_TEXT)),
        record("b", ("Following is a transcript of remarks by mayor Tom Varn on Monday.", *SPEECH_TEXT[1:])),
        record("c", SPEECH_TEXT, title="Read mayor Varn's full remarks on the Losk crane", day="2031-05-06"),
    )
    assert edges(view) == {(f"{SPEECH}*", name) for name in "abc"}
    assert {origin.origin for origin in origins(view).values()} == {SPEECH}
    assert next((node.name, node.kind) for node in view.nodes) == (f"{SPEECH} (itself, unseen)", NodeKind.ARCHETYPE)


def test_a_speech_in_quotation_marks_makes_no_copy(told):
    quoted = [f"“{sentence}" for sentence in SPEECH_TEXT]
    view = told(
        record(
            "a", ("The mayor of Losk spoke for ten minutes on Monday about the crane.", *quoted[:-1], f"{quoted[-1]}”")
        ),
        record(
            "b",
            ("Tom Varn filled the hall of Losk, where people had waited in the rain.", *quoted[:-1], f"{quoted[-1]}”"),
        ),
    )
    assert view.edges == ()


def test_a_clock_that_contradicts_the_text_is_told_and_lowers_the_confidence(told):
    copy = (*CRANE[:2], "The orig Echo reported that the crane had stood unused since the autumn.", *CRANE[3:5])
    view = told(record("orig", CRANE, day="2031-05-07"), record("copy", copy, day="2031-05-05"))
    agreeing = told(record("orig", CRANE, day="2031-05-05"), record("copy", copy, day="2031-05-07"))
    assert edges(view) == edges(agreeing) == {("orig", "copy")}
    (edge,), (sure,) = view.edges, agreeing.edges
    assert any("by the clocks it came out before" in told for told in edge.evidence)
    assert edge.confidence < sure.confidence


def test_a_report_that_carries_the_wire_twice_derives_wholly(told):
    view = told(
        record("once", (*CRANE, "(AFP)")),
        record("twice", (*CRANE, *CRANE, "(AFP)")),
        record("part", (*CRANE[:5], "(AFP)"), day="2031-05-06"),
    )
    twice = origins(view)["twice"]
    assert (twice.derivation, twice.origin) == (Derivation.WHOLLY, "AFP")
    assert any("it prints its text twice" in because for because in twice.because)
    assert all(reading.spans == () or len(reading.spans) == 1 for locus in view.loci for reading in locus.readings)


def test_a_hundred_identical_carriers_have_one_source(told):
    view = told(*(record(f"c{i}", (*CRANE, "(AFP)")) for i in range(100)))
    assert edges(view) == {("AFP*", f"c{i}") for i in range(100)}
    assert {origin.origin for origin in origins(view).values()} == {"AFP"}


def version(name, sentences, day):
    return record(name, sentences, day=day, outlet="Losk Echo", url="https://losk-echo.example/crane")


def test_versions_of_a_page_that_went_back_to_its_text_are_a_chain(told):
    changed = (*CRANE[:3], "Its owner in Kell has since agreed to dismantle the thing on Friday.", *CRANE[4:])
    view = told(
        version("v1", CRANE, "2031-05-05T08:00:00+00:00"),
        version("v2", changed, "2031-05-05T10:00:00+00:00"),
        version("v3", (*CRANE, "The council meets on Thursday."), "2031-05-05T12:00:00+00:00"),
    )
    assert edges(view) == {("v1", "v2"), ("v2", "v3")}
    assert {origin.derivation for origin in origins(view).values()} == {Derivation.NOT}


def test_a_copy_of_a_later_version_is_told_as_such(told):
    changed = (*CRANE[:3], "Its owner in Kell has since agreed to dismantle the thing on Friday.", *CRANE[4:])
    view = told(
        version("v1", CRANE, "2031-05-05T08:00:00+00:00"),
        version("v2", changed, "2031-05-05T10:00:00+00:00"),
        record("k", changed[:5], day="2031-05-05T11:00:00+00:00"),
    )
    assert edges(view) == {("v1", "v2"), ("v2", "k")}


def test_versions_that_take_from_each_other_in_turn_make_no_circle(told):
    added = "The firm in Kell said on Tuesday that it had sold the crane to a scrap dealer two years ago."
    view = told(
        version("v1", CRANE, "2031-05-05T08:00:00+00:00"),
        record("k", (*CRANE, added), day="2031-05-05T10:00:00+00:00"),
        version("v2", (*CRANE[:5], added), "2031-05-05T12:00:00+00:00"),
    )
    assert edges(view) == {("v1", "k"), ("v1", "v2")}
    assert {origin.origin for origin in origins(view).values()} == {"Losk Echo"}


@pytest.mark.parametrize(
    ("title", "main", "found"),
    [
        ("Full text: Varn's speech on the crane", "My fellow citizens.", True),
        ("Transcript: Tom Varn on the Losk crane", "Good evening.", True),
        ("Read the mayor's full letter to the council", "Dear members,", True),
        ("Mayor speaks", "Here are Varn's remarks, as prepared for delivery:\n\nMy fellow citizens.", True),
        ("Mayor speaks", "VARN: We will mend it.\nQ: Who pays?\nVARN: Kell.\nQ: When?\nVARN: Soon.", True),
        ("Mayor defends his remarks on crane", "Varn defended remarks he made on Monday.", False),
        ("Council reads letter", "In a letter, the firm said that it would pay. The text of it was short.", False),
        ("Texts show crane was unsafe", "Messages between two engineers show that both knew.", False),
    ],
)
def test_a_page_that_prints_a_speech_is_known_by_title_opening_or_form(title, main, found):
    assert prints_speech(title, main) is found


@pytest.mark.parametrize(
    ("title", "main", "found"),
    [
        ("Losk crane: live updates", "The quay is shut.", True),
        ("LIVE | Crane leans over", "The quay is shut.", True),
        ("How 200 families live with the crane", "The quay is shut.", False),
        ("Crane at Losk", "9:40 a.m. Boats leave.\n10.15 The quay is shut.\n11:20 GMT Police come.", True),
        ("Crane at Losk", "At 9:40 a.m. boats left.\nThe quay was shut at 10.15.", False),
    ],
)
def test_a_live_blog_is_known_by_title_or_entries(title, main, found):
    assert is_live(title, main) is found
