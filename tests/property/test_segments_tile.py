"""Whatever the text, its segments tile it, and the same text gives the same segments."""

import re

from hypothesis import given
from hypothesis import strategies as st

from retold.model.page import Block, Characters, Page, PageFormat, page_id_of
from retold.stages.marks import STAGE as MARKS
from retold.stages.meta import meta_of
from retold.stages.segments import segment_page
from retold.tables.table import CREDITS, DATELINES, IMAGES, NOTES, PAGES, SEGMENTS
from retold.text.spans import check_span, check_tiling

LINES = st.lists(
    st.one_of(
        st.text(max_size=80),
        st.sampled_from(
            [
                "Advertisement",
                "with AFP",
                "By Ann Poe",
                "PORT HALDEN, March 3 (Halden Wire) - Dockers walked out on Monday, their union said.",
                "The walkout left eleven ships waiting outside the harbour, the port authority said.",
                "A crane in the harbour of Port Halden. Source: AAP",
                "Correction: An earlier version gave the wrong year.",
                "(Reuters) - ",
            ]
        ),
    ),
    max_size=12,
)


class _Rows:
    def __init__(self, tables):
        self._tables = tables

    def rows(self, table):
        return tuple(self._tables.get(table.name, ()))


def page_of(text):
    page_id = page_id_of("page", text.encode("utf-8", "surrogatepass"))
    starts = sorted({0, *(match.end() for match in re.finditer("\n", text))} - {len(text)})
    ends = [*starts[1:], len(text)]
    blocks = [Block(page_id, a, b, "line") for a, b in zip(starts, ends, strict=True)] if text else []
    return Page(page_id, "page", None, PageFormat.TEXT, "utf-8", 0, "", "1", text, Characters(0, 0, 0)), blocks


@given(LINES)
def test_segments_tile_any_text(lines):
    page, blocks = page_of("\n".join(lines))
    segments = segment_page(page, blocks)
    check_tiling([segment.span for segment in segments], len(page.text), page="page")
    assert segments == segment_page(page, tuple(reversed(blocks)))


@given(LINES)
def test_marks_and_meta_point_into_any_text(lines):
    page, blocks = page_of("\n".join(lines))
    segments = segment_page(page, blocks)
    written = MARKS.run(_Rows({PAGES.name: [page], SEGMENTS.name: segments}))
    spans = [row.span for table in (DATELINES, CREDITS, NOTES) for row in written[table]]
    spans += [span for image in written[IMAGES] for span in (image.caption, image.credit) if span]
    spans += [value.span for value in meta_of(page, segments, ()) if value.span]
    for span in spans:
        check_span(span, len(page.text), page="page")
        inside = page.text[span.start : span.end]
        assert inside
        assert inside == inside.strip()
