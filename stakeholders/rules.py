"""What a person may do here and now: the table of ``lastvote.access`` joined with roles in force."""

import datetime as dt

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lastvote.access import EVERYBODY, Permission, Role, permissions_of
from lastvote.errors import Refused
from stakeholders.models import Jurisdiction, Person, RoleGrant
from stakeholders.reads import overlapping, roles_of
from stakeholders.states import INCOMPATIBLE_ROLES, RoleScope

FOUR_EYES = 2


def permissions_for(person: Person | None, *, on: dt.date, assessment_id: int | None = None) -> frozenset[Permission]:
    """Return everything ``person`` may do on a day. Roles are read anew, so a removed role stops at once."""
    if person is None:
        return EVERYBODY
    return permissions_of(roles_of(person, on=on, assessment_id=assessment_id))


def require(person: Person | None, permission: Permission, *, on: dt.date, assessment_id: int | None = None) -> None:
    """Refuse with 403 ``not_allowed`` unless ``person`` holds ``permission``."""
    if permission not in permissions_for(person, on=on, assessment_id=assessment_id):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)


def require_granter(person: Person, jurisdiction: Jurisdiction, *, on: dt.date) -> None:
    """Refuse unless ``person`` may grant and end roles in ``jurisdiction``."""
    if person.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(person, Permission.GRANT_ROLE, on=on)


def require_two_granters(grant: RoleGrant, *, on: dt.date) -> None:
    """Refuse a grant unless two different people who may grant roles stand behind it, neither of them its holder."""
    proposer, confirmer = grant.proposed_by, grant.confirmed_by
    if proposer is None or confirmer is None or proposer == confirmer:
        raise Refused("second_person_needed", _("A second person must confirm this role."), status=409)
    if grant.person in {proposer, confirmer}:
        raise Refused("own_role", _("Nobody can grant a role to themselves."), status=403)
    for person in (proposer, confirmer):
        require_granter(person, grant.person.jurisdiction, on=on)


def require_new_jurisdiction(jurisdiction: Jurisdiction, *, on: dt.date) -> None:
    """Refuse a founding grant once two people can grant roles in the usual way."""
    office_holders = jurisdiction.people.filter(role_grants__isnull=False).distinct()
    granters = [person for person in office_holders if Permission.GRANT_ROLE in permissions_for(person, on=on)]
    if len(granters) >= FOUR_EYES:
        raise Refused("already_founded", _("Two people can grant roles here now. They must do it."), status=409)


def require_compatible(grant: RoleGrant) -> None:
    """Refuse a grant beside a role that does not go with it, where their scopes and times meet."""
    rivals = INCOMPATIBLE_ROLES.get(Role(grant.role), frozenset())
    held = grant.person.role_grants.filter(overlapping(grant.valid_from, grant.valid_until), role__in=rivals)
    if grant.scope != RoleScope.JURISDICTION:
        held = held.filter(Q(scope=RoleScope.JURISDICTION) | Q(scope=grant.scope, scope_id=grant.scope_id))
    if held.exists():
        raise Refused("conflicting_role", _("This person holds a role that does not go with it."), status=409)
