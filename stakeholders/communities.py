"""Registering communities within a group, and who belongs to them. Two people who may grant roles stand behind both."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lastvote.audit.record import record
from lastvote.clock import local_date
from lastvote.errors import Refused
from lastvote.texts import Text
from stakeholders.models import Community, CommunityMembership, Group, Jurisdiction, Person
from stakeholders.reads import in_force, overlapping
from stakeholders.rules import require_granter


@transaction.atomic
def register_community(
    *, group: Group, code: str, name: Text, proposed_by: Person, confirmed_by: Person, now: dt.datetime
) -> Community:
    """Register a community within a group.

    Refuses one person in both parts, people who may not grant roles, and a code that is taken, be it in another group:
    records name a community by its code.
    Records ``community.registered``.
    """
    jurisdiction = group.jurisdiction
    today = local_date(now, jurisdiction.zone)
    if proposed_by == confirmed_by:
        raise Refused("second_person_needed", _("A second person must confirm this community."), status=409)
    for person in (proposed_by, confirmed_by):
        require_granter(person, jurisdiction, on=today)
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)  # one registration at a time
    if Community.objects.filter(group__jurisdiction=jurisdiction, code=code).exists():
        raise Refused("community_exists", _("Another community has this code."), status=409)
    community = Community.objects.create(
        group=group, code=code, name=name, proposed_by=proposed_by, confirmed_by=confirmed_by, registered_at=now
    )
    _record("community.registered", community, by=confirmed_by, now=now)
    return community


@transaction.atomic
def join_community(
    *, person: Person, community: Community, valid_from: dt.date, by: Person, now: dt.datetime
) -> CommunityMembership:
    """Have a person belong to a community of their own group.

    Refuses people of another group, and people who belong to a community already. Records ``community.joined``.
    """
    jurisdiction = community.group.jurisdiction
    require_granter(by, jurisdiction, on=local_date(now, jurisdiction.zone))
    if not person.memberships.filter(in_force(valid_from), group=community.group).exists():
        raise Refused("not_in_group", _("This person does not belong to the group of the community."), status=409)
    Person.objects.select_for_update().get(pk=person.pk)
    if person.community_memberships.filter(overlapping(valid_from, None)).exists():
        raise Refused("in_community", _("This person belongs to a community already."), status=409)
    membership = CommunityMembership.objects.create(
        community=community, person=person, valid_from=valid_from, added_at=now
    )
    _record("community.joined", community, by=by, now=now)
    return membership


def people_in(community: Community, *, on: dt.date, known_at: dt.datetime) -> list[int]:
    """Return the ids of those who belonged to a community on a day, as far as it was written down by ``known_at``."""
    members = community.memberships.filter(in_force(on) & Q(added_at__lte=known_at))
    return list(members.values_list("person_id", flat=True))


def _record(kind: str, community: Community, *, by: Person, now: dt.datetime) -> None:
    """No event names who joined: belonging to an affected community can be told to nobody."""
    record(
        kind=kind,
        subject="community",
        subject_id=community.pk,
        jurisdiction_id=community.group.jurisdiction_id,
        actor_id=by.pk,
        now=now,
        facts={"group": community.group.code, "community": community.code},
    )
