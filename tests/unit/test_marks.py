"""Credits, notes and pictures of invented reports."""

import pytest

from retold.lexicon.credit_forms import picture_credit_at_end
from retold.lexicon.notes import note_form
from retold.model.report import NoteKind
from retold.readers import read_source
from retold.stages.marks import STAGE
from retold.stages.marks.notes import notes_of
from retold.stages.marks.pictures import unlisted_in
from retold.stages.segments import segment_page
from retold.tables.table import CREDITS, DATELINES, IMAGES, NOTES, PAGES, SEGMENTS
from tests.unit.test_segments import PASTED, page_of

HEAD = (
    "Storm closes airport\n\nThe airport closed at noon on Friday as winds rose, its operator said in a statement.\n\n"
)
TAIL = "\n\nFlights were to start again on Saturday morning at the earliest, the operator added.\n"


class _Rows:
    def __init__(self, tables):
        self._tables = tables

    def rows(self, table):
        return tuple(self._tables.get(table.name, ()))


def marks_of(text):
    page, blocks = page_of(text)
    return STAGE.run(_Rows({PAGES.name: [page], SEGMENTS.name: segment_page(page, blocks)}))


def credits_in(text):
    return [(credit.agency, credit.form.value, text[slice(*credit.span)]) for credit in marks_of(text)[CREDITS]]


def test_the_pasted_page_has_its_dateline_and_credits():
    written = marks_of(PASTED)
    [dateline] = written[DATELINES]
    assert (dateline.place, dateline.date, dateline.agency) == ("PORT HALDEN", "XXXX-03-12", "Halden Wire")
    assert credits_in(PASTED) == [("AAP", "picture", "Source: AAP"), ("Halden Wire", "dateline", "Halden Wire")]


@pytest.mark.parametrize(
    ("line", "agency", "form"),
    [
        ("with AFP", "AFP", "credit line"),
        ("With Halden Wire", "Halden Wire", "credit line"),
        ("(AP)", "AP", "credit line"),
        ("Additional reporting by Reuters", "Reuters", "credit line"),
        ("The Associated Press contributed to this report.", "AP", "credit line"),
        ("Halden News Agency contributed to this report.", "Halden News Agency", "credit line"),
        ("Copyright 2019 The Associated Press. All rights reserved.", "AP", "credit line"),
    ],
)
def test_a_credit_line_names_its_agency(line, agency, form):
    assert [(a, f) for a, f, _ in credits_in(HEAD + line + "\n")] == [(agency, form)]


def test_a_byline_credits_its_agency():
    text = HEAD.replace("airport\n\n", "airport\n\nBy Sam Poe, Associated Press\n\n", 1)
    assert [(a, f) for a, f, _ in credits_in(text)] == [("AP", "byline")]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "A harbour official told AFP that the last ferry had left." + TAIL,
        HEAD + "With friends like these, the operator said, it needed no storms at all this winter." + TAIL,
        HEAD + "The Halden Wire has reported from the harbour for eighty years, its editor said." + TAIL,
    ],
)
def test_running_text_credits_nobody(text):
    assert credits_in(text) == []


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("A crane over the harbour. Source: AAP", "Source: AAP"),
        ("A crane over the harbour (AP Photo/Ann Poe)", "(AP Photo/Ann Poe)"),
        ("A crane over the harbour, May 3, 2019. REUTERS/Ann Poe", "REUTERS/Ann Poe"),
        ("Ein Kran im Hafen. Foto: Ann Poe/dpa", "Foto: Ann Poe/dpa"),
        ("A crane over the harbour. Photograph: Ann Poe", "Photograph: Ann Poe"),
        ("Voters favour the crane, a Reuters/Halden poll says.", None),
    ],
)
def test_a_caption_ends_in_its_credit(caption, credit):
    span = picture_credit_at_end(caption)
    assert (caption[slice(*span)] if span else None) == credit


def test_an_alternative_text_and_its_caption_are_one_picture():
    text = (
        HEAD + "A worker in a yellow jacket ties down a small plane at Port Halden airport in strong wind.\n"
        "A worker ties down a plane at Port Halden airport. Source: AAP" + TAIL
    )
    [image] = marks_of(text)[IMAGES]
    assert text[slice(*image.caption)] == "A worker ties down a plane at Port Halden airport."
    assert text[slice(*image.credit)] == "Source: AAP"


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Correction: An earlier version of this report gave the wrong year.", NoteKind.CORRECTION),
        ("An earlier version of this article misstated the length of the runway.", NoteKind.CORRECTION),
        ("Editor’s note: This report contains details some readers may find upsetting.", NoteKind.EDITOR),
        ("Update: The airport has opened again since this report was published.", NoteKind.UPDATE),
        ("Dieser Artikel wurde aktualisiert, nachdem der Flughafen wieder geöffnet hatte.", NoteKind.UPDATE),
    ],
)
def test_notes_are_told_by_their_openings(line, kind):
    [note] = marks_of(HEAD.rstrip() + "\n\n" + line + "\n")[NOTES]
    assert note.kind is kind


@pytest.mark.parametrize(
    ("words", "agencies"),
    [
        ("(Photo: Coast Pictures)", ("Coast Pictures",)),
        ("Picture: Ann Poe/Hill Land", ("Hill Land",)),
        ("Image: QZX", ("QZX",)),
        ("Foto: Hill Images via Coast Press", ("Hill Images", "Coast Press")),
        ("Photo: Ann Poe", ()),
        ("Photo: Supplied", ()),
        ("Photo: Ann Poe for the Lantern", ("The Hill Lantern",)),
        ("THE HILL LANTERN", ("The Hill Lantern",)),
        ("", ()),
    ],
)
def test_a_house_of_no_list_is_told_by_the_form_of_its_credit(words, agencies):
    assert unlisted_in(words, ("The Hill Lantern",)) == agencies


@pytest.mark.parametrize(
    ("line", "form"),
    [
        ("(Note: An earlier version of this story gave the wrong day.)", "correction"),
        (
            "Corrections & Clarifications: A previous version of this article misstated the length of the pier.",
            "correction",
        ),
        ("Correction, Feb. 22, 2018: This post originally misstated when the pier fell.", "correction"),
        ("Editor's note: This column has been amended.", "editor"),
        ("Update: This post has been updated with comments from the harbour office.", "update"),
        ("UPDATE (Tuesday, 8:47 p.m.): This post has been updated with reactions.", "update"),
        ("Updated at 5:10 p.m. ET", "update"),
        ("--Updated on Friday at 12:40 a.m.", "update"),
        ("(This post was last updated at 12:47 p.m. ET.)", "update"),
        ("UPDATE, 6:15 PM: A spokesman for the port told this paper that the pier was safe.", None),
        ("Updated warnings were sent to all ships.", None),
        ("Update your maps before you sail.", None),
        ("This report was read by the harbour office.", None),
        ("The earlier version of the bill had no such clause.", None),
        ("This story has been told before.", None),
    ],
)
def test_a_note_is_known_by_its_form(line, form):
    assert note_form(line) == form


def test_a_line_that_dates_an_update_is_a_note():
    text = (
        "Crane falls on pier\n\nA crane fell onto the pier at Dunmara on Tuesday, the harbour office said in a statement.\n\n"
        "Three dock workers were treated for cuts, and the evening crossing was called off.\n\nUpdated at 5:10 p.m. ET\n"
    )
    page = read_source("a.txt", text.encode())
    (note,) = notes_of(page.page, segment_page(page.page, page.blocks))
    assert (note.kind, text[note.span.start : note.span.end]) == (NoteKind.UPDATE, "Updated at 5:10 p.m. ET")
