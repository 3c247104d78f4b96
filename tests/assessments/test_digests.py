"""The daily mail: one for a person and a local day, with what matters when it is sent."""

import datetime as dt
import zoneinfo

import pytest
from django.core import mail

from assessments import notices
from assessments.actions import publication, rounds
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from stakeholders.models import Digest, Notice
from stakeholders.notices import choices, digests
from stakeholders.notices.telling import MAIL, STEP, tell
from stakeholders.states import NoticePace
from tests import factories as make
from tests.keeping import copied, kept
from tests.telling import address, do_owed, forget_owed

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), make.DAY


def build():
    """A published round that two people answered; the one wants updates once a day, the other at once."""
    town = make.make_town(size=2)
    weight_round = make.open_round(town)
    for code in "AB":
        make.answer(weight_round, town.members[code][0], (4000, 3000, 2000, 1000), now=make.NOW)
    choices.choose_pace_of_all(person=town.members["A"][0], pace=NoticePace.DAILY)
    forget_owed()
    now = weight_round.closes_at + dt.timedelta(minutes=1)  # 5pm in Lisbon, and a minute
    rounds.close_due_rounds(now)
    publication.count_and_publish(weight_round.assessment_id, now)
    return town, weight_round, now


built = kept(build)


@pytest.fixture
def world(built):
    return copied(built)


@pytest.fixture
def town(world):
    return world[0]


@pytest.fixture
def told_at(world):
    """The moment at which the step was told; what is wanted at once has gone out."""
    now = world[2]
    do_owed(STEP, now)
    do_owed(MAIL, now)
    return now


def at_hour(now, hour, *, days=1):
    """An hour of a later day of the town, in UTC."""
    local = now.astimezone(zoneinfo.ZoneInfo("Europe/Lisbon"))
    return (local + days * DAY).replace(hour=hour, minute=0, second=0, microsecond=0).astimezone(dt.UTC)


def beat(now, times=1):
    """Sweep some times and do what is owed; return who got a daily mail."""
    del mail.outbox[:]
    for _beat in range(times):
        digests.owe_digests(now)
    do_owed(digests.MAIL, now)
    return [message.to[0] for message in mail.outbox]


def test_nothing_is_mailed_before_the_hour_and_one_mail_at_it(town, told_at):
    member = address(town.members["A"][0])
    assert [message.to[0] for message in mail.outbox] == [address(town.members["B"][0])]
    assert beat(told_at + HOUR) == []
    morning = at_hour(told_at, 7)
    assert beat(morning - dt.timedelta(seconds=1)) == []
    assert beat(morning, times=3) == [member]
    (message,) = mail.outbox
    assert message.subject == "1 update from Testville reviews"
    assert "See the score" in message.body
    assert "Housing chatbot" in message.alternatives[0][0]
    assert message.extra_headers["List-Unsubscribe"] == f"<{choices.off_url(town.members['A'][0])}>"
    assert [beat(morning + later) for later in (dt.timedelta(seconds=15), 5 * HOUR, DAY)] == [[], [], []]
    assert Digest.objects.get().sent_at == Notice.objects.get(person=town.members["A"][0]).mailed_at == morning


def test_a_mail_delivered_twice_goes_out_once(town, told_at):
    morning = at_hour(told_at, 7)
    assert digests.owe_digests(morning) == 1
    digest = Digest.objects.get()
    del mail.outbox[:]
    digests.send_digest(digest.pk, morning)
    digests.send_digest(digest.pk, morning + HOUR)
    assert len(mail.outbox) == 1


def test_a_worker_that_dies_before_noting_it_sends_the_same_message_again(town, told_at):
    morning = at_hour(told_at, 7)
    assert beat(morning) == [address(town.members["A"][0])]
    first = mail.outbox[0]
    Digest.objects.update(sent_at=None)
    Notice.objects.filter(person=town.members["A"][0]).update(mailed_at=None, in_digest=True)
    digests.send_digest(Digest.objects.get().pk, morning + HOUR)
    again = mail.outbox[1]
    assert (again.extra_headers["Message-ID"], again.body) == (first.extra_headers["Message-ID"], first.body)


def test_a_late_sweep_sends_one_mail_the_same_day_and_none_for_days_that_are_over(town, told_at):
    assert beat(at_hour(told_at, 23, days=4)) == [address(town.members["A"][0])]
    assert Digest.objects.count() == 1
    assert beat(at_hour(told_at, 7, days=5)) == []


def test_what_comes_after_the_hour_waits_for_the_next_day(world, town, told_at):
    morning = at_hour(told_at, 7)
    assert beat(morning) == [address(town.members["A"][0])]
    Notice.objects.filter(person=town.members["A"][0]).update(
        created_at=morning + HOUR, in_digest=True, mailed_at=None
    )  # fmt: skip
    assert beat(morning + 2 * HOUR) == []
    assert beat(at_hour(told_at, 7, days=2)) == [address(town.members["A"][0])]


@pytest.mark.parametrize(("hour", "sent"), [(7, False), (18, True)])
def test_the_hour_is_a_setting(settings, town, told_at, hour, sent):
    settings.DIGEST_HOUR = hour
    assert (beat(at_hour(told_at, 18, days=0)) != []) is sent


@pytest.mark.parametrize(("zone", "sent"), [("Europe/Lisbon", False), ("Pacific/Auckland", True)])
def test_the_hour_is_that_of_the_place(town, told_at, zone, sent):
    type(town.jurisdiction).objects.update(timezone=zone)
    assert (beat(at_hour(told_at, 22, days=0)) != []) is sent  # 9 in the morning in Auckland


def test_the_clock_may_go_back_and_the_mail_still_goes_out_once(town, told_at, settings):
    settings.DIGEST_HOUR = 1
    first = dt.datetime(2026, 10, 25, 0, 0, tzinfo=dt.UTC)  # 1am in Lisbon, which comes twice that night
    Notice.objects.filter(in_digest=True).update(created_at=first - 5 * HOUR)
    assert beat(first - dt.timedelta(seconds=1)) == []
    assert beat(first) == [address(town.members["A"][0])]
    Notice.objects.filter(person=town.members["A"][0]).update(in_digest=True, created_at=first - HOUR)
    assert beat(first + HOUR) == []


def test_an_hour_that_does_not_come_is_made_up_for(town, told_at, settings):
    settings.DIGEST_HOUR = 1
    type(town.jurisdiction).objects.update(timezone="Europe/Lisbon")
    night = dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC)  # at 1am clocks go on to 2am
    assert beat(night) == []
    assert beat(night + dt.timedelta(minutes=1)) == [address(town.members["A"][0])]


def test_what_is_over_when_the_mail_goes_out_is_not_told_and_a_mail_with_nothing_is_not_sent(world, town, told_at):
    world[1].refresh_from_db()
    type(world[1]).objects.filter(pk=world[1].pk).update(state="closed", published_at=None)
    assert beat(at_hour(told_at, 7)) == []
    assert Digest.objects.get().sent_at is None
    assert Notice.objects.filter(in_digest=True).count() == 0


def test_off_is_off_for_what_waited_already(town, told_at):
    member = town.members["A"][0]
    choices.choose_paces(person=member, paces={notices.ROUND_PUBLISHED: NoticePace.OFF})
    assert Notice.objects.filter(in_digest=True).count() == 0
    assert beat(at_hour(told_at, 7)) == []


def test_turned_off_between_owing_and_sending_is_off(town, told_at):
    morning = at_hour(told_at, 7)
    digests.owe_digests(morning)
    choices.choose_pace_of_all(person=town.members["A"][0], pace=NoticePace.OFF)
    Notice.objects.filter(person=town.members["A"][0]).update(in_digest=True)  # as if a step told it a moment before
    assert beat(morning) == []


@pytest.mark.parametrize(
    ("pace", "owed", "in_digest"),
    [(NoticePace.AT_ONCE, 1, False), (NoticePace.DAILY, 0, True), (NoticePace.OFF, 0, False)],
)
def test_each_choice_decides_what_is_queued(world, town, pace, owed, in_digest):
    member = town.members["A"][0]
    choices.choose_pace_of_all(person=member, pace=pace)
    do_owed(STEP, world[2])
    notice = Notice.objects.get(person=member)
    assert OutboxItem.objects.filter(kind=MAIL, subject_id=notice.pk).count() == owed
    assert (notice.in_digest, notice.mailed_at) == (in_digest, None)


def test_mail_owed_at_once_waits_for_the_day_if_that_is_wanted_meanwhile(world, town):
    member = town.members["B"][0]
    do_owed(STEP, world[2])
    choices.choose_pace_of_all(person=member, pace=NoticePace.DAILY)
    do_owed(MAIL, world[2])
    assert [message.to[0] for message in mail.outbox if message.to[0] == address(member)] == []
    assert sorted(beat(at_hour(world[2], 7))) == sorted(address(town.members[code][0]) for code in "AB")


def test_what_one_may_have_to_act_on_comes_at_once_whatever_is_chosen(town):
    other = make.open_round(town, make.make_assessment(town, incident=make.make_incident(town, title="Other")))
    forget_owed()
    notices.tell_of_last_days(other.closes_at - DAY)
    do_owed(STEP, other.closes_at - DAY)
    del mail.outbox[:]
    do_owed(MAIL, other.closes_at - DAY)
    assert address(town.members["A"][0]) in [message.to[0] for message in mail.outbox]
    assert Notice.objects.filter(kind=notices.ROUND_CLOSING, in_digest=True).count() == 0


def test_whoever_was_erased_or_cannot_get_mail_gets_none(town, told_at):
    member = town.members["A"][0]
    type(member.account).objects.filter(pk=member.account_id).update(is_active=False)
    assert beat(at_hour(told_at, 7)) == []
    assert Notice.objects.filter(in_digest=True).count() == 0
    digests.owe_digests(at_hour(told_at, 7, days=2))
    people.erase_person(person=member, by=None, now=told_at + 2 * DAY)
    assert (Digest.objects.count(), beat(at_hour(told_at, 7, days=2))) == (0, [])


def test_several_updates_come_in_one_mail(world, town, told_at):
    member = town.members["A"][0]
    other = make.open_round(town, make.make_assessment(town, incident=make.make_incident(town, title="Other")))
    make.answer(other, member, (4000, 3000, 2000, 1000), now=make.NOW)
    now = other.closes_at + dt.timedelta(minutes=1)
    rounds.close_due_rounds(now)
    publication.count_and_publish(other.assessment_id, now)
    do_owed(STEP, now)
    assert beat(at_hour(now, 7)) == [address(member)]
    (message,) = mail.outbox
    assert message.subject == "2 updates from Testville reviews"
    assert [message.body.count(title) for title in ("Housing chatbot", "Other")] == [1, 1]
    assert [secret for secret in ("4000", "40%", "Group A", "0.4") if secret in message.body] == []


@pytest.mark.parametrize(
    ("private", "subject"),
    [(False, "1 update from Testville reviews"), (True, "Update from Testville reviews")],
)
def test_a_private_subject_says_only_which_site_writes(town, told_at, private, subject):
    choices.choose_private_subjects(person=town.members["A"][0], private=private)
    beat(at_hour(told_at, 7))
    assert mail.outbox[0].subject == subject


def test_telling_a_step_again_makes_no_second_notice(world, town, told_at):
    assert tell(notices.ROUND_PUBLISHED, world[1].pk, told_at) is False
    do_owed(STEP, told_at)
    assert Notice.objects.filter(person=town.members["A"][0]).count() == 1
