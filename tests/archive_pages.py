"""Invented pages for the tests of archives: a small story told by three outlets, and what has nothing to do with it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

WIRE = (
    "DUNMARA (Halden Wire) - A crane fell onto the ferry pier at Dunmara early on Tuesday, the harbour office said. "
    "Three dock workers were treated for cuts, and the evening crossing to Losk was called off. "
    "The harbour master, Ines Torvald, told reporters that the crane had been inspected in the spring."
)
OWN = (
    "Passengers at Dunmara slept in the ferry hall after a crane came down on the pier on Tuesday. "
    "Harbour master Ines Torvald said that the crane had been inspected in spring, and that nobody was missing."
)
BUDGET = (
    "The town council of Aldwick agreed its budget for schools and roads after a long debate. "
    "Taxes on empty houses will rise by four per cent, the treasurer told members late on Thursday."
)


def record(name: str, title: str, text: str, day: str, outlet: str) -> dict[str, str]:
    return {
        "id": name,
        "url": f"https://{outlet}.example/{name}",
        "outlet": outlet,
        "published": day,
        "title": title,
        "text": f"{title}\n\n{text}\n",
    }


RECORDS = [
    record("w1", "Crane falls on ferry pier", WIRE, "2031-05-06", "halden"),
    record("w2", "Crane crashes onto pier", WIRE + " The pier stays shut.", "2031-05-06", "losk-echo"),
    record("o1", "A night in the ferry hall", OWN, "2031-05-07", "dunmara-post"),
    record("b1", "Council agrees budget", BUDGET, "2031-05-08", "aldwick-news"),
    record("b2", "Empty houses to be taxed", BUDGET + " The vote was close.", "2031-05-09", "dunmara-post"),
]


def many(n: int) -> list[dict[str, str]]:
    """Return n short pages of which each tells something else."""
    places = ("Arden", "Brisk", "Corrow", "Dell", "Eastry", "Fenwold", "Garth")
    return [
        record(
            f"m{i}",
            f"Bridge {i} at {places[i % 7]} opens",
            f"Bridge number {i} at {places[i % 7]} was opened by mayor {chr(65 + i % 26)}orbert{i} in the rain. "
            f"It cost {i * 37 + 11} crowns and took {i % 9 + 2} years to build, the county said.",
            f"2031-06-{i % 28 + 1:02}",
            f"{places[i % 7].lower()}-times",
        )
        for i in range(n)
    ]


def write_jsonl(path: Path, records: Iterable[dict[str, str]]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), "utf-8")
    return str(path)
