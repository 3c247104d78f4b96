"""Founding a demo town: its groups, its staff, its policy and its members, each by the action people use too."""

import datetime as dt
from typing import Any

from django.db import transaction

from assessments.actions.policies import adopt_policy
from assessments.scoring.parameters import Parameters
from assessments.scoring.parameters_json import to_plain
from assessments.scoring.parameters_look_out import LookOutParameters
from deliberation.demo import files
from lastvote.access import Role
from lastvote.texts import text
from stakeholders import actions
from stakeholders.communities import join_community, register_community
from stakeholders.models import Jurisdiction, Person

MAIL_DOMAIN = "demo.example"
FOUNDERS = 2
"""The first two grants of a new town need nobody to confirm them; these two then confirm all others."""


def found_once(name: str) -> Jurisdiction:
    """Return the town, founded from its file if it is not there yet."""
    data = files.town(name)
    found = Jurisdiction.objects.filter(slug=data["jurisdiction"]["slug"]).first()
    return found or _found(name, data)


def person(jurisdiction: Jurisdiction, mail_name: str) -> Person:
    """Return somebody of the town by the first part of the address."""
    return Person.objects.get(jurisdiction=jurisdiction, account__email=f"{mail_name}@{MAIL_DOMAIN}")


def holder(jurisdiction: Jurisdiction, role: Role) -> Person:
    """Return the first person who was given a role in the town."""
    return holders(jurisdiction, role)[0]


def holders(jurisdiction: Jurisdiction, role: Role) -> list[Person]:
    """Return everybody who was given a role in the town, in that order."""
    people = Person.objects.filter(jurisdiction=jurisdiction, role_grants__role=role)
    return list(people.order_by("role_grants__pk"))


def at(day: dt.date, hour: int, jurisdiction: Jurisdiction) -> dt.datetime:
    """Return an hour of a day on the town's clock, in UTC as everything is stored."""
    return dt.datetime.combine(day, dt.time(hour), jurisdiction.zone).astimezone(dt.UTC)


@transaction.atomic
def _found(name: str, data: dict[str, Any]) -> Jurisdiction:
    facts = data["jurisdiction"]
    founded_on = facts["founded_on"]
    jurisdiction = actions.found_jurisdiction(
        code=facts["code"],
        slug=facts["slug"],
        name=text(facts["name"]),
        purpose=text(facts["purpose"]),
        timezone=facts["timezone"],
        languages=["en"],
        roadmap_start=facts["roadmap_start"],
        contact_email=facts["contact_email"],
        synthetic=facts["synthetic"],
        now=dt.datetime.combine(founded_on, dt.time(9), dt.UTC),
    )
    _add_groups(jurisdiction, data["groups"], founded_on)
    _appoint_staff(jurisdiction, data["staff"], founded_on)
    _adopt_policy(jurisdiction, data)
    _welcome_members(jurisdiction, files.members(name), facts)
    for row in data.get("offices", []):
        _give_office(jurisdiction, row, facts["members_from"])
    for row in data.get("communities", []):
        _register_community(jurisdiction, row, facts["members_from"])
    return jurisdiction


def _add_groups(jurisdiction: Jurisdiction, groups: list[dict[str, Any]], day: dt.date) -> None:
    for place, group in enumerate(groups):
        actions.add_group(
            jurisdiction=jurisdiction,
            code=group["code"],
            position_order=place + 1,
            name=text(group["name"]),
            description=text(group["description"]),
            label=group["label"],
            slot=place,
            is_affected=group.get("is_affected", False),
            is_civil_society=group.get("is_civil_society", False),
            is_deployer_side=group.get("is_deployer_side", False),
            now=at(day, 9, jurisdiction),
        )


def _appoint_staff(jurisdiction: Jurisdiction, staff: list[dict[str, str]], day: dt.date) -> None:
    now = at(day, 10, jurisdiction)
    people = [_add_person(jurisdiction, row["name"], now) for row in staff]
    for place, (row, somebody) in enumerate(zip(staff, people, strict=True)):
        founding = place < FOUNDERS
        actions.grant_role(
            person=somebody,
            role=Role(row["role"]),
            valid_from=day,
            proposed_by=None if founding else people[0],
            confirmed_by=None if founding else people[1],
            founding=founding,
            now=now,
        )


def _add_person(jurisdiction: Jurisdiction, name: str, now: dt.datetime) -> Person:
    email = f"{files.mail_name(name)}@{MAIL_DOMAIN}"
    return actions.add_person(jurisdiction=jurisdiction, name=name, email=email, synthetic=True, now=now)


def _adopt_policy(jurisdiction: Jurisdiction, data: dict[str, Any]) -> None:
    policy = data["policy"]
    adopt_policy(
        jurisdiction=jurisdiction,
        body={
            "parameters": Parameters(voices=policy["voices"]).to_json(),
            "voices": [{"group": group["code"], **group["voice"]} for group in data["groups"]],
            "aggregators": policy["aggregators"],
            "round_clock": policy["round_clock"],
            "deliberation_clock": policy["deliberation_clock"],
            "look_out": to_plain(LookOutParameters()),
        },
        reason=text(policy["reason"]),
        effective_from=policy["effective_from"],
        proposed_by=person(jurisdiction, policy["proposed_by"]),
        adopted_by=person(jurisdiction, policy["adopted_by"]),
        now=at(policy["adopted_on"], 11, jurisdiction),
    )


def _welcome_members(jurisdiction: Jurisdiction, rows: list[dict[str, str]], facts: dict[str, Any]) -> None:
    now = at(facts["members_from"], 9, jurisdiction)
    groups = {group.code: group for group in jurisdiction.groups.all()}
    for row in rows:
        actions.join_group(
            person=_add_person(jurisdiction, row["name"], now),
            group=groups[row["group"]],
            mandate=facts["mandate"],
            valid_from=facts["members_from"],
            now=now,
        )


def _give_office(jurisdiction: Jurisdiction, row: dict[str, str], day: dt.date) -> None:
    actions.grant_role(
        person=person(jurisdiction, row["person"]),
        role=Role(row["role"]),
        valid_from=day,
        proposed_by=holder(jurisdiction, Role.SECRETARIAT),
        confirmed_by=holder(jurisdiction, Role.CHAIR),
        now=at(day, 10, jurisdiction),
    )


def _register_community(jurisdiction: Jurisdiction, row: dict[str, Any], day: dt.date) -> None:
    now = at(day, 10, jurisdiction)
    registrar, second = holder(jurisdiction, Role.SECRETARIAT), holder(jurisdiction, Role.CHAIR)
    community = register_community(
        group=jurisdiction.groups.get(code=row["group"]),
        code=row["code"],
        name=text(row["name"]),
        proposed_by=registrar,
        confirmed_by=second,
        now=now,
    )
    for name in row["people"]:
        join_community(person=person(jurisdiction, name), community=community, valid_from=day, by=registrar, now=now)
