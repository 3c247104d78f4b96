"""What a scoring refuses before it starts (D1)."""

from decimal import Decimal as D

import pytest

from assessments.scoring.errors import ScoringError
from assessments.scoring.group_sums import GroupSums
from assessments.scoring.inputs import EvaluatorRating, VoiceInput
from assessments.scoring.parameters import Parameters
from assessments.scoring.voices import published_voices
from tests.scoring.cases import (
    EQ7,
    PLAIN_VOICE,
    group,
    rating,
    taxonomy_input,
    taxonomy_rating,
    worked_groups,
    worked_input,
    worked_points,
)


def code_of(call, *args, **kwargs):
    with pytest.raises(ScoringError) as caught:
        call(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ("beta", "E_RANGE"),
        ("gamma", "E_RANGE"),
    ],
)
def test_eq7_refuses_values_outside_the_papers_ranges(values, code):
    wrong = {"beta": VoiceInput(D("0.4"), D(1), D(0), D(0)), "gamma": VoiceInput(D(1), D("2.1"), D(0), D(0))}[values]
    groups = (group("DI", [worked_points("DI")] * 5, voice=wrong),)
    assert code_of(worked_input, groups=groups) == code
    assert code_of(published_voices, groups, EQ7) == code
    assert published_voices(groups, Parameters()) == (10_000,)


def test_eq7_refusal_names_the_ranges():
    wrong = group("DI", [worked_points("DI")] * 5, voice=VoiceInput(D("0.4"), D(1), D(0), D(0)))
    with pytest.raises(ScoringError) as caught:
        worked_input(groups=(wrong,))
    assert caught.value.details == {
        "group": "DI",
        "beta": (D("0.5"), D("1.5")),
        "gamma": (D("0.8"), D("2.0")),
    }


@pytest.mark.parametrize(
    ("fit", "code"),
    [
        (D("-Infinity"), "probability_positive"),
        (D("NaN"), "probability_positive"),
        (D("0.1"), "max_value"),
        (-1, "E_TYPE"),
    ],
)
def test_record_fit_refused(fit, code):
    assert code_of(VoiceInput, D(1), D(1), D(0), D(0), fit) == code


@pytest.mark.parametrize(("place", "value"), [(2, D("1.1")), (3, D("-0.1"))])
def test_expertise_and_impact_stay_in_their_range(place, value):
    fields = [D(1), D(1), D(0), D(0)]
    fields[place] = value
    assert code_of(VoiceInput, *fields) == "E_RANGE"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": ""}, "E_EMPTY"),
        ({"min_size": 0}, "E_RANGE"),
        ({"adopted": (1, 2, 3, 4)}, "E_SUM"),
        ({"adopted": (5000, 5000)}, "weights_count"),
        ({"roll_size": 5}, "E_RANGE"),
        ({"roll_size": "12"}, "E_TYPE"),
    ],
)
def test_group_refused(changes, code):
    fields = {"code": "DI"} | changes
    assert code_of(group, fields.pop("code"), [worked_points("DI")] * 6, **fields) == code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"aggregator": "multiplicative"}, "E_MODE"),
        ({"ratings": ()}, "E_EMPTY"),
        ({"ratings": (rating((0.1, 0.2, 0.3, 0.4)), rating((0.1, 0.2, 0.3, 0.4)))}, "E_SHAPE"),
        ({"ratings": (rating((0.1, 0.2, 0.3)),)}, "missing_sub_risk"),
        ({"ratings": (EvaluatorRating("a", ((D(0), D(1)),) * 4),)}, "missing_sub_risk"),
        ({"groups": ()}, "E_EMPTY"),
        ({"groups": worked_groups()[:1] * 2}, "E_SHAPE"),
        ({"groups": (group("DI", [(10_000, 0, 0)] * 5, size=3),)}, "E_SHAPE"),
        ({"month": -1}, "phase_range"),
        ({"month": 1.5}, "E_TYPE"),
        ({"month": True}, "E_TYPE"),
    ],
)
def test_scoring_input_refused(changes, code):
    assert code_of(worked_input, **changes) == code


def test_two_of_three_components_are_refused():
    assert code_of(taxonomy_input, ratings=(taxonomy_rating([(0.1, 0.2)] * 7),)) == "missing_sub_risk"


def test_component_weights_must_fit_the_scheme():
    assert code_of(taxonomy_input, parameters=Parameters(component_ratios=((1, 1),) * 7)) == "E_SHAPE"


@pytest.mark.parametrize(
    ("value", "code"),
    [(D("1.2"), "E_RANGE"), (D(-1), "E_RANGE"), (D("0.12345"), "max_decimal_places"), (0.5, "E_TYPE")],
)
def test_rating_values_refused(value, code):
    assert code_of(EvaluatorRating, "a", ((value,),)) == code


def test_a_roll_may_be_unknown():
    assert group("DI", [worked_points("DI")], roll_size=None).roll_size is None


def test_groups_may_be_empty():
    assert group("DI", [], voice=PLAIN_VOICE).sums == GroupSums.empty(4)
