import datetime as dt

import pytest
from django.db.models import F

from assessments.health import check_scores
from assessments.models import Assessment
from lastvote.jobs import health
from lastvote.jobs.models import OutboxItem
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def lagging():
    """Return an assessment with one accepted input that no score counts yet, and no work owed for it."""
    assessment = make.make_assessment(make.make_town())
    Assessment.objects.update(input_rev=F("scored_rev") + 1)
    OutboxItem.objects.all().delete()
    return assessment


def owe(assessment, *, seconds_ago, **more):
    created_at = make.NOW - dt.timedelta(seconds=seconds_ago)
    OutboxItem.objects.create(kind="recompute", subject_id=assessment.pk, created_at=created_at, **more)


def test_scores_that_count_everything_are_well():
    make.make_assessment(make.make_town())
    assert check_scores(make.NOW).ok is True


def test_a_score_that_is_being_computed_is_well(lagging):
    owe(lagging, seconds_ago=60)
    assert check_scores(make.NOW).ok is True


def test_a_score_that_has_waited_too_long_is_stale(lagging):
    owe(lagging, seconds_ago=61)
    owe(lagging, seconds_ago=1)
    assert check_scores(make.NOW).ok is False


def test_a_score_whose_work_is_dead_is_stale(lagging):
    owe(lagging, seconds_ago=1, dead_at=make.NOW)
    assert check_scores(make.NOW).ok is False


def test_a_score_that_nobody_owes_is_stale(lagging):
    assert check_scores(make.NOW).ok is False


def test_the_health_page_asks(lagging):
    assert [check.name for check in health.checks(make.NOW) if not check.ok][-1] == "scores"
