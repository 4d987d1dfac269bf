"""What the fitted weights are worth on publishers they never saw: out-of-fold, on the sealed documents.

Fits five times over (about two minutes), so that no figure is told on pages that were fitted; floors go up only. The
weights that ship are fitted on all pages, hence ``test_segments`` counts as a guard against breakage, not as a figure.
"""

from functools import cache

import pytest

FLOORS = {
    "html": {
        ("fundus", "body 4-gram F"): 0.970,
        ("trafilatura", "segments F"): 0.920,
        ("trafilatura", "segments F, crossheads in"): 0.933,
    },
    "lines": {
        ("inscriptis", "body line F"): 0.910,
        ("inscriptis", "body word F"): 0.962,
        ("inscriptis", "caption line F"): 0.645,
        ("wetlike", "body line F"): 0.885,
        ("wetlike", "body word F"): 0.953,
    },
}
CASES = [(name, *measure, floor) for name, floors in FLOORS.items() for measure, floor in floors.items()]


@cache
def sealed_figures(name):
    from bench.fit_segments import figures, out_of_fold, read_examples  # needs the data and numba

    examples, _ = read_examples(name)
    return figures(examples, out_of_fold(examples, is_html=name == "html"), sealed=True)


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
@pytest.mark.parametrize(("name", "source", "measure", "floor"), CASES)
def test_fitted_weights_hold_on_unseen_publishers(name, source, measure, floor):
    found = sealed_figures(name)[source, measure]
    print(f"{source} {measure} {found:.3f}")
    assert found >= floor
