"""What people are told of how talks ended, and that a case waits for the committee."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import WeightRound
from assessments.notices import about_rounds, content
from deliberation.models import Case
from deliberation.notices import names
from deliberation.notices.part_takers import office_of
from deliberation.states import CaseOutcome, CaseState
from lastvote.access import Role
from stakeholders.models import Person
from stakeholders.notices.kinds import Content, Kind

DECIDING = (Role.COMMITTEE, Role.CHAIR, Role.SECRETARIAT)

ENDED_WITH: dict[CaseOutcome, Promise] = {
    CaseOutcome.PROCEED: gettext_lazy("The groups do not differ much."),
    CaseOutcome.PROCEED_NEAR_LINE: gettext_lazy("The groups do not differ much, but the score is near a line."),
    CaseOutcome.PROCEED_MARGINAL: gettext_lazy("The groups still differ, but it changes neither level nor power."),
    CaseOutcome.CONVERGED: gettext_lazy("The groups came nearer to each other."),
    CaseOutcome.PROTECTIVE_DEFAULT: gettext_lazy(
        "The groups still differ and it matters, or people affected are no longer counted. "
        "So the most protective view of the people affected holds."
    ),
}


def _settled(subject_id: int) -> Case | None:
    """Return the case that ended with this close; nothing once it goes on."""
    close = WeightRound.objects.get(pk=subject_id)
    cases = Case.objects.select_related("assessment__incident__jurisdiction")
    case = cases.filter(assessment=close.assessment_id, state=CaseState.AWAITING_DECISION).first()
    newest = case is not None and not case.assessment.rounds.filter(number__gt=close.number).exists()
    return case if newest else None


def _everybody_asked(subject_id: int, now: dt.datetime) -> Iterable[int]:  # noqa: ARG001 -- every kind's signature
    """Return the roll; where no talks were needed, the published score says it all."""
    case = _settled(subject_id)
    if case is None or not (case.rounds_ended or case.outcome == CaseOutcome.PROTECTIVE_DEFAULT):
        return ()
    places = case.assessment.rounds.get(pk=subject_id).roll.filter(person__isnull=False)
    return places.order_by("pk").values_list("person_id", flat=True)


def _say_settled(subject_id: int, person: Person, now: dt.datetime) -> Content | None:  # noqa: ARG001 -- every kind's signature
    case = _settled(subject_id)
    if case is None:
        return None
    ended = _("Round %(number)s of the talks has closed") % {"number": case.rounds_ended}
    return content(
        case.assessment.incident, ended if case.rounds_ended else _("The most protective view holds"),
        str(ENDED_WITH[CaseOutcome(case.outcome)]), _("The committee takes up the case."), action=_("See the score"),
    )  # fmt: skip


def _deciding(subject_id: int, now: dt.datetime) -> Iterable[int]:
    case = _settled(subject_id)
    return () if case is None else office_of(case, DECIDING, now)


def _say_awaits(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    case = _settled(subject_id)
    if case is None or person.pk not in office_of(case, DECIDING, now):
        return None
    return content(
        case.assessment.incident, _("A case waits for the committee"),
        str(ENDED_WITH[CaseOutcome(case.outcome)]), action=_("See the score"),
    )  # fmt: skip


_about = partial(about_rounds, "case")
KINDS = (
    Kind(
        names.CASE_SETTLED, gettext_lazy("Talks have ended"),
        binding=False, recipients=_everybody_asked, say=_say_settled, about=_about,
    ),
    Kind(
        names.CASE_AWAITS, gettext_lazy("A case waits for the committee"),
        binding=True, recipients=_deciding, say=_say_awaits, about=_about,
    ),
)  # fmt: skip
