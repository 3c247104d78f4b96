import datetime as dt

import pytest

from lastvote.errors import Refused
from lastvote.jobs import once
from lastvote.jobs.models import IdempotencyKey

NOW = dt.datetime(2027, 5, 4, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def remember(**changes):
    fields = {"scope": "answer:1", "key": "k1", "body": b"6000,4000", "outcome_id": 5, "purge_after": NOW}
    return once.remember(**{**fields, **changes})


def test_a_new_key_has_no_outcome():
    assert once.stored_outcome(scope="answer:1", key="k1", body=b"x") is None


def test_the_same_key_and_body_give_the_same_outcome():
    remember()
    assert once.stored_outcome(scope="answer:1", key="k1", body=b"6000,4000") == 5


def test_the_same_key_in_another_scope_is_another_key():
    remember()
    assert once.stored_outcome(scope="answer:2", key="k1", body=b"6000,4000") is None


def test_a_key_with_another_body_is_refused():
    remember()
    with pytest.raises(Refused) as refusal:
        once.stored_outcome(scope="answer:1", key="k1", body=b"4000,6000")
    assert (refusal.value.code, refusal.value.status) == ("key_reused", 422)


def test_the_body_is_kept_as_a_keyed_hash_only(settings):
    stored = remember().body_hmac
    settings.SECRET_KEY = "another"
    assert stored != remember(key="k2").body_hmac
    assert len(stored) == 64


def test_purge_forgets_only_what_is_over():
    remember(purge_after=NOW)
    remember(key="k2", purge_after=NOW + dt.timedelta(seconds=1))
    assert once.purge(NOW) == 1
    assert list(IdempotencyKey.objects.values_list("key", flat=True)) == ["k2"]


def test_keys_of_one_round_can_be_kept_longer():
    remember(scope="answer:1:7", purge_after=NOW)
    remember(scope="answer:12:8", purge_after=NOW)
    once.keep_until(scope_prefix="answer:1:", purge_after=NOW + dt.timedelta(days=1))
    assert once.purge(NOW) == 1
    assert IdempotencyKey.objects.get().scope == "answer:1:7"
