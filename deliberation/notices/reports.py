"""Who is told that a report on possible manipulation asks people to look. What it found stands in the report alone."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import WeightRound
from assessments.notices import about_rounds, content
from assessments.states import ComputationKind, RoundState
from deliberation.computing.reads import worked_out
from deliberation.manipulation.checks import asks_to_look
from deliberation.notices import names
from lastvote.access import ROLE_PERMISSIONS, Permission
from stakeholders.models import Person
from stakeholders.notices.kinds import Content, Kind
from stakeholders.reads import holders_of

LOOKING = tuple(role for role, may in ROLE_PERMISSIONS.items() if Permission.LOOK_AT_REPORT in may)


def _flagged(subject_id: int) -> WeightRound | None:
    """Return the round if its report asks people to look; nothing once a newer report does not."""
    rounds = WeightRound.objects.filter(state=RoundState.PUBLISHED)
    found = rounds.select_related(
        "record", "assessment__policy__jurisdiction", "assessment__incident__jurisdiction"
    ).get(pk=subject_id)
    report = worked_out(ComputationKind.LOOK_OUT, found.record, found.assessment.policy).found
    return found if report is not None and asks_to_look(report) else None


def _looking(subject_id: int, now: dt.datetime) -> Iterable[int]:
    weight_round = _flagged(subject_id)
    return () if weight_round is None else _office(weight_round, now)


def _office(weight_round: WeightRound, now: dt.datetime) -> list[int]:
    jurisdiction = weight_round.assessment.incident.jurisdiction
    today = now.astimezone(jurisdiction.zone).date()
    return holders_of(jurisdiction, LOOKING, on=today, assessment_id=weight_round.assessment_id)


def _say(subject_id: int, person: Person, now: dt.datetime) -> Content | None:
    weight_round = _flagged(subject_id)
    if weight_round is None or person.pk not in _office(weight_round, now):
        return None
    return content(
        weight_round.assessment.incident, _("A report asks you to look"),
        _("The report on possible manipulation of a published round asks people to look."),
        _("It finds nothing about anybody, and changes no score."),
        action=_("Read the report"), page="desk_manipulation",
    )  # fmt: skip


KINDS = (
    Kind(
        names.REPORT_FLAGGED, gettext_lazy("A report on possible manipulation asks people to look"),
        binding=True, recipients=_looking, say=_say, about=partial(about_rounds, "desk_manipulation"),
    ),
)  # fmt: skip
