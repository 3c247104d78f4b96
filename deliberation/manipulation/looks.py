"""Reports that ask people to look, and who has looked."""

import json
from collections import defaultdict

from django.db.models import Exists, OuterRef

from assessments.models import ComputationRun, Incident, WeightRound
from assessments.states import ComputationKind, ComputationState, RoundState
from deliberation.computing.subject import inputs_of
from deliberation.manipulation.checks import asks_to_look
from deliberation.models import ReportLook
from stakeholders.models import Jurisdiction

RAISED = 'flag":true'
"""How each raised flag stands in the canonical text of a report, so the database finds the few that have one."""


def looks_of(incident: Incident) -> dict[int, list[ReportLook]]:
    """Return what people concluded on the reports of a case, by round, newest first."""
    found: dict[int, list[ReportLook]] = defaultdict(list)
    for look in ReportLook.objects.filter(round__assessment__incident=incident).order_by("-looked_at", "-pk"):
        found[look.round_id].append(look)
    return found


def not_looked_at(jurisdiction: Jurisdiction) -> list[WeightRound]:
    """Return the rounds whose report asks people to look while nobody has; one query. Newer inputs count alone."""
    runs = ComputationRun.objects.filter(
        ~Exists(ReportLook.objects.filter(round=OuterRef("round"))),
        jurisdiction=jurisdiction, kind=ComputationKind.LOOK_OUT, state=ComputationState.DONE,
        round__state=RoundState.PUBLISHED, result__contains=RAISED,
    ).select_related(
        "round__record", "round__assessment__policy__jurisdiction", "round__assessment__incident__jurisdiction"
    )  # fmt: skip
    return [run.round for run in runs.defer("checkpoint").order_by("pk") if run.round and _asks(run, run.round)]


def _asks(run: ComputationRun, weight_round: WeightRound) -> bool:
    inputs = inputs_of(ComputationKind.LOOK_OUT, weight_round.record, weight_round.assessment.policy)
    return run.inputs_sha256 == inputs and asks_to_look(json.loads(run.result))
