"""The names of the signs: what a key of ``signs`` stands for, as the weights files call it.

Owns the naming only. A key holds a few values that are always read together; the signs of a block are those of all its
keys. What a sign weighs stands in the weights files.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from retold.stages.segments.elements import element_name
from retold.stages.segments.signs import LENGTHS, Key

_CLASS_TOKEN = re.compile(r"[a-z]{3,}")


def _length(band: int, size: str, end: str, last: str, first: str) -> list[str]:
    length = f"words>={(0, *LENGTHS)[band]}"
    return [length, length + end, f"last {last} {size}", f"first {first}"]


def _make(function: int | str, five: bool, capitals: int, size: str, figures: int, commas: int) -> list[str]:
    return [
        f"function words {function} {five}",
        f"capitals {capitals} {size}",
        f"figures {figures}",
        f"commas {commas}",
    ]


def _marks(marks: Sequence[str], twelve: bool, n_quotes: int, size: str) -> list[str]:
    signs = [f"has {name} {twelve}" for name in marks]
    return [*signs, f"quotes {n_quotes} {size}"] if n_quotes else signs


def _form(inner: bool, question: bool, bullet: bool, capitals: bool, size: str, end: str) -> list[str]:
    signs = [f"several sentences {size}"] if inner else []
    if question:
        signs.append("one question")
    if bullet:
        signs.append(f"bullet {size}{end}")
    return [*signs, f"all capitals {size}"] if capitals else signs


def _says(
    repeats: int, tale: tuple[str, str] | None, dateline: bool, neighbour: bool, twice: bool, size: str
) -> list[str]:
    signs = [f"stands {repeats} times {size}"]
    if tale:
        signs += [f"says {tale[0]} {tale[1]} {size}", f"tells {tale[1]} {size}"]
    if dateline:
        signs.append("opens with a dateline")
    if neighbour:
        signs.append(f"repeats its neighbour {size}")
    return [*signs, "says the same twice"] if twice else signs


def _page(pasted: bool, byline: bool, date: bool, size: str) -> list[str]:
    signs = [f"page of running text {size}"] if pasted else []
    if byline:
        signs.append("form of a byline")
    return [*signs, f"a date {size[:-1]}"] if date else signs


def _pictured(says: Sequence[str]) -> list[str]:
    return [f"picture: {words}" for words in says]


def _shared(text: int, title: int, description: int, size: str) -> list[str]:
    signs = [f"words of the text {text} {size}"]
    if title >= 0:
        signs.append(f"words of the title {title} {size}")
    return [*signs, f"words of the description {description} {size}"] if description >= 0 else signs


def _rules(kind: str, size: str, score: int) -> list[str]:
    return [f"rules: {kind}", f"rules: {kind} {size}", f"score {score}", f"score {score} {kind}"]


def _place(text: int, n: int, sentences: int, share: int, menu: int, size: str) -> list[str]:
    return [
        f"place text {text} of {n}",
        f"place text {text} {size}",
        f"place sentences {sentences}",
        f"place share {share}",
        f"place menu {menu}",
    ]


def _before(far: int, farther: int, below: bool, size: str) -> list[str]:
    return [f"before the text {far}", f"before the text {farther} {size} {below}"]


def _after(far: int, farther: int, size: str) -> list[str]:
    return [f"after the text {far}", f"after the text {farther} {size}"]


def _near(before: int, after: int, around: tuple[int, int], size: str) -> list[str]:
    return [f"text before {before}", f"text after {after}", f"text around {around[0]} {around[1]} {size}"]


def _nearby(step: int, kind: str, shape: str, score: int) -> list[str]:
    return [f"{step:+}: {kind}", f"{step:+}: shape {shape}", f"{step:+}: score {score}"]


def _beside(step: int, kind: str, shape: str, score: int, size: str, same: bool, says: str | None) -> list[str]:
    signs = [*_nearby(step, kind, shape, score), f"{step:+}: {kind} here {size}"]
    signs.append(f"{step:+}: {kind} at the same place {same}")
    return [*signs, f"{step:+}: says {says}"] if says else signs


def _line(before: str, after: str, size: str, indent: str, glued: bool) -> list[str]:
    signs = [f"blank {before} {after}", f"blank {before} {after} {size}", f"indent {indent}"]
    return [*signs, "glued"] if glued else signs


def _parent(text: int, n: int, links: int, words: int, size: str) -> list[str]:
    return [
        f"parent text {text} of {n}",
        f"parent links {links}",
        f"parent words {words}",
        f"parent text {text} {size}",
    ]


def _links(links: int, coarse: int, tag: str, size: str) -> list[str]:
    return [f"links {links} {size[:-1]}", f"<{tag}>", f"<{tag}> {size}", f"<{tag}> links {coarse}"]


def _classes(kinds: Sequence[str], hidden: bool, size: str) -> list[str]:
    signs = [sign for kind in kinds for sign in (f"class of {kind}", f"class of {kind} {size}")]
    return [*signs, "hidden", f"hidden {size}"] if hidden else signs


def _holder(name: str, depth: int, tag: str, size: str) -> list[str]:
    within = depth >= 0
    signs = [f"{name} {within}", f"{name} {within} <{tag}>", f"{name} {within} {size}"]
    return [*signs, f"{name} depth {depth}", f"{name} depth {depth} <{tag}>"] if within else signs


def class_tokens(classes: str) -> list[str]:
    """Return the words of three letters and more in the classes and the id of an element, as they come."""
    return _CLASS_TOKEN.findall(classes)


def _tokens(elements: Sequence[str]) -> set[str]:
    return {token for element in elements for token in class_tokens(element[len(element_name(element)) :])}


def _path(path: tuple[str, ...], n_outer: int, tag: str) -> list[str]:
    inside = path[n_outer:]
    signs = sorted({f"inside <{element_name(element)}>" for element in inside})
    signs += sorted({f"under <{element_name(element)}>" for element in path})
    signs += sorted([f"class {token}" for token in _tokens(inside[-3:])])
    signs += sorted([f"outer class {token}" for token in _tokens(inside[:-3])])
    return [*signs, f"<{element_name(path[-2])}> <{tag}>"] if len(path) >= 2 else signs


_NAMERS: dict[str, Callable[..., list[str]]] = {
    "always": lambda: ["always"],
    "length": _length,
    "make": _make,
    "marks": _marks,
    "form": _form,
    "says": _says,
    "page": _page,
    "pictured": _pictured,
    "shared": _shared,
    "rules": _rules,
    "place": _place,
    "no text": lambda: ["no text"],
    "before": _before,
    "after": _after,
    "in": lambda size: ["in the text", f"in the text {size}"],
    "near": _near,
    "tenth": lambda tenth: [f"tenth {tenth}"],
    "headline": lambda side, far: [f"{side} the headline {far}"],
    "edge": lambda step: [f"{step:+}: edge"],
    "nearby": _nearby,
    "beside": _beside,
    "line": _line,
    "parent": _parent,
    "links": _links,
    "classes": _classes,
    "holder": _holder,
    "path": _path,
}


def signs_in(key: Key) -> list[str]:
    """Return the names of the signs that a key stands for.

    >>> signs_in(("edge", -1))
    ['-1: edge']
    """
    values: tuple[Any, ...] = key[1:]
    return _NAMERS[str(key[0])](*values)


def names_of(keys: Iterable[Key]) -> list[str]:
    """Return the names of all signs of a block."""
    return [sign for key in keys for sign in signs_in(key)]
