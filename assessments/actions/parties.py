"""Deployers and AI systems: who puts what to use. One place in the code for adding and changing each."""

import datetime as dt
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.actions.changes_seen import check_seen
from assessments.actions.written_words import check_text, check_words
from assessments.models import AISystem, Deployer
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.texts import Text
from lastvote.transactions import locking
from stakeholders.models import Jurisdiction, Person
from stakeholders.rules import require

LONGEST_NAME, LONGEST_DESCRIPTION = 200, 2_000


def add_deployer(*, jurisdiction: Jurisdiction, name: str, by: Person, now: dt.datetime) -> Deployer:
    """Add a deployer. Refuses an empty name and one that is taken. Records ``deployer.added``."""
    _require(jurisdiction, by, now)
    check_words(name, field="name", longest=LONGEST_NAME)
    with locking():
        _lock(jurisdiction)
        _check_free(jurisdiction.deployers.filter(name__iexact=name))
        deployer = Deployer.objects.create(jurisdiction=jurisdiction, name=name)
        _record("deployer.added", "deployer", deployer, by, now)
    return deployer


def change_deployer(*, deployer: Deployer, name: str, seen: str, by: Person, now: dt.datetime) -> Deployer:
    """Give a deployer another name, for all of its systems. The same name changes nothing.

    Refuses an empty name, one that is taken, and a change of anything but what was seen. Records ``deployer.changed``.
    """
    jurisdiction = deployer.jurisdiction
    _require(jurisdiction, by, now)
    check_words(name, field="name", longest=LONGEST_NAME)
    with locking():
        _lock(jurisdiction)
        fresh = jurisdiction.deployers.get(pk=deployer.pk)
        if fresh.name == name:
            return fresh
        check_seen(seen, deployer_facts(fresh))
        _check_free(jurisdiction.deployers.filter(name__iexact=name).exclude(pk=fresh.pk))
        fresh.name = name
        fresh.save(update_fields=["name"])
        _record("deployer.changed", "deployer", fresh, by, now, facts={"changed": ["name"]})
    return fresh


def add_system(
    *,
    deployer: Deployer,
    name: str,
    description: Text,
    covered_by_mandate: bool,
    publicly_procured: bool,
    by: Person,
    now: dt.datetime,
) -> AISystem:
    """Add a system of a deployer. Records ``system.added``.

    Refuses missing texts, and a name that the deployer has already.
    """
    jurisdiction = deployer.jurisdiction
    _require(jurisdiction, by, now)
    _check_system(name, description)
    with locking():
        _lock(jurisdiction)
        _check_free(deployer.systems.filter(name__iexact=name))
        system = AISystem.objects.create(
            jurisdiction=jurisdiction,
            deployer=deployer,
            name=name,
            description=description,
            covered_by_mandate=covered_by_mandate,
            publicly_procured=publicly_procured,
        )
        _record("system.added", "system", system, by, now)
    return system


def change_system(*, system: AISystem, facts: dict[str, Any], seen: str, by: Person, now: dt.datetime) -> AISystem:
    """Change a system: ``facts`` holds every field of ``system_facts``. The same facts change nothing.

    Refuses missing texts, a name the deployer has already, a deployer of another jurisdiction, and a change of
    anything but what was seen. Records ``system.changed``.
    """
    jurisdiction = system.jurisdiction
    _require(jurisdiction, by, now)
    _check_system(facts["name"], facts["description"])
    if facts["deployer"].jurisdiction_id != jurisdiction.pk:
        raise Refused("unknown_deployer", _("This deployer is not on the list of this jurisdiction."))
    with locking():
        _lock(jurisdiction)
        fresh = jurisdiction.systems.select_related("deployer").get(pk=system.pk)
        before = system_facts(fresh)
        changed = [name for name, value in facts.items() if value != before[name]]
        if not changed:
            return fresh
        check_seen(seen, before)
        _check_free(facts["deployer"].systems.filter(name__iexact=facts["name"]).exclude(pk=fresh.pk))
        for name in changed:
            setattr(fresh, name, facts[name])
        fresh.save(update_fields=changed)
        _record("system.changed", "system", fresh, by, now, facts={"changed": changed})
    return fresh


def deployer_facts(deployer: Deployer) -> dict[str, Any]:
    """Return what people see and can change of a deployer."""
    return {"name": deployer.name}


def system_facts(system: AISystem) -> dict[str, Any]:
    """Return what people see and can change of a system."""
    names = ("deployer", "name", "description", "covered_by_mandate", "publicly_procured")
    return {name: getattr(system, name) for name in names}


def _require(jurisdiction: Jurisdiction, by: Person, now: dt.datetime) -> None:
    if by.jurisdiction_id != jurisdiction.pk:
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    require(by, Permission.MANAGE_INCIDENTS, on=now.astimezone(jurisdiction.zone).date())


def _check_system(name: str, description: Text) -> None:
    check_words(name, field="name", longest=LONGEST_NAME)
    check_text(description, field="description", longest=LONGEST_DESCRIPTION)


def _lock(jurisdiction: Jurisdiction) -> None:
    Jurisdiction.objects.select_for_update().get(pk=jurisdiction.pk)


def _check_free(taken: QuerySet[Any]) -> None:
    if taken.exists():
        sentence = _("This name is on the list already.")
        raise Refused("name_taken", sentence, status=409, fields={"name": [sentence]})


def _record(
    kind: str,
    subject: str,
    row: AISystem | Deployer,
    by: Person,
    now: dt.datetime,
    *,
    facts: dict[str, Any] | None = None,
) -> None:
    record(
        kind=kind,
        subject=subject,
        subject_id=row.pk,
        jurisdiction_id=row.jurisdiction_id,
        actor_id=by.pk,
        acting_as="secretariat",
        now=now,
        facts=facts,
    )
