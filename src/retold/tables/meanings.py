"""What every table and column means: writer, unit, one sentence each; ``docs/tables.md`` is made from it.

Types and nulls are read off the row classes; nothing else about a table is said twice.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from retold.tables.hints import Hint, bare, is_optional, item, members
from retold.tables.table import ALL_TABLES, Table


class Column(NamedTuple):
    """Unit and meaning of a column; the unit is "-" where the value is a word or a flag."""

    unit: str
    meaning: str


class TableMeaning(NamedTuple):
    """Who writes a table, what one row is, and its columns in order."""

    writer: str
    row: str
    columns: dict[str, Column]


PAGE = Column("id", "The page the row belongs to (32 hexadecimal digits, a hash of source address and bytes).")
STORY = Column("id", "The story the row belongs to (the hash of its founding page).")
START = Column("code points", "Where it begins in the page's text.")
END = Column("code points", "Where it ends in the page's text; the character there is no longer part of it.")
SPAN = Column("code points", "Where it stands in the page's text, start and end, half-open.")
ORIGINS = Column("name", "The independent sources of the text that says so, each counted once.")
LOCUS = Column("number", "The place's number in its story, in reading order, from 0.")

MEANINGS: dict[str, TableMeaning] = {
    "pages": TableMeaning("readers", "One text as an outlet published it, kept whole.", {
        "page": Column("id", "The page's own id (32 hexadecimal digits, a hash of source address and bytes)."),
        "source": Column("path or address", "Where the page was read from."),
        "source_id": Column("id", "The id the record came with, where it had one."),
        "format": Column("-", "What the bytes were read as: text or html."),
        "encoding": Column("name", "The character encoding the bytes were decoded with."),
        "n_bytes": Column("bytes", "Size of the page as it was read."),
        "bytes_hash": Column("hash", "Hash of the page's bytes, to find and check them."),
        "text_version": Column("version", "The rules that made the text from the bytes."),
        "text": Column("code points", "The page's whole visible text, stored here only and never altered."),
        "characters": Column(
            "code points",
            "Visible characters by an independent count, kept by us, and differing; of the kept ones those the page "
            "hides; apart from all these, characters in scripts and in styles.",
        ),
        "remarks": Column("-", "What the reader found odd about the bytes."),
        "place": Column("file#number", "The record that brought it, null where a file is the page."),
        "offset": Column("bytes", "Where that record begins in its file, null where its format has no such place."),
    }),
    "runs": TableMeaning("readers", "A stretch of the text and the HTML text node it came from.", {
        "page": PAGE, "start": START, "end": END,
        "path": Column("-", "The element the text node stands in, from the root down."),
        "offset": Column("code points", "Where the run begins inside its text node, before white space is folded."),
    }),
    "blocks": TableMeaning("readers", "A block of text that layout sets apart; blocks tile the page.", {
        "page": PAGE, "start": START, "end": END,
        "tag": Column("-", "The innermost block element; line in plain text."),
        "ancestors": Column("-", "The elements around the block, outermost first, with classes and id."),
        "link_characters": Column("code points", "How many of the block's characters stand inside links."),
        "hidden": Column("-", "Whether the page's own markup hides the block."),
    }),
    "declared": TableMeaning("readers", "One thing the page says of itself apart from its visible text.", {
        "page": PAGE,
        "origin": Column("-", "Which part of the page declares it, such as json-ld or opengraph."),
        "name": Column("-", "The field's name there, in lower case."),
        "value": Column("-", "The field's value as the page gives it."),
    }),
    "repeats": TableMeaning("repeats", "A block that an outlet prints on pages of different matter.", {
        "page": PAGE, "start": START, "end": END,
        "outlet": Column("-", "The host of the outlet's pages, else its name."),
        "n_pages": Column("pages", "How many pages of the outlet carry the block."),
        "n_outlet_pages": Column("pages", "How many pages of the outlet were compared."),
    }),
    "rejected": TableMeaning("readers", "A page that could not be read.", {
        "source": Column("path or address", "Where the page was to be read from."),
        "reason": Column("-", "Why it could not be read, and where in it."),
        "n_bytes": Column("bytes", "Its size, null when not even that could be learned."),
        "offset": Column("bytes", "Where it begins in its file, null where that is not known."),
    }),
    "segments": TableMeaning("segments", "A labelled stretch of a page; segments tile the page.", {
        "page": PAGE, "start": START, "end": END,
        "kind": Column("-", "What the segment is to the page, such as headline, body or caption."),
        "why": Column("-", "The evidence for the kind, strongest first; none where pages are only labelled."),
    }),
    "sentences": TableMeaning("sentences", "A sentence of a prose segment, trimmed, never crossing a segment.", {
        "page": PAGE, "start": START, "end": END,
        "kind": Column("-", "The kind of the segment it stands in."),
    }),
    "meta": TableMeaning("meta", "The value chosen for one field of what is known of a report.", {
        "page": PAGE,
        "field": Column("-", "Which field: title, authors, published, modified, outlet, url, section or language."),
        "value": Column("-", "The chosen value; times as ISO 8601, as precise as the page gives them."),
        "came_from": Column("-", "Which part of the page gave the value."),
        "span": Column("code points", "Where the value stands in the text, null when it does not stand there."),
    }),
    "datelines": TableMeaning("marks", "Where and when a report says it was filed; at most one a page.", {
        "page": PAGE, "span": SPAN,
        "place": Column("name", "The place it was filed from."),
        "date": Column("EDTF", "The day it was filed, X for the digits that are not given."),
        "agency": Column("name", "The agency it was filed for."),
    }),
    "credits": TableMeaning("marks", "One place where a report credits an agency.", {
        "page": PAGE,
        "agency": Column("name", "The agency named, in the lexicon's form."),
        "form": Column("-", "How it is named: dateline, byline, credit line or picture."),
        "span": SPAN,
    }),
    "notes": TableMeaning("marks", "A correction, editor's note or update notice.", {
        "page": PAGE,
        "kind": Column("-", "Which of the three it is; a correction is a different thing from an update."),
        "span": SPAN,
    }),
    "images": TableMeaning("marks", "A picture's caption and credit.", {
        "page": PAGE,
        "caption": Column("code points", "Where the caption stands, null when there is none."),
        "credit": Column("code points", "Where the picture's credit stands, null when there is none."),
    }),
    "mentions": TableMeaning("mentions", "A name in a report.", {
        "page": PAGE, "span": SPAN,
        "type": Column("-", "What the name names, such as person, group or place."),
        "key": Column("-", "The name's comparison form, shared by its plain variants."),
    }),
    "times": TableMeaning("times", "Words that place something in time.", {
        "page": PAGE, "span": SPAN,
        "type": Column("-", "The TIMEX3 type: DATE, TIME, DURATION or SET."),
        "value": Column("TIMEX3", "The expression's value by the TIMEX3 rules."),
        "edtf": Column("EDTF", "The day or interval meant, null when the words only order or no anchor is known."),
        "anchor": Column("ISO date", "The day the words were resolved against."),
        "order": Column("-", "After or before, for words that only order what they modify."),
    }),
    "quantities": TableMeaning("quantities", "A number and what it counts.", {
        "page": PAGE, "span": SPAN,
        "value": Column("unit of the row", "The number, null for a range without a middle."),
        "low": Column("unit of the row", "The least it may be, where the words say so."),
        "high": Column("unit of the row", "The most it may be, where the words say so."),
        "unit": Column("name", "The unit or currency the words give."),
        "counted": Column("code points", "Where the words for what is counted stand."),
        "approximate": Column("-", "The words that make the number approximate."),
        "ordinal": Column("-", "Whether the number is a place in a series."),
    }),
    "claims": TableMeaning("claims", "Something said, and by whom.", {
        "page": PAGE,
        "source": Column("code points", "Where the source stands; behind a plain pronoun, its name."),
        "cue": Column("code points", "Where the words of saying stand, in pieces."),
        "content": Column("code points", "Where what is said stands, in pieces."),
        "kind": Column("-", "How the words are given: direct, indirect or mixed."),
        "polarity": Column("-", "Whether what is claimed is affirmed or denied."),
        "hedge": Column("code points", "Where words that weaken or colour the claim stand."),
        "to": Column("code points", "Where whoever was told is named, in pieces."),
    }),
    "matches": TableMeaning("matches", "The passages two pages share in their main text (body and standfirst).", {
        "a": Column("id", "The page with the smaller id."),
        "b": Column("id", "The page with the greater id."),
        "shared_words": Column("words", "Words equal in both inside the spans of type copy and quote."),
        "containment_a": Column("share", "The shared words as a share of the main-text words of a."),
        "containment_b": Column("share", "The shared words as a share of the main-text words of b."),
        "spans": Column("code points", "The shared passages in both texts, each copy, quote or boilerplate."),
    }),
    "fixes": TableMeaning("people", "What a person overruled; nothing is taken out of this log.", {
        "number": Column("number", "The entry's place in the log, from 1."),
        "kind": Column("-", "What was done: merge, split, move, relabel, edge, alias or undo."),
        "pages": Column("id", "The reports it is about: one of each story, those taken out, the carrier."),
        "others": Column("id", "The other side: the reports that stay, one of the story to go to, the source."),
        "words": Column("-", "The title, the two names, or whether the carrier is from the source or not."),
        "undoes": Column("number", "The entry that an undo takes back."),
        "by": Column("-", "Who did it."),
        "at": Column("ISO date or time", "When, as told."),
        "because": Column("-", "Why, where it was told."),
    }),
    "stories": TableMeaning("stories", "The reports of one event.", {
        "story": Column("id", "The story's own id (the hash of its founding page)."),
        "saga": Column("id", "The running affair the story is part of."),
        "title": Column("-", "The headline that stands for the story."),
        "first": Column("ISO date", "The first day a report of it was published."),
        "last": Column("ISO date", "The last day a report of it was published."),
        "pages": Column("id", "Its reports by first publication, unknown last."),
    }),
    "story_links": TableMeaning("stories", "Why two reports are told to be of one story.", {
        "story": STORY,
        "a": Column("id", "The one report."),
        "b": Column("id", "The other report."),
        "score": Column("share", "How alike the two are."),
        "reasons": Column("-", "The evidence in words, strongest first."),
    }),
    "report_dates": TableMeaning("report_dates", "The day a report was published as its story knows it.", {
        "story": STORY, "page": PAGE,
        "value": Column("ISO date", "The day, null when it is unknown."),
        "how": Column("-", "Whether the page prints the day or it was inferred."),
        "because": Column("-", "Why an inferred day is believed."),
        "pointer": Column("code points", "The page and place the day was read from."),
    }),
    "alignments": TableMeaning("collation", "Units (sentences of the main text) of one report against another's.", {
        "story": STORY,
        "a": Column("id", "The earlier report."),
        "b": Column("id", "The later report."),
        "a_units": Column("code points", "The units of a; none for what b added."),
        "b_units": Column("code points", "The units of b; none for what b cut."),
        "change": Column("-", "What became of the units from a to b."),
        "moved": Column("-", "Whether the units stand in another order in b."),
        "kinds": Column("-", "What the edits touched, sorted, each once."),
        "edits": Column("code points", "The stretches of words that differ, in both texts, with their kinds."),
    }),
    "loci": TableMeaning("collation", "A place where the reports of a story have a reading.", {
        "story": STORY, "i_locus": LOCUS,
        "lemma": Column("id", "The page whose reading the others are told against."),
        "readings": Column("code points", "What each report has there and how it differs from the lemma."),
    }),
    "breakages": TableMeaning("breakages", "Something a cut or an edit broke.", {
        "story": STORY, "page": PAGE, "span": SPAN,
        "word": Column("-", "The word that lost its footing."),
        "kind": Column("-", "What broke, such as orphaned pronoun or lost attribution."),
        "says": Column("-", "The sentence a person reads about it."),
        "elsewhere": Column("code points", "The page and place that has what is missing."),
    }),
    "stemma_nodes": TableMeaning("stemma", "A report or an unseen original in a story's lineage.", {
        "story": STORY,
        "node": Column("id", "The page's id, or the name of an unseen original."),
        "kind": Column("-", "Whether the node is a report or an archetype."),
        "name": Column("name", "What a person calls the node."),
    }),
    "stemma_edges": TableMeaning("stemma", "One text derives from another.", {
        "story": STORY,
        "source": Column("id", "The node the text came from."),
        "target": Column("id", "The node that carries it."),
        "confidence": Column("share", "How sure the derivation is."),
        "evidence": Column("-", "What speaks for it, strongest first."),
        "runner_up": Column("-", "The next best explanation, with what speaks against it; none on edges set by hand."),
        "contamination": Column("-", "Whether the target has this source beside a main one."),
    }),
    "report_origins": TableMeaning("stemma", "Where a report's main text comes from.", {
        "story": STORY, "page": PAGE,
        "origin": Column("name", "The agency or outlet the text comes from, or own, or own or unknown."),
        "derivation": Column("-", "How much of the text stands in its source: wholly, partly or not."),
        "churn": Column("share", "Share of main-text words that stand in another report or an inferred source."),
        "credited": Column("-", "Whether the report names its origin."),
        "because": Column("-", "Why this origin is believed."),
    }),
    "archetype_readings": TableMeaning("stemma", "A reading of an unseen original.", {
        "story": STORY,
        "node": Column("id", "The unseen original."),
        "i_locus": LOCUS,
        "text_from": Column("code points", "The page and place where the words stand."),
        "support": Column("id", "The reports that have the words so."),
        "carriers": Column("reports", "How many reports derive from this original."),
    }),
    "entities": TableMeaning("entities", "Whoever or whatever several names of a story name.", {
        "story": STORY,
        "entity": Column("id", "The entity's id inside its story."),
        "type": Column("-", "What it is, such as person, group or place."),
        "name": Column("name", "The fullest form of its name."),
        "variants": Column("name", "All forms of its name."),
        "mentions": Column("code points", "The pages and places that name it."),
        "because": Column("-", "For each joining of two forms, its proof."),
    }),
    "agreements": TableMeaning("agreement", "A checkable statement and the reports that make it.", {
        "story": STORY,
        "status": Column("-", "How the statement stands: agree, add, differ or contradict."),
        "about": Column("-", "What is compared, in a few words of the pages."),
        "pointers": Column("code points", "The pages and places that state it, first report first."),
        "origins": ORIGINS,
        "says": Column("-", "The sentence a person reads about it."),
    }),
    "events": TableMeaning("timeline", "One thing that happened or is said to, in timeline order.", {
        "story": STORY,
        "event": Column("id", "The event's id inside its story."),
        "date": Column("EDTF", "The day, month or interval; open on one side where no day is told; null when unknown."),
        "words": Column("code points", "The page and place of the words that gave the date."),
        "after": Column("id", "Events it is told to follow."),
        "before": Column("id", "Events it is told to precede."),
        "what": Column("code points", "The page and place of the clause that tells it best."),
        "mentions": Column("code points", "The pages and places of its clauses in every report."),
        "factuality": Column("-", "How it is told: happened, denied, uncertain or expected."),
        "origins": ORIGINS,
        "series": Column("-", "Whether it is a count over time rather than one event."),
    }),
}  # fmt: skip
"""Every table by name; columns in the order of the row class."""


def docs_page() -> str:
    """Return the text of ``docs/tables.md``."""
    parts = [_HEAD]
    for table in ALL_TABLES:
        meaning = MEANINGS[table.name]
        parts.append(f"\n## {table.name}\n\n{meaning.row} Written by `{meaning.writer}`; grain: {table.grain}.\n")
        parts.append("\n| column | type | unit | null | meaning |\n|---|---|---|---|---|\n" + _lines(table, meaning))
    return "".join(parts)


_HEAD = """# Tables

Made from the row classes in `retold.model` and from `retold/tables/meanings.py`; change those, not this page.
`python -m retold.tables` prints it.

Tables are the only contract between stages, and one table has one writer. Positions are code points of the page's
text, half-open. A share is 0 to 1. Lists may be empty but are never null.

Text in Arrow and Parquet is UTF-8, which cannot hold a lone surrogate (half of a broken character). Each is stored as
U+FDD0 and its four hexadecimal digits, and so is U+FDD0 itself; `retold.tables.arrow.unescaped` gives the text back.
Positions count the text as it was before. A page without such characters is stored as it is.
"""


def _lines(table: Table[Any], meaning: TableMeaning) -> str:
    hints = dict(members(table.row))
    rows = (
        f"| {name} | {_type_name(hints[name])} | {column.unit} | {'yes' if is_optional(hints[name]) else 'no'} "
        f"| {column.meaning} |\n"
        for name, column in meaning.columns.items()
    )
    return "".join(rows)


def _type_name(hint: Hint) -> str:
    """Return the type as the docs show it: ``string``, ``list of {start: int, end: int}``."""
    hint = bare(hint)
    if inner := item(hint):
        return f"list of {_type_name(inner)}"
    if hint in (int, float, bool):
        return str(hint.__name__)
    if issubclass(hint, str):
        return "string"
    return "{" + ", ".join(f"{name}: {_type_name(member)}" for name, member in members(hint)) + "}"
