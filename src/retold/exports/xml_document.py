"""Building an XML document whose texts are any Python strings.

Owns escaping and the count of characters XML forbids; ElementTree writes the markup. Names of elements and
attributes are ours, never a page's.
"""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

from retold.exports.characters import xml_safe

XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'

MIXED = frozenset({"lem", "rdg", "p"})
"""Elements whose words and children are kept as they stand."""


def add(
    parent: ElementTree.Element, tag: str, text: str | None = None, attributes: Mapping[str, str] | None = None
) -> ElementTree.Element:
    """Append an element to its parent and return it."""
    element = ElementTree.SubElement(parent, tag, dict(attributes or {}))
    element.text = text
    return element


def written(root: ElementTree.Element, note: ElementTree.Element) -> str:
    """Return the document; ``note`` tells how many characters had to be replaced, and goes where none had."""
    replaced = _clean(root)
    if replaced:
        counted = "1 character" if replaced == 1 else f"{replaced} characters"
        note.text = f"{counted} of the pages that XML does not allow: U+FFFD stands in their place."
    else:
        _remove(root, note)
    _lay_out(root, 0)
    return XML_HEAD + ElementTree.tostring(root, encoding="unicode") + "\n"


def _clean(root: ElementTree.Element) -> int:
    """Replace what XML forbids in every text, tail and attribute; return how many characters."""
    replaced = 0
    for element in root.iter():
        for name in ("text", "tail"):
            if value := getattr(element, name):
                safe, count = xml_safe(value)
                setattr(element, name, safe)
                replaced += count
        for key, value in element.attrib.items():
            element.attrib[key], count = xml_safe(value)
            replaced += count
    return replaced


def _lay_out(element: ElementTree.Element, depth: int) -> None:
    """Put each child on a line of its own, except inside elements that hold words: white space counts there."""
    if len(element) == 0 or element.tag in MIXED:
        return
    element.text = "\n" + " " * (depth + 1)
    for child in element:
        _lay_out(child, depth + 1)
        child.tail = element.text
    element[-1].tail = "\n" + " " * depth


def _remove(root: ElementTree.Element, unwanted: ElementTree.Element) -> None:
    """Take the element out, and its parent too where nothing is left in that."""
    for parent in root.iter():
        if unwanted in list(parent):
            parent.remove(unwanted)
            if not len(parent) and parent is not root:
                _remove(root, parent)
            return
