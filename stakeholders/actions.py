"""Every write about who takes part: one function for each verb."""

import datetime as dt
import unicodedata
import zoneinfo
from functools import cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from lastvote.access import Role
from lastvote.audit.record import record
from lastvote.clock import local_date
from lastvote.errors import Refused
from lastvote.texts import Text
from stakeholders.erasure import detach_everywhere
from stakeholders.models import SLUG, Account, Group, Jurisdiction, Membership, Person, RoleGrant
from stakeholders.reads import overlapping
from stakeholders.rules import require_compatible, require_granter, require_new_jurisdiction, require_two_granters
from stakeholders.states import RESERVED_SLUGS, PositionMode, RoleScope


@transaction.atomic
def found_jurisdiction(
    *,
    code: str,
    slug: str,
    name: Text,
    purpose: Text,
    timezone: str,
    languages: list[str],
    roadmap_start: dt.date,
    contact_email: str,
    synthetic: bool,
    now: dt.datetime,
) -> Jurisdiction:
    """Create a jurisdiction without people or groups.

    Refuses an address that is reserved or badly formed, an address or code that is taken, an unknown time zone.
    Records ``jurisdiction.founded``.
    """
    _refuse_bad_address(code=code, slug=slug)
    if timezone not in _timezones():
        raise Refused("timezone_unknown", _("Choose a time zone from the list, such as Europe/Lisbon."))
    jurisdiction = Jurisdiction.objects.create(
        code=code,
        slug=slug,
        name=name,
        purpose=purpose,
        timezone=timezone,
        languages=languages,
        roadmap_start=roadmap_start,
        contact_email=contact_email,
        synthetic=synthetic,
        created_at=now,
    )
    record(
        kind="jurisdiction.founded",
        subject="jurisdiction",
        subject_id=jurisdiction.pk,
        jurisdiction_id=jurisdiction.pk,
        actor_id=None,
        now=now,
        facts={"code": code, "slug": slug, "synthetic": synthetic},
    )
    return jurisdiction


@cache
def _timezones() -> frozenset[str]:
    """The names of all time zones. Finding them opens hundreds of files."""
    return frozenset(zoneinfo.available_timezones())


def _refuse_bad_address(*, code: str, slug: str) -> None:
    try:
        SLUG(slug)
    except ValidationError as badly_formed:
        raise Refused("slug_not_allowed", _("Use 4 to 40 small letters, digits and hyphens.")) from badly_formed
    if slug in RESERVED_SLUGS:
        raise Refused("slug_not_allowed", _("The site needs this address itself. Choose another one."))
    if Jurisdiction.objects.filter(Q(slug=slug) | Q(code=code)).exists():
        raise Refused("jurisdiction_exists", _("Another jurisdiction has this address or code."), status=409)


@transaction.atomic
def add_group(
    *,
    jurisdiction: Jurisdiction,
    code: str,
    position_order: int,
    name: Text,
    description: Text,
    label: str,
    slot: int,
    is_affected: bool = False,
    is_civil_society: bool = False,
    is_deployer_side: bool = False,
    position_mode: PositionMode = PositionMode.MEAN,
    min_size: int = 5,
    now: dt.datetime,
) -> Group:
    """Add a group. Refuses a code, place, label or colour slot that is taken. Records ``group.added``."""
    same = Q(code=code) | Q(position_order=position_order) | Q(label=label) | Q(slot=slot)
    if jurisdiction.groups.filter(same).exists():
        raise Refused("group_exists", _("Another group has this code, place, label or colour."), status=409)
    group = Group.objects.create(
        jurisdiction=jurisdiction,
        code=code,
        position_order=position_order,
        name=name,
        description=description,
        label=label,
        slot=slot,
        is_affected=is_affected,
        is_civil_society=is_civil_society,
        is_deployer_side=is_deployer_side,
        position_mode=position_mode,
        min_size=min_size,
    )
    record(
        kind="group.added",
        subject="group",
        subject_id=group.pk,
        jurisdiction_id=jurisdiction.pk,
        actor_id=None,
        now=now,
        facts={"code": code, "order": position_order, "position_mode": str(position_mode)},
    )
    return group


@transaction.atomic
def add_person(
    *, jurisdiction: Jurisdiction, name: str, email: str | None = None, synthetic: bool = False, now: dt.datetime
) -> Person:
    """Add a person, with a way to sign in when ``email`` is given.

    The account is made without a password: its owner signs in by mailed code and may then set one. An account
    that exists already (somebody taking part elsewhere) is used again. Refuses a second person for one account.
    Being added gives no right, so nothing is recorded until the person joins a group or is granted a role.
    """
    account = _account_for(email, now) if email else None
    if account and Person.objects.filter(jurisdiction=jurisdiction, account=account).exists():
        raise Refused("person_exists", _("This email address already belongs to somebody here."), status=409)
    return Person.objects.create(
        jurisdiction=jurisdiction,
        account=account,
        name=unicodedata.normalize("NFC", name),
        synthetic=synthetic,
        created_at=now,
    )


def _account_for(email: str, now: dt.datetime) -> Account:
    existing = Account.objects.filter(email__iexact=email).first()
    if existing:
        return existing
    account = Account.objects.create_user(email)
    account.created_at = now
    account.save(update_fields=["created_at"])
    return account


@transaction.atomic
def join_group(
    *,
    person: Person,
    group: Group,
    mandate: str = "",
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    now: dt.datetime,
) -> Membership:
    """Let ``person`` answer for ``group`` from ``valid_from``.

    Refuses a group of another jurisdiction and any day on which the person already belongs to a group. The
    person's row is locked first: a database constraint alone cannot compare periods on both databases.
    Records ``person.joined``.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if group.jurisdiction_id != person.jurisdiction_id:
        raise Refused("other_jurisdiction", _("This group belongs to another jurisdiction."), status=409)
    if person.memberships.filter(overlapping(valid_from, valid_until)).exists():
        raise Refused("already_in_a_group", _("This person already answers for a group at that time."), status=409)
    membership = Membership.objects.create(
        person=person, group=group, mandate=mandate, valid_from=valid_from, valid_until=valid_until
    )
    record(
        kind="person.joined",
        subject="person",
        subject_id=person.pk,
        jurisdiction_id=person.jurisdiction_id,
        actor_id=None,
        now=now,
        facts={"group": group.code},
    )
    return membership


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    scope: RoleScope = RoleScope.JURISDICTION,
    scope_id: int | None = None,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    proposed_by: Person | None,
    confirmed_by: Person | None,
    founding: bool = False,
    now: dt.datetime,
) -> RoleGrant:
    """Give ``person`` a role.

    Two different people who may grant roles must stand behind it, and neither may be the person. A new
    jurisdiction has no such people yet: ``founding`` lets its first grants through, until two people may grant.
    Refuses a role that the person may not hold beside another one. Records ``role.granted``.
    """
    jurisdiction = Jurisdiction.objects.select_for_update().get(pk=person.jurisdiction_id)
    grant = RoleGrant(
        person=person,
        role=role,
        scope=scope,
        scope_id=scope_id,
        valid_from=valid_from,
        valid_until=valid_until,
        proposed_by=proposed_by,
        confirmed_by=confirmed_by,
    )
    today = local_date(now, jurisdiction.zone)
    if founding:
        require_new_jurisdiction(jurisdiction, on=today)
    else:
        require_two_granters(grant, on=today)
    require_compatible(grant)
    grant.save(force_insert=True)
    _record_granted(grant, now, founding=founding)
    return grant


def _record_granted(grant: RoleGrant, now: dt.datetime, *, founding: bool) -> None:
    proposer, confirmer = grant.proposed_by, grant.confirmed_by
    record(
        kind="role.granted", subject="person", subject_id=grant.person_id,
        jurisdiction_id=grant.person.jurisdiction_id, actor_id=confirmer.pk if confirmer else None, now=now,
        facts={
            "role": str(grant.role), "scope": str(grant.scope), "scope_id": grant.scope_id, "founding": founding,
            "proposed_by": proposer.pk if proposer else None,
        },
    )  # fmt: skip


@transaction.atomic
def end_role(*, grant: RoleGrant, by: Person, now: dt.datetime) -> RoleGrant:
    """End a role at once: the person's next request is answered without it.

    Refuses anybody who may not grant roles. Records ``role.ended``.
    """
    day = local_date(now, grant.person.jurisdiction.zone)
    require_granter(by, grant.person.jurisdiction, on=day)
    grant.valid_until = day - dt.timedelta(days=1)
    grant.save(update_fields=["valid_until"])
    record(
        kind="role.ended",
        subject="person",
        subject_id=grant.person_id,
        jurisdiction_id=grant.person.jurisdiction_id,
        actor_id=by.pk,
        now=now,
        facts={"role": grant.role, "scope": grant.scope, "scope_id": grant.scope_id},
    )
    return grant


_HOLDS_ACTS = _("This person acted in public here: rated, proposed or adopted. Such acts stay, and so does the person.")


@transaction.atomic
def erase_person(*, person: Person, by: Person | None, now: dt.datetime) -> None:
    """Erase a person with memberships and roles, and the account unless another person uses it.

    What other apps hold is detached by the erasers they registered. Refuses while a public act rests on the person:
    a rating, a policy or a proposal. Records ``person.erased``, without a name.
    """
    account = person.account
    person_id, jurisdiction_id = person.pk, person.jurisdiction_id
    detach_everywhere(person=person, by=by, now=now)
    record(
        kind="person.erased",
        subject="person",
        subject_id=person_id,
        jurisdiction_id=jurisdiction_id,
        actor_id=by.pk if by else None,
        now=now,
    )
    try:
        person.delete()
    except ProtectedError as held:
        raise Refused("holds_public_acts", _HOLDS_ACTS, status=409) from held
    if account and not account.people.exists():
        account.delete()
