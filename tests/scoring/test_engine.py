"""Whole scorings: the worked example, degenerate rounds, canonical bytes, and what must never change them (D22)."""

import json
from dataclasses import replace
from decimal import Decimal as D
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.scoring.engine import score
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.parameters import Parameters
from tests.scoring.cases import (
    EQ7,
    PLAIN_VOICE,
    group,
    points,
    rating,
    ratings,
    taxonomy_input,
    taxonomy_rating,
    worked_groups,
    worked_input,
    worked_points,
)

EQUAL_SPLIT_7 = [1429, 1429, 1429, 1429, 1428, 1428, 1428]


def binding(**changes):
    return score(worked_input(**changes)).binding


def test_worked_example_under_eq7():
    found = binding()
    assert (found["pooled"], found["score"], found["unrounded"]) == ([3058, 2035, 2503, 2404], "0.6404", "0.64043500")
    assert [(one["code"], one["voice"], one["score"], one["level"]["t1"]) for one in found["groups"]] == [
        ("DI", 1258, "0.6250", "M"),
        ("CS", 1506, "0.6654", "M"),
        ("RB", 1257, "0.6300", "M"),
        ("TE", 1664, "0.6125", "M"),
        ("AC", 2073, "0.6885", "M"),
        ("IR", 1009, "0.5364", "L"),
        ("AR", 1233, "0.6786", "M"),
    ]
    assert found["weights_source"] == "RO"
    assert found["quorum"] == {
        "met": True,
        "present": 7,
        "needed": 4,
        "affected_present": True,
        "provisional": False,
        "bounds": None,
    }


def test_worked_example_does_not_conflict_but_the_difference_matters():
    found = binding()["disagreement"]
    assert (found["index"], max(found["lone"].values()), found["wide"]) == ("0.2401", "0.3461", ["E"])
    assert (found["conflict"], found["fundamental"], found["outcome"]) == (False, True, "proceed_near_line")


def test_worked_example_beside_the_score():
    beside = binding()["beside"]
    assert (beside["linear"], beside["multiplicative"], beside["tempered"]) == ("0.6404", "0.6798", "0.6785")
    assert beside["equal_voices"] == {
        "voices": EQUAL_SPLIT_7,
        "pooled": [2991, 2159, 2375, 2475],
        "score": "0.6337",
    }
    assert beside["equal_weights"] == {"score": "0.6250"}


def test_published_numbers_recompute_the_score_by_hand():
    found = binding()
    parts = [D(row["weight"]) * D(row["rating"]) for row in found["contributions"]]
    assert parts == [D(row["unrounded"]) for row in found["contributions"]]
    assert sum(parts) == D(found["unrounded"])
    sums = [sum(one["voice"] * one["position"][i] for one in found["groups"]) for i in range(4)]
    assert max(abs(D(total) / 10_000 - pooled) for total, pooled in zip(sums, found["pooled"], strict=True)) < 1


def test_retrospective_has_both_ends_and_a_dated_case_one_month():
    assert [(time["label"], time["level"]) for time in binding()["times"]] == [("t0", "M"), ("t1", "M")]
    dated = binding(month=30)
    assert dated["times"] == [
        {
            "label": "month",
            "t": "0.4167",
            "phi": "0.3762",
            "lines": {"L": "0.2376", "M": "0.5376", "H": "0.7812"},
            "alphas": {"L": "0.1188", "M": "0.0688", "H": "0.0250"},
            "level": "M",
            "levels_beside": {"linear": "M", "multiplicative": "M", "tempered": "M"},
            "aggregators_differ": False,
            "fundamental": True,
            "outcome": "proceed_near_line",
            "differing_groups": ["IR"],
        }
    ]
    assert dated["groups"][0]["level"] == "M"


def test_equal_voices_decide_when_the_policy_says_so():
    found = binding(parameters=Parameters())
    assert (found["score"], found["beside"]["eq7_voices"]["score"]) == ("0.6337", "0.6404")


def test_eq7_beside_is_null_where_the_table_is_outside_the_ranges():
    bare = tuple(replace(one, voice=replace(PLAIN_VOICE, beta=D(0))) for one in worked_groups())
    assert binding(parameters=Parameters(), groups=bare)["beside"]["eq7_voices"] is None


def test_tempered_headline():
    found = binding(aggregator="tempered")
    assert found["score"] == found["beside"]["tempered"] == "0.6785"
    # z of the contributions leads back to the score: (1 - e^-z) / .99
    z = sum(D(row["unrounded"]) for row in found["contributions"])
    assert (1 - (-z).exp()) / D("0.99") == pytest.approx(D(found["unrounded"]), abs=D("1e-7"))


def test_nobody_answered():
    empty = tuple(group(one.code, [], voice=one.voice) for one in worked_groups())
    found = score(worked_input(groups=empty))
    assert (found.binding["weights_source"], found.binding["pooled"], found.binding["score"]) == (
        "EQ",
        [2500] * 4,
        "0.6250",
    )
    assert found.binding["quorum"]["bounds"] == ["0.4000", "0.8500"]
    assert found.binding["quorum"]["provisional"] is True
    assert found.binding["powers"]["measures"] is False
    assert found.binding["groups"][0] == {
        "code": "DI",
        "n": 0,
        "roll": 12,
        "present": False,
        "how": "absent",
        "position": None,
        "voice": 0,
        "equal_voice": 0,
        "score": None,
        "level": None,
        "powers": None,
    }
    assert found.binding["beside"]["equal_voices"]["score"] is None
    assert found.binding["disagreement"]["index"] is None
    assert found.statistics["groups"] == {}
    assert found.statistics["interval"] == ["0.4290", "0.8210"]


def test_group_of_three_is_not_counted_and_makes_the_result_provisional():
    groups = tuple(group("AC", [worked_points("AC")] * 3) if one.code == "AC" else one for one in worked_groups())
    found = binding(groups=groups)
    silent = found["groups"][4]
    assert (silent["n"], silent["how"], silent["position"], silent["voice"], silent["score"]) == (
        None,
        "absent",
        None,
        0,
        None,
    )
    assert sum(one["voice"] for one in found["groups"]) == 10_000
    assert (found["quorum"]["affected_present"], found["quorum"]["provisional"]) == (False, True)
    low, high = found["quorum"]["bounds"]
    assert low < found["score"] < high
    assert D(found["score"]) > D("0.6")
    assert found["powers"]["measures"] is False


def test_adopted_position_is_present_and_carries_no_sampling_variance():
    adopted = tuple(group(one.code, [], adopted=worked_points(one.code), voice=one.voice) for one in worked_groups())
    found = score(worked_input(groups=adopted))
    assert found.binding["score"] == "0.6404"
    assert {one["how"] for one in found.binding["groups"]} == {"adopted"}
    assert found.statistics["raw"]["members"] == 0


def test_one_group_with_one_member():
    alone = (group("AC", [worked_points("AC")], min_size=1),)
    found = score(worked_input(groups=alone))
    assert (found.binding["score"], found.binding["disagreement"]["index"]) == ("0.6885", "0.0000")
    assert found.binding["disagreement"]["lone"] == {}
    assert found.binding["quorum"]["provisional"] is True
    assert found.statistics["members_estimable"] is False


def test_all_agree():
    groups = tuple(group(one.code, [worked_points("AC")] * 5, voice=one.voice) for one in worked_groups())
    found = binding(groups=groups)
    assert (found["pooled"], found["score"]) == ([3846, 769, 3077, 2308], "0.6885")
    assert (found["disagreement"]["index"], found["disagreement"]["outcome"]) == ("0.0000", "proceed")


def test_no_harm_at_all():
    found = score(worked_input(ratings=(rating((0, 0, 0, 0)),)))
    assert found.binding["score"] == "0.0000"
    assert [time["level"] for time in found.binding["times"]] == ["none", "none"]
    assert found.binding["least_change"]["t0"] == {
        "up": {"line": "L", "at": "0.2000", "points": None, "into": None, "from": []},
        "down": None,
    }


def test_factor_at_one_makes_compounding_one():
    found = binding(ratings=(rating((1, 0.2, 0.2, 0.2)),))
    assert found["beside"]["multiplicative"] == "1.0000"
    assert found["times"][0]["aggregators_differ"] is True


def test_exactly_at_the_measures_line_opens_nothing():
    groups = tuple(group(code, [], adopted=(1000, 2000, 3000, 4000)) for code in ("DI", "CS", "AC", "TE"))
    found = binding(groups=groups, ratings=(rating(("0.7", "0.5", "0.5", "0.7")),), month=72)
    assert (found["score"], found["times"][0]["level"]) == ("0.6000", "M")
    assert found["powers"] == {
        "measures": False,
        "suspension": False,
        "at_measures_line": True,
        "at_suspension_line": False,
    }


def test_ratings_are_means_of_evaluators_half_up():
    two = (rating((0.7, 0.4, 0.85, 0.55), "a"), rating(("0.7001", 0.5, 0.85, 0.55), "b"))
    assert binding(ratings=two)["ratings"] == {"I": "0.7001", "E": "0.4500", "R": "0.8500", "X": "0.5500"}


def test_taxonomy_with_seven_factors_and_four_groups():
    found = score(taxonomy_input()).binding
    assert found["ratings"] == {
        "DI": "0.4000",
        "SU": "0.1000",
        "EL": "0.8000",
        "MA": "0.0000",
        "CI": "0.2500",
        "CA": "0.5000",
        "EM": "0.3333",
    }
    assert found["sub_ratings"]["CI"] == {
        "AI_echoAmplification": "0.5000",
        "personalizationBubbles": "0.2500",
        "LM_radicalizationPathways": "0.0000",
    }
    assert len(found["pooled"]) == 7
    assert len(found["groups"]) == 4
    assert found["beside"]["printed_categories"] == {
        "ratings": {
            "DI": "0.5345",
            "SU": "0.5774",
            "EL": "0.5744",
            "MA": None,
            "CI": "0.4472",
            "CA": "0.4472",
            "EM": "0.5717",
        },
        "score": None,
    }


def test_peak_alarm_names_components_at_the_high_line():
    found = score(taxonomy_input()).binding
    assert found["peak_alarm"] == [
        {"code": "EL", "component": "AI_generatedPropaganda", "value": "0.9000", "time": "month"},
        {"code": "EL", "component": "personalizedPoliticalAds", "value": "0.8000", "time": "month"},
        {"code": "CA", "component": "modelConcentration", "value": "1.0000", "time": "month"},
    ]


def test_rms_categories_by_policy():
    found = score(taxonomy_input(parameters=replace(EQ7, category_rule="rms"))).binding
    assert (found["ratings"]["SU"], found["ratings"]["CA"]) == ("0.1000", "0.6455")


def test_printed_categories_give_a_score_where_all_are_defined():
    rows = [(0.5, 0.5, 0.5)] * 7
    found = score(taxonomy_input(ratings=(taxonomy_rating(rows),))).binding
    assert found["beside"]["printed_categories"]["score"] == "0.5774"


def test_internally_divided_group_is_flagged():
    corners = [(10_000, 0, 0, 0), (0, 10_000, 0, 0)] * 3
    found = score(worked_input(groups=(group("DI", corners),)))
    assert found.statistics["groups"] == {"DI": {"spread": "0.8165", "divided": True}}


def test_statistics_of_the_worked_example():
    assert score(worked_input()).statistics["times"] == [
        {"label": "t0", "P": {"L": "1.0000", "M": "0.9198", "H": "0.0552"}, "alert": "H"},
        {"label": "t1", "P": {"L": "0.9997", "M": "0.6569", "H": "0.1365"}, "alert": "H"},
    ]


def test_statistics_of_several_evaluators_use_their_own_scores():
    groups = tuple(group(code, [], adopted=(10_000, 0, 0, 0)) for code in ("DI", "CS", "AC", "TE"))
    two = (rating((0.6, 0, 0, 0), "a"), rating((0.8, 0, 0, 0), "b"))
    found = score(worked_input(groups=groups, ratings=two)).statistics
    # s2 = (2 x 0.01 + 2 x 0.01) / 3, divided by two evaluators
    assert (found["sd"], found["evaluators"]) == ("0.0816", 2)


def test_statistics_hold_members_variance():
    split = [(10_000, 0, 0, 0), (0, 10_000, 0, 0)] * 3
    found = score(worked_input(groups=(group("AC", split, roll_size=12),))).statistics
    # (.7 - .4)^2 x 3/10 / 6 x 1/2
    assert found["raw"]["members"] == pytest.approx(0.09 * 0.3 / 6 / 2)


def test_statistics_of_taxonomy_use_each_evaluators_categories():
    rows = [(0.2, 0.4, 0.6)] * 7
    other = [(0.4, 0.6, 0.8)] * 7
    found = score(taxonomy_input(ratings=(taxonomy_rating(rows), taxonomy_rating(other, "ev-2"))))
    assert found.statistics["raw"]["ratings"] == pytest.approx((2 * 0.01 + 0.02) / 3 / 2)


def test_order_of_evaluators_and_their_names_change_nothing():
    first, second = rating((0.1, 0.2, 0.3, 0.4), "a"), rating((0.7, 0.4, 0.9, 0.5), "b")
    renamed = (replace(second, evaluator="x"), replace(first, evaluator="y"))
    one, other = score(worked_input(ratings=(first, second))), score(worked_input(ratings=renamed))
    assert (one.binding_bytes, one.statistics, one.inputs_digest) == (
        other.binding_bytes,
        other.statistics,
        other.inputs_digest,
    )


def padded(one):
    return replace(one, voice=replace(one.voice, beta=one.voice.beta.quantize(D("1.0000"))))


def test_digest_does_not_see_trailing_zeros_of_a_database():
    groups = tuple(padded(one) for one in worked_groups())
    assert score(worked_input(groups=groups)).inputs_digest == score(worked_input()).inputs_digest


@pytest.mark.parametrize(
    "change",
    [
        {"month": 3},
        {"aggregator": "tempered"},
        {"parameters": Parameters()},
        {"ratings": (rating((0.7, 0.4, 0.85, 0.56)),)},
        {"groups": worked_groups(answers=7)},
        {"groups": worked_groups()[:6]},
    ],
)
def test_digest_sees_every_input(change):
    assert score(worked_input(**change)).inputs_digest != score(worked_input()).inputs_digest


def test_large_groups_have_a_digest():
    """A million equal answers: sums beyond what JSON numbers keep exactly."""
    vector = worked_points("AC")
    n = 100_000_000
    products = tuple(n * vector[i] * vector[j] for i in range(4) for j in range(i, 4))
    sums = GroupSums(n, tuple(n * value for value in vector), products)
    found = score(worked_input(groups=(group("AC", [], sums=sums, roll_size=n),)))
    assert (found.binding["score"], len(found.inputs_digest)) == ("0.6885", 64)


def leaves(value):
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, list):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]


@pytest.mark.parametrize("inputs", [worked_input(), taxonomy_input(), worked_input(aggregator="tempered", month=100)])
def test_binding_holds_no_float_and_is_json(inputs):
    found = score(inputs)
    assert {type(leaf) for leaf in leaves(found.binding)} <= {str, int, bool, type(None)}
    assert json.loads(found.binding_bytes) == found.binding


@settings(deadline=None, max_examples=25)
@given(st.lists(st.lists(points(), min_size=0, max_size=6), min_size=7, max_size=7), ratings(), st.integers(0, 80))
def test_any_round_gives_sound_numbers(answers, x, month):
    """P11, P12, P16, P17 and P22 on whole results."""
    groups = tuple(group(one.code, rows, voice=one.voice) for one, rows in zip(worked_groups(), answers, strict=True))
    found = score(worked_input(groups=groups, ratings=(rating(x),), month=month))
    result = found.binding
    own = [D(one["score"]) for one in result["groups"] if one["score"] is not None]
    if own:
        assert min(own) - D("0.0001") <= D(result["score"]) <= max(own) + D("0.0001")
        assert 0 <= D(result["disagreement"]["index"]) <= 1
    assert sum(result["pooled"]) == 10_000
    order = ("none", "L", "M", "H")
    time = found.statistics["times"][0]
    assert order.index(time["alert"]) >= order.index(result["times"][0]["level"])
    assert result["quorum"]["bounds"] is None or result["quorum"]["bounds"][0] <= result["quorum"]["bounds"][1]
    assert all(D(low) < D(high) for low, high in pairwise(result["times"][0]["lines"].values()))
