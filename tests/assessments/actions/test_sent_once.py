"""A form with a key makes one row, however often and however closely together it is sent."""

import pytest
from django.db import IntegrityError

from assessments.actions import sent_once
from assessments.actions.sent_once import KEPT, done_once
from lastvote.errors import Refused
from lastvote.jobs.models import IdempotencyKey
from tests import factories as make

pytestmark = pytest.mark.django_db


def send(act, *, body=b"words"):
    return done_once(scope="case/1", key="k", body=body, now=make.NOW, act=act)


def test_the_second_sending_is_answered_with_the_first_row():
    made = []
    for row in (7, 8):
        assert send(lambda row=row: made.append(row) or row) == 7
    assert made == [7]
    assert IdempotencyKey.objects.get().purge_after == make.NOW + KEPT


def test_another_content_under_the_same_key_is_refused():
    send(lambda: 7)
    with pytest.raises(Refused) as refused:
        send(lambda: 8, body=b"other words")
    assert refused.value.code == "key_reused"


def test_of_two_at_one_instant_the_second_is_answered_with_the_row_of_the_first(monkeypatch):
    send(lambda: 7)
    real, asked = sent_once.stored_outcome, []

    def nothing_yet(**facts):
        asked.append(facts)
        return None if len(asked) == 1 else real(**facts)

    monkeypatch.setattr(sent_once, "stored_outcome", nothing_yet)
    assert send(lambda: 8) == 7


def test_another_clash_in_the_database_stays_a_fault():
    def clash():
        raise IntegrityError

    with pytest.raises(IntegrityError):
        send(clash)
