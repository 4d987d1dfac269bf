"""Meta: title, authors, dates, outlet, address, section and language of a report, each with where it was found.

Owns the stage and the order in which fields are chosen; how one field is read stands in the module named after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from retold.engine.stage import Stage, Written
from retold.model.page import Declared, Page, Run
from retold.model.report import Dateline, MetaField, MetaValue, Segment
from retold.stages.meta.authors import authors_of
from retold.stages.meta.dates import modified_of, published_of
from retold.stages.meta.language import language_of
from retold.stages.meta.outlets import outlet_of, section_of, url_of
from retold.stages.meta.titles import title_of
from retold.tables.table import BLOCKS, DATELINES, DECLARED, META, PAGES, RUNS, SEGMENTS, Grain, Rows

__all__ = ["STAGE", "meta_of"]

_R = TypeVar("_R", Declared, Segment, Dateline, Run)


def meta_of(
    page: Page,
    segments: Sequence[Segment],
    declared: Sequence[Declared],
    dateline: Dateline | None = None,
    runs: Sequence[Run] = (),
) -> tuple[MetaValue, ...]:
    """Return what is known of a report as a whole, in the order of ``MetaField``."""
    url = url_of(page, declared)
    outlet = outlet_of(page, segments, declared, url.value if url else None)
    title = title_of(page, segments, declared, outlet.value if outlet else None, runs)
    published = published_of(page, segments, declared, dateline, url.value if url else None)
    found = (
        title,
        *authors_of(page, segments, declared, outlet.value if outlet else None, runs, url.value if url else None),
        published,
        modified_of(page, segments, declared),
        outlet,
        url,
        section_of(page, declared),
        language_of(page, segments, declared),
    )
    order = list(MetaField)
    return tuple(sorted((value for value in found if value), key=lambda value: order.index(value.field)))


def _of_page(rows: Sequence[_R], page: Page) -> list[_R]:
    return [row for row in rows if row.page == page.page]


def _run(rows: Rows) -> Written:
    values: list[MetaValue] = []
    for page in rows.rows(PAGES):
        datelines = _of_page(rows.rows(DATELINES), page)
        values.extend(
            meta_of(
                page,
                _of_page(rows.rows(SEGMENTS), page),
                _of_page(rows.rows(DECLARED), page),
                datelines[0] if datelines else None,
                _of_page(rows.rows(RUNS), page),
            )
        )
    return {META: values}


STAGE = Stage("meta", (PAGES, RUNS, SEGMENTS, BLOCKS, DECLARED, DATELINES), (META,), Grain.PAGE, 3, _run)
