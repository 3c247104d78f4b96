"""Named queries about who takes part."""

import datetime as dt
from collections.abc import Iterable

from allauth.account.internal.userkit import filter_users_by_email
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from lastvote.access import Role
from stakeholders.models import Account, Group, Jurisdiction, Membership, Person, RoleGrant
from stakeholders.states import RoleScope


def in_force(day: dt.date) -> Q:
    """Select memberships and role grants that hold on ``day``, first and last day included."""
    return Q(valid_from__lte=day) & (Q(valid_until__isnull=True) | Q(valid_until__gte=day))


def overlapping(first: dt.date, last: dt.date | None) -> Q:
    """Select memberships and role grants that hold on any day of a period; no last day means for good."""
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=first)
    return not_over if last is None else not_over & Q(valid_from__lte=last)


def jurisdictions() -> QuerySet[Jurisdiction]:
    """Every jurisdiction of this site, in the order of their addresses."""
    return Jurisdiction.objects.order_by("slug")


def jurisdiction_or_404(slug: str) -> Jurisdiction:
    """Return the jurisdiction at ``slug``; anything else does not exist for anybody."""
    try:
        return Jurisdiction.objects.get(slug=slug)
    except Jurisdiction.DoesNotExist as missing:
        raise Http404 from missing


def person_of(account: Account | AnonymousUser, jurisdiction: Jurisdiction) -> Person | None:
    """Return who ``account`` is in ``jurisdiction``; an account may be nobody there."""
    if not isinstance(account, Account):
        return None
    return Person.objects.filter(jurisdiction=jurisdiction, account=account).first()


def account_of(email: str) -> Account | None:
    """Return the active account behind an address."""
    accounts = filter_users_by_email(email, is_active=True, prefer_verified=True, for_login=True)
    return accounts[0] if accounts else None


def people_of(account: Account) -> QuerySet[Person]:
    """Everybody that ``account`` is, in every jurisdiction."""
    return Person.objects.filter(account=account).select_related("jurisdiction").order_by("jurisdiction__slug")


def roles_of(person: Person, *, on: dt.date, assessment_id: int | None = None) -> frozenset[Role]:
    """Return the roles that ``person`` holds on a day, for one assessment if it is given."""
    reach = Q(scope=RoleScope.JURISDICTION)
    if assessment_id is not None:
        reach |= Q(scope=RoleScope.ASSESSMENT, scope_id=assessment_id)
    granted = person.role_grants.filter(reach, in_force(on)).values_list("role", flat=True)
    member = {Role.MEMBER} if person.memberships.filter(in_force(on)).exists() else set()
    return frozenset({Role(role) for role in granted} | member)


def holders_of(
    jurisdiction: Jurisdiction, roles: Iterable[Role], *, on: dt.date, assessment_id: int | None = None
) -> list[int]:
    """Return the ids of people who hold one of ``roles`` on a day, here or for one assessment."""
    reach = Q(scope=RoleScope.JURISDICTION) | Q(scope=RoleScope.ASSESSMENT, scope_id=assessment_id)
    grants = RoleGrant.objects.filter(reach, in_force(on), person__jurisdiction=jurisdiction, role__in=list(roles))
    return list(grants.order_by("person_id").values_list("person_id", flat=True).distinct())


def holds_office(account: Account, *, on: dt.date) -> bool:
    """Whether any person of ``account`` holds a role beyond plain membership, anywhere and with any scope."""
    return Person.objects.filter(
        Q(role_grants__valid_from__lte=on),
        Q(role_grants__valid_until__isnull=True) | Q(role_grants__valid_until__gte=on),
        ~Q(role_grants__role=Role.MEMBER),
        account=account,
    ).exists()


def memberships_on(jurisdiction: Jurisdiction, day: dt.date) -> QuerySet[Membership]:
    """Who belongs to which group on ``day``: groups in canonical order, people in the order they came."""
    return (
        Membership.objects.filter(in_force(day), group__jurisdiction=jurisdiction)
        .select_related("person", "group")
        .order_by("group__position_order", "person_id")
    )


def groups_of(jurisdiction: Jurisdiction) -> QuerySet[Group]:
    """The groups of ``jurisdiction`` in canonical order."""
    return Group.objects.filter(jurisdiction=jurisdiction).order_by("position_order")
