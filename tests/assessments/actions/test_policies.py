"""Adopting a policy: two people, and nothing under which a round could not be held, published or kept secret."""

import pytest

from assessments.actions import policies
from assessments.models import PolicyVersion
from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from lastvote.texts import text
from stakeholders import actions as people
from tests import factories as make
from tests.keeping import copied, kept

pytestmark = pytest.mark.django_db


built = kept(lambda: make.make_town(size=0))


@pytest.fixture
def town(built, db):
    return copied(built)


def adopt(town, body, *, first=Role.ADMIN, second=Role.CHAIR):
    return policies.adopt_policy(
        jurisdiction=town.jurisdiction, body=body, reason=text("Why not."), effective_from=make.START,
        proposed_by=town.staff[first], adopted_by=town.staff[second], now=make.NOW,
    )  # fmt: skip


def changed(part, **changes):
    body = make.policy_body(voices="eq7")
    return {**body, part: {**body[part], **changes}}


def test_adopt_policy_adds_the_next_version_and_says_so(town):
    version = adopt(town, make.policy_body())
    event = AuditEvent.objects.filter(kind="policy.adopted").latest("pk")
    assert (version.number, event.facts["number"], event.facts["sha256"]) == (2, 2, version.sha256)


@pytest.mark.parametrize(("first", "second", "code"), [
    (Role.ADMIN, Role.ADMIN, "not_allowed"),
    (Role.CHAIR, Role.CHAIR, "not_allowed"),
    (Role.SECRETARIAT, Role.CHAIR, "not_allowed"),
])  # fmt: skip
def test_adopt_policy_needs_two_people_with_their_own_rights(town, first, second, code):
    with pytest.raises(Refused) as refusal:
        adopt(town, make.policy_body(), first=first, second=second)
    assert (refusal.value.code, refusal.value.status) == (code, 403)


def test_adopt_policy_refuses_one_person_who_holds_both_rights(town):
    people.grant_role(
        person=town.staff[Role.ADMIN], role=Role.CHAIR, valid_from=make.START, now=make.NOW,
        proposed_by=town.staff[Role.SECRETARIAT], confirmed_by=town.staff[Role.CHAIR],
    )  # fmt: skip
    with pytest.raises(Refused) as refusal:
        adopt(town, make.policy_body(), second=Role.ADMIN)
    assert (refusal.value.code, PolicyVersion.objects.count()) == ("second_person_required", 1)


@pytest.mark.parametrize(("body", "code"), [
    (changed("parameters", minimum_answers=4), "minimum_answers"),
    (changed("parameters", category_rule="rms"), "category_rule"),
    (changed("parameters", measures_line="0.9"), "threshold_order"),
    (changed("parameters", eta="a little"), "not_a_number"),
    (changed("aggregators", classic="multiplicative"), "unknown_aggregator"),
    (changed("aggregators", quick="linear"), "unknown_aggregator"),
    (changed("round_clock", closing_hour=24), "window_length"),
    (changed("round_clock", min_days=31), "window_length"),
    (changed("round_clock", notice_days=-1), "window_length"),
    (changed("round_clock", weekdays=5), "policy_incomplete"),
    ({**make.policy_body(), "voices": [{"group": "A"}]}, "policy_incomplete"),
    ({**make.policy_body(), "voices": "none"}, "policy_incomplete"),
    ({**make.policy_body(), "voices": make.policy_body()["voices"] * 2}, "policy_incomplete"),
    ({**make.policy_body(), "voices": [{**make.policy_body()["voices"][0], "mood": "good"}]}, "policy_incomplete"),
    ({**make.policy_body(), "voices": [{**make.policy_body()["voices"][0], "reason": " "}]}, "voice_reason"),
    ({**make.policy_body(), "voices": [{**make.policy_body()["voices"][0], "reason": 7}]}, "voice_reason"),
    ({**make.policy_body(), "remarks": "none"}, "policy_incomplete"),
    (changed("parameters", minimum_community=4), "minimum_answers"),
    (changed("parameters", component_ratios=[[0, 0, 0]] * 7), "weights_zero"),
    (changed("parameters", learning={**make.policy_body()["parameters"]["learning"], "delta": "2"}), "E_RANGE"),
    ({**make.policy_body(voices="eq7"), "voices": [
        {"group": "A", "beta": "0.4", "gamma": "1", "expertise": "0", "impact": "0", "reason": "Quiet."},
    ]}, "E_RANGE"),
    ({**make.policy_body(), "voices": [
        {"group": "A", "beta": "loud", "gamma": "1", "expertise": "0", "impact": "0", "reason": "Loud."},
    ]}, "policy_incomplete"),
])  # fmt: skip
def test_adopt_policy_refuses_what_no_round_could_live_with(town, body, code):
    before = PolicyVersion.objects.count()
    with pytest.raises(Refused) as refusal:
        adopt(town, body)
    assert (refusal.value.code, PolicyVersion.objects.count()) == (code, before)
