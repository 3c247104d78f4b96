"""The read-only page of a weight round."""

import json
from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import WeightRound
from assessments.reads import incident_or_404, record_of
from assessments.states import RoundState
from deliberation.before_after import before_after
from deliberation.governing import finding_of
from deliberation.heard import heard
from deliberation.protected import Protected, protected
from deliberation.reads import early_close_reason, round_or_404
from deliberation.results import PublishedScore
from deliberation.since import because_of, since_of
from deliberation.turnout import adopted_rows, moved_rows, on_paper_rows, turnout
from deliberation.views.case import score_of_round
from lastvote import clock
from stakeholders.models import Group
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def weight_round(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> HttpResponse:
    """Show when a round runs, what was fixed before it, and after it closed who answered and what it published."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = round_or_404(incident, number, assessment)
    groups = list(groups_of(request.jurisdiction))
    record = record_of(found)
    score = score_of_round(found, groups) if record else None
    return render(
        request,
        "deliberation/round.html",
        {
            "incident": incident,
            "weight_round": found,
            "state": RoundState(found.state),
            "frozen": json.loads(found.frozen) if found.frozen else None,
            "frozen_voices": _voices(found.frozen, groups),
            "heard": heard(groups, found, None, clock.now()),
            "turnout": turnout(score) if score else [],
            "moved": moved_rows(record, groups) if record else [],
            "on_paper": on_paper_rows(record, groups) if record else [],
            "adopted": adopted_rows(record, groups) if record else [],
            "since": since_of(record, groups),
            "because": because_of(record, groups),
            "score": score,
            "compared": before_after(found, record, score, groups),
            "protected": _protected(found, score, groups),
            "record": record,
            "close_reason": early_close_reason(found),
        },
    )


def _protected(weight_round: WeightRound, score: PublishedScore | None, groups: Sequence[Group]) -> Protected | None:
    """What counts instead, on the page of the very round that the case was judged by."""
    finding = finding_of(weight_round.assessment) if score else None
    return protected(finding, groups, score) if finding and finding.weight_round_id == weight_round.pk else None


def _voices(frozen: str, groups: Sequence[Group]) -> list[tuple[Group, dict[str, Any]]]:
    if not frozen:
        return []
    names = {group.code: group for group in groups}
    return [(names[row["code"]], row) for row in json.loads(frozen)["groups"] if row["code"] in names]
