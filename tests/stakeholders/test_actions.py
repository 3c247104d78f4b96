"""Every write about who takes part: success, each refusal, the event."""

import datetime as dt
from contextlib import nullcontext

import pytest
from django.db import IntegrityError, transaction

from lastvote.access import Role
from lastvote.audit.models import AuditEvent
from lastvote.errors import Refused
from stakeholders import actions, erasure
from stakeholders.models import Account, Jurisdiction, Membership, Person, RoleGrant
from stakeholders.states import RESERVED_SLUGS, PositionMode, RoleScope
from tests.stakeholders.makers import NOW, TODAY, a_group, a_jurisdiction, a_member, a_person, found_role

pytestmark = pytest.mark.django_db


def kinds():
    return list(AuditEvent.objects.order_by("id").values_list("kind", flat=True))


def last_event():
    return AuditEvent.objects.order_by("-id").first()


def office(jurisdiction):
    """The two people who may grant roles."""
    secretary, chair = a_person(jurisdiction, "Sam"), a_person(jurisdiction, "Cho")
    found_role(secretary, Role.SECRETARIAT)
    found_role(chair, Role.CHAIR)
    return secretary, chair


def test_found_jurisdiction_records_the_founding():
    jurisdiction = a_jurisdiction()
    event = last_event()
    assert (jurisdiction.slug, jurisdiction.created_at, jurisdiction.synthetic) == ("northbrook", NOW, True)
    assert (event.kind, event.subject_id, event.at) == ("jurisdiction.founded", jurisdiction.pk, NOW)
    assert event.facts == {"code": "NB", "slug": "northbrook", "synthetic": True}


@pytest.mark.parametrize("slug", [*RESERVED_SLUGS, "abc", "North", "north brook", "1north", "n" * 41, "north\n", ""])
def test_found_jurisdiction_refuses_an_address_that_is_kept_or_badly_formed(slug):
    with pytest.raises(Refused) as refused:
        a_jurisdiction(slug=slug)
    assert refused.value.code == "slug_not_allowed"
    assert Jurisdiction.objects.count() == 0


@pytest.mark.parametrize(("slug", "code"), [("northbrook", "XX"), ("southbrook", "NB")])
def test_found_jurisdiction_refuses_an_address_or_code_that_is_taken(slug, code):
    a_jurisdiction()
    with pytest.raises(Refused) as refused:
        a_jurisdiction(slug=slug, code=code)
    assert (refused.value.code, refused.value.status) == ("jurisdiction_exists", 409)


def test_found_jurisdiction_refuses_an_unknown_time_zone():
    with pytest.raises(Refused) as refused:
        actions.found_jurisdiction(
            code="NB", slug="northbrook", name={}, purpose={}, timezone="Mars/Base", languages=["en"],
            roadmap_start=TODAY, contact_email="a@b.example", synthetic=True, now=NOW,
        )  # fmt: skip
    assert refused.value.code == "timezone_unknown"


def test_add_group_records_it():
    jurisdiction = a_jurisdiction()
    group = a_group(jurisdiction, 3, is_affected=True)
    assert (group.is_affected, group.min_size, group.position_mode) == (True, 5, "mean")
    assert last_event().facts == {"code": "g3", "order": 3, "position_mode": "mean"}


def test_add_group_refuses_what_is_taken():
    jurisdiction = a_jurisdiction()
    a_group(jurisdiction, 1)
    with pytest.raises(Refused) as refused:
        a_group(jurisdiction, 1, code="other", label="OT")
    assert (refused.value.code, refused.value.status) == ("group_exists", 409)


def test_add_group_may_leave_its_position_to_a_delegate():
    assert a_group(a_jurisdiction(), 1, position_mode=PositionMode.DELEGATE).position_mode == "delegate"
    assert last_event().facts["position_mode"] == "delegate"


def test_add_group_allows_the_same_code_elsewhere():
    a_group(a_jurisdiction(), 1)
    assert a_group(a_jurisdiction("southbrook", "SB"), 1).code == "g1"


def test_add_person_makes_an_account_without_password():
    person = a_person(a_jurisdiction(), email="Ana@Example.org")
    assert (person.account.email, person.account.has_usable_password()) == ("ana@example.org", False)
    assert person.account.created_at == NOW


def test_add_person_without_email_makes_no_account():
    assert a_person(a_jurisdiction()).account is None
    assert Account.objects.count() == 0


def test_add_person_uses_the_account_of_somebody_taking_part_elsewhere():
    here = a_person(a_jurisdiction(), email="ana@example.org")
    there = a_person(a_jurisdiction("southbrook", "SB"), email="ANA@example.org")
    assert here.account == there.account


def test_add_person_refuses_a_second_person_for_one_account():
    jurisdiction = a_jurisdiction()
    a_person(jurisdiction, email="ana@example.org")
    with pytest.raises(Refused) as refused:
        a_person(jurisdiction, "Ana again", email="Ana@example.org")
    assert (refused.value.code, refused.value.status) == ("person_exists", 409)


def test_add_person_keeps_names_in_one_form():
    assert a_person(a_jurisdiction(), "Ana Conceic\u0327a\u0303o").name == "Ana Conceição"


def test_join_group_records_the_group_without_a_name():
    jurisdiction = a_jurisdiction()
    person = a_member(jurisdiction, a_group(jurisdiction))
    assert (last_event().kind, last_event().subject_id) == ("person.joined", person.pk)
    assert last_event().facts == {"group": "g1"}


def test_join_group_refuses_a_group_of_another_jurisdiction():
    person = a_person(a_jurisdiction())
    with pytest.raises(Refused) as refused:
        actions.join_group(person=person, group=a_group(a_jurisdiction("southbrook", "SB")), valid_from=TODAY, now=NOW)
    assert refused.value.code == "other_jurisdiction"


def days(first, last):
    return TODAY + dt.timedelta(days=first), None if last is None else TODAY + dt.timedelta(days=last)


@pytest.mark.parametrize(
    ("held", "wanted", "allowed"),
    [
        ((0, None), (5, None), False),
        ((0, None), (-5, None), False),
        ((0, None), (-5, -1), True),
        ((0, None), (-5, 0), False),
        ((0, 10), (10, None), False),
        ((0, 10), (11, None), True),
        ((0, 10), (-5, 20), False),
        ((0, 10), (3, 4), False),
    ],
)
def test_join_group_refuses_overlapping_times(held, wanted, allowed):
    jurisdiction = a_jurisdiction()
    person = a_person(jurisdiction)
    first, last = days(*held)
    actions.join_group(
        person=person, group=a_group(jurisdiction, 1), valid_from=first, valid_until=last, now=NOW
    )  # fmt: skip
    first, last = days(*wanted)
    with nullcontext() if allowed else pytest.raises(Refused, match="already_in_a_group"):
        actions.join_group(
            person=person, group=a_group(jurisdiction, 2), valid_from=first, valid_until=last, now=NOW
        )  # fmt: skip
    assert person.memberships.count() == 1 + allowed


def test_database_refuses_two_open_memberships():
    jurisdiction = a_jurisdiction()
    person = a_member(jurisdiction, a_group(jurisdiction, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(person=person, group=a_group(jurisdiction, 2), valid_from=TODAY)


def test_grant_role_by_two_people_records_both():
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    grant = actions.grant_role(
        person=a_person(jurisdiction), role=Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=7,
        valid_from=TODAY, proposed_by=secretary, confirmed_by=chair, now=NOW,
    )  # fmt: skip
    assert (grant.role, grant.scope_id) == ("evaluator", 7)
    assert (last_event().kind, last_event().actor_id) == ("role.granted", chair.pk)
    assert last_event().facts == {
        "role": "evaluator", "scope": "assessment", "scope_id": 7, "founding": False, "proposed_by": secretary.pk,
    }  # fmt: skip


def grant(person, proposed_by, confirmed_by, role=Role.AUDITOR):
    return actions.grant_role(
        person=person, role=role, valid_from=TODAY, proposed_by=proposed_by, confirmed_by=confirmed_by, now=NOW
    )


@pytest.mark.parametrize(
    ("proposer", "confirmer", "code"),
    [
        ("secretary", "secretary", "second_person_needed"),
        ("secretary", None, "second_person_needed"),
        (None, "chair", "second_person_needed"),
        (None, None, "second_person_needed"),
        ("member", "chair", "not_allowed"),
        ("secretary", "member", "not_allowed"),
        ("secretary", "stranger", "not_allowed"),
        ("holder", "chair", "own_role"),
    ],
)
def test_grant_role_refuses_without_two_who_may(proposer, confirmer, code):
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    stranger, _ = office(a_jurisdiction("southbrook", "SB"))
    holder = a_person(jurisdiction, "Holder")
    who = {
        "secretary": secretary, "chair": chair, "stranger": stranger, "holder": holder,
        "member": a_member(jurisdiction, a_group(jurisdiction)), None: None,
    }  # fmt: skip
    before = kinds()
    with pytest.raises(Refused) as refused:
        grant(holder, who[proposer], who[confirmer])
    assert refused.value.code == code
    assert (holder.role_grants.count(), kinds()) == (0, before)


def test_founding_grants_end_when_two_people_can_grant():
    jurisdiction = a_jurisdiction()
    office(jurisdiction)
    assert last_event().facts["founding"] is True
    with pytest.raises(Refused) as refused:
        found_role(a_person(jurisdiction), Role.ADMIN)
    assert (refused.value.code, refused.value.status) == ("already_founded", 409)


@pytest.mark.parametrize(("first", "second"), [(Role.DEPLOYER, Role.CHAIR), (Role.EVALUATOR, Role.DEPLOYER)])
def test_grant_role_refuses_judging_ones_own_system(first, second):
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    person = a_person(jurisdiction)
    grant(person, secretary, chair, first)
    with pytest.raises(Refused) as refused:
        grant(person, secretary, chair, second)
    assert (refused.value.code, refused.value.status) == ("conflicting_role", 409)


def test_grant_role_allows_rival_roles_on_different_assessments():
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    person = a_person(jurisdiction)
    for number, role in ((1, Role.DEPLOYER), (2, Role.EVALUATOR)):
        actions.grant_role(
            person=person, role=role, scope=RoleScope.ASSESSMENT, scope_id=number, valid_from=TODAY,
            proposed_by=secretary, confirmed_by=chair, now=NOW,
        )  # fmt: skip
    with pytest.raises(Refused):
        actions.grant_role(
            person=person, role=Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=1, valid_from=TODAY,
            proposed_by=secretary, confirmed_by=chair, now=NOW,
        )  # fmt: skip
    assert person.role_grants.count() == 2


def test_end_role_takes_it_away_today():
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    ended = actions.end_role(grant=chair.role_grants.get(), by=secretary, now=NOW)
    assert ended.holds_on(TODAY) is False
    assert last_event().facts == {"role": "chair", "scope": "jurisdiction", "scope_id": None}


def test_end_role_refuses_those_who_may_not_grant():
    jurisdiction = a_jurisdiction()
    _, chair = office(jurisdiction)
    stranger, _ = office(a_jurisdiction("southbrook", "SB"))
    for by in (stranger, a_member(jurisdiction, a_group(jurisdiction))):
        with pytest.raises(Refused) as refused:
            actions.end_role(grant=chair.role_grants.get(), by=by, now=NOW)
        assert refused.value.code == "not_allowed"
    assert chair.role_grants.get().valid_until is None


def test_erase_person_removes_person_memberships_roles_and_account():
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    person = a_member(jurisdiction, a_group(jurisdiction), email="ana@example.org")
    grant(person, secretary, chair)
    number = person.pk
    actions.erase_person(person=person, by=secretary, now=NOW)
    assert Person.objects.filter(pk=number).count() == 0
    assert Membership.objects.filter(person_id=number).count() == 0
    assert RoleGrant.objects.filter(person_id=number).count() == 0
    assert Account.objects.count() == 0
    assert (last_event().kind, last_event().subject_id, last_event().facts) == ("person.erased", number, {})


def test_erase_person_keeps_an_account_that_somebody_else_uses():
    person = a_person(a_jurisdiction(), email="ana@example.org")
    other = a_person(a_jurisdiction("southbrook", "SB"), email="ana@example.org")
    actions.erase_person(person=person, by=None, now=NOW)
    other.refresh_from_db()
    assert other.account.email == "ana@example.org"


def test_erase_person_keeps_the_roles_that_the_person_once_confirmed():
    jurisdiction = a_jurisdiction()
    secretary, chair = office(jurisdiction)
    kept = grant(a_person(jurisdiction), secretary, chair)
    actions.erase_person(person=chair, by=secretary, now=NOW)
    kept.refresh_from_db()
    assert (kept.proposed_by, kept.confirmed_by) == (secretary, None)


def test_erase_person_calls_the_erasers_of_other_apps_and_fails_with_them(monkeypatch):
    seen = []

    def note(*, person, by, now):
        seen.append((person.name, by, now))

    def fail(*, person, by, now):
        raise RuntimeError

    monkeypatch.setattr(erasure, "_erasers", [])
    erasure.register_eraser(note)
    erasure.register_eraser(note)
    person = a_person(a_jurisdiction())
    actions.erase_person(person=a_person(person.jurisdiction, "Bea"), by=person, now=NOW)
    assert seen == [("Bea", person, NOW)]
    erasure.register_eraser(fail)
    before = kinds()
    with pytest.raises(RuntimeError):
        actions.erase_person(person=person, by=None, now=NOW)
    assert (Person.objects.filter(pk=person.pk).count(), kinds()) == (1, before)


def test_a_failing_event_undoes_the_act(monkeypatch):
    def broken(**kwargs):
        raise RuntimeError

    jurisdiction = a_jurisdiction()
    group, person = a_group(jurisdiction), a_person(jurisdiction)
    monkeypatch.setattr(actions, "record", broken)
    with pytest.raises(RuntimeError):
        actions.join_group(person=person, group=group, valid_from=TODAY, now=NOW)
    with pytest.raises(RuntimeError):
        a_group(jurisdiction, 2)
    with pytest.raises(RuntimeError):
        found_role(person, Role.CHAIR)
    with pytest.raises(RuntimeError):
        a_jurisdiction("southbrook", "SB")
    assert (person.memberships.count(), jurisdiction.groups.count()) == (0, 1)
    assert (person.role_grants.count(), Jurisdiction.objects.count()) == (0, 1)
