"""What people are told of a round: each of it once, to whoever it concerns when it is sent."""

import json

import pytest
from django.core import mail

from assessments import notices
from assessments.actions import publication, rounds
from lastvote.access import Role
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from stakeholders.models import Notice, ToldStep
from stakeholders.notices.choices import choose_pace_of_all
from stakeholders.notices.mails import send_notice
from stakeholders.notices.telling import MAIL, STEP, fan_out, tell
from stakeholders.states import NoticePace
from tests import factories as make
from tests.keeping import copied, kept
from tests.telling import address, do_owed, forget_owed, mailed

pytestmark = pytest.mark.django_db
built = kept(make.open_town)
NOW, DAY = make.NOW, make.DAY
POINTS = (6137, 1703, 1193, 967)
INVITED = "Tell us what matters most"


@pytest.fixture
def world(built):
    return copied(built)


@pytest.fixture
def town(world):
    return world[0]


@pytest.fixture
def weight_round(world):
    return world[1]


def everybody(town):
    return sorted(address(member) for members in town.members.values() for member in members)


def all_answer(town, weight_round, *, but=()):
    for code, members in town.members.items():
        if code not in but:
            make.answer(weight_round, members[0], POINTS, now=NOW + DAY)


def published(town, weight_round, **but):
    all_answer(town, weight_round, **but)
    forget_owed()
    now = weight_round.closes_at + DAY
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)
    return now


def test_everybody_on_the_roll_is_invited_once_with_one_link_and_the_last_day(town, weight_round):
    told = mailed(NOW)
    assert sorted(told) == [(one, INVITED) for one in everybody(town)]
    assert [message.subject for message in mail.outbox if len(message.subject) > 60] == []
    message = mail.outbox[0]
    reference = weight_round.assessment.incident.reference
    assert message.subject == f"{INVITED} ({reference})"
    for words in (message.body, message.alternatives[0][0]):
        assert "You can answer until 1pm on Monday 22 June 2026 (Lisbon time)." in words
        assert (words.count("http"), words.count(f"http://localhost:8000/testville/cases/{reference}/weigh/")) == (1, 1)
    assert mailed(NOW + DAY) == []
    fan_out(notices.ROUND_OPENED, weight_round.pk, NOW + DAY)
    assert (Notice.objects.count(), mailed(NOW + DAY)) == (7, [])


def test_who_is_invited_is_found_out_when_it_is_sent(town, weight_round):
    gone = town.members["B"][0]
    email = address(gone)
    make.answer(weight_round, town.members["A"][0], POINTS, now=NOW)
    people.erase_person(person=gone, by=None, now=NOW)
    told = [one for one, _subject in mailed(NOW)]
    assert sorted(told) == sorted({*everybody(town)} - {address(town.members["A"][0]), email})


def test_whoever_answers_or_loses_their_address_between_the_two_steps_gets_no_mail(town, weight_round):
    do_owed(STEP, NOW)
    make.answer(weight_round, town.members["A"][0], POINTS, now=NOW)
    silent = town.members["B"][0]
    silent.account = None
    silent.save()
    locked = town.members["C"][0].account
    locked.is_active = False
    locked.save()
    assert sorted(one for one, _subject in mailed(NOW)) == [f"{code}0@testville.example" for code in "defg"]


def test_nothing_is_sent_of_a_round_that_is_over(town, weight_round):
    assert mailed(weight_round.closes_at) == []
    assert not Notice.objects.exists()


def test_when_three_days_are_left_only_who_has_not_answered_hears_of_it_and_once(town, weight_round):
    all_answer(town, weight_round, but="CD")
    forget_owed()
    assert notices.tell_of_last_days(weight_round.closes_at - 3 * DAY - DAY / 24) == 0
    due = weight_round.closes_at - 3 * DAY
    assert [notices.tell_of_last_days(due) for _beat in range(3)] == [1, 0, 0]
    told = mailed(due)
    assert sorted(one for one, _subject in told) == [f"{code}0@testville.example" for code in "cd"]
    assert {subject for _one, subject in told} == {"Last 3 days to answer"}
    assert (notices.tell_of_last_days(due + DAY), mailed(due + DAY)) == (0, [])


def test_three_days_before_an_end_that_has_moved_whoever_is_still_silent_hears_it_again(town, weight_round):
    all_answer(town, weight_round, but="C")
    forget_owed()
    due, by = weight_round.closes_at - 3 * DAY, town.staff[Role.SECRETARIAT]
    assert notices.tell_of_last_days(due) == 1
    assert mailed(due) == [("c0@testville.example", "Last 3 days to answer")]
    later = weight_round.closes_at + 5 * DAY
    rounds.extend_round(weight_round=weight_round, closes_at=later, reason="The hall was flooded.", by=by, now=due)
    assert mailed(due) == [("c0@testville.example", "You have more time to answer")]
    assert notices.tell_of_last_days(later - 3 * DAY - DAY / 24) == 0
    assert [notices.tell_of_last_days(later - 3 * DAY) for _beat in range(2)] == [1, 0]
    assert mailed(later - 3 * DAY) == [("c0@testville.example", "Last 3 days to answer")]


def test_an_end_that_moves_by_hours_is_not_told_again(town, weight_round):
    due = weight_round.closes_at - DAY
    assert notices.tell_of_last_days(due) == 1
    later, by = weight_round.closes_at + DAY, town.staff[Role.SECRETARIAT]
    rounds.extend_round(weight_round=weight_round, closes_at=later, reason="The hall was flooded.", by=by, now=due)
    assert notices.tell_of_last_days(due + DAY) == 0


def test_more_time_is_told_to_who_can_use_it(town, weight_round):
    all_answer(town, weight_round, but="C")
    forget_owed()
    later = weight_round.closes_at + 2 * DAY
    by = town.staff[Role.SECRETARIAT]
    rounds.extend_round(weight_round=weight_round, closes_at=later, reason="The hall was flooded.", by=by, now=NOW)
    assert mailed(NOW) == [("c0@testville.example", "You have more time to answer")]
    assert "1pm on Wednesday 24 June 2026" in mail.outbox[0].body


def test_whoever_answered_hears_that_the_score_is_published_and_none_of_its_numbers(town, weight_round):
    now = published(town, weight_round, but="C")
    told = mailed(now)
    subject = "The score you helped to find is published"
    assert sorted(told) == [(f"{code}0@testville.example", subject) for code in "abdefg"]
    words = mail.outbox[0].body + mail.outbox[0].alternatives[0][0]
    score = json.loads(weight_round.assessment.runs.get(round=weight_round).binding)["score"]
    secrets = ("61.37", "6137", "1703", "Group ", score, score[:4])
    assert [one for one in secrets if one in words] == []


def test_off_is_off_also_for_mail_that_was_owed_before(town, weight_round):
    now = published(town, weight_round)
    do_owed(STEP, now)
    choose_pace_of_all(person=town.members["A"][0], pace=NoticePace.OFF)
    assert "a0@testville.example" not in dict(mailed(now))
    assert Notice.objects.get(person=town.members["A"][0], kind=notices.ROUND_PUBLISHED).mailed_at is None


def test_what_one_may_have_to_act_on_cannot_be_turned_off(town, weight_round):
    choose_pace_of_all(person=town.members["A"][0], pace=NoticePace.OFF)
    assert "a0@testville.example" in dict(mailed(NOW))
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_a_worker_that_dies_between_two_people_loses_nobody_and_tells_nobody_a_second_thing(town, weight_round):
    do_owed(STEP, NOW)
    first, second = Notice.objects.order_by("pk").values_list("pk", flat=True)[:2]
    send_notice(first, NOW)
    Notice.objects.filter(pk=first).update(mailed_at=None)  # it died before it could note this
    told = mailed(NOW)
    assert sorted(one for one, _subject in told) == everybody(town)
    again = mail.outbox[0].extra_headers["Message-ID"]
    ids = {message.extra_headers["Message-ID"] for message in mail.outbox}
    assert (len(ids), again in ids) == (7, True)
    send_notice(first, NOW)
    send_notice(second, NOW)
    assert len(mail.outbox) == 7


def test_the_same_message_has_the_same_identifier(town, weight_round):
    do_owed(STEP, NOW)
    notice = Notice.objects.first()
    for _time in range(2):
        send_notice(notice.pk, NOW)
        Notice.objects.update(mailed_at=None)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_a_step_that_fails_half_way_tells_everybody_in_the_end_and_nobody_twice(town, weight_round, monkeypatch):
    def broken(**_work):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "enqueue_together", broken)
        assert do_owed(STEP, NOW) == 0
    assert (Notice.objects.count(), OutboxItem.objects.filter(kind=MAIL).count()) == (0, 0)
    assert sorted(one for one, _subject in mailed(NOW + DAY)) == everybody(town)


def test_three_at_once_owe_one_step(weight_round):
    assert tell(notices.ROUND_OPENED, weight_round.pk, NOW) is False
    assert OutboxItem.objects.filter(kind=f"{STEP}{notices.ROUND_OPENED}").count() == 1
    assert ToldStep.objects.filter(kind=notices.ROUND_OPENED).count() == 1


def test_notices_go_with_the_person(town, weight_round):
    do_owed(STEP, NOW)
    choose_pace_of_all(person=town.members["A"][0], pace=NoticePace.OFF)
    people.erase_person(person=town.members["A"][0], by=None, now=NOW)
    assert (Notice.objects.count(), sorted(one for one, _subject in mailed(NOW))) == (6, everybody(town)[1:])


def test_the_message_speaks_the_language_of_the_place(town, weight_round, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    type(town.jurisdiction).objects.update(languages=["de"])
    mailed(NOW)
    assert '<html lang="de">' in mail.outbox[0].alternatives[0][0]


@pytest.mark.parametrize(
    ("reference", "subject"),
    [("TV-2026-0001", "Last 3 days to keep or change your answers (TV-2026-0001)"),
     ("LONGCODE-2026-0001", "Last 3 days to keep or change your answers")],
)  # fmt: skip
def test_a_subject_holds_the_reference_where_that_leaves_it_short(weight_round, reference, subject):
    incident = weight_round.assessment.incident
    incident.reference = reference
    said = notices.content(incident, "Last 3 days to keep or change your answers", action="Answer", page="weigh")
    assert (said.subject, len(said.subject) <= 60, reference in said.about) == (subject, True, True)
