"""The made-up people of demo jurisdictions, by what one can try as each of them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lastvote.access import Role
from lastvote.clock import local_date
from stakeholders.models import Account, Group, Jurisdiction, Membership, Person, RoleGrant
from stakeholders.reads import in_force, jurisdictions


@dataclass(frozen=True)
class Part:
    """What a role is called, and what can be tried in it."""

    name: str | Promise
    to_try: str | Promise


OFFICES: dict[Role, Part] = {
    Role.SECRETARIAT: Part(
        _("Secretariat"), _("Runs the rounds. Open the desk, see who has not answered, ask to close a round early.")
    ),
    Role.CHAIR: Part(_("Chair"), _("Is the second person. Open the desk and confirm what others propose.")),
    Role.COMMITTEE: Part(_("Committee members"), _("Decide on cases. Open the desk and follow the rounds.")),
    Role.EVALUATOR: Part(_("Evaluators"), _("Rate what the evidence says. Each rates alone.")),
    Role.SUPERVISOR: Part(
        _("Supervisors of ratings"), _("Sign off the ratings of people who are learning, or rate a third time.")
    ),
    Role.DELEGATE: Part(_("Delegates"), _("Speak for a small group and adopt its position.")),
    Role.AUDITOR: Part(_("Auditors"), _("Check everything. Open the health page and recompute a score.")),
    Role.ADMIN: Part(
        _("Administrators"), _("Look after the site. Under Lines in force, propose a change of the policy.")
    ),
    Role.DEPLOYER: Part(_("Deployers"), _("Answer for the system they put to use.")),
    Role.REVIEWER: Part(_("Reviewers"), _("Review objections independently.")),
    Role.INTEGRITY: Part(_("Integrity officers"), _("Look into doubts about how a round was run.")),
    Role.APPEAL: Part(_("Appeal panel"), _("Hear appeals.")),
    Role.FACILITATOR: Part(_("Facilitators"), _("Lead the talks between groups.")),
    Role.HELPER: Part(_("Helpers"), _("Type in answers from paper for people who ask for it.")),
}
"""Every role beyond membership, in the order in which the demo shows them."""


@dataclass(frozen=True)
class Persona:
    """Somebody to sign in as."""

    email: str
    name: str


@dataclass(frozen=True)
class Cast:
    """Everybody who plays one part."""

    part: Part
    personas: list[Persona]


@dataclass(frozen=True)
class Company:
    """The members of one group."""

    group: str
    personas: list[Persona]


@dataclass(frozen=True)
class Stage:
    """A demo jurisdiction: whom to begin with, who holds an office there, and who belongs to which group."""

    jurisdiction: Jurisdiction
    starter: Persona | None
    casts: list[Cast]
    companies: list[Company]


Finder = Callable[[Jurisdiction, dt.datetime], Person | None]
_finders: list[Finder] = []


def register_starter(finder: Finder) -> None:
    """Have ``finder`` name the person with whom a newcomer begins; registering twice changes nothing."""
    if finder not in _finders:
        _finders.append(finder)


def stages(now: dt.datetime) -> list[Stage]:
    """Return the demo jurisdictions with everybody one can sign in as."""
    found = [_stage(jurisdiction, now) for jurisdiction in jurisdictions().filter(synthetic=True)]
    return [stage for stage in found if stage.casts or stage.companies]


def demo_account(email: str) -> Account | None:
    """Return the account of a made-up person, never one that a real person uses too."""
    known = Account.objects.filter(email=email, is_active=True)
    account = known.first() if email.isprintable() else None  # PostgreSQL stumbles over a null character
    people = list(account.people.select_related("jurisdiction")) if account else []
    made_up = bool(people) and all(person.synthetic and person.jurisdiction.synthetic for person in people)
    return account if made_up else None


def _stage(jurisdiction: Jurisdiction, now: dt.datetime) -> Stage:
    people = list(_people(jurisdiction, local_date(now, jurisdiction.zone)))
    casts = [Cast(part, _players(role, people)) for role, part in OFFICES.items()]
    members = sorted((person for person in people if person.memberships.all()), key=_place)
    return Stage(
        jurisdiction,
        _starter(jurisdiction, people, now),
        [cast for cast in casts if cast.personas],
        [Company(str(group), [_persona(person) for person in some]) for group, some in groupby(members, _group)],
    )


def _starter(jurisdiction: Jurisdiction, people: list[Person], now: dt.datetime) -> Persona | None:
    known = {person.pk: person for person in people}
    found = [person for finder in _finders if (person := finder(jurisdiction, now)) and person.pk in known]
    return _persona(known[found[0].pk]) if found else None


def _players(role: Role, people: list[Person]) -> list[Persona]:
    return [_persona(person) for person in people if role in {grant.role for grant in person.role_grants.all()}]


def _people(jurisdiction: Jurisdiction, day: dt.date) -> QuerySet[Person]:
    return (
        jurisdiction.people.filter(synthetic=True, account__isnull=False)
        .select_related("account")
        .prefetch_related(
            Prefetch("role_grants", RoleGrant.objects.filter(in_force(day))),
            Prefetch("memberships", Membership.objects.filter(in_force(day)).select_related("group")),
        )
        .order_by("pk")
    )


def _group(person: Person) -> Group:
    """Return the one group to which a member belongs now."""
    return person.memberships.all()[0].group


def _place(person: Person) -> tuple[int, int]:
    return _group(person).position_order, person.pk


def _persona(person: Person) -> Persona:
    assert person.account is not None  # noqa: S101 -- _people() asked for it
    return Persona(person.account.email, person.name)
