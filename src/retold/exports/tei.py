"""The collation as TEI P5: a critical apparatus by parallel segmentation.

One ``app`` a locus, in reading order; witnesses with the same words share a reading, the lemma's is ``lem``. A report
that left the place out has an empty reading of type ``cut``. Words of an edited reading that the lemma does not have
are marked ``hi``. Sources: TEI P5 Guidelines, chapter 12 (Critical Apparatus).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple
from xml.etree import ElementTree

from retold.exports.characters import folded
from retold.exports.places import Places, outlet_of, places_of, published_of, title_of, web_address, words_of_spans
from retold.exports.xml_document import add, written
from retold.model.page import PageId
from retold.model.story import ArchetypeReading, Change, EditKind, Locus, Reading
from retold.views.story_view import StoryView, Witness

TEI = "http://www.tei-c.org/ns/1.0"

MOST_WORD_PAIRS = 40_000
"""Above this many pairs of words (two readings of 200) the differing words are not marked: the search is quadratic."""

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?", re.ASCII)
_TOKEN = re.compile(r"\w+|[^\w\s]")


class Variant(NamedTuple):
    """The same words in one or more witnesses."""

    text: str
    readings: tuple[Reading, ...]


def to_tei(view: StoryView) -> str:
    """Return the TEI document of the story's collation."""
    root, note = header_of(view, "collation")
    description = add(root[0], "encodingDesc")
    add(description, "variantEncoding", None, {"method": "parallel-segmentation", "location": "internal"})
    taxonomy = add(add(description, "classDecl"), "taxonomy", None, {"xml:id": "edits"})
    for kind in EditKind:
        category = add(taxonomy, "category", None, {"xml:id": _kind_id(kind)})
        add(category, "catDesc", kind.value)
    body = add(add(root, "text"), "body")
    sources: dict[int, list[ArchetypeReading]] = {}
    for row in view.archetype_readings:
        sources.setdefault(row.i_locus, []).append(row)
    places = places_of(view)
    for locus in view.loci:
        _add_locus(body, locus, places, sources.get(locus.i_locus, []))
    if not len(body):
        add(body, "p")
    return written(root, note)


def header_of(view: StoryView, what: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    """Return a TEI root with its header, each page a witness in it, and the note for replaced characters."""
    root = ElementTree.Element("TEI", {"xmlns": TEI})
    file = add(add(root, "teiHeader"), "fileDesc")
    add(add(file, "titleStmt"), "title", f"{folded(view.story.title)} ({what})".lstrip())
    publication = add(file, "publicationStmt")
    add(publication, "p", f"Made by Retold from {len(view.witnesses)} pages; story {view.story.story}.")
    note = add(add(file, "notesStmt"), "note", None, {"type": "characters"})
    listed = add(add(file, "sourceDesc"), "listWit")
    for witness in view.witnesses:
        _add_witness(listed, witness)
    return root, note


def _add_witness(listed: ElementTree.Element, witness: Witness) -> None:
    element = add(listed, "witness", None, {"xml:id": witness.siglum, "n": witness.siglum})
    source = add(element, "bibl")
    meta = witness.report.meta
    add(source, "title", folded(title_of(witness))) if title_of(witness) else None
    for author in (value.value for value in meta if value.field.value == "authors"):
        add(source, "author", folded(author))
    if outlet_of(witness):
        add(source, "publisher", folded(outlet_of(witness)))
    add(source, "idno", witness.page, {"type": "page"})
    add(source, "idno", witness.report.page.source, {"type": "source"})
    if address := web_address(witness):
        add(source, "ptr", None, {"target": address})
    if day := published_of(witness):
        add(element, "origDate", day, {"when": day} if _DATE.fullmatch(day) else {})


def _add_locus(body: ElementTree.Element, locus: Locus, places: Places, sources: Sequence[ArchetypeReading]) -> None:
    variants = variants_of(locus, places)
    if not any(variant.text for variant in variants):
        return
    name = f"L{locus.i_locus + 1}"
    app = add(add(body, "ab"), "app", None, {"xml:id": name, "n": name})
    lemma = next((v.text for v in variants if any(r.page == locus.lemma for r in v.readings)), "")
    for number, variant in enumerate(variants, start=1):
        _add_variant(app, variant, lemma, locus.lemma, places, number)
    note = add(app, "note", None, {"type": "places"})
    for reading in (reading for variant in variants for reading in variant.readings):
        add(note, "ptr", None, _place(reading, places))
    for row in sources:
        holding = " ".join(f"#{places.siglum(page)}" for page in row.support)
        told = {"type": "archetype", "n": row.node} | ({"corresp": holding} if holding else {})
        add(app, "note", f"{len(row.support)} of {row.carriers}", told)


def variants_of(locus: Locus, places: Places) -> tuple[Variant, ...]:
    """Return the distinct readings of a locus: the lemma's, those that keep it, the changed, those without the place.

    Readers of apparatus count a trivial reading under the one before it, so what is kept follows the lemma.
    """
    by_text: dict[str, list[Reading]] = {}
    for reading in sorted(locus.readings, key=lambda reading: reading.page != locus.lemma):
        text = folded(words_of_spans(places.text(reading.page), reading.spans))
        by_text.setdefault(text, []).append(reading)
    told = [Variant(text, tuple(readings)) for text, readings in by_text.items()]
    return tuple(sorted(told, key=_order))


def _order(variant: Variant) -> tuple[bool, bool]:
    return not variant.text, variant.readings[0].change is not Change.KEPT


def _add_variant(
    app: ElementTree.Element, variant: Variant, lemma: str, lemma_page: PageId, places: Places, number: int
) -> None:
    is_lemma = any(reading.page == lemma_page for reading in variant.readings)
    witnesses = sorted(
        (places.siglum(reading.page) for reading in variant.readings), key=lambda name: (len(name), name)
    )
    attributes = {"n": str(number), "wit": " ".join(f"#{name}" for name in witnesses)}
    if is_lemma:
        add(app, "lem", variant.text, attributes)
        return
    change = variant.readings[0].change
    kinds = dict.fromkeys(kind for reading in variant.readings for kind in reading.kinds)
    attributes["type"] = change.value if variant.text else Change.CUT.value
    if kinds:
        attributes["ana"] = " ".join(f"#{_kind_id(kind)}" for kind in kinds)
    element = add(app, "rdg", None, attributes)
    if change is Change.EDITED and lemma:
        _mark_words(element, lemma, variant.text)
    else:
        element.text = variant.text or None


def _mark_words(element: ElementTree.Element, lemma: str, text: str) -> None:
    """Write the text into the element, runs of words the lemma does not have inside ``hi``."""
    at, last = 0, element
    element.text = ""
    for start, end in differing(lemma, text):
        _append(element, last, text[at:start])
        last = add(element, "hi", text[start:end], {"rend": "edited"})
        at = end
    _append(element, last, text[at:])


def _append(element: ElementTree.Element, last: ElementTree.Element, text: str) -> None:
    if last is element:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def differing(lemma: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of ``text`` whose words the lemma does not have in that order; none when both are too long.

    >>> list(differing("Nine people were hurt", "Ten people were hurt"))
    [(0, 3)]
    """
    a, b = _TOKEN.findall(lemma), list(_TOKEN.finditer(text))
    if len(a) * len(b) > MOST_WORD_PAIRS:
        return
    matcher = SequenceMatcher(None, a, [found.group() for found in b], autojunk=False)
    for tag, _, _, first, end in matcher.get_opcodes():
        if tag in ("replace", "insert"):
            yield b[first].start(), b[end - 1].end()


def _place(reading: Reading, places: Places) -> dict[str, str]:
    told = {"target": f"#{places.siglum(reading.page)}", "type": reading.change.value}
    if reading.moved:
        told["subtype"] = "moved"
    if reading.spans:
        told["n"] = " ".join(f"{span.start}-{span.end}" for span in reading.spans)
    return told


def _kind_id(kind: EditKind) -> str:
    return f"edit.{kind.value.replace(' ', '-')}"
