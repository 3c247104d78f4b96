"""What waits for one person in talks: reasons to give, questions about joining them, minutes to write."""

import datetime as dt

from django.utils.translation import gettext as _

from assessments.needs_action import on_case
from deliberation.models import Clock, Session, Statement
from deliberation.states import ClockKind, DeliberationState
from stakeholders.models import Person
from stakeholders.needs_action import Waiting

TO_CASE = "round__case__assessment__incident__jurisdiction"


def waiting_for(person: Person, now: dt.datetime) -> list[Waiting]:
    """Return what the talks of the person's place want from them now."""
    return [*_to_say(person, now), *_to_join(person), *_to_minute(person, now)]


def _to_say(person: Person, now: dt.datetime) -> list[Waiting]:
    clocks = Clock.objects.filter(
        kind=ClockKind.STATEMENTS, stopped_at__isnull=True, due_at__gt=now,
        round__state=DeliberationState.STATEMENTS, round__basis__roll__person=person,
    ).exclude(round__in=Statement.objects.filter(person=person).values("round"))  # fmt: skip
    words = _("Say why your group differs")
    return [
        on_case(clock.round.case.assessment.incident, words, "case", until=clock.due_at)
        for clock in clocks.select_related(TO_CASE).order_by("due_at", "pk")
        if clock.round is not None
    ]


def _to_join(person: Person) -> list[Waiting]:
    words = _("Say whether your reason can be joined to another")
    asked = Statement.objects.filter(person=person, join_proposed_to__isnull=False)
    return [on_case(row.round.case.assessment.incident, words, "case") for row in asked.select_related(TO_CASE)]


def _to_minute(person: Person, now: dt.datetime) -> list[Waiting]:
    words = _("Write the minutes of the session")
    held = Session.objects.filter(facilitator=person, starts_at__lte=now, minuted_at__isnull=True)
    return [on_case(row.round.case.assessment.incident, words, "case") for row in held.select_related(TO_CASE)]
