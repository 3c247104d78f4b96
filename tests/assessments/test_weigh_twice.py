"""The check page sent from two connections at once, each with transactions of its own."""

import threading

import pytest
from django.db import connections

from assessments.models import Submission
from tests import factories
from tests.assessments.weighers import Weigher, hidden

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def built(db, clock):
    return factories.open_town()


def test_a_double_click_from_two_connections_is_one_act(weigher):
    weigher.answer_four()
    form = hidden(weigher.get("check/"))
    answers = []

    def click():
        try:
            answers.append(Weigher(weigher.round, weigher.person).post("check/", **form))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Submission.objects.count() == 1
