import random
from collections import Counter
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from retold.engine.memory import MemoryTables, run_stages
from retold.engine.stage import Stage
from retold.stages import breakages, stemma
from retold.stages.stemma.runner_ups import UNDECIDED
from retold.tables import table as t
from tests.unit.stemma_story import Told, story

WORDS = (
    "harbour",
    "train",
    "grain",
    "lock",
    "wagon",
    "crane",
    "basin",
    "signal",
    "crew",
    "ship",
    "ferry",
    "council",
    "storm",
    "bridge",
    "pilot",
)


def sentence(seed: int) -> str:
    draw = random.Random(seed)
    return "The " + " ".join(draw.choice(WORDS) for _ in range(12)) + "."


units = st.dictionaries(st.integers(0, 9), st.integers(0, 2), max_size=8)
reports = st.lists(
    st.builds(
        lambda places, credit, outlet, day: Told(
            {place: sentence(10 * place + variant) for place, variant in sorted(places.items())},
            credit=f"({credit})" if credit else None,
            agency_of_credit=credit,
            outlet=outlet,
            published=day,
        ),
        units,
        st.sampled_from([None, "AFP", "DPA"]),
        st.sampled_from([None, "Harm Daily", "Reuters", "AFP"]),
        st.sampled_from([None, "2024-03-04", "2024-03-05", "2024-03-05T10:00:00+00:00", "not a date"]),
    ),
    max_size=7,
)


STAGES = (stemma.STAGE, breakages.STAGE)


def run(told: list[Told], *, shuffled: bool = False, stages: Sequence[Stage] = STAGES) -> MemoryTables:
    tables, _ = story({f"r{i}": report for i, report in enumerate(told)})
    if shuffled:
        for table in t.ALL_TABLES:
            rows = list(tables.rows(table))
            random.Random(7).shuffle(rows)
            tables.put(table, rows)
    return run_stages(tables, stages)


@given(reports)
@settings(max_examples=60)
def test_the_order_of_the_input_does_not_change_the_answer(told):
    plain, shuffled = run(told), run(told, shuffled=True)
    for table in (*stemma.STAGE.writes, *breakages.STAGE.writes):
        assert plain.rows(table) == shuffled.rows(table)


@given(reports)
@settings(max_examples=60)
def test_every_report_has_one_origin_and_the_edges_run_in_no_circle(told):
    tables = run(told)
    pages = [page.page for page in tables.rows(t.PAGES)]
    assert Counter(row.page for row in tables.rows(t.REPORT_ORIGINS)) == Counter(pages)
    nodes = {node.node for node in tables.rows(t.STEMMA_NODES)}
    edges = tables.rows(t.STEMMA_EDGES)
    assert all(edge.source in nodes and edge.target in nodes and 0 <= edge.confidence <= 1 for edge in edges)
    left = set(nodes)
    while left:
        free = {node for node in left if not any(e.target == node and e.source in left for e in edges)}
        assert free
        left -= free


@given(reports)
@settings(max_examples=60)
def test_every_edge_has_evidence_and_a_runner_up(told):
    for edge in run(told).rows(t.STEMMA_EDGES):
        assert edge.evidence
        assert edge.runner_up
        assert edge.source not in edge.runner_up or edge.target in edge.runner_up


def test_five_hundred_identical_reports_hang_on_one_source():
    told = [Told({i: sentence(i) for i in range(12)}, credit="(AFP)", agency_of_credit="AFP") for _ in range(500)]
    edges = run(told, stages=STAGES[:1]).rows(t.STEMMA_EDGES)
    assert [edge.source for edge in edges] == ["AFP*"] * 500
    assert all(UNDECIDED in (edge.runner_up or "") for edge in edges)


def test_of_five_hundred_identical_reports_with_clocks_the_first_is_the_source_and_the_doubt_is_told():
    clocks = [f"2024-03-04T{6 + i // 60:02}:{i % 60:02}:00+00:00" for i in range(500)]
    tables = run([Told({i: sentence(i) for i in range(12)}, published=clock) for clock in clocks], stages=STAGES[:1])
    edges = tables.rows(t.STEMMA_EDGES)
    assert {edge.source for edge in edges} == {tables.rows(t.STORIES)[0].pages[0]}
    assert len(edges) == 499
    assert sum(UNDECIDED in (edge.runner_up or "") for edge in edges) == 498
