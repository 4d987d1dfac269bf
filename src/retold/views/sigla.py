"""Sigla: the short names witnesses carry in a view, and putting them into sentences.

Stages name pages by id inside braces (``{9f…}``); a view replaces each by its siglum.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from string import ascii_uppercase

from retold.model.page import PageId

_PLACEHOLDER = re.compile(r"\{([0-9a-f]{32})\}")


def siglum_of(i_witness: int) -> str:
    """Return the siglum of the witness at this place in its story: A to Z, then AA, AB and so on.

    >>> [siglum_of(i) for i in (0, 25, 26, 27, 702)]
    ['A', 'Z', 'AA', 'AB', 'AAA']
    """
    letters = ""
    rest = i_witness + 1
    while rest:
        rest, i_letter = divmod(rest - 1, len(ascii_uppercase))
        letters = ascii_uppercase[i_letter] + letters
    return letters


def sigla_of(pages: Sequence[PageId]) -> dict[PageId, str]:
    """Return the siglum of each page, in the order given."""
    return {page: siglum_of(i) for i, page in enumerate(pages)}


def name_pages(sentence: str, sigla: Mapping[PageId, str]) -> str:
    """Return the sentence with every page id in braces replaced by its siglum.

    >>> page = PageId("0" * 32)
    >>> name_pages("both stand in {" + page + "}", {page: "A"})
    'both stand in A'
    """
    return _PLACEHOLDER.sub(lambda found: sigla.get(PageId(found[1]), found[0]), sentence)
