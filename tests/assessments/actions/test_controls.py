"""A control is a past case in which nothing went wrong: action and database both hold to that."""

import pytest
from django.db import IntegrityError

from assessments.actions.incidents import create_incident
from assessments.models import AISystem, Incident
from assessments.states import IncidentKind
from lastvote.access import Role
from lastvote.errors import Refused
from lastvote.texts import text
from tests import factories as make

pytestmark = pytest.mark.django_db


def control(town: make.Town, *, retrospective: bool) -> Incident:
    make.make_incident(town)
    return create_incident(
        jurisdiction=town.jurisdiction, kind=IncidentKind.CONTROL, system=AISystem.objects.get(), title=text("Quiet"),
        summary=text("Nothing happened."), affected=text("Tenants"), happened_from=None, happened_to=None,
        retrospective=retrospective, by=town.staff[Role.SECRETARIAT], now=make.NOW,
    )  # fmt: skip


def test_a_past_case_may_be_a_control():
    assert control(make.make_town(size=1), retrospective=True).kind == IncidentKind.CONTROL


def test_a_running_case_is_no_control():
    town = make.make_town(size=1)
    with pytest.raises(Refused) as refused:
        control(town, retrospective=False)
    assert refused.value.code == "control_not_past"
    assert Incident.objects.filter(kind=IncidentKind.CONTROL).count() == 0


def test_the_database_refuses_it_too():
    incident = make.make_incident(make.make_town(size=1))
    with pytest.raises(IntegrityError, match="control"):
        Incident.objects.filter(pk=incident.pk).update(kind=IncidentKind.CONTROL)
