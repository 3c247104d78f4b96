import datetime as dt
import hashlib

import pytest
import rfc8785
from django.db import DatabaseError, transaction

from lastvote.audit.models import AuditEvent, EventSalt
from lastvote.audit.record import record, verifies

NOW = dt.datetime(2027, 5, 4, 9, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def opened(**changes):
    fields = {
        "kind": "round.opened",
        "subject": "round",
        "subject_id": 4,
        "jurisdiction_id": 1,
        "actor_id": 2,
        "now": NOW,
        "facts": {"before": "announced", "after": "open"},
    }
    return record(**{**fields, **changes})


def test_record_keeps_what_it_is_told():
    event = opened(acting_as="chair", formula_version="1")
    event.refresh_from_db()
    assert (event.kind, event.subject, event.subject_id) == ("round.opened", "round", 4)
    assert (event.jurisdiction_id, event.actor_id, event.acting_as) == (1, 2, "chair")
    assert (event.at, event.effective_at) == (NOW, NOW)
    assert event.facts == {"before": "announced", "after": "open"}
    assert (event.formula_version, event.position) == ("1", None)


def test_effective_at_may_differ_from_the_moment_of_recording():
    legal = NOW - dt.timedelta(minutes=3)
    assert opened(effective_at=legal).effective_at == legal


def test_the_commitment_is_the_hash_of_salt_and_canonical_json():
    event = opened(secret={"points": [6000, 4000]})
    salt = bytes(EventSalt.objects.get(event=event).salt)
    content = {
        "kind": "round.opened",
        "subject": "round",
        "subject_id": 4,
        "at": "2027-05-04T09:00:00.000000+00:00",
        "facts": {"before": "announced", "after": "open"},
        "secret": {"points": [6000, 4000]},
    }
    assert len(salt) == 32
    assert event.commitment == hashlib.sha256(salt + rfc8785.dumps(content)).hexdigest()


def test_a_stored_event_verifies_with_its_secret_and_no_other():
    event = AuditEvent.objects.get(id=opened(secret={"points": [6000, 4000]}).id)
    assert verifies(event, secret={"points": [6000, 4000]}) is True
    assert verifies(event, secret={"points": [4000, 6000]}) is False
    assert verifies(event) is False


def test_equal_events_have_different_commitments():
    assert opened().commitment != opened().commitment


def test_erasing_the_salt_leaves_the_event_and_makes_it_unreadable():
    event = opened()
    EventSalt.objects.filter(event=event).delete()
    assert AuditEvent.objects.filter(id=event.id).exists() is True
    assert verifies(event) is False


@pytest.mark.django_db(transaction=True)
def test_record_refuses_to_run_outside_a_transaction():
    with pytest.raises(RuntimeError):
        opened()
    assert AuditEvent.objects.count() == 0


def test_an_event_that_cannot_be_written_undoes_the_act():
    @transaction.atomic
    def act_whose_event_is_not_canonical():
        opened()
        opened(facts={"points": {1, 2}})

    with pytest.raises(rfc8785.CanonicalizationError):
        act_whose_event_is_not_canonical()
    assert AuditEvent.objects.count() == 0
    assert EventSalt.objects.count() == 0


@pytest.mark.parametrize(
    "change", [{"kind": "round.closed"}, {"facts": {}}, {"commitment": "0" * 64}, {"actor_id": None}]
)
def test_the_database_refuses_to_change_an_event(change):
    event = opened()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(id=event.id).update(**change)


def test_the_database_refuses_to_delete_an_event():
    opened()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.all()._raw_delete("default")


def test_the_position_is_set_once():
    event = opened()
    assert AuditEvent.objects.filter(id=event.id).update(position=1) == 1
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(id=event.id).update(position=2)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(id=event.id).update(position=None)


def test_the_position_and_something_else_cannot_change_together():
    event = opened()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditEvent.objects.filter(id=event.id).update(position=1, kind="round.closed")
