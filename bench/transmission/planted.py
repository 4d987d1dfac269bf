"""Invented sentences planted in a wire copy, whose sense hangs on one before them: a cut of that one breaks it.

``Planted`` says which word leans on which sentence. Sources and reserves that an edit may take are planted too.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bench.transmission.lines import Edits, Line

FIRST = ("Anders", "Milan", "Tomas", "Karim", "Pavel", "Rashid", "Viktor", "Emil")
LAST = ("Karvelis", "Obrecht", "Tandile", "Vasko", "Merindal", "Halvarsen", "Quillfeather", "Dombrowa")
ROLES = ("a harbour pilot", "a retired engineer", "a ward councillor", "a school inspector")

TEMPLATES: tuple[tuple[str, tuple[str, str], str], ...] = (
    (
        "orphaned pronoun",
        ("{first} {last}, {role} from the area, watched the events from his window.",
         "He declined to speak about it at any length afterwards."),
        "He",
    ),
    (
        "orphaned pronoun",
        ("{first} {last} and {first2} {last2}, two neighbours, were among the first to arrive.",
         "The pair were still being asked about it late in the evening."),
        "The pair",
    ),
    (
        "orphaned name",
        ("The matter was first raised by {first} {last}, {role} who keeps a diary.",
         "{last} has since been asked to hand over all of his notes."),
        "{last}",
    ),
    (
        "orphaned name",
        ("An inquiry was ordered by the Regional Mediation Board (RMB) within the hour.",
         "The RMB is expected to publish its findings before the summer."),
        "RMB",
    ),
    (
        "orphaned name",
        ("Delegates had drafted a resolution on the matter earlier in the spring.",
         "The resolution was shelved after a short debate behind closed doors."),
        "resolution",
    ),
)  # fmt: skip

FACTS = (
    "The second gate was allegedly left open for most of the night.",
    "The convoy was reportedly held at the crossing until dawn.",
    "Three windows of the building were broken in the first minutes, police said.",
    "The road along the river was to remain closed until further notice, officials said.",
    "A witness told {agency} that the alarm had rung twice before anybody came.",
    "Some 47 people were brought to safety by boat from the lower quarter.",
)


@dataclass(frozen=True, slots=True)
class Planted:
    """Words (by root) that lean on a sentence before them (by its roots), and the kind of breakage its cut makes."""

    kind: str
    roots: frozenset[int]
    line: frozenset[int]
    leans_on: frozenset[int]


def planted(lines: list[Line], agency: str, draw: Random, edits: Edits) -> tuple[list[Line], list[Planted]]:
    """Return the wire copy with invented sentences at some places, and what leans on what."""
    put: list[tuple[list[Line], Planted | None]] = []
    first, last = draw.sample(FIRST, 4), draw.sample(LAST, 4)
    for i, (kind, pair, word) in enumerate(draw.sample(TEMPLATES, 2)):
        names = {"first": first[i], "last": last[i], "first2": first[i + 2], "last2": last[i + 2]}
        names["role"] = draw.choice(ROLES)
        one, other = (edits.line(part.format(**names)) for part in pair)
        leaning = frozenset(t.root for t in other.tokens if t.text.strip(".,") in word.format(**names).split())
        put.append(([one, other], Planted(kind, leaning, other.roots, one.roots)))
    for text in draw.sample(FACTS, 3):
        put.append(([edits.line(text.format(agency=agency))], None))
    done = list(lines)
    places = sorted(draw.sample(range(2, len(lines)), min(len(put), len(lines) - 2)), reverse=True)
    for place, (block, _) in zip(places, put, strict=False):
        done[place:place] = block
    inside = {root for line in done for root in line.roots}
    return done, [found for _, found in put if found is not None and found.roots <= inside]
