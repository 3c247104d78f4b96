"""The protective score: what affected communities' own answers make of a case, never below its score (D27)."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.arithmetic import half_up
from assessments.scoring.computation import compute
from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.lines import lines_in_month
from assessments.scoring.parameters import Parameters
from assessments.scoring.protective import Community, Term, protective_score, standing_of, weights_behind
from tests.scoring.cases import group, points, rating, ratings, worked_groups, worked_input, worked_points

PAPER = Parameters()
MILD = (0, 10_000, 0, 0)  # everything on misuse, rated .40
GRAVE = (0, 0, 10_000, 0)  # everything on spread, rated .85
LINES = lines_in_month(30, PAPER)


def run_with(*answers, **changes):
    """The worked round with the given answers of affected communities."""
    groups = tuple(group("AC", answers, roll_size=20) if one.is_affected else one for one in worked_groups())
    return compute(worked_input(**({"groups": groups, "month": 30} | changes)))


def community(*answers, code="river", within="AC"):
    return Community(code, within, GroupSums.of(answers, 4))


def test_worked_example_takes_the_communities_own_weights():
    run = compute(worked_input(month=30))
    found = protective_score(run)
    assert found.terms == (
        Term("pooled", "", own_ratings=False, score=D("0.6404")),
        Term("group", "AC", own_ratings=False, score=D("0.6885")),
    )
    assert (found.score, found.decided_by, found.tempered) == (D("0.6885"), found.terms[1], D("0.7182"))
    assert (found.affected_absent, found.left_out) == (False, ())


def test_communities_weights_cannot_lower_the_protection():
    """Their own 0.40 is below the pool, so the pool stands."""
    run = run_with(*[MILD] * 6)
    found = protective_score(run)
    assert [term.score for term in found.terms] == [run.score, D("0.4000")]
    assert (found.score, found.decided_by.kind) == (run.score, "pooled")


def test_community_of_five_counts():
    run = run_with(*[MILD] * 5, *[GRAVE] * 5)
    found = protective_score(run, [community(*[GRAVE] * 5)])
    assert (found.score, found.decided_by) == (
        D("0.8500"),
        Term("community", "river", own_ratings=False, score=D("0.85")),
    )


def test_community_of_four_is_left_out():
    run = run_with(*[MILD] * 6, *[GRAVE] * 4)
    found = protective_score(run, [community(*[GRAVE] * 4)])
    assert (found.left_out, len(found.terms)) == ((("river", "too_few_members"),), 2)


def test_community_that_would_give_away_the_others_is_left_out():
    """Two of seven are outside it: the difference of the two means would be theirs."""
    run = run_with(*[MILD] * 2, *[GRAVE] * 5)
    assert protective_score(run, [community(*[GRAVE] * 5)]).left_out == (("river", "rest_of_group_too_few"),)


def test_community_that_an_earlier_publication_would_give_away_is_left_out_and_still_counts_as_told():
    """Of thirteen, five and four more than are shown leave three whom a second community's mean would tell."""
    run = run_with(*[MILD] * 13)
    told = replace(community(*[MILD] * 5), held_back=True)
    found = protective_score(run, [told, community(*[MILD] * 5, code="hill")])
    assert found.left_out == (("river", "earlier_publication_tells"), ("hill", "rest_of_group_too_few"))


def test_community_that_is_the_whole_group_counts():
    run = run_with(*[GRAVE] * 5)
    assert protective_score(run, [community(*[GRAVE] * 5)]).left_out == ()


def test_own_ratings_are_tried_with_their_weights_not_with_the_pooled_ones():
    run = run_with(*[MILD] * 6)
    found = protective_score(run, (), (D(0), D("0.95"), D(1), D(0)))
    assert found.terms[2:] == (Term("group", "AC", own_ratings=True, score=D("0.9500")),)
    assert (found.score, found.decided_by.own_ratings) == (D("0.9500"), True)


def test_absent_communities_leave_the_highest_group_flagged():
    run = run_with(*[MILD] * 4)
    found = protective_score(run, (), (D(1),) * 4)
    own = [score for score in run.own_scores if score is not None]
    assert (found.affected_absent, found.score) == (True, max(own))
    assert {term.kind for term in found.terms} == {"pooled", "group"}
    assert not any(term.own_ratings for term in found.terms)


def test_community_of_an_absent_group_is_tried_with_its_own_ratings():
    """Where a group needs ten answers and has six, its verified community of six still speaks."""
    groups = tuple(
        group("AC", [GRAVE] * 6, min_size=10, roll_size=20) if one.is_affected else one for one in worked_groups()
    )
    found = protective_score(compute(worked_input(groups=groups)), [community(*[GRAVE] * 6)], (D(0), D(0), D(1), D(0)))
    assert found.affected_absent
    assert [term for term in found.terms if term.own_ratings] == [Term("community", "river", True, D("1.0000"))]
    assert found.score == D("1.0000")


def test_nobody_present_leaves_the_score():
    groups = tuple(replace(one, sums=GroupSums.empty(4)) for one in worked_groups())
    run = compute(worked_input(groups=groups))
    found = protective_score(run)
    assert (found.score, found.affected_absent) == (run.score, True)


def test_adopted_position_of_communities_counts():
    groups = tuple(group("AC", [], adopted=GRAVE) if one.is_affected else one for one in worked_groups())
    assert protective_score(compute(worked_input(groups=groups))).score == D("0.8500")


def test_several_affected_groups_all_enter():
    groups = tuple(replace(one, is_affected=one.code in ("AC", "AR")) for one in worked_groups())
    found = protective_score(compute(worked_input(groups=groups)))
    assert [term.code for term in found.terms] == ["", "AC", "AR"]


def test_all_agree():
    groups = tuple(group(one.code, [worked_points("AC")] * 6) for one in worked_groups())
    run = compute(worked_input(groups=groups))
    found = protective_score(run)
    assert (found.score, found.decided_by.kind) == (run.score, "pooled")


def test_standing_follows_the_protective_score():
    run = run_with(*[GRAVE] * 6)
    found = protective_score(run)
    standing = standing_of(run, found.score, 0.1, LINES)
    assert (standing.level, standing.alert) == ("H", "H")
    assert (standing.powers.measures, standing.powers.suspension) == (True, True)


def test_alert_keeps_the_same_doubt():
    """0.6885 with a deviation of 0.1 is Moderate, and High cannot be ruled out."""
    run = compute(worked_input(month=30))
    standing = standing_of(run, protective_score(run).score, 0.1, LINES)
    assert (standing.level, standing.alert) == ("M", "H")


def test_without_quorum_no_power_opens():
    run = run_with(*[GRAVE] * 4)
    powers = standing_of(run, D("0.9000"), 0.1, LINES).powers
    assert (powers.measures, powers.suspension) == (False, False)


@pytest.mark.parametrize(
    ("communities", "own_ratings"),
    [
        ([community(*[GRAVE] * 5, within="DI")], None),
        ([community(*[GRAVE] * 5, within="XX")], None),
        ([community(*[GRAVE] * 7)], None),
        ([Community("river", "AC", GroupSums.of([(10_000, 0)] * 5, 2))], None),
        ([community(*[MILD] * 5)], None),  # nobody in the group answered like that
        ([], (D(1),) * 3),
    ],
)
def test_what_does_not_fit_is_refused(communities, own_ratings):
    with pytest.raises(ScoringError) as caught:
        protective_score(run_with(*[GRAVE] * 6), communities, own_ratings)
    assert caught.value.code == "E_SHAPE"


@pytest.mark.parametrize(
    ("value", "code"),
    [(D("1.0001"), "E_RANGE"), (0.5, "E_TYPE"), (D("NaN"), "E_NONFINITE"), (D("0.55555"), "max_decimal_places")],
)
def test_own_ratings_that_cannot_be_published_are_refused(value, code):
    with pytest.raises(ScoringError) as caught:
        protective_score(run_with(*[GRAVE] * 6), (), (D(1), D(1), D(1), value))
    assert caught.value.code == code


@settings(deadline=None, max_examples=40)
@given(
    st.lists(points(), min_size=0, max_size=14),
    ratings(),
    st.sampled_from(["linear", "tempered"]),
    st.one_of(st.none(), ratings()),
    st.data(),
)
def test_never_below_the_score_and_growing_with_communities(answers, x, kind, own, data):
    """P21."""
    run = run_with(*answers, ratings=(rating(x),), aggregator=kind)
    size = data.draw(st.integers(0, len(answers)))
    one, other = community(*answers[:size]), community(*answers[size:], code="hill")
    scores = [protective_score(run, some).score for some in ((), (one,), (one, other))]
    assert run.score <= scores[0] <= scores[1] <= scores[2]
    assert protective_score(run, (one,), own).score >= scores[1]
    if len(answers) >= 5:
        assert scores[0] >= half_up(run.form.score(GroupSums.of(answers, 4).position()))


def test_communities_that_together_leave_too_few_others_do_not_all_count():
    """Each alone leaves seven others of twelve, both together two, whose mean would follow from what is published."""
    run = run_with(*[GRAVE] * 5, *[MILD] * 7)
    both = [community(*[GRAVE] * 5), community(*[MILD] * 5, code="hill")]
    found = protective_score(run, both)
    assert found.left_out == (("hill", "rest_of_group_too_few"),)
    assert [term.code for term in found.terms] == ["", "AC", "river"]


def test_communities_that_make_up_their_whole_group_all_count():
    run = run_with(*[GRAVE] * 5, *[MILD] * 5)
    both = [community(*[GRAVE] * 5), community(*[MILD] * 5, code="hill")]
    assert protective_score(run, both).left_out == ()


def test_weights_behind_a_term_give_its_score():
    run = run_with(*[GRAVE] * 5, *[MILD] * 5)
    communities = [community(*[GRAVE] * 5)]
    found = protective_score(run, communities)
    for term in found.terms:
        assert half_up(run.form.score(weights_behind(run, term, communities))) == term.score


def test_two_communities_with_one_code_are_refused():
    """A record names a community by its code."""
    run = run_with(*[MILD] * 5, *[GRAVE] * 5)
    with pytest.raises(ScoringError) as refused:
        protective_score(run, [community(*[GRAVE] * 5), community(*[MILD] * 5)])
    assert (refused.value.code, refused.value.details) == ("E_SHAPE", {"community": "river"})
