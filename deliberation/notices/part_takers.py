"""A round of talks as notices see it: who takes part, and who has an office in it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping

from assessments.models import Incident
from assessments.notices import about
from deliberation.models import Case, DeliberationRound
from deliberation.rules import may_facilitate
from deliberation.states import ClockKind, DeliberationState
from lastvote.access import Role
from lastvote.web import deadlines
from stakeholders.models import Person
from stakeholders.notices.kinds import About
from stakeholders.reads import holders_of

TO_INCIDENT = "case__assessment__incident__jurisdiction"


def talks(subject_id: int) -> DeliberationRound:
    """Return a round of talks with everything that notices say of it."""
    return DeliberationRound.objects.select_related(TO_INCIDENT, "basis", "follow_up").get(pk=subject_id)


def incident_of(one: DeliberationRound) -> Incident:
    """Return the case that the talks are about."""
    return one.case.assessment.incident


def places(one: DeliberationRound) -> list[int]:
    """Return everybody who takes part: the roll of the round that showed the difference, without who was erased."""
    return list(one.basis.roll.filter(person__isnull=False).order_by("pk").values_list("person_id", flat=True))


def asked_again(one: DeliberationRound) -> list[int]:
    """Return who answers again, once that round is open: those who came to a group meanwhile are among them."""
    return list(one.follow_up.roll.filter(person__isnull=False).order_by("pk").values_list("person_id", flat=True))


def part_takers(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    """Return everybody who takes part, as long as the talks last."""
    one = talks(subject_id)
    return () if one.state == DeliberationState.ENDED else places(one)


def leaders(one: DeliberationRound, now: dt.datetime) -> list[int]:
    """Return who leads a session that is still to come, and so has to know its days."""
    ahead = one.sessions.filter(starts_at__gt=now).select_related("facilitator").order_by("pk")
    return [row.facilitator_id for row in ahead if may_facilitate(row.facilitator, one.case, now)]


def office_of(case: Case, roles: Iterable[Role], now: dt.datetime) -> list[int]:
    """Return who holds one of some roles for the case today."""
    jurisdiction = case.assessment.incident.jurisdiction
    today = now.astimezone(jurisdiction.zone).date()
    return holders_of(jurisdiction, roles, on=today, assessment_id=case.assessment_id)


def facilitators(case: Case, now: dt.datetime) -> list[int]:
    """Return who may lead talks of the case today: nobody who sells or answers for such systems."""
    holders = Person.objects.filter(pk__in=office_of(case, (Role.FACILITATOR,), now)).order_by("pk")
    return [person.pk for person in holders if may_facilitate(person, case, now)]


def keeping_time(case: Case, now: dt.datetime) -> list[int]:
    """Return who sees to it that talks of the case keep their days: the secretariat, and who may lead them."""
    return [*office_of(case, (Role.SECRETARIAT,), now), *facilitators(case, now)]


def end_of(one: DeliberationRound, kind: ClockKind) -> str:
    """Return the end of a part of the talks in words."""
    return deadlines.told(one.clocks.get(kind=kind).due_at, incident_of(one).jurisdiction.zone)


Where = Callable[[DeliberationRound], str]


def about_talks(where: Where, subjects: Collection[int]) -> Mapping[int, About]:
    """Name the cases of some rounds of talks, for the list of notices."""
    rows = DeliberationRound.objects.filter(pk__in=subjects).select_related(TO_INCIDENT)
    return {row.pk: about(incident_of(row), path=where(row)) for row in rows}
