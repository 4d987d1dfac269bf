"""The forms of datelines, and what is none."""

import pytest

from retold.lexicon.datelines import dateline_at

SAID = "Dockers walked out on Monday, their union said."


@pytest.mark.parametrize(
    ("head", "place", "date", "agency"),
    [
        ("BAGHDAD (Reuters) - ", "BAGHDAD", None, "Reuters"),
        ("Port Halden, Feb 16, 2020 (AFP) - ", "Port Halden", "2020-02-16", "AFP"),
        ("WASHINGTON, Aug. 3 /PRNewswire/ -- ", "WASHINGTON", "XXXX-08-03", "PR Newswire"),
        ("PORT HALDEN, Norway (AP) — ", "PORT HALDEN, Norway", None, "AP"),
        ("(Reuters) - ", None, None, "Reuters"),
        ("LONDON — ", "LONDON", None, None),
        ("SAN PEDRO, 3 JAN 90 (ACAN-EFE) -- [TEXT] ", "SAN PEDRO", "1990-01-03", "ACAN-EFE"),
        ("SAN PEDRO, NO DATE (RADIO HALDEN) -- ", "SAN PEDRO", None, "RADIO HALDEN"),
        ("LONDON/PARIS, March 3 (Reuters) - ", "LONDON/PARIS", "XXXX-03-03", "Reuters"),
        ("PORT HALDEN, March 3 (Halden Wire) - ", "PORT HALDEN", "XXXX-03-03", "Halden Wire"),
        ("(Halden Wire) - ", None, None, "Halden Wire"),
        ("Berlin (dpa) - ", "Berlin", None, "DPA"),
        ("Madrid, 12 mar (EFE).- ", "Madrid", "XXXX-03-12", "EFE"),
        ("Paris, 12 mars 2020 (AFP) – ", "Paris", "2020-03-12", "AFP"),
        ("BEIJING, March 3 (Xinhua) -- ", "BEIJING", "XXXX-03-03", "Xinhua"),
        ("New Delhi, Mar 3 (PTI) ", "New Delhi", "XXXX-03-03", "PTI"),
        ("(CNN) ", None, None, "CNN"),
        ("Port Halden (CNN) ", "Port Halden", None, "CNN"),
        ("West Port Halden, Norway (CNN)\u00a0", "West Port Halden, Norway", None, "CNN"),
    ],
)
def test_a_dateline_is_read_in_its_parts(head, place, date, agency):
    form = dateline_at(head + SAID)
    assert form is not None
    assert (form.place, form.date, form.agency) == (place, date, agency)
    assert (head + SAID)[form.body_start :] == SAID


@pytest.mark.parametrize(
    "text",
    [
        SAID,
        "BREAKING — Dockers walk out at the port.",
        "WATCH: Dockers walk out at the port.",
        "Ann Poe (R-Texas) - who chairs the panel - said the port must open.",
        "Ann Poe — the mayor of Port Halden — said the port must open.",
        "The dockers (and their union) - said nothing.",
        "OPINION — Why the dockers are right.",
        "A harbour official told AFP - in confidence - that the ferry had left.",
        "Dockers (CNN) and their union said nothing.",
        "The dockers of Port Halden wait (CNN) Dockers wait.",
        "Ann Poe (MP) Dockers walked out on Monday.",
        "In March 2020 (before the strike) the port was open.",
        "",
        "(",
        "-- ",
    ],
)
def test_what_only_looks_like_one_is_none(text):
    assert dateline_at(text) is None


def test_a_dateline_alone_on_its_line_needs_no_dash():
    form = dateline_at("Port Halden, Feb 16, 2020 (AFP)\nDockers walked out.")
    assert form is not None
    assert form.span == (0, 31)
