"""May this person do this to these talks now? Role, place on the roll and state, in one place."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry
from assessments.reads import roll_entry_of
from deliberation.models import Case, DeliberationRound
from deliberation.states import DeliberationState
from lastvote.access import Permission, Role
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.reads import in_force, roles_of
from stakeholders.rules import permissions_for

TALKING = (DeliberationState.STATEMENTS, DeliberationState.SESSION, DeliberationState.ANSWERS)
LEADING = frozenset({Permission.READ_DESK, Permission.FACILITATE, Permission.PLAN_SESSION})
"""Whoever holds one of these has a page about talks at the desk."""


def place_in(one: DeliberationRound, person: Person | None) -> RollEntry | None:
    """Return the person's place among those who take part: the roll of the round that showed the difference."""
    return roll_entry_of(one.basis, person)


def takes_statements(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether groups may still say why they differ; the clock decides, whatever the sweep has written down."""
    clock = one.clocks.filter(kind="statements").first()
    return one.state == DeliberationState.STATEMENTS and clock is not None and now < clock.due_at


def takes_replies(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether people may still answer statements: as long as they may change what they weigh."""
    return one.state in TALKING and now < one.follow_up.closes_at


def may(person: Person | None, permission: Permission, case: Case, now: dt.datetime) -> bool:
    """Whether the person's roles include ``permission`` on the case's assessment today."""
    return permission in _rights(person, case, now)


def leads_talks(person: Person | None, case: Case, now: dt.datetime) -> bool:
    """Whether the person organises or leads talks of the case, or watches them from the desk."""
    return bool(_rights(person, case, now) & LEADING)


def require(person: Person | None, permission: Permission, case: Case, now: dt.datetime) -> None:
    """Refuse with 403 whoever may not, and whoever belongs to another place."""
    if person is None or person.jurisdiction_id != case.assessment.incident.jurisdiction_id:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    if not may(person, permission, case, now):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)


def may_facilitate(person: Person, case: Case, now: dt.datetime) -> bool:
    """Whether somebody may lead a session: holds the role, and neither sells nor answers for such systems."""
    today = now.astimezone(case.assessment.incident.jurisdiction.zone).date()
    sells = person.memberships.filter(in_force(today), group__is_deployer_side=True).exists()
    answers_for_it = Role.DEPLOYER in roles_of(person, on=today, assessment_id=case.assessment_id)
    return may(person, Permission.FACILITATE, case, now) and not sells and not answers_for_it


def _rights(person: Person | None, case: Case, now: dt.datetime) -> frozenset[Permission]:
    today = now.astimezone(case.assessment.incident.jurisdiction.zone).date()
    return permissions_for(person, on=today, assessment_id=case.assessment_id)
