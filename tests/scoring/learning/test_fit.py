"""Training reaches the bottom, says so, and has an answer for every odd history (D13, D14)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from assessments.scoring.learning import fit as learning_fit
from assessments.scoring.learning.fit import (
    FRESH_RUNS,
    GRADIENT,
    SAME,
    End,
    descend,
    fit,
    report_of,
    starting_points,
)
from assessments.scoring.learning.objective import Objective
from assessments.scoring.learning.polynomial import learned_scores
from assessments.scoring.learning.variants import (
    AS_PRINTED,
    DEFAULT,
    FRACTIONAL_LOGIT,
    VARIANTS,
    variant_named,
)
from tests.scoring.learning.histories import HISTORIES, NO_RISK, history, index_twin, random_history, severities_twin


def plain_objective(data, variant, lam, parameters):
    """Eq. (5) written a second time, without packing, stability tricks or a gradient."""
    size = data.size
    b, w, upper = parameters[0], parameters[1 : 1 + size], np.zeros((size, size))
    upper[np.triu_indices(size)] = parameters[1 + size :]
    matrix = np.triu(upper) + np.triu(upper, 1).T
    h = 1 / (1 + np.exp(-(b + data.ratings @ w + np.einsum("ni,ij,nj->n", data.ratings, matrix, data.ratings))))
    error = np.abs(data.labels - h)
    if variant is FRACTIONAL_LOGIT:
        loss = -(data.labels * np.log(h) + (1 - data.labels) * np.log(1 - h))
    else:
        loss = np.where(error <= 0.1, error**2 / 2, 0.1 * error - 0.005)
    penalty = (w**2).sum() + (matrix**2).sum() + (b**2 if variant is AS_PRINTED else 0)
    return loss.mean() + lam * penalty


def independent_optimum(data, variant, lam):
    """Another method, from another start, with differences for a gradient."""
    size = 1 + data.size + data.size * (data.size + 1) // 2
    bounds = None if variant is AS_PRINTED else [(None, NO_RISK)] + [(0, None)] * (size - 1)
    start = np.full(size, 0.3)
    start[0] = -3.5
    found = minimize(
        lambda parameters: plain_objective(data, variant, lam, parameters),
        start,
        method="SLSQP",
        bounds=bounds,
        options={"ftol": 1e-13, "maxiter": 2000},
    )
    return found.fun


@pytest.mark.parametrize("lam", [0.01, 0.001])
@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("name", HISTORIES)
def test_an_independent_optimiser_finds_nothing_lower(name, variant, lam):
    data = HISTORIES[name]()
    report = fit(data, variant, lam)
    assert report.end.is_converged
    assert report.end.objective == pytest.approx(independent_optimum(data, variant, lam), abs=1e-6)
    assert report.end.objective == pytest.approx(plain_objective(data, variant, lam, report.end.theta), abs=1e-12)


@pytest.mark.parametrize("name", HISTORIES)
def test_the_printed_ridge_squeezes_scores_to_the_middle(name):
    """I22: at lambda .01 as printed, the range is narrower and the error larger than with a hundredth of it."""
    data = HISTORIES[name]()
    tight, loose = (learned_scores(data.ratings, fit(data, AS_PRINTED, lam).coefficients) for lam in (0.01, 0.0001))
    assert np.ptp(tight) < np.ptp(loose) < 1
    assert np.abs(tight - data.labels).mean() > np.abs(loose - data.labels).mean()


def test_printed_training_scores_no_risk_near_a_half():
    """I22: six cases labelled 0 to .95 as they should be, and neither end of the scale can be reached."""
    steps = np.linspace(0, 0.95, 6)
    report = fit(history(np.column_stack([steps, steps]) / 0.95, steps), AS_PRINTED, 0.01)
    lowest, highest = learned_scores(np.array([[0.0, 0.0], [1.0, 1.0]]), report.coefficients)
    assert lowest > 0.4  # twice the line of level Low
    assert highest < 0.75  # the line of level High at the end of the roadmap


def test_default_training_keeps_its_bounds():
    report = fit(random_history(40, 4), DEFAULT, 0.0001)
    theta = report.coefficients.packed()
    assert theta[0] <= NO_RISK
    assert (theta[1:] >= 0).all()
    assert learned_scores(np.zeros((1, 4)), report.coefficients)[0] <= 0.05 + 1e-15


def test_what_no_risk_may_score_may_be_a_policy():
    report = fit(random_history(40, 4), variant_named("default", zero_risk=0.2), 0.0001)
    assert 0.05 < learned_scores(np.zeros((1, 4)), report.coefficients)[0] <= 0.2 + 1e-15


def test_training_twice_gives_the_same_bytes():
    data = severities_twin(60)
    first, second = (fit(data, DEFAULT, 0.001) for _ in range(2))
    assert first.coefficients.to_json() == second.coefficients.to_json()
    assert [end.objective for end in first.ends] == [end.objective for end in second.ends]


def test_a_report_made_step_by_step_is_the_same():
    data, variant = severities_twin(60), DEFAULT
    objective = Objective.of(data, variant, 0.001)
    ends = [descend(objective, variant, data.size, start) for start in starting_points(variant, data.size)]
    assert (
        report_of(ends, data, variant, 0.001).coefficients.to_json() == fit(data, variant, 0.001).coefficients.to_json()
    )


def test_starts_are_fixed_and_within_bounds():
    first, second = starting_points(DEFAULT, 4), starting_points(DEFAULT, 4)
    low, high = DEFAULT.bounds(4)
    assert len(first) == 6
    assert all((one == other).all() for one, other in zip(first, second, strict=True))
    assert all((low <= start).all() and (start <= high).all() for start in first)
    assert first[0].tolist() == [NO_RISK] + [0.0] * 14
    assert starting_points(AS_PRINTED, 4)[0].tolist() == [0.0] * 15


def ends_at(*objectives):
    return [End(np.full(6, float(place)), value, 0.0, 1) for place, value in enumerate(objectives)]


@pytest.mark.parametrize(
    ("objectives", "chosen", "spread"),
    [((0.5, 0.5 - SAME / 2, 0.7), 0, 0.2), ((0.5, 0.4, 0.4), 1, 0.1), ((0.5,), 0, 0.0)],
)
def test_the_lowest_end_is_chosen_and_zero_wins_ties(objectives, chosen, spread):
    report = report_of(ends_at(*objectives), history([[0, 1]], [0.5]), AS_PRINTED, 0.01)
    assert (report.chosen, report.coefficients.bias) == (chosen, float(chosen))
    assert report.spread == pytest.approx(spread, abs=1e-9)


def test_several_valleys_show_in_the_spread():
    """I23: without a ridge, twelve cases of two factors have more than one end."""
    report = fit(random_history(12, 2, seed=4), AS_PRINTED, 0.0)
    assert all(end.is_converged for end in report.ends)
    assert report.spread > 1e-4
    assert report.end.objective == min(end.objective for end in report.ends)


@pytest.mark.parametrize("lam", [0.01, 0.001, 0.0001])
@pytest.mark.parametrize("name", HISTORIES)
def test_cross_entropy_has_one_valley(name, lam):
    """I21: it is convex, so every start, however far, must end at the same height."""
    report = fit(HISTORIES[name](), FRACTIONAL_LOGIT, lam)
    assert all(end.is_converged for end in report.ends)
    assert report.spread < SAME


@pytest.mark.parametrize(
    ("data", "variant"),
    [
        (severities_twin(101), FRACTIONAL_LOGIT),
        (severities_twin(108), DEFAULT),
        (index_twin(104), FRACTIONAL_LOGIT),
        (index_twin(106), DEFAULT),
    ],
    ids=["severities-fractional_logit", "severities-default", "index-fractional_logit", "index-default"],
)
def test_no_descent_stalls_on_a_slope(data, variant):
    """Each of these has a start from which one run of the optimiser stops half-way."""
    assert [end.is_converged for end in fit(data, variant, 0.0001).ends] == [True] * 6


def test_a_descent_that_is_cut_short_says_so(monkeypatch):
    monkeypatch.setattr(learning_fit, "ITERATIONS", 1)
    end = fit(severities_twin(60), DEFAULT, 0.001).ends[0]
    assert (end.is_converged, end.gradient > GRADIENT, end.iterations) == (False, True, 1 + FRESH_RUNS)


ODD = {
    "one case": ([[0.3, 0.7]], [0.6]),
    "equal labels": ([[0.1, 0.2], [0.9, 0.4], [0.5, 0.5]], [0.4, 0.4, 0.4]),
    "all labels 0": ([[0.1, 0.2], [0.9, 0.4]], [0.0, 0.0]),
    "all labels 1": ([[0.1, 0.2], [0.9, 0.4]], [1.0, 1.0]),
    "labels 0 and 1": ([[0.0, 0.0], [1.0, 1.0]], [0.0, 1.0]),
    "ratings of 0": ([[0.0, 0.0], [0.0, 0.0]], [0.2, 0.4]),
    "ratings of 0, labelled worst": ([[0.0, 0.0]], [1.0]),
    "a factor that never varies": ([[0.5, 0.1], [0.5, 0.9], [0.5, 0.4]], [0.2, 0.8, 0.5]),
    "a factor that is always 0": ([[0.0, 0.1], [0.0, 0.9], [0.0, 0.4]], [0.2, 0.8, 0.5]),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)
@pytest.mark.parametrize("name", ODD)
def test_odd_histories_have_an_answer(name, variant):
    with np.errstate(divide="raise", invalid="raise", over="raise"):
        report = fit(history(*ODD[name]), variant, 0.01)
    assert report.end.is_converged
    assert np.isfinite(report.coefficients.packed()).all()


def test_what_the_data_leave_open_stays_at_zero():
    """A factor that is always 0 learns nothing, by itself or with others."""
    report = fit(history(*ODD["a factor that is always 0"]), DEFAULT, 0.001)
    assert report.coefficients.linear[0] == pytest.approx(0, abs=1e-4)
    assert report.coefficients.interactions[0] == pytest.approx([0, 0], abs=1e-4)


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 1000), st.sampled_from(sorted(VARIANTS)))
def test_order_of_cases_does_not_matter(seed, name):
    data = random_history(9, 2, seed)
    turned = history(data.ratings[::-1], data.labels[::-1])
    variant = VARIANTS[name]
    assert fit(turned, variant, 0.01).end.objective == pytest.approx(fit(data, variant, 0.01).end.objective, abs=1e-9)
