"""What people are told where the groups agree."""

import pytest

from deliberation.notices import outcomes
from tests.deliberation import talks_world as t
from tests.telling import mailed

pytestmark = pytest.mark.django_db


def test_where_groups_agree_only_those_who_decide_hear_more_than_the_score():
    _world, now = t.judged(t.AGREED)
    subjects = [subject for _one, subject in mailed(now)]
    assert {subject: subjects.count(subject) for subject in subjects} == {
        "The score you helped to find is published": 35,
        "A case waits for the committee": len(outcomes.DECIDING),
    }
