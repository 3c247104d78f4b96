"""Merging two cases that are one, separating them again, and whoever took part being told."""

from functools import partial

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from assessments.actions import evidence, merges, ratings, rounds
from assessments.models import Incident, IncidentMerge
from assessments.states import EvidenceKind, SchemeName
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs import outbox
from lastvote.jobs.models import OutboxItem
from stakeholders import actions as people
from tests import factories as make
from tests import rating_world as rw
from tests.architecture.world import judged_round
from tests.proofs.together import together

pytestmark = pytest.mark.django_db
WHY = "Both tell of the chatbot of May."


@pytest.fixture
def town():
    return make.make_town(codes=("A", "C", "D"), size=5)


@pytest.fixture
def gone(town):
    return make.make_incident(town, title="The same again")


@pytest.fixture
def kept(town):
    return make.make_incident(town, title="Housing chatbot")


def merge(town, gone, kept, **changes):
    given = {"incident": gone, "into": kept, "reason": WHY, "by": town.staff[Role.SECRETARIAT], "now": make.NOW}
    return merges.merge_incident(**{**given, **changes})


def separate(town, gone, **changes):
    given = {"incident": gone, "reason": "Another chatbot.", "by": town.staff[Role.SECRETARIAT], "now": make.NOW}
    return merges.separate_incident(**{**given, **changes})


def refusal(act, *args, **changes):
    with pytest.raises(Refused) as refused:
        act(*args, **changes)
    return refused.value.code, refused.value.status


def told(*incidents):
    events = AuditEvent.objects.filter(subject="incident", subject_id__in=[one.pk for one in incidents])
    events = events.exclude(kind__in=("incident.created", "evidence.added")).order_by("pk")
    return list(events.values_list("kind", "subject_id"))


def test_a_case_leads_to_the_other_and_both_say_so_in_the_record(town, gone, kept):
    row = merge(town, gone, kept, reason=f" {WHY} ")
    gone.refresh_from_db()
    assert (gone.merged_into, row.kept, row.act, row.reason, row.done_at) == (kept, kept, "merged", WHY, make.NOW)
    assert told(gone, kept) == [("incident.merged", gone.pk), ("incident.took_in", kept.pk)]
    facts = AuditEvent.objects.get(kind="incident.took_in").facts
    assert facts == {"reference": gone.reference, "kept": kept.reference}


def test_merging_again_changes_nothing(town, gone, kept):
    assert merge(town, gone, kept) == merge(town, gone, kept, reason="Once more.")
    assert (IncidentMerge.objects.count(), len(told(gone, kept))) == (1, 2)


def test_the_row_of_a_merge_is_never_changed(town, gone, kept):
    row = merge(town, gone, kept)
    with pytest.raises(Exception, match="append-only"), transaction.atomic():
        IncidentMerge.objects.filter(pk=row.pk).update(reason="Another one.")


def test_the_database_holds_no_merge_without_a_reason(town, gone, kept):
    facts = {"act": "merged", "done_by": town.staff[Role.SECRETARIAT], "done_at": make.NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentMerge.objects.create(incident=gone, kept=kept, reason="", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        IncidentMerge.objects.create(incident=gone, kept=gone, reason=WHY, **facts)


@pytest.mark.parametrize(("reason", "code"), [
    (" ", "blank"), ("x" * 1501, "max_length"), ("The \u202esame", "hidden_characters"),
])  # fmt: skip
def test_a_merge_needs_a_reason_that_everybody_can_read(town, gone, kept, reason, code):
    assert refusal(merge, town, gone, kept, reason=reason) == (code, 422)
    merge(town, gone, kept)
    assert refusal(separate, town, gone, reason=reason) == (code, 422)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.ADMIN])
def test_only_the_secretariat_merges_and_separates(town, gone, kept, role):
    assert refusal(merge, town, gone, kept, by=town.staff[role]) == ("not_allowed", 403)
    merge(town, gone, kept)
    assert refusal(separate, town, gone, by=town.staff[role]) == ("not_allowed", 403)


def test_no_case_is_merged_into_itself_or_into_one_of_another_place(town, gone):
    foreign = make.make_incident(make.make_town(slug="elsewhere", code="EW", size=1))
    assert refusal(merge, town, gone, gone) == ("same_case", 422)
    assert refusal(merge, town, gone, foreign) == ("unknown_case", 422)


def test_there_are_no_chains_and_no_loops(town, gone, kept):
    third = make.make_incident(town, title="A third one")
    merge(town, gone, kept)
    assert refusal(merge, town, kept, gone) == ("case_merged", 409)
    assert refusal(merge, town, kept, third) == ("took_others_in", 409)
    assert refusal(merge, town, third, gone) == ("case_merged", 409)
    assert refusal(merge, town, gone, third) == ("already_merged", 409)
    merge(town, third, kept)
    assert set(kept.merged.all()) == {gone, third}


def test_a_past_case_and_one_of_today_stay_apart(town, kept):
    past = make.make_incident(town, retrospective=True)
    assert refusal(merge, town, past, kept) == ("past_and_present", 422)
    assert refusal(merge, town, kept, past) == ("past_and_present", 422)


def test_a_case_that_is_being_rated_or_weighed_stays_where_it_is(town, gone, kept):
    assessment = rw.unrated(town, incident=gone)
    assert refusal(merge, town, gone, kept) == ("already_being_rated", 409)
    for evaluator in town.evaluators[:2]:
        rw.rate(assessment, evaluator)
    rw.freeze(town, assessment)
    announced = make.announce(town, assessment, opens_at=make.NOW + make.DAY)
    assert refusal(merge, town, gone, kept) == ("round_running", 409)
    rounds.open_round(weight_round=announced, now=make.NOW + make.DAY)
    assert refusal(merge, town, gone, kept) == ("round_running", 409)
    merge(town, kept, gone)


def test_a_merged_case_takes_no_new_work(town, gone, kept):
    assessment = make.make_assessment(town, incident=gone)
    by, day = town.staff[Role.SECRETARIAT], 10 * make.DAY
    round_of = partial(
        rounds.propose_announcement, assessment=assessment, opens_at=make.NOW + day, closes_at=make.NOW + 3 * day,
        by=by, now=make.NOW,
    )  # fmt: skip
    waiting = round_of()
    merge(town, gone, kept)
    item = gone.evidence.get()
    assert refusal(
        evidence.add_evidence, incident=gone, kind=EvidenceKind.EVIDENCE, statement="One more.", as_of_words="2026",
        as_of_from=None, as_of_to=None, sources=list(item.sources.all()), by=by, now=make.NOW,
    ) == ("case_merged", 409)  # fmt: skip
    assert refusal(
        ratings.open_assessment, incident=gone, scheme=SchemeName.TAXONOMY, policy_version=town.policy,
        opened_on=rw.OPENED, by=by, now=make.NOW,
    ) == ("case_merged", 409)  # fmt: skip
    assert refusal(round_of) == ("case_merged", 409)
    confirm = partial(rounds.confirm_proposal, proposal=waiting, by=town.staff[Role.CHAIR], now=make.NOW)
    assert refusal(confirm) == ("case_merged", 409)
    separate(town, gone)
    assert confirm().state == "announced"


def test_separating_brings_everything_back(town, gone, kept):
    assert refusal(separate, town, gone) == ("not_merged", 409)
    merge(town, gone, kept)
    row = separate(town, gone)
    gone.refresh_from_db()
    assert (gone.merged_into, row.act, row.kept) == (None, "separated", kept)
    assert told(gone, kept)[2:] == [("incident.separated", gone.pk), ("incident.separated", kept.pk)]
    merge(town, kept, gone)


def test_nothing_stays_when_the_record_fails(town, gone, kept, monkeypatch):
    def fail(**_facts):
        raise RuntimeError

    monkeypatch.setattr(merges, "record", fail)
    with pytest.raises(RuntimeError):
        merge(town, gone, kept)
    gone.refresh_from_db()
    assert (gone.merged_into, IncidentMerge.objects.count()) == (None, 0)


def deliver():
    for item in OutboxItem.objects.filter(kind__in=(merges.MAIL_TO_ANSWERED, merges.MAIL_TO_RATED)).order_by("pk"):
        outbox.deliver(item.kind, item.subject_id, make.NOW)


def test_whoever_answered_or_rated_gets_one_message_without_what_they_sent(town, gone, kept):
    judged_round(town, gone)
    merge(town, gone, kept)
    deliver()
    deliver()
    members = [person.account.email for group in town.members.values() for person in group]
    raters = [person.account.email for person in town.evaluators[:2]]
    assert sorted(message.to[0] for message in mail.outbox) == sorted([*members, *raters])
    assert {message.subject for message in mail.outbox} == {f"{gone.reference} was merged into {kept.reference}"}
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == len(mail.outbox)
    message = mail.outbox[0]
    assert len(message.subject) <= 60
    assert f"http://localhost:8000/testville/cases/{kept.reference}/" in message.body
    assert WHY in message.body
    told_too_much = ("Group A", "4003", "40.03", "0.5", "As the report says")
    everything = message.body + message.alternatives[0][0]
    assert [words for words in told_too_much if words in everything] == []


def test_a_message_tells_what_holds_when_it_is_sent(town, gone, kept):
    make.make_assessment(town, incident=gone)
    merge(town, gone, kept)
    separate(town, gone)
    deliver()
    assert {message.subject for message in mail.outbox} == {
        f"{gone.reference} and {kept.reference} are two cases again"
    }
    assert f"http://localhost:8000/testville/cases/{gone.reference}/" in mail.outbox[0].body


def test_people_who_were_erased_get_nothing(town, gone, kept):
    judged_round(town, gone)
    merge(town, gone, kept)
    person = town.members["A"][0]
    address = person.account.email
    people.erase_person(person=person, by=None, now=make.NOW)
    deliver()
    assert address not in {message.to[0] for message in mail.outbox}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_at_once_in_both_directions_one_is_told():
    town = make.make_town(codes=("A", "C"), size=1)
    first, second = make.make_incident(town, title="One"), make.make_incident(town, title="Two")
    outcomes = together([partial(merge, town, first, second), partial(merge, town, second, first)] * 4)
    codes = {outcome.code for outcome in outcomes if isinstance(outcome, Refused)}
    assert codes <= {"case_merged", "took_others_in", "already_merged", "busy"}
    assert [outcome for outcome in outcomes if not isinstance(outcome, Refused | IncidentMerge)] == []
    assert Incident.objects.filter(merged_into=None).count() == 1
    assert IncidentMerge.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_one_who_merges_and_one_who_opens_an_assessment_one_is_told():
    town = make.make_town(codes=("A", "C"), size=1)
    gone, kept = make.make_incident(town, title="One"), make.make_incident(town, title="Two")
    rate = partial(rw.unrated, town, incident=gone)
    outcomes = together([partial(merge, town, gone, kept), rate])
    refused = [outcome.code for outcome in outcomes if isinstance(outcome, Refused)]
    assert refused in (["case_merged"], ["already_being_rated"])
    gone.refresh_from_db()
    assert (gone.merged_into is None) == gone.assessments.exists()
