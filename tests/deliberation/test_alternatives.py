"""Other ways to put groups together, compared over published past cases and published trainings only."""

import io
import json
from decimal import Decimal

import numpy as np
import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessments.actions.training import start_training, training_step
from assessments.scoring.aggregators import LINEAR, MULTIPLICATIVE, TEMPERED, common_form, scores_by_aggregator
from assessments.scoring.arithmetic import equal_points
from assessments.scoring.learning.history import LabelledHistory
from assessments.scoring.lines import level_of, lines_of
from assessments.scoring.parameters import Parameters
from assessments.states import SchemeName
from deliberation.published_input import computation_of
from deliberation.validation.alternatives import compared
from deliberation.validation.fixed_rules import fixed_scores, same_levels
from deliberation.validation.reads import past_incidents
from lastvote.access import Role
from tests import factories as make
from tests import learning_world as lw
from tests.deliberation import past
from tests.deliberation import world as w

pytestmark = pytest.mark.django_db

PAGE = "/testville/validation/alternatives/"
NOTHING = "No past case with people's answers is published yet, so there is nothing to compare."
UNTRAINED = "No training on a labelled history is published yet, so there are no labels to compare with."


def weighed(town, title="Harvested profiles", *, scheme=SchemeName.CLASSIC, **more):
    parts = {("I", 0): ("0.9", "0.8"), ("E", 0): ("0.2", "0.2")}
    assessment = past.rated(town, past.past_incident(town, title), ("0.5", "0.4"), parts=parts, scheme=scheme)
    past.weighed(town, assessment, **more)
    return assessment


def rules_of(town):
    return {row.rule: row for row in compared(town.jurisdiction, town.policy).rules}


def trained(town, number=6):
    history = lw.imported(town, number=number)
    run = start_training(history=history, by=town.staff[Role.SECRETARIAT], now=make.NOW)
    while run.unfinished:
        training_step(run.pk, make.NOW)
        run.refresh_from_db()
    return run


def printed(**options):
    out = io.StringIO()
    call_command("compare-aggregators", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("voices", ["equal", "eq7"])
def test_a_published_score_comes_out_of_what_is_published_alone(voices):
    town = make.make_town(size=5, voices=voices)
    weighed(town, silent=("F",))
    one = past_incidents(town.jurisdiction)[0].scores[0]
    run = computation_of(one.score, one.ratings)
    assert str(run.score) == one.score.binding["score"]
    assert [group.code for group in run.inputs.groups if group.adopted is None] == ["F"]
    assert {group.sums.n for group in run.inputs.groups} == {0}
    assert [voice for voice in run.voices if voice] == [row.voice for row in one.score.counted]


def test_without_answers_there_is_nothing_to_compare():
    town = make.make_town(size=1)
    past.rated(town, past.past_incident(town))
    found = compared(town.jurisdiction, town.policy)
    assert (found.tried, found.unweighed, found.rules, found.histories) == ([], 1, [], [])
    assert NOTHING in w.text_of(w.get(PAGE))
    assert UNTRAINED in w.text_of(w.get(PAGE))


def test_an_open_round_is_not_compared():
    town = make.make_town(size=5)
    weighed(town, publish=False)
    assert compared(town.jurisdiction, town.policy).tried == []


def test_rules_are_compared_with_the_published_level():
    town = make.make_town(size=5)
    weighed(town)
    rules = rules_of(town)
    assert list(rules) == [
        "default", "tempered", "multiplicative", "median", "trimmed_mean", "upper_quartile", "rms",
    ]  # fmt: skip
    assert (rules["default"].share, rules["median"].comparison.defined) == (1, 1)
    assert (rules["rms"].why_not, rules["rms"].up) == ("no_components", None)
    found = compared(town.jurisdiction, town.policy).tried[0].found["median"].value
    assert found.score in {row.score for row in past_incidents(town.jurisdiction)[0].scores[0].score.counted}
    assert (rules["median"].up, rules["median"].down) == (
        found.capture[1] - found.score,
        found.score - found.capture[0],
    )


def test_few_groups_leave_the_trimmed_mean_undefined():
    town = make.make_town(size=5, codes=("A", "B", "C", "D"))
    weighed(town)
    assert rules_of(town)["trimmed_mean"].why_not == "too_few_groups"
    assert "Not defined: it needs five groups or more." in w.text_of(w.get(PAGE, at=w.CLOSED))


def test_more_groups_than_can_be_tried_are_only_counted(monkeypatch):
    monkeypatch.setattr("assessments.scoring.exploring.alternatives.MOST_GROUPS", 6)
    town = make.make_town(size=5)
    weighed(town)
    found = compared(town.jurisdiction, town.policy)
    assert (found.tried, found.too_many_groups, found.unweighed) == ([], 1, 0)


def test_root_mean_square_is_tried_where_kinds_have_parts():
    town = make.make_town(size=5)
    assessment = past.rated(town, past.past_incident(town), ("0.2", "0.4"), scheme=SchemeName.TAXONOMY)
    world = w.World(town, assessment, make.open_round(town, assessment))
    for people in town.members.values():
        for place, person in enumerate(people):
            make.answer(world.weight_round, person, (4000 - place, 1000 + place, 1000, 1000, 1000, 1000, 1000))
    w.rounds.close_due_rounds(w.CLOSED)
    w.publication.count_and_publish(assessment.pk, w.CLOSED)
    assert rules_of(town)["rms"].share == 1
    assert rules_of(town)["rms"].why_not is None


def test_a_published_training_adds_the_learned_rule_and_its_history():
    town = make.make_town(size=5)
    weighed(town)
    run = trained(town)
    found = compared(town.jurisdiction, town.policy)
    record = json.loads(run.result)
    assert found.tried[0].found["learned"].value is not None
    (tried,) = found.histories
    losses = {row.rule: row.loss for row in tried.rules}
    assert list(losses) == ["linear", "tempered", "multiplicative", "learned", "learned_as_printed"]
    for rule, error in {"linear": "linear", "learned": "default", "learned_as_printed": "printed"}.items():
        assert losses[rule] == f"{float(record['errors'][error]['left_out']['loss']):.6f}"
    assert {row.rule: row.same for row in tried.rules}["linear"] == tried.history.case_count == 6


def test_a_training_that_runs_or_failed_is_not_compared():
    town = make.make_town(size=1)
    start_training(history=lw.imported(town), by=town.staff[Role.SECRETARIAT], now=make.NOW)
    assert compared(town.jurisdiction, town.policy).histories == []


def test_a_town_without_a_policy_in_force_compares_no_history():
    town = make.make_town(size=1)
    trained(town, 3)
    assert compared(town.jurisdiction, None).histories == []


def test_a_learned_score_of_other_factors_is_not_tried_on_a_case():
    town = make.make_town(size=5)
    past_case = past.rated(town, past.past_incident(town), ("0.2", "0.4"), scheme=SchemeName.TAXONOMY)
    trained(town, 3)
    one = past_incidents(town.jurisdiction)[0].scores[0]
    assert one.score.assessment == past_case
    assert "learned" not in {rule for row in compared(town.jurisdiction, town.policy).tried for rule in row.found}
    assert len(compared(town.jurisdiction, town.policy).histories) == 1


def test_page_and_command_tell_the_same():
    town = make.make_town(size=5)
    weighed(town)
    trained(town, 3)
    page = w.get(PAGE, at=w.CLOSED)
    data = json.loads(printed(json="-"))["jurisdictions"][0]
    tables = w.soup(page).select("table")
    rows = [[cell.get_text(strip=True) for cell in row.select("td")] for row in tables[0].select("tbody tr")]
    assert [row[0] for row in rows if not row[0].startswith("Not")] == [
        f"{row['same_level']} of {row['cases']}" for row in data["rules"] if not row["why_not"]
    ]
    on_page = [row.select("td")[0].get_text(strip=True) for row in tables[-1].select("tbody tr")]
    assert on_page == [row["mean_loss"] for row in data["histories"][0]["rules"]]
    text = printed()
    assert [loss for loss in on_page if loss not in text] == []
    assert data["cases"][0]["rules"]["default"]["score"] in text


def test_command_writes_a_file_too(tmp_path):
    town = make.make_town(size=5)
    weighed(town)
    file = tmp_path / "rules.json"
    assert printed(json=str(file), jurisdiction="testville").splitlines()[-1] == f"Written to {file}."
    assert json.loads(file.read_text()) == json.loads(printed(json="-"))


def test_page_asks_as_often_for_three_cases_as_for_one():
    town = make.make_town(size=5)
    weighed(town)
    trained(town, 3)
    one = queries()
    for title in ("Second", "Third"):
        past.rated(town, past.past_incident(town, title))
    assert queries() == one == 12


def queries():
    client = w.visitor()
    w.get(PAGE, by=client, at=w.CLOSED)
    with CaptureQueriesContext(connection) as seen:
        w.get(PAGE, by=client, at=w.CLOSED)
    return len(seen)


@pytest.mark.parametrize("rating", [["0.2", "0.4", "0.6", "0.8"], ["0", "0", "0", "0"], ["1", "0", "0.5", "0.5"]])
def test_fixed_rules_agree_with_the_exact_ones(rating):
    parameters, exact = Parameters(), [Decimal(value) for value in rating]
    history = LabelledHistory(("I", "E", "R", "X"), np.array([[float(x) for x in rating]]), np.array([0.5]))
    found = fixed_scores(history, float(parameters.eta))
    wanted = scores_by_aggregator(equal_points(4), exact, parameters.eta)
    assert {rule: f"{scores[0]:.4f}" for rule, scores in found.items()} == {
        rule: str(score) for rule, score in wanted.items()
    }
    assert set(found) == {LINEAR, TEMPERED, MULTIPLICATIVE}
    assert common_form(LINEAR, exact, parameters.eta).score(equal_points(4)) == pytest.approx(Decimal(found[LINEAR][0]))


def test_levels_of_many_scores_are_those_of_one_at_a_time():
    times = lines_of(None, Parameters())
    scores = np.array([place / 400 for place in range(401)])
    exact = [Decimal(place) / 400 for place in range(401)]
    moved = np.roll(scores, 1)
    levels = [tuple(level_of(score, lines) for lines in times) for score in exact]
    same = sum(one == other for one, other in zip(levels, [levels[-1], *levels[:-1]], strict=True))
    assert same_levels(scores, moved, times) == same
    assert same_levels(scores, scores, times) == 401
