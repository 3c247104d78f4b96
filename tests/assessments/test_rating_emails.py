"""Mail to people who rate: one when they are appointed, one when a supervisor signs off, none with a value."""

import datetime as dt

import pytest
from django.core import mail

from assessments import emails
from assessments.actions import appointments, sign_offs
from assessments.models import Assessment
from lastvote.access import Role
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from tests import factories as make
from tests import rating_world as rw

pytestmark = pytest.mark.django_db
NOW = make.NOW


@pytest.fixture
def town():
    return make.make_town(codes=("A", "C"), size=1)


@pytest.fixture
def unrated(town):
    return rw.unrated(town)


def deliver(kind=appointments.MAIL):
    """Do all the work owed; return how often a handler settled something."""
    return sum(outbox.deliver(kind, item.subject_id, NOW) for item in OutboxItem.objects.filter(kind=kind))


def test_an_appointed_evaluator_is_asked_to_rate_with_one_link_and_the_last_day_of_evidence(town, unrated):
    Assessment.objects.filter(pk=unrated.pk).update(evidence_cutoff=dt.date(2026, 5, 9))
    person = rw.newcomer(town)
    rw.propose(town, unrated, person)
    assert deliver() == 0
    appointment = unrated.appointments.get()
    for _time in range(2):
        appointments.confirm_evaluator(appointment=appointment, by=town.staff[Role.CHAIR], now=NOW)
    assert (deliver(), deliver()) == (1, 0)

    (message,) = mail.outbox
    reference = unrated.incident.reference
    assert (message.to, message.subject) == ([person.account.email], f"You are asked to rate a case ({reference})")
    assert len(message.subject) <= 60
    link = f"http://localhost:8000/testville/cases/{reference}/assessments/1/rating/"
    for told in (message.body, message.alternatives[0][0]):
        assert "Ratings rest only on what was known on 9 May 2026." in told
        assert (told.count("http"), told.count(link)) == (1, 1)
        assert "supervisor" not in told


def test_without_a_last_day_all_evidence_counts(town, unrated):
    rw.appoint(town, unrated, rw.newcomer(town))
    deliver()
    assert "Ratings may rest on all evidence of this case." in mail.outbox[0].body


def test_somebody_who_is_still_learning_is_told_who_signs_off(town, unrated):
    rw.appoint(town, unrated, rw.newcomer(town), supervised=True)
    deliver()
    assert "A supervisor reads your rating and signs it off before it counts." in mail.outbox[0].body


def test_the_third_evaluator_learns_nothing_of_the_first_two(town, unrated):
    for evaluator, value in zip(town.evaluators, ("0.2", "0.9"), strict=False):
        rw.rate(unrated, evaluator, value)
    third, first = rw.newcomer(town), rw.newcomer(town, "First")
    rw.appoint(town, unrated, third)
    rw.appoint(town, rw.unrated(town, incident=make.make_incident(town)), first)
    deliver()
    told = {message.to[0]: message.body for message in mail.outbox}
    references = [f"TV-2026-000{number}" for number in (1, 2)]
    assert told[third.account.email].replace(references[0], "") == told[first.account.email].replace(references[1], "")


def test_nothing_is_sent_once_the_role_has_ended(town, unrated):
    appointment = rw.appoint(town, unrated, rw.newcomer(town))
    people.end_role(grant=appointment.grant, by=town.staff[Role.CHAIR], now=NOW)
    assert (deliver(), mail.outbox) == (1, [])


def test_nothing_is_sent_once_the_ratings_are_fixed(town, unrated):
    rw.appoint(town, unrated, rw.newcomer(town))
    for evaluator in town.evaluators[:2]:
        rw.rate(unrated, evaluator)
    rw.freeze(town, unrated)
    assert (deliver(), mail.outbox) == (1, [])


def test_nothing_is_sent_to_somebody_who_was_erased_or_has_no_address(town, unrated):
    erased, silent = rw.newcomer(town), rw.newcomer(town, "Silent")
    for person in (erased, silent):
        rw.appoint(town, unrated, person)
    people.erase_person(person=erased, by=None, now=NOW)
    silent.account = None
    silent.save()
    assert (deliver(), mail.outbox) == (2, [])


def test_the_message_speaks_the_language_of_the_place(town, unrated, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    Assessment.objects.filter(pk=unrated.pk).update(evidence_cutoff=dt.date(2026, 5, 9))
    town.jurisdiction.languages = ["de"]
    town.jurisdiction.save()
    rw.appoint(town, unrated, rw.newcomer(town))
    deliver()
    assert '<html lang="de">' in mail.outbox[0].alternatives[0][0]


def test_a_learner_is_told_once_that_a_supervisor_signed_off(town, unrated):
    learner, boss = rw.newcomer(town), rw.supervisor(town)
    rw.appoint(town, unrated, learner, supervised=True)
    rating = rw.rate(unrated, learner, "0.3579")
    for _time in range(2):
        sign_offs.sign_off_rating(rating=rating, by=boss, now=NOW)
    assert (deliver(sign_offs.MAIL), deliver(sign_offs.MAIL)) == (1, 0)

    (message,) = mail.outbox
    reference = unrated.incident.reference
    assert (message.to, message.subject) == ([learner.account.email], f"Your rating is signed off ({reference})")
    everything = message.body + message.alternatives[0][0]
    secrets = ("3579", "As the report says", boss.name)
    assert [secret for secret in secrets if secret in everything] == []


def test_the_same_message_carries_the_same_identifier(town, unrated):
    appointment = rw.appoint(town, unrated, rw.newcomer(town))
    for _time in range(2):
        emails.send_appointed(appointment.pk, NOW)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second
