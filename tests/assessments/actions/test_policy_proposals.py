"""Changing a policy by two people: proposed, adopted, declined, and every refusal on the way."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction

from assessments import policy
from assessments.actions import policies, policy_proposals
from assessments.models import PolicyProposal, PolicyVersion
from assessments.policy_reads import newest_policy, policy_in_force, waiting_policy
from assessments.scoring.record import canonical_bytes
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders import actions as people
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db

START = dt.date(2026, 7, 1)
WHY = text("The first year taught us this.")


built = kept(lambda: make.make_town(size=0))


@pytest.fixture
def town(built, db):
    return copied(built)


def changed_body(town, **changes):
    body = json.loads(newest_policy(town.jurisdiction).body)
    return canonical_bytes({**body, "parameters": {**body["parameters"], **(changes or {"quorum": 5})}}).decode()


def propose(town, *, by=Role.ADMIN, base=None, body=None, reason=WHY, start=START, now=make.NOW):
    return policy_proposals.propose_policy(
        base=base or newest_policy(town.jurisdiction), body=body or changed_body(town), reason=reason,
        effective_from=start, by=town.staff[by], now=now,
    )  # fmt: skip


def adopt(town, proposal, *, by=Role.CHAIR, seen=None, now=make.NOW):
    return policy_proposals.adopt_proposal(
        proposal=proposal, seen=seen or proposal.digest, by=town.staff[by], now=now
    )  # fmt: skip


def decline(town, proposal, *, by=Role.CHAIR, reason="Not yet.", now=make.NOW):
    return policy_proposals.decline_proposal(
        proposal=proposal, seen=proposal.digest, reason=reason, by=town.staff[by], now=now
    )


def adopted_meanwhile(town):
    """Another version, by the way in which a town adopts its first one."""
    return policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=make.policy_body(voices="eq7"), reason=text("Meanwhile."),
        effective_from=make.START, proposed_by=town.staff[Role.ADMIN], adopted_by=town.staff[Role.CHAIR], now=make.NOW,
    )  # fmt: skip


def code_of(act, *arguments, **named):
    before = (PolicyVersion.objects.count(), PolicyProposal.objects.filter(decided_at=None).count())
    with pytest.raises(Refused) as refusal:
        act(*arguments, **named)
    after = (PolicyVersion.objects.count(), PolicyProposal.objects.filter(decided_at=None).count())
    assert after == before
    return refusal.value.code, refusal.value.status


def kinds():
    return list(AuditEvent.objects.filter(kind__startswith="policy.").order_by("pk").values_list("kind", flat=True))[1:]


def test_two_people_change_the_policy_from_its_day_on(town):
    proposal = propose(town)
    assert waiting_policy(town.jurisdiction, make.NOW) == proposal
    version = adopt(town, proposal)
    proposal.refresh_from_db()
    assert (version.number, version.body, version.reason) == (2, proposal.body, WHY)
    assert (version.proposed_by, version.adopted_by) == (town.staff[Role.ADMIN], town.staff[Role.CHAIR])
    assert (proposal.version, proposal.decided_by) == (version, town.staff[Role.CHAIR])
    assert waiting_policy(town.jurisdiction, make.NOW) is None
    assert policy_in_force(town.jurisdiction, START - make.DAY) == town.policy
    assert policy.read(policy_in_force(town.jurisdiction, START)).parameters.quorum == 5
    assert kinds() == ["policy.proposed", "policy.adopted"]


def test_declining_keeps_the_policy_and_says_why(town):
    proposal = propose(town)
    declined = decline(town, proposal)
    assert (declined.declined_because, declined.version) == ("Not yet.", None)
    assert newest_policy(town.jurisdiction) == town.policy
    assert kinds() == ["policy.proposed", "policy.declined"]
    assert propose(town).pk != proposal.pk


def test_sending_the_same_again_changes_nothing(town):
    proposal = propose(town)
    assert propose(town) == proposal
    version = adopt(town, proposal)
    assert adopt(town, proposal) == version
    assert (PolicyProposal.objects.count(), PolicyVersion.objects.count()) == (1, 2)
    assert kinds() == ["policy.proposed", "policy.adopted"]


def test_declining_again_changes_nothing(town):
    proposal = propose(town)
    assert decline(town, decline(town, proposal)).declined_because == "Not yet."
    assert kinds() == ["policy.proposed", "policy.declined"]


@pytest.mark.parametrize("by", [Role.SECRETARIAT, Role.CHAIR, Role.COMMITTEE, Role.AUDITOR])
def test_proposing_takes_the_right(town, by):
    assert code_of(propose, town, by=by) == ("not_allowed", 403)


@pytest.mark.parametrize("by", [Role.ADMIN, Role.SECRETARIAT, Role.COMMITTEE])
def test_deciding_takes_the_right(town, by):
    proposal = propose(town)
    assert code_of(adopt, town, proposal, by=by) == ("not_allowed", 403)
    assert code_of(decline, town, proposal, by=by) == ("not_allowed", 403)


def test_people_of_another_town_are_nobody_here(town):
    other = make.make_town(slug="elsewhere", code="EW", size=0)
    base = newest_policy(town.jurisdiction)
    assert code_of(propose, other, base=base, body=changed_body(town)) == ("not_allowed", 403)
    assert code_of(adopt, other, propose(town)) == ("not_allowed", 403)


def test_nobody_decides_what_they_proposed(town):
    admin = town.staff[Role.ADMIN]
    people.grant_role(
        person=admin, role=Role.CHAIR, valid_from=make.START, now=make.NOW,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    proposal = propose(town)
    assert code_of(adopt, town, proposal, by=Role.ADMIN) == ("second_person_required", 409)
    assert code_of(decline, town, proposal, by=Role.ADMIN) == ("second_person_required", 409)


def test_only_one_change_waits_at_a_time(town):
    propose(town)
    assert code_of(propose, town, body=changed_body(town, quorum=6)) == ("already_proposed", 409)
    assert code_of(propose, town, start=START + make.DAY) == ("already_proposed", 409)


def test_a_change_on_an_old_version_is_refused(town):
    body = changed_body(town)
    adopted_meanwhile(town)
    assert code_of(propose, town, base=town.policy, body=body) == ("policy_outdated", 409)


def test_a_proposal_is_stale_once_another_version_was_adopted(town):
    proposal = propose(town)
    adopted_meanwhile(town)
    assert waiting_policy(town.jurisdiction, make.NOW) is None
    assert code_of(adopt, town, proposal) == ("policy_outdated", 409)
    assert propose(town).base.number == 2


def test_a_proposal_ends_when_its_day_has_come(town):
    proposal = propose(town)
    on_the_day = dt.datetime(2026, 6, 30, 23, 30, tzinfo=dt.UTC)  # half an hour past midnight in Lisbon
    assert waiting_policy(town.jurisdiction, on_the_day - make.DAY) == proposal
    assert waiting_policy(town.jurisdiction, on_the_day) is None
    assert code_of(adopt, town, proposal, now=on_the_day) == ("starts_too_early", 422)


@pytest.mark.parametrize(("start", "code"), [
    (make.NOW.date(), "starts_too_early"),
    (make.NOW.date() - make.DAY, "starts_too_early"),
    (make.NOW.date() + 367 * make.DAY, "starts_too_late"),
])  # fmt: skip
def test_a_change_starts_tomorrow_at_the_earliest_and_within_a_year(town, start, code):
    assert code_of(propose, town, start=start) == (code, 422)


@pytest.mark.parametrize("days", [1, 366])
def test_first_and_last_day_that_a_change_can_start(town, days):
    assert propose(town, start=make.NOW.date() + days * make.DAY).decided_at is None


def test_a_change_does_not_overtake_the_version_it_rests_on(town):
    adopt(town, propose(town))
    later = changed_body(town, quorum=6)
    assert code_of(propose, town, body=later, start=START - make.DAY) == ("starts_too_early", 422)
    assert propose(town, body=later, start=START).base.number == 2


def test_nothing_changed_is_nothing_to_propose(town):
    assert code_of(propose, town, body=town.policy.body) == ("nothing_changed", 422)


@pytest.mark.parametrize("reason", ["", "   "])
def test_both_acts_that_change_minds_need_reasons(town, reason):
    assert code_of(propose, town, reason=text(reason)) == ("reason_required", 422)
    assert code_of(decline, town, propose(town), reason=reason) == ("reason_required", 422)


def test_a_body_that_no_round_could_live_with_is_refused(town):
    assert code_of(propose, town, body=changed_body(town, measures_line="0.9")) == ("threshold_order", 422)


def test_only_what_was_seen_is_decided(town):
    assert code_of(adopt, town, propose(town), seen="0" * 64) == ("content_changed", 409)


def test_a_decided_proposal_is_not_decided_again(town):
    declined = decline(town, propose(town))
    assert code_of(adopt, town, declined) == ("already_decided", 409)
    other = propose(town)
    adopt(town, other)
    assert code_of(decline, town, other) == ("already_decided", 409)


def test_failing_to_write_the_event_undoes_the_act(town, monkeypatch):
    def fail(**_facts):
        raise RuntimeError("No event.")

    proposal = propose(town)
    monkeypatch.setattr(policies, "record", fail)
    with pytest.raises(RuntimeError):
        adopt(town, proposal)
    assert newest_policy(town.jurisdiction) == town.policy
    monkeypatch.setattr(policy_proposals, "record", fail)
    with pytest.raises(RuntimeError):
        decline(town, proposal)
    assert waiting_policy(town.jurisdiction, make.NOW) == proposal


@pytest.mark.parametrize("values", [
    {"decided_at": make.NOW},
    {"declined_because": "No."},
    {"decided_at": make.NOW, "decided_by": Role.CHAIR},
    {"decided_at": make.NOW, "decided_by": Role.ADMIN, "declined_because": "No."},
])  # fmt: skip
def test_the_database_refuses_half_a_decision(town, values):
    proposal = propose(town)
    values = {name: town.staff[value] if name == "decided_by" else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyProposal.objects.filter(pk=proposal.pk).update(**values)


def test_a_round_in_progress_keeps_the_policy_it_was_opened_under():
    town = make.make_town(slug="elsewhere", code="EW", size=1)
    weight_round = make.open_round(town)
    frozen = weight_round.frozen
    version = adopt(town, propose(town))
    weight_round.refresh_from_db()
    assert weight_round.assessment.policy == town.policy != version
    assert weight_round.frozen == frozen
    assert json.loads(frozen)["policy_sha256"] == town.policy.sha256
