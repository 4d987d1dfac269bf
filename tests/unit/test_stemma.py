from retold.engine.memory import run_stages
from retold.model.page import PageId
from retold.model.story import Derivation, NodeKind, StemmaEdge
from retold.stages import stemma
from retold.stages.stemma.groups import _joining_strangers
from retold.stages.stemma.runner_ups import UNDECIDED
from retold.tables import table as t
from tests.unit.stemma_story import Told, story

LEAD = "A freight train left the rails near the harbour of Ossel early on Monday, the port authority said."
SECOND = "Two wagons with grain fell into the basin and blocked the northern lock for several hours."
THIRD = "It was the third accident on the harbour line since the spring, when its signals were replaced."
FOURTH = "The railway's inspectors began to question the crew and to read out the engine's recorder."
FIFTH = "Grain ships were sent to the southern lock while cranes from Harm lifted the wagons out."
SIXTH = "The harbour line carries about forty trains a day and is to be doubled within four years."
OWN = "In the town hall the councillors met for an hour to hear what the closure will cost the shops."
OTHER = "Fishermen said their boats could not leave, and asked for a ferry to bring the catch to market."
WIRE = {1: LEAD, 2: SECOND, 3: THIRD, 4: FOURTH, 5: FIFTH, 6: SIXTH}


def retold(reports):
    tables, pages = story(reports)
    run_stages(tables, [stemma.STAGE])
    return tables, pages


def edges(tables, pages) -> set[tuple[str, str]]:
    names = {page: name for name, page in pages.items()}
    return {(names.get(e.source, e.source), names[e.target]) for e in tables.rows(t.STEMMA_EDGES)}


def edge(tables, pages, target) -> StemmaEdge:
    return next(e for e in tables.rows(t.STEMMA_EDGES) if e.target == pages[target])


def origin(tables, pages, name):
    return next(o for o in tables.rows(t.REPORT_ORIGINS) if o.page == pages[name])


def agency_copy(units, **more):
    return Told(units, dateline="OSSEL, March 3 (AFP) -", agency_of_dateline="AFP", **more)


def test_an_unseen_agency_copy_is_preferred_when_both_credit_the_agency():
    tables, pages = retold(
        {
            "A": agency_copy({1: LEAD, 2: SECOND, 3: THIRD, 4: FOURTH}),
            "B": Told({1: LEAD, 2: SECOND, 3: THIRD, 7: OWN, 8: OTHER}, credit="with AFP", agency_of_credit="AFP"),
        }
    )
    assert edges(tables, pages) == {("AFP*", "A"), ("AFP*", "B")}
    assert origin(tables, pages, "A").derivation is Derivation.WHOLLY
    assert origin(tables, pages, "B").derivation is Derivation.PARTLY
    assert {o.origin for o in tables.rows(t.REPORT_ORIGINS)} == {"AFP"}
    runner_up = edge(tables, pages, "B").runner_up
    assert runner_up is not None
    assert runner_up.startswith(f"'{{{pages['B']}}}' copied from '{{{pages['A']}}}'")
    assert runner_up.endswith("but both credit AFP, which is no report here")


def test_evidence_counts_the_common_sentences_and_names_the_other_page():
    tables, pages = retold(
        {
            "A": agency_copy({1: LEAD, 2: SECOND, 3: THIRD}),
            "B": agency_copy({1: LEAD, 2: SECOND.replace("several", "many"), 3: THIRD}),
        }
    )
    told = edge(tables, pages, "B").evidence
    assert f"3 sentences of it stand in {{{pages['A']}}}, in the same order, 2 word for word" in told


def test_the_readings_of_the_unseen_copy_point_to_the_agencys_own_way_of_naming_itself():
    named = "The lock was open again by noon, a pilot on the quay told AFP as the first tug went through."
    described = named.replace("told AFP", "told the French news agency AFP")
    tables, pages = retold(
        {
            "A": Told({1: LEAD, 2: SECOND, 3: described}, credit="with AFP", agency_of_credit="AFP"),
            "B": Told({1: LEAD, 2: SECOND, 3: named}, credit="with AFP", agency_of_credit="AFP"),
            "C": Told({1: LEAD, 2: SECOND, 3: described}, credit="with AFP", agency_of_credit="AFP"),
        }
    )
    readings = tables.rows(t.ARCHETYPE_READINGS)
    assert [(r.i_locus, r.carriers, len(r.support)) for r in readings] == [(0, 3, 3), (1, 3, 3), (2, 3, 1)]
    assert readings[2].text_from.page == pages["B"]


def test_an_agencys_own_report_is_the_recognised_original():
    tables, pages = retold(
        {
            "wire": Told(WIRE, outlet="Reuters"),
            "A": Told({1: LEAD, 2: SECOND, 3: THIRD}, credit="(Reuters)", agency_of_credit="Reuters"),
            "B": Told({1: LEAD, 2: SECOND, 7: OWN}, outlet="The Ossel Herald"),
        }
    )
    assert edges(tables, pages) == {("wire", "A"), ("wire", "B")}
    assert all(node.kind is NodeKind.REPORT for node in tables.rows(t.STEMMA_NODES))
    assert origin(tables, pages, "wire").derivation is Derivation.NOT
    assert [origin(tables, pages, n).origin for n in ("wire", "A", "B")] == ["Reuters"] * 3
    assert [origin(tables, pages, n).credited for n in ("wire", "A", "B")] == [True, True, False]


def test_carriers_attach_to_the_take_they_agree_with():
    take_1 = {1: LEAD, 2: SECOND, 3: THIRD}
    take_2 = {
        1: LEAD.replace("A freight", "Five people were hurt when a freight"),
        2: SECOND,
        4: FOURTH,
        5: FIFTH,
    }
    tables, pages = retold(
        {
            "T1": Told(take_1, outlet="Reuters", published="2024-03-04T06:00:00+00:00"),
            "T2": Told(take_2, outlet="Reuters", published="2024-03-04T09:00:00+00:00"),
            "A": Told(take_1 | {7: OWN}, credit="(Reuters)", agency_of_credit="Reuters"),
            "B": Told(take_2 | {8: OTHER}, credit="(Reuters)", agency_of_credit="Reuters"),
        }
    )
    assert edges(tables, pages) == {("T1", "T2"), ("T1", "A"), ("T2", "B")}


def test_without_credits_the_earlier_and_whole_report_is_the_source():
    tables, pages = retold(
        {
            "A": Told(WIRE, outlet="The Ossel Herald", published="2024-03-04"),
            "B": Told({1: LEAD, 2: SECOND, 3: THIRD}, outlet="Harm Daily", published="2024-03-06"),
        }
    )
    assert edges(tables, pages) == {("A", "B")}
    assert origin(tables, pages, "B").origin == "The Ossel Herald"
    assert f"{{{pages['A']}}} came out before it" in edge(tables, pages, "B").evidence
    assert "unseen source" in (edge(tables, pages, "B").runner_up or "")


def test_without_credits_and_clock_a_common_source_is_unseen_and_unnamed():
    tables, pages = retold({"A": Told({1: LEAD, 2: SECOND, 7: OWN}), "B": Told({1: LEAD, 2: SECOND, 8: OTHER})})
    assert edges(tables, pages) == {("?*", "A"), ("?*", "B")}
    assert {o.origin for o in tables.rows(t.REPORT_ORIGINS)} == {"unseen source"}
    assert "copied from" in (edge(tables, pages, "B").runner_up or "")


def test_a_copy_of_a_copy_is_proven_by_shared_changes():
    edited = {1: LEAD.replace("the port authority said", "port officials said on Monday"),
              2: SECOND.replace("several hours", "most of the day"), 3: THIRD, 4: FOURTH, 6: SIXTH}  # fmt: skip
    further = edited | {4: FOURTH.replace("began to question", "have questioned")}
    further.pop(6)
    credit = {"credit": "(AFP)", "agency_of_credit": "AFP"}
    tables, pages = retold(
        {
            "A": Told(WIRE, **credit),
            "B": Told(edited, **credit),
            "C": Told(further, **credit),
            "D": Told({k: v for k, v in WIRE.items() if k != 3}, **credit),
        }
    )
    assert edges(tables, pages) == {("AFP*", "A"), ("AFP*", "B"), ("AFP*", "D"), ("B", "C")}
    assert "changes of" in " ".join(edge(tables, pages, "C").evidence)


def test_text_from_two_groups_is_a_contamination_edge():
    second = {
        11: OWN,
        12: OTHER,
        13: "The mayor of Ossel called it a heavy blow and asked the state for help.",
    }
    afp = {"credit": "(AFP)", "agency_of_credit": "AFP"}
    dpa = {"credit": "(DPA)", "agency_of_credit": "DPA"}
    tables, pages = retold(
        {
            "A1": Told(WIRE, **afp),
            "A2": Told({k: WIRE[k] for k in (1, 2, 3, 4, 5)}, **afp),
            "D1": Told(second, **dpa),
            "D2": Told(dict(second), **dpa),
            "X": Told({1: LEAD, 2: SECOND, 3: THIRD, 11: OWN, 12: OTHER}, **afp),
        }
    )
    assert edges(tables, pages) == {
        ("AFP*", "A1"), ("AFP*", "A2"), ("AFP*", "X"), ("DPA*", "D1"), ("DPA*", "D2"), ("DPA*", "X"),
    }  # fmt: skip
    assert [e.source for e in tables.rows(t.STEMMA_EDGES) if e.contamination] == ["DPA*"]


def test_shared_quotations_are_no_copying():
    quote = '"We heard the brakes and then a sound like thunder, and the grain ran into the water," she said.'
    more = '"Nobody had told us that the line would be closed for so long, and nobody has told us why," she said.'
    tables, _pages = retold({"A": Told({1: quote, 2: more, 3: OWN}), "B": Told({1: quote, 2: more, 4: OTHER})})
    assert tables.rows(t.STEMMA_EDGES) == ()
    assert [o.derivation for o in tables.rows(t.REPORT_ORIGINS)] == [Derivation.NOT] * 2


def test_picture_credits_name_no_origin():
    tables, pages = retold({"A": Told(WIRE, picture="The basin on Monday. Source: AAP", outlet="Harm Daily")})
    assert origin(tables, pages, "A").origin == "Harm Daily"
    assert tables.rows(t.STEMMA_EDGES) == ()


def test_one_agency_copy_alone_has_its_unseen_source():
    tables, pages = retold({"A": agency_copy(WIRE)})
    assert edges(tables, pages) == {("AFP*", "A")}
    assert edge(tables, pages, "A").evidence == ("its dateline is AFP's own form",)
    assert origin(tables, pages, "A").churn == 1.0


def test_a_credit_for_a_contribution_alone_makes_no_origin():
    told = Told(WIRE, credit="AFP contributed to this report.", agency_of_credit="AFP", outlet="Harm Daily")
    tables, pages = retold({"A": told})
    assert tables.rows(t.STEMMA_EDGES) == ()
    assert origin(tables, pages, "A").origin == "Harm Daily"


def test_churn_is_the_share_of_words_that_stand_elsewhere():
    tables, pages = retold({"A": Told({1: LEAD, 2: SECOND, 3: THIRD}), "B": Told({1: LEAD, 2: SECOND, 8: OTHER})})
    words = [len(text.split()) for text in (LEAD, SECOND, THIRD)]
    assert abs(origin(tables, pages, "A").churn - sum(words[:2]) / sum(words)) < 0.03


def test_a_story_without_words_still_has_an_origin_for_every_report():
    tables, _pages = retold({"A": Told({}), "B": Told({1: "\x00 ☃"})})
    assert len(tables.rows(t.REPORT_ORIGINS)) == 2


def test_a_broadcaster_in_the_dateline_of_a_page_without_an_outlet_is_its_own_outlet():
    six = Told({7: OWN, 8: OTHER}, dateline="(Channel Six)", agency_of_dateline="Channel Six")
    tables, pages = retold({"A": six, "B": Told(WIRE)})
    assert not edges(tables, pages)
    assert (origin(tables, pages, "A").origin, origin(tables, pages, "A").derivation) == ("Channel Six", Derivation.NOT)


def test_an_agency_in_the_dateline_stays_an_unseen_source_listed_or_not():
    for agency in ("AFP", "Ossel News Agency"):
        copy = Told({7: OWN, 8: OTHER}, dateline=f"OSSEL ({agency}) -", agency_of_dateline=agency)
        tables, pages = retold({"A": copy, "B": Told(WIRE)})
        assert edges(tables, pages) == {(f"{agency}*", "A")}


def test_of_two_pages_with_one_broadcasters_dateline_none_is_said_to_be_its_own():
    six = {"dateline": "(Channel Six)", "agency_of_dateline": "Channel Six"}
    tables, pages = retold({"A": Told(WIRE, **six), "B": Told(WIRE | {7: OWN}, **six)})
    assert edges(tables, pages) == {("Channel Six*", "A"), ("Channel Six*", "B")}


def test_a_broadcaster_that_is_the_source_is_credited_where_its_name_stands_in_the_text():
    six = Told(WIRE, dateline="(Channel Six)", agency_of_dateline="Channel Six", published="2024-03-04")
    retelling = Told({1: LEAD, 2: SECOND, 3: THIRD, 7: "Channel Six said so first."}, published="2024-03-05")
    tables, pages = retold({"A": six, "B": retelling})
    assert edges(tables, pages) == {("A", "B")}
    assert origin(tables, pages, "B").credited


def test_a_report_that_names_the_other_outlet_has_the_text_from_it():
    same = "The council will vote on the new sea wall before the end of the month, whatever the ministry says"
    same += " and whoever pays for the stones that are to be brought from the quarries of the north"
    tables, pages = story(
        {
            "a": Told({0: "Nobody asked the fishermen of Ossel.", 1: same}, outlet="Ossel Post"),
            "b": Told({1: same, 2: "The vote will be close, the Ossel Post reported."}, outlet="Kell Herald"),
        }
    )
    run_stages(tables, [stemma.STAGE])
    (edge,) = tables.rows(t.STEMMA_EDGES)
    assert (edge.source, edge.target) == (pages["a"], pages["b"])
    assert "it names Ossel Post as a source" in edge.evidence


def test_carriers_that_share_a_new_figure_have_it_from_a_later_copy_that_nobody_sees():
    later = WIRE | {2: f"{SECOND} Of the 214 boats 37 sank."}
    earlier = WIRE | {2: f"{SECOND} Of the 214 boats 31 sank."}
    credit = {"credit": "(AFP)", "agency_of_credit": "AFP"}
    own = "Nobody of {0} was at the {0} pier when the {0} bells rang, the {0} ferryman wrote in his diary."
    tables, pages = retold(
        {
            "A": Told(earlier, published="2024-03-04T06:00:00+00:00", **credit),
            "B": Told(earlier | {11: own.format("Kell")}, published="2024-03-04T07:00:00+00:00", **credit),
            "C": Told(earlier, published="2024-03-04T08:00:00+00:00", **credit),
            "D": Told(later | {12: own.format("Losk")}, published="2024-03-04T12:00:00+00:00", **credit),
            "E": Told(later | {13: own.format("Ossel")}, published="2024-03-04T13:00:00+00:00", **credit),
        }
    )
    found = {(edge.source, edge.target) for edge in tables.rows(t.STEMMA_EDGES)}
    assert ("AFP*", "AFP*/1") in found
    assert {target for source, target in found if source == "AFP*/1"} == {pages["D"], pages["E"]}
    assert {target for source, target in found if source == "AFP*"} == {pages["A"], pages["B"], pages["C"], "AFP*/1"}
    (to_copy,) = (edge for edge in tables.rows(t.STEMMA_EDGES) if edge.target == "AFP*/1")
    copied = {
        f"'{{{pages[one]}}}' copied from '{{{pages[other]}}}', and no copy between" for one, other in ("DE", "ED")
    }
    assert (to_copy.runner_up or "").split(":")[0] in copied


def test_the_second_best_carrier_is_the_runner_up_of_a_copy_of_a_copy():
    changed = WIRE | {1: f"{LEAD} Nobody was hurt, it seems.", 4: f"{FOURTH} The bells rang all night long."}
    tables, pages = retold(
        {
            "A": agency_copy(WIRE, published="2024-03-04T06:00:00+00:00"),
            "B": agency_copy(WIRE, published="2024-03-04T06:30:00+00:00"),
            "F": agency_copy(WIRE, published="2024-03-04T06:40:00+00:00"),
            "G": agency_copy(WIRE, published="2024-03-04T06:50:00+00:00"),
            "C": agency_copy(changed | {11: OWN}, published="2024-03-04T07:00:00+00:00"),
            "D": agency_copy(changed | {11: OWN, 12: OTHER}, published="2024-03-04T08:00:00+00:00"),
            "E": agency_copy(changed | {11: OWN, 12: OTHER, 13: OWN + OTHER}, published="2024-03-04T09:00:00+00:00"),
        }
    )
    found = edge(tables, pages, "E")
    assert found.source == pages["D"]
    assert (found.runner_up or "").startswith(f"'{{{pages['E']}}}' copied from '{{{pages['C']}}}'")


def test_of_two_equal_texts_without_a_clock_neither_tree_is_told_from_the_other():
    tables, _ = retold({"A": agency_copy(WIRE), "B": agency_copy(WIRE)})
    assert all(UNDECIDED in (found.runner_up or "") for found in tables.rows(t.STEMMA_EDGES))
    tables, _ = retold({"A": agency_copy(WIRE), "B": agency_copy(WIRE | {12: OTHER})})
    assert not any(UNDECIDED in (found.runner_up or "") for found in tables.rows(t.STEMMA_EDGES))


def test_an_independent_report_that_lends_a_passage_is_a_second_source_and_an_origin_of_its_own():
    credit = {"credit": "(AFP)", "agency_of_credit": "AFP"}
    diary = [
        f"The {name} page of the harbour diary tells of a calm day with few ships." for name in ("first", "second")
    ]
    more = {20 + i: f"{OWN} {OTHER} That was said {n} times at the quay." for i, n in enumerate(("two", "six", "nine"))}
    tables, pages = retold(
        {
            "A": Told(WIRE, published="2024-03-04T06:00:00+00:00", **credit),
            "B": Told(WIRE | {11: diary[0], 12: diary[1]}, published="2024-03-04T09:00:00+00:00", **credit),
            "L": Told(more | {11: diary[0], 12: diary[1]}, published="2024-03-04T07:00:00+00:00", outlet="Losk Diary"),
        }
    )
    second = [e for e in tables.rows(t.STEMMA_EDGES) if e.contamination]
    assert [(e.source, e.target) for e in second] == [(pages["L"], pages["B"])]
    assert origin(tables, pages, "L").origin == "Losk Diary"
    assert {origin(tables, pages, name).origin for name in "AB"} == {"AFP"}


def test_a_piece_cut_from_its_lender_asks_only_its_own_for_strangers():
    a, lender, far, b = map(PageId, ("a", "lender", "far", "b"))
    neighbours = {a: {lender}, lender: {a, far}, far: {lender, b}, b: {far}}
    assert _joining_strangers((a,), neighbours) == []
    assert _joining_strangers((far, b), neighbours) == [far]
