"""Mail about answers: what it says, to whom, and what it never says."""

import pytest
from django.core import mail

from assessments import emails
from assessments.models import Submission
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from stakeholders.notices.choices import choose_private_subjects
from tests import factories
from tests.assessments.weighers import hidden
from tests.keeping import kept

pytestmark = pytest.mark.usefixtures("clock")
built = kept(factories.open_town)
LATER = factories.NOW + 21 * factories.DAY


def deliver(kind):
    for item in OutboxItem.objects.filter(kind=kind).order_by("pk"):
        assert outbox.deliver(kind, item.subject_id, LATER) == 1


@pytest.fixture
def sent(weigher):
    weigher.post("points/", I="61", E="13", R="19", X="7")
    weigher.post("why/", all="Because of the school.")
    weigher.send()
    return Submission.objects.get()


def test_sent_answers_are_confirmed_without_any_of_their_numbers(weigher, sent):
    deliver("mail.answer_accepted")

    (message,) = mail.outbox
    code = sent.detail.receipt
    reference = f"LV-{code[:4]}-{code[4:8]}-{code[8:]}"
    assert message.to == [weigher.person.account.email]
    assert message.subject == f"We have your answers ({reference})"
    assert len(message.subject) <= 60
    link = f"http://localhost:8000{weigher.base}sent/{code}/"
    assert link in message.body
    assert "1pm on Monday 22 June 2026 (Lisbon time)" in message.body
    everything = (message.body + message.alternatives[0][0]).replace(code, "").replace(reference, "")
    secrets = ("61", "13 ", "19%", "6100", "1900", "700", "Because of the school", "Group C", "Harm")
    assert [secret for secret in secrets if secret in everything] == []


@pytest.mark.parametrize("private", [False, True])
def test_the_subject_is_neutral_for_those_who_want_it_so(weigher, sent, private):
    choose_private_subjects(person=weigher.person, private=private)
    deliver("mail.answer_accepted")

    (message,) = mail.outbox
    assert (message.subject == "Update from Testville reviews") is private
    assert ("LV-" in message.subject) is not private


def test_a_change_says_that_it_replaces(weigher, sent):
    weigher.post("points/", I="1", E="1", R="1", X="1")
    weigher.post("why/")
    weigher.send()
    deliver("mail.answer_accepted")

    subjects = [message.subject.split(" (")[0] for message in mail.outbox]
    assert subjects == ["We have your answers", "You changed your answers"]


def test_taking_back_is_confirmed(weigher, sent):
    weigher.post("withdraw/", **hidden(weigher.get("withdraw/")))
    deliver("mail.answer_withdrawn")

    (message,) = mail.outbox
    assert message.subject.startswith("You withdrew your answers (LV-")
    assert "You can answer again until 1pm on Monday 22 June 2026 (Lisbon time)." in message.body


def test_a_second_delivery_carries_the_same_identifier(sent):
    emails.send_answer_accepted(sent.pk, LATER)
    emails.send_answer_accepted(sent.pk, LATER)

    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second
    assert f"answer-{sent.pk}@" not in first


def test_the_address_is_the_one_at_the_time_of_sending(weigher, sent):
    account = weigher.person.account
    account.email = "new@testville.example"
    account.save()
    deliver("mail.answer_accepted")

    assert mail.outbox[0].to == ["new@testville.example"]


def test_people_who_were_erased_get_nothing_and_nothing_fails(town, weigher, sent):
    people.erase_person(person=weigher.person, by=None, now=LATER - factories.DAY)
    deliver("mail.answer_accepted")

    assert mail.outbox == []
