"""Recording that a person looked where a report on possible manipulation asked people to. No score changes."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from assessments.models import WeightRound
from assessments.states import ComputationKind, RoundState
from deliberation.computing.reads import worked_out
from deliberation.manipulation.checks import asks_to_look
from deliberation.models import ReportLook
from lastvote.access import Permission
from lastvote.audit.record import record
from lastvote.errors import Refused
from lastvote.transactions import locking
from stakeholders.models import Person
from stakeholders.rules import require


def record_report_look(*, weight_round: WeightRound, conclusion: str, by: Person, now: dt.datetime) -> ReportLook:
    """Write down, for whoever may read the report, what a person concluded. Nobody is removed by it.

    More than one person may look, each once at a report. Refuses roles that are not asked to look (403), a look without
    words (422 ``reason_required``), a round whose report does not ask people to look (409 ``nothing_to_look_at``) and a
    second look at the same report (409 ``already_looked``). Records ``report.looked_at``, without the words.
    """
    assessment = weight_round.assessment
    jurisdiction = assessment.incident.jurisdiction
    day = now.astimezone(jurisdiction.zone).date()
    require(by, Permission.LOOK_AT_REPORT, on=day, assessment_id=assessment.pk)
    if not conclusion.strip():
        sentence = _("Write down what you conclude")
        raise Refused("reason_required", sentence, fields={"conclusion": [sentence]})
    with locking():
        locked = WeightRound.objects.select_for_update().get(pk=weight_round.pk)
        report = _asking(locked)
        if locked.report_looks.filter(report_sha256=report, looked_by=by).exists():
            raise Refused("already_looked", _("You have written down what you conclude from this report."), status=409)
        look = ReportLook.objects.create(
            round=locked, report_sha256=report, conclusion=conclusion.strip(), looked_by=by, looked_at=now
        )
        record(
            kind="report.looked_at",
            subject="round",
            subject_id=locked.pk,
            jurisdiction_id=jurisdiction.pk,
            actor_id=by.pk,
            now=now,
            facts={"number": locked.number, "sha256": report},
        )
    return look


def _asking(weight_round: WeightRound) -> str:
    """Return the hash of the report on a round; refuse where there is none, or it does not ask people to look."""
    if weight_round.state == RoundState.PUBLISHED:
        worked = worked_out(ComputationKind.LOOK_OUT, weight_round.record, weight_round.assessment.policy)
        if worked.run is not None and worked.found is not None and asks_to_look(worked.found):
            return worked.run.result_sha256
    raise Refused("nothing_to_look_at", _("This report does not ask people to look."), status=409)
