"""Two worlds that differ only in the answers of the open round look the same to everybody but the authors."""

import datetime as dt

import pytest
from django.test import override_settings

from assessments.actions import publication
from assessments.models import ScoreRun
from tests.architecture.asking import undone
from tests.architecture.world import NOW, send
from tests.secrecy.crawl import everything, masked

READERS = (
    "visitor", "other member", "late member", "member", "evaluator", "auditor", "committee", "secretariat", "chair",
)  # fmt: skip
EQUAL = (2500, 2500, 2500, 2500)
ONE_SIDED = (9100, 300, 500, 100)
AN_HOUR_AGO = NOW - dt.timedelta(hours=1)


def answer(world, points, places):
    """Send answers from some places of groups C and D, count them, and return the score that nobody may read yet."""
    weight_round = world.rounds["open"]
    members = [*world.here.members["C"], *world.here.members["D"]]
    for place in places:
        send(weight_round, members[place], points, now=AN_HOUR_AGO, reasons={"all": f"From {place}: {points}"})
    publication.count_and_publish(weight_round.assessment_id, NOW)
    return ScoreRun.objects.filter(round=weight_round).latest("rev").binding


def seen(browsers, points, places, people):
    """Return every page as it looks after these answers, and the score computed from them."""
    browsers.sign_in(people)
    with undone():
        binding = answer(browsers.world, points, places)
        pages = {
            (who, route.name): masked(response)
            for who, route, _state, response in everything(browsers, people, states=["open"])
        }
        return pages, binding


def differences(one, other):
    assert one.keys() == other.keys()
    return [place for place, page in one.items() if page != other[place]]


@pytest.mark.timeout(1800)
def test_other_answers_of_the_same_people_change_no_page(browsers):
    one, one_score = seen(browsers, EQUAL, range(7), READERS)
    other, other_score = seen(browsers, ONE_SIDED, range(7), READERS)
    assert one_score != other_score
    assert differences(one, other) == []


@pytest.mark.timeout(1800)
def test_who_has_answered_today_changes_no_page_but_the_list_of_those_who_have_not(browsers):
    people = ("visitor", "late member", "member", "committee", "secretariat", "chair")
    one, _score = seen(browsers, EQUAL, range(3), people)
    other, _score = seen(browsers, EQUAL, range(5, 8), people)
    assert differences(one, other) == [("secretariat", "desk_round"), ("chair", "desk_round")]


@pytest.mark.timeout(1800)
def test_how_many_have_answered_today_changes_no_page_away_from_the_desk(browsers):
    people = ("visitor", "late member", "member", "auditor")
    one, _score = seen(browsers, EQUAL, range(1), people)
    other, _score = seen(browsers, ONE_SIDED, range(9), people)
    assert differences(one, other) == []


@override_settings(ROOT_URLCONF="tests.secrecy.leaking")
def test_the_comparison_catches_a_mean_and_a_count(browsers):
    def caught(one, other):
        return {name for _who, name in differences(one, other)}

    few, _score = seen(browsers, EQUAL, range(2), ["visitor"])
    others, _score = seen(browsers, ONE_SIDED, range(2), ["visitor"])
    many, _score = seen(browsers, EQUAL, range(9), ["visitor"])
    assert caught(few, others) == {"leak_reasons", "leak_points", "leak_mean"}
    assert caught(few, many) == {"leak_reasons", "leak_points", "leak_mean", "leak_count"}
