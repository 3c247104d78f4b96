"""The life of a round: what its actions refuse, and what they write down."""

import pytest

from assessments.actions import rounds
from assessments.actions.answers import KEEP_KEYS, withdraw_answer
from assessments.models import RoundProposal
from assessments.states import RoundState
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.jobs import once
from tests import factories as make
from tests.architecture.world import GROUPS, published_round
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db
DAY = make.DAY
ANSWER = (4000, 3000, 2000, 1000)


built = kept(lambda: make.make_town(size=5))


@pytest.fixture
def town(built, db):
    return copied(built)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.code, refused.value.status


def propose(town, assessment, *, opens=8, days=21, role=Role.SECRETARIAT):
    opens_at = make.NOW + opens * DAY
    return rounds.propose_announcement(
        assessment=assessment, opens_at=opens_at, closes_at=opens_at + days * DAY, by=town.staff[role], now=make.NOW
    )


def extend(town, weight_round, *, days=5, reason="More time.", role=Role.SECRETARIAT, now=make.NOW):
    return rounds.extend_round(
        weight_round=weight_round, closes_at=weight_round.closes_at + days * DAY, reason=reason, by=town.staff[role],
        now=now,
    )  # fmt: skip


def everybody_answers(town, weight_round, *, but=()):
    for letter, members in town.members.items():
        for person in members if letter not in but else members[:4]:
            make.answer(weight_round, person, ANSWER)


def propose_close(town, weight_round, *, reason="All are in.", role=Role.SECRETARIAT):
    return rounds.propose_early_close(weight_round=weight_round, reason=reason, by=town.staff[role], now=make.NOW)


@pytest.mark.parametrize(("changes", "expected"), [
    ({"opens": 6}, ("notice_too_short", 422)),
    ({"days": 14}, ("window_length", 422)),
    ({"days": 31}, ("window_length", 422)),
    ({"role": Role.CHAIR}, ("not_allowed", 403)),
])  # fmt: skip
def test_a_round_is_proposed_only_within_the_policy_and_by_the_secretariat(town, changes, expected):
    assert refusal(propose, town=town, assessment=make.make_assessment(town), **changes) == expected


def test_a_round_needs_frozen_ratings_and_no_other_round(town):
    assert refusal(propose, town=town, assessment=make.make_assessment(town, freeze=False)) == (
        "ratings_not_frozen", 409,
    )  # fmt: skip
    weight_round = make.open_round(town)
    assert refusal(propose, town=town, assessment=weight_round.assessment) == ("round_running", 409)


def test_after_a_result_nobody_announces_a_round_beside_the_talks_except_on_a_past_case():
    town = make.make_town(slug="pastville", code="PV", codes=GROUPS, size=5)
    assessment = published_round(town, make.make_incident(town)).assessment
    assert refusal(propose, town=town, assessment=assessment) == ("already_published", 409)
    past = published_round(town, make.make_incident(town, retrospective=True)).assessment
    assert make.announce(town, past, opens_at=make.NOW + 8 * make.DAY).number == 2


def test_a_proposal_is_confirmed_once_by_another_person_within_a_day(town):
    proposal = propose(town, make.make_assessment(town))
    chair, secretariat = town.staff[Role.CHAIR], town.staff[Role.SECRETARIAT]
    confirm = rounds.confirm_proposal
    assert refusal(confirm, proposal=proposal, by=secretariat, now=make.NOW) == ("not_allowed", 403)
    assert refusal(confirm, proposal=proposal, by=chair, now=make.NOW + DAY) == ("proposal_expired", 409)
    assert confirm(proposal=proposal, by=chair, now=make.NOW).state == RoundState.ANNOUNCED
    assert refusal(confirm, proposal=proposal, by=chair, now=make.NOW) == ("already_confirmed", 409)


def test_nobody_confirms_what_they_proposed_though_they_hold_both_offices(town):
    proposal = propose(town, make.make_assessment(town))
    RoundProposal.objects.filter(pk=proposal.pk).update(proposed_by=town.staff[Role.CHAIR])
    both = refusal(rounds.confirm_proposal, proposal=proposal, by=town.staff[Role.CHAIR], now=make.NOW)
    assert both == ("second_person_required", 409)


def test_an_expired_proposal_makes_room_for_the_next(town):
    assessment = make.make_assessment(town)
    first = propose(town, assessment)
    RoundProposal.objects.filter(pk=first.pk).update(expires_at=make.NOW)
    second = propose(town, assessment)
    assert (second.round, second.round.number) == (first.round, 1)
    chair = town.staff[Role.CHAIR]
    assert refusal(rounds.confirm_proposal, proposal=first, by=chair, now=make.NOW) == ("proposal_expired", 409)
    assert rounds.confirm_proposal(proposal=second, by=chair, now=make.NOW).state == RoundState.ANNOUNCED


def test_a_round_neither_opens_nor_closes_before_its_time(town):
    announced = make.announce(town, make.make_assessment(town))
    assert refusal(rounds.open_round, weight_round=announced, now=make.NOW - DAY) == ("too_early", 409)
    weight_round = rounds.open_round(weight_round=announced, now=make.NOW)
    assert refusal(rounds.close_round, weight_round=weight_round, now=weight_round.closes_at) == ("too_early", 409)
    assert refusal(rounds.open_round, weight_round=weight_round, now=make.NOW) == ("illegal_transition", 409)
    late = weight_round.closes_at + rounds.GRACE
    assert rounds.close_round(weight_round=weight_round, now=late).closed_at == weight_round.closes_at


@pytest.mark.parametrize(("changes", "expected"), [
    ({"days": 11}, ("window_length", 422)),
    ({"days": 0}, ("deadline_fixed", 409)),
    ({"days": -1}, ("deadline_fixed", 409)),
    ({"reason": " "}, ("reason_required", 422)),
    ({"role": Role.CHAIR}, ("not_allowed", 403)),
    ({"now": make.NOW + 21 * DAY}, ("round_closed", 409)),
])  # fmt: skip
def test_the_end_moves_only_later_with_a_reason_and_in_time(town, changes, expected):
    assert refusal(extend, town=town, weight_round=make.open_round(town), **changes) == expected


def test_the_end_moves_once_and_the_event_says_from_where_to_where(town):
    weight_round = make.open_round(town)
    before = weight_round.closes_at
    extended = extend(town, weight_round)
    event = AuditEvent.objects.get(kind="round.extended")
    assert (event.facts["from"], event.facts["to"]) == (before.isoformat(), extended.closes_at.isoformat())
    assert refusal(extend, town=town, weight_round=extended) == ("already_extended", 409)


def test_an_answer_sent_again_after_an_extension_is_still_known(town):
    weight_round = make.open_round(town)
    person = town.members["A"][0]
    make.answer(weight_round, person, ANSWER)
    extended = extend(town, weight_round)
    assert once.purge(weight_round.closes_at + KEEP_KEYS) == 0
    assert once.purge(extended.closes_at + KEEP_KEYS) == 1


def test_a_round_closes_early_only_when_every_group_is_heard(town):
    weight_round = make.open_round(town)
    everybody_answers(town, weight_round, but="B")
    with pytest.raises(Refused) as refused:
        propose_close(town, weight_round)
    assert (refused.value.code, refused.value.details["groups"]) == ("groups_missing", ["B"])


def test_an_early_close_is_proposed_once_with_a_reason_by_the_secretariat(town):
    weight_round = make.open_round(town)
    everybody_answers(town, weight_round)
    assert refusal(propose_close, town=town, weight_round=weight_round, reason=" ") == ("reason_required", 422)
    assert refusal(propose_close, town=town, weight_round=weight_round, role=Role.CHAIR) == ("not_allowed", 403)
    propose_close(town, weight_round)
    assert refusal(propose_close, town=town, weight_round=weight_round) == ("already_proposed", 409)


def test_an_early_close_falls_when_the_end_was_moved_or_somebody_took_an_answer_back(town):
    weight_round = make.open_round(town)
    everybody_answers(town, weight_round)
    proposal, chair = propose_close(town, weight_round), town.staff[Role.CHAIR]
    withdraw_answer(weight_round=weight_round, by=town.members["A"][0], key="back", now=make.NOW)
    assert refusal(rounds.confirm_proposal, proposal=proposal, by=chair, now=make.NOW) == ("groups_missing", 409)
    extend(town, weight_round)
    assert refusal(rounds.confirm_proposal, proposal=proposal, by=chair, now=make.NOW) == ("content_changed", 409)
