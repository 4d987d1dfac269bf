"""What the HTML standard says of elements: which are blocks, which have no visible text, which hide their content.

Both ways to the text (``html`` over the tree, ``characters`` over the tokens) go by these sets and by nothing else
that they share.
"""

from __future__ import annotations


def _named(tags: str) -> frozenset[str]:
    return frozenset(tags.split())


SPACE = " \t\n\r\f"
"""White space that HTML folds; a no-break space is not among it."""

# HTML, "Rendering": elements displayed as block, list-item, table or part of a table. Added: what stands apart on
# every screen though its display is inline-block (buttons, choices, form fields).
BLOCK_TAGS = _named(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li listing main menu nav noscript ol"
    " optgroup option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul"
    " xmp"
)
PRE_TAGS = frozenset({"pre", "listing", "plaintext", "textarea", "xmp"})
"""Elements whose white space is kept."""

APART_TAGS = frozenset({"script", "style", "template", "title", "iframe", "noembed", "noframes"})
"""Elements whose content is no text of the page: code, titles, and what stands in for a frame."""

FOREIGN_APART_TAGS = frozenset({"desc", "metadata", "script", "style", "title"})
"""The same inside drawings and formulas."""

FOREIGN_TAGS = frozenset({"svg", "math"})

# Shown only where scripts, pictures or players do not work, or once a reader opens them.
FALLBACK_TAGS = frozenset({"audio", "canvas", "datalist", "noscript", "object", "rp", "video"})

FORMATTING_TAGS = _named("a b big code em font i nobr s small strike strong tt u")
"""Elements that a parser opens again in every block until they are closed (HTML, "active formatting elements")."""

VOID_TAGS = _named("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
SELF_CLOSING_TAGS = _named(
    "body caption colgroup dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr"
)
"""Elements that the next of their kind, or the end of their parent, closes."""

# HTML, "The rules for parsing tokens in foreign content": these end a drawing or formula that was left open.
BREAKOUT_TAGS = _named(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta"
    " nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
