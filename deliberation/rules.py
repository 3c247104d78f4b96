"""May this person do this to these talks now? Role, place on the roll and state, in one place."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import RollEntry
from assessments.reads import roll_entry_of
from assessments.states import RoundState
from deliberation.models import Case, DeliberationRound
from deliberation.states import DeliberationState
from lastvote.access import Permission, Role
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.reads import in_force, roles_of
from stakeholders.rules import permissions_for

UNCLOSED = (RoundState.ANNOUNCED, RoundState.OPEN)
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
    """Whether people may still answer statements: until what they weigh is fixed."""
    return _is_before_close(one, now)


def days_can_move(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether any end of a round can still become a later one: not once what people weigh is fixed."""
    return _is_before_close(one, now)


def _is_before_close(one: DeliberationRound, now: dt.datetime) -> bool:
    """Whether the answers of a round are still to be closed, early or in time."""
    follow_up = one.follow_up
    return one.state != DeliberationState.ENDED and follow_up.state in UNCLOSED and now < follow_up.closes_at


def may(person: Person | None, permission: Permission, case: Case, now: dt.datetime) -> bool:
    """Whether the person's roles include ``permission`` on the case's assessment today."""
    return permission in _rights(person, case, now)


def leads_talks(person: Person | None, case: Case, now: dt.datetime) -> bool:
    """Whether the person organises or leads talks of the case, or watches them from the desk."""
    return bool(rights_in_talks(person, case, now) & LEADING)


def rights_in_talks(person: Person | None, case: Case, now: dt.datetime) -> frozenset[Permission]:
    """Return what the person may do in talks of the case; whoever has a stake in such systems does not lead."""
    rights = _rights(person, case, now)
    if person is not None and Permission.FACILITATE in rights and has_stake(person, case, now):
        return rights - {Permission.FACILITATE}
    return rights


def require(person: Person | None, permission: Permission, case: Case, now: dt.datetime) -> None:
    """Refuse with 403 whoever may not, and whoever belongs to another place."""
    if person is None or person.jurisdiction_id != case.assessment.incident.jurisdiction_id:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    if not may(person, permission, case, now):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)


def may_facilitate(person: Person, case: Case, now: dt.datetime) -> bool:
    """Whether somebody may lead talks: holds the role, and neither sells nor answers for such systems."""
    return may(person, Permission.FACILITATE, case, now) and not has_stake(person, case, now)


def require_facilitator(person: Person, case: Case, now: dt.datetime) -> None:
    """Refuse with 403 whoever may not lead talks, and with 409 whoever sells or answers for such systems."""
    require(person, Permission.FACILITATE, case, now)
    if has_stake(person, case, now):
        sentence = _("You sell or answer for such systems, so somebody else leads these talks.")
        raise Refused("conflict_of_interest", sentence, status=409)


def require_session_keeper(person: Person, case: Case, now: dt.datetime) -> None:
    """Refuse whoever neither plans sessions nor may lead them."""
    if may(person, Permission.PLAN_SESSION, case, now):
        require(person, Permission.PLAN_SESSION, case, now)
    else:
        require_facilitator(person, case, now)


def has_stake(person: Person, case: Case, now: dt.datetime) -> bool:
    """Whether somebody sells such systems, or answers for the one that the case is about."""
    today = now.astimezone(case.assessment.incident.jurisdiction.zone).date()
    return sells(person, today) or Role.DEPLOYER in roles_of(person, on=today, assessment_id=case.assessment_id)


def sells(person: Person, today: dt.date) -> bool:
    """Whether somebody belongs to a group that sells or runs such systems."""
    return person.memberships.filter(in_force(today), group__is_deployer_side=True).exists()


def _rights(person: Person | None, case: Case, now: dt.datetime) -> frozenset[Permission]:
    today = now.astimezone(case.assessment.incident.jurisdiction.zone).date()
    return permissions_for(person, on=today, assessment_id=case.assessment_id)
