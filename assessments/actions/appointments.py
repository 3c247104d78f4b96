"""Appointing evaluators of one assessment takes two people: one proposes, another confirms or declines."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment, EvaluatorAppointment
from lastvote.access import Permission, Role
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.jobs.outbox import enqueue
from lastvote.transactions import locking
from stakeholders.actions import grant_role
from stakeholders.models import Person, RoleGrant
from stakeholders.rules import require, require_compatible, require_granter
from stakeholders.states import RoleScope

MAIL = "mail.appointed"
"""Kind of the work owed; its subject is the appointment."""


def propose_evaluator(
    *, assessment: Assessment, person: Person, supervised: bool, by: Person, now: dt.datetime
) -> EvaluatorAppointment:
    """Propose that ``person`` rates this assessment; a second person confirms it.

    Proposing the same again changes nothing. Refuses people of other places, oneself, somebody who is proposed or
    appointed already, a role that does not go with it, and any appointment after the freeze.
    Records ``evaluator.proposed``.
    """
    jurisdiction = assessment.incident.jurisdiction
    day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.MANAGE_INCIDENTS, on=day)
    require_granter(by, jurisdiction, on=day)
    if person.jurisdiction_id != jurisdiction.pk:
        raise Refused("unknown_person", _("This person does not belong to this place."))
    if person == by:
        raise Refused("own_role", _("Nobody can propose themselves."), status=403)
    with locking():
        locked = _lock(assessment)
        standing = locked.appointments.filter(person=person).first()
        if standing is not None:
            return _same_again(standing, supervised=supervised, by=by)
        require_compatible(_grant(locked, person, day))
        appointment = EvaluatorAppointment.objects.create(
            assessment=locked, person=person, supervised=supervised, proposed_by=by, proposed_at=now
        )
        _record("evaluator.proposed", appointment, by=by, acting_as="secretariat", now=now)
    return appointment


def confirm_evaluator(*, appointment: EvaluatorAppointment, by: Person, now: dt.datetime) -> EvaluatorAppointment:
    """Confirm what another person proposed: the person holds the role of evaluator on this assessment from today.

    Confirming again changes nothing. Refuses the proposer, the person themselves, whoever may not grant roles, and
    any appointment after the freeze. Records ``evaluator.appointed`` and ``role.granted``; owes the person a message.
    """
    jurisdiction = appointment.assessment.incident.jurisdiction
    day = now.astimezone(jurisdiction.zone).date()
    require_granter(by, jurisdiction, on=day)
    with locking():
        _lock(appointment.assessment)
        fresh = _fresh(appointment)
        if fresh.confirmed_at is not None and fresh.confirmed_by_id == by.pk:
            return fresh
        _check_waits(fresh)
        fresh.grant = grant_role(
            person=fresh.person, role=Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=fresh.assessment_id,
            valid_from=day, proposed_by=fresh.proposed_by, confirmed_by=by, now=now,
        )  # fmt: skip
        fresh.confirmed_by, fresh.confirmed_at = by, now
        fresh.save(update_fields=["grant", "confirmed_by", "confirmed_at"])
        _record("evaluator.appointed", fresh, by=by, acting_as="chair", now=now)
        enqueue(kind=MAIL, subject_id=fresh.pk, now=now)
    return fresh


def decline_evaluator(*, appointment: EvaluatorAppointment, by: Person, now: dt.datetime) -> None:
    """Take back a proposal that nobody has confirmed; whoever may grant roles can. Records ``evaluator.declined``."""
    jurisdiction = appointment.assessment.incident.jurisdiction
    require_granter(by, jurisdiction, on=now.astimezone(jurisdiction.zone).date())
    with locking():
        _lock(appointment.assessment)
        fresh = _fresh(appointment)
        _check_waits(fresh)
        _record("evaluator.declined", fresh, by=by, acting_as="chair", now=now)
        fresh.delete()


def _lock(assessment: Assessment) -> Assessment:
    locked = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if locked.ratings_frozen_at:
        raise Refused("ratings_frozen", _("The ratings are frozen already."), status=409)
    return locked


def _fresh(appointment: EvaluatorAppointment) -> EvaluatorAppointment:
    found = (
        EvaluatorAppointment.objects.select_related("person__jurisdiction", "proposed_by", "assessment__incident")
        .filter(pk=appointment.pk)
        .first()
    )
    if found is None:
        raise Refused("already_decided", _("Somebody has decided this already."), status=409)
    return found


def _check_waits(appointment: EvaluatorAppointment) -> None:
    if appointment.confirmed_at is not None:
        raise Refused("already_decided", _("Somebody has decided this already."), status=409)


def _same_again(standing: EvaluatorAppointment, *, supervised: bool, by: Person) -> EvaluatorAppointment:
    waits_unchanged = standing.confirmed_at is None and standing.supervised == supervised
    if not waits_unchanged or standing.proposed_by_id != by.pk:
        raise Refused("already_appointed", _("This person is proposed or appointed already."), status=409)
    return standing


def _grant(assessment: Assessment, person: Person, day: dt.date) -> RoleGrant:
    return RoleGrant(
        person=person, role=Role.EVALUATOR, scope=RoleScope.ASSESSMENT, scope_id=assessment.pk, valid_from=day
    )


def _record(kind: str, appointment: EvaluatorAppointment, *, by: Person, acting_as: str, now: dt.datetime) -> None:
    record(
        kind=kind,
        subject="assessment",
        subject_id=appointment.assessment_id,
        jurisdiction_id=appointment.assessment.incident.jurisdiction_id,
        actor_id=by.pk,
        acting_as=acting_as,
        now=now,
        facts={"person": appointment.person_id, "supervised": appointment.supervised},
    )
