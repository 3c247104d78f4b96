"""Past cases judged: every weighting, hits and lead time, controls, and nothing that is not published."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.models import Incident
from assessments.scoring.aggregators import LINEAR, MULTIPLICATIVE, TEMPERED, common_form, multiplicative
from assessments.scoring.arithmetic import apportion, half_up
from assessments.scoring.inputs import EvaluatorRating
from assessments.scoring.parameters import Parameters
from assessments.scoring.ratings import published_ratings
from assessments.scoring.schemes import CLASSIC, TAXONOMY
from assessments.scoring.upkeep.past_cases import Verdict
from assessments.states import EvidenceKind, SchemeName
from deliberation.validation.factors import factor_rows
from deliberation.validation.lessons import lessons
from deliberation.validation.past_cases import past_cases
from deliberation.validation.rated_range import rated_range
from tests import factories as make
from tests.deliberation import past
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
built = kept(lambda: make.make_town(size=5))


@pytest.fixture
def town(built, db):
    return copied(built)


def judged(town):
    return past_cases(town.jurisdiction).cases


def rows_of(case, place=0):
    return {row.code: row for row in case.scores[place].weightings}


def test_a_town_without_past_cases_has_nothing_to_judge(town):
    make.make_assessment(town)
    assert (judged(town), past_cases(town.jurisdiction).tallies) == ([], [])


def test_a_past_case_that_is_not_rated_yet_is_left_out(town):
    past.past_incident(town)
    assert judged(town) == []


def test_a_first_score_stands_under_equal_weights_and_other_methods_alone(town):
    past.rated(town, past.past_incident(town), ("0.6", "0.8"))
    rows = rows_of(judged(town)[0])
    assert {code: (str(row.score), str(row.low), str(row.high)) for code, row in rows.items()} == {
        "pooled": ("0.7000", "0.6000", "0.8000"),
        "multiplicative": ("0.7000", "0.6000", "0.8000"),
        "tempered": ("0.7000", "0.6000", "0.8000"),
    }
    assert rows["pooled"].level == {"t0": "M", "t1": "M"}
    assert rows["pooled"].powers is None


def test_a_weighed_case_stands_under_every_groups_own_weights(town):
    parts = {("I", 0): ("0.9", "0.8"), ("E", 0): ("0.2", "0.2")}
    world = past.weighed(town, past.rated(town, past.past_incident(town), ("0.5", "0.4"), parts=parts))
    case = judged(town)[0]
    rows = rows_of(case)
    assert list(rows) == [
        "pooled", *(f"group:{code}" for code in make.CODES), "equal_voices", "eq7_voices", "equal_weights",
        "multiplicative", "tempered",
    ]  # fmt: skip
    binding = case.scores[0].score.binding
    assert str(rows["pooled"].score) == binding["score"]
    assert {code: str(rows[f"group:{code}"].score) for code in make.CODES} == {
        row["code"]: row["score"] for row in binding["groups"]
    }
    assert rows["group:A"].low == half_up(Decimal("0.4") * Decimal("0.8") + Decimal("0.02") + Decimal("0.2"))
    assert all(row.low <= row.score <= row.high for row in rows.values())
    assert (rows["group:B"].powers.measures, rows["pooled"].powers.measures) == (False, False)
    assert world.assessment.pk == case.scores[0].score.assessment.pk


def test_a_group_with_few_answers_has_no_row(town):
    past.weighed(town, past.rated(town, past.past_incident(town)), silent=("F",))
    assert "group:F" not in rows_of(judged(town)[0])
    assert "group:A" in rows_of(judged(town)[0])


def test_a_provisional_result_opens_no_powers_under_any_weighting(town):
    past.weighed(town, past.rated(town, past.past_incident(town), ("0.9", "0.9")), silent=("C",))
    assert {row.powers for row in rows_of(judged(town)[0]).values()} == {None}


def test_an_open_round_changes_nothing(town):
    assessment = past.rated(town, past.past_incident(town))
    before = [(row.code, row.score) for row in judged(town)[0].scores[0].weightings]
    past.weighed(town, assessment, publish=False)
    assert [(row.code, row.score) for row in judged(town)[0].scores[0].weightings] == before
    assert "group:A" not in dict(before)


def test_printed_categories_are_shown_and_without_a_range(town):
    past.rated(town, past.past_incident(town), ("0.2", "0.4"), scheme=SchemeName.TAXONOMY)
    row = rows_of(judged(town)[0])["printed_categories"]
    assert (str(row.score), row.low, row.high, row.level) == ("0.5774", None, None, {"t0": "M", "t1": "L"})


def test_printed_categories_divide_by_zero_where_a_kind_has_only_zeros(town):
    zeros = {("SU", part): ("0", "0") for part in (1, 2, 3)}
    past.rated(town, past.past_incident(town), ("0.2", "0.4"), scheme=SchemeName.TAXONOMY, parts=zeros)
    row = rows_of(judged(town)[0])["printed_categories"]
    assert (row.score, row.powers, row.level) == (None, None, {})
    assert "divides by 0" in str(row.why_not)


@pytest.mark.parametrize(
    ("values", "verdicts", "lead"),
    [
        (("0.7", "0.7"), [Verdict.HIT, Verdict.HIT], [92, 92]),
        (("0.55", "0.55"), [Verdict.HIT, Verdict.MISS], [92, None]),
        (("0.5", "0.5"), [Verdict.HIT, Verdict.MISS], [92, None]),
        (("0.4", "0.4"), [Verdict.MISS, Verdict.MISS], [None, None]),
    ],
)
def test_a_hit_is_moderate_or_higher_before_the_first_outcome(town, values, verdicts, lead):
    incident = past.past_incident(town)
    past.add_row(town, incident, "A second fine.", past.dt.date(2019, 7, 24), kind=EvidenceKind.OUTCOME)
    past.rated(town, incident, values)
    judgements = judged(town)[0].scores[0].judgements
    assert [one.verdict for one in judgements] == verdicts
    assert [one.lead for one in judgements] == lead


def test_an_outcome_known_on_the_day_makes_it_a_miss(town):
    past.rated(town, past.past_incident(town, outcome_on=past.ASKED_ON), ("0.9", "0.9"))
    assert [one.verdict for one in judged(town)[0].scores[0].judgements] == [Verdict.MISS, Verdict.MISS]


@pytest.mark.parametrize("missing", ["outcome", "day"])
def test_without_a_day_or_a_dated_outcome_nothing_can_be_told(town, missing):
    incident = past.past_incident(town, outcome_on=None if missing == "outcome" else past.OUTCOME_ON)
    past.rated(town, incident, asked_on=None if missing == "day" else past.ASKED_ON)
    found = past_cases(town.jurisdiction)
    assert [one.verdict for one in found.cases[0].scores[0].judgements] == [None, None]
    assert found.tallies == []
    assert not found.can_show_false_alarms


def test_only_failures_can_show_no_false_alarm(town):
    past.rated(town, past.past_incident(town))
    found = past_cases(town.jurisdiction)
    assert [(row.scheme, row.time, row.counts.hits, row.counts.failures) for row in found.tallies] == [
        ("classic", "t0", 1, 1), ("classic", "t1", 1, 1),
    ]  # fmt: skip
    assert not found.can_show_false_alarms


def test_controls_show_them(town):
    past.rated(town, past.past_incident(town))
    past.rated(town, past.past_incident(town, "A quiet system", control=True), ("0.55", "0.55"))
    found = past_cases(town.jurisdiction)
    assert found.can_show_false_alarms
    counts = [row.counts for row in found.tallies]
    assert [(one.hits, one.misses, one.false_alarms, one.quiet) for one in counts] == [(1, 0, 1, 0), (1, 0, 0, 1)]
    assert counts[0].hit_interval == (Decimal("0.0250"), Decimal(1))
    assert (len(found.failures), len(found.controls)) == (1, 1)


def test_both_schemes_of_a_case_are_judged_the_newest_first(town):
    incident = past.past_incident(town)
    past.rated(town, incident)
    past.rated(town, incident, ("0.2", "0.3"), scheme=SchemeName.TAXONOMY)
    assert [one.scheme for one in judged(town)[0].scores] == ["taxonomy", "classic"]
    again = past.rated(town, incident, ("0.9", "0.9"))
    assert [one.score.assessment.number for one in judged(town)[0].scores] == [again.number, 2]


def test_merged_and_foreign_cases_are_left_out(town):
    other = make.make_town(slug="elsewhere", code="EW", size=1)
    kept, merged = past.past_incident(town), past.past_incident(town, "Merged")
    past.rated(town, kept)
    past.rated(town, merged)
    past.rated(other, past.past_incident(other, "Foreign"))
    Incident.objects.filter(pk=merged.pk).update(merged_into=kept)
    assert [case.incident for case in judged(town)] == [kept]


def test_each_value_names_its_rows_and_whether_they_were_known(town):
    incident = past.past_incident(town)
    past.rated(town, incident, ("0.6", "0.8"))
    one = judged(town)[0].scores[0]
    row = factor_rows(one.past, past.ASKED_ON)[0]
    assert (row.code, row.value, row.is_kind, row.parts[0].range, row.parts[0].known) == (
        "I", "0.7000", False, "0.6000 to 0.8000", "Yes",
    )  # fmt: skip
    assert factor_rows(one.past, past.dt.date(2018, 3, 19))[0].parts[0].known == "No: row 1"
    assert factor_rows(one.past, past.KNOWN_ON)[0].parts[0].known == "Yes"
    assert factor_rows(one.past, None)[0].parts[0].known == "Yes"


def test_a_source_that_came_later_is_told(town):
    incident = past.past_incident(town)
    incident.evidence.get(number=1).sources.update(published_on=past.dt.date(2019, 7, 1))
    past.rated(town, incident)
    case = judged(town)[0]
    assert factor_rows(case.scores[0].past, past.ASKED_ON)[0].parts[0].known == "Yes; reported later: row 1"
    assert "Four factors: 4 values rest on a source published later. Hindsight may colour them." in lessons(case)


def test_a_kind_of_risk_is_told_with_its_parts(town):
    past.rated(town, past.past_incident(town), ("0.2", "0.4"), scheme=SchemeName.TAXONOMY)
    row = factor_rows(judged(town)[0].scores[0].past, None)[0]
    assert (row.is_kind, row.value, [part.value for part in row.parts]) == (True, "0.3000", ["0.3000"] * 3)


def test_lessons_name_a_miss_a_late_day_and_later_reports(town):
    incident = past.past_incident(town)
    past.add_row(town, incident, "It was less.", past.dt.date(2020, 1, 1), kind=EvidenceKind.LATER_EVIDENCE)
    past.rated(town, incident, ("0.55", "0.55"))
    assert lessons(judged(town)[0]) == [
        "What happened had begun before the day of the question. A step then could not have prevented all of it.",
        "The schemes, or the lines of both ends of the roadmap, do not agree on this case.",
        "Four factors (lines at the end of the roadmap): a miss. Harm came out, and the level was only: Low.",
        "Later reports say more than the ratings could use: row 3 of the evidence.",
    ]


def test_lessons_name_a_false_alarm_and_what_cannot_be_told(town):
    past.rated(town, past.past_incident(town, "Quiet", control=True), ("0.7", "0.7"))
    past.rated(town, past.past_incident(town, "Undated", outcome_on=None), asked_on=None)
    past.rated(town, past.past_incident(town, "Ongoing", outcome_on=None))
    quiet, undated, ongoing = (lessons(case) for case in judged(town))
    assert quiet[0].startswith("Four factors (lines at the start of the roadmap): a false alarm.")
    assert undated == [
        "No cut-off day was set, so the ratings could use everything known today. This is no test of the lines."
    ]
    assert ongoing[0] == "No dated outcome is on record, so nobody can say whether a step would have come in time."


def test_lessons_count_the_groups_that_would_have_called_alone(town):
    parts = {("I", 0): ("0.9", "0.9"), ("E", 0): ("0.2", "0.2")}
    past.weighed(town, past.rated(town, past.past_incident(town), ("0.45", "0.45"), parts=parts))
    own = [row.level["t0"] for row in judged(town)[0].scores[0].weightings if row.group]
    called = sum(level in {"M", "H"} for level in own)
    assert 0 < called < 7
    sentence = f"Four factors (lines at the start of the roadmap): {called} groups of 7 alone would have called people"
    assert any(words.startswith(sentence) for words in lessons(judged(town)[0]))


values = st.decimals(min_value=0, max_value=1, places=4)
weights = st.lists(st.integers(0, 100), min_size=4, max_size=4).filter(any)


@given(
    one=st.tuples(*[values] * 4),
    two=st.tuples(*[values] * 4),
    points=weights.map(apportion),
    method=st.sampled_from([LINEAR, TEMPERED, MULTIPLICATIVE]),
)
def test_every_evaluators_own_score_lies_in_the_range(one, two, points, method):
    parameters = Parameters()
    ratings = [EvaluatorRating(name, tuple((x,) for x in given)) for name, given in (("E1", one), ("E2", two))]
    low, high = rated_range(CLASSIC, ratings, parameters).of(points, method)
    for chosen in ([ratings[0]], [ratings[1]], ratings):
        mean = published_ratings(CLASSIC, chosen, parameters).values
        if method == MULTIPLICATIVE:
            score = half_up(multiplicative(points, mean))
        else:
            score = half_up(common_form(method, mean, parameters.eta).score(points))
        assert low <= score <= high


def test_the_range_of_a_kind_of_risk_follows_from_the_edges_of_its_parts():
    ratings = [
        EvaluatorRating("E1", ((Decimal("0.1"), Decimal("0.9"), Decimal("0.5")), *[(Decimal(0),) * 3] * 6)),
        EvaluatorRating("E2", ((Decimal("0.3"), Decimal("0.6"), Decimal("0.5")), *[(Decimal(0),) * 3] * 6)),
    ]
    found = rated_range(TAXONOMY, ratings, Parameters())
    assert (found.low.values[0], found.high.values[0]) == (Decimal("0.4000"), Decimal("0.5667"))
