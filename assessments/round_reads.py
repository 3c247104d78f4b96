"""Which round of a case people answer."""

from django.http import Http404

from assessments.models import Incident, WeightRound
from assessments.reads import OPENED
from assessments.states import RoundState
from stakeholders.models import Jurisdiction


def round_to_weigh(jurisdiction: Jurisdiction, ref: str) -> tuple[Incident, WeightRound]:
    """Return the incident and its open round, else the round that was open last."""
    opened = WeightRound.objects.filter(
        assessment__incident__jurisdiction=jurisdiction,
        assessment__incident__reference=ref,
        state__in=OPENED,
    )
    rounds = sorted(
        opened.select_related("assessment__incident"),
        key=lambda row: (row.state != RoundState.OPEN, -row.opens_at.timestamp()),
    )
    if not rounds:
        raise Http404
    incident = rounds[0].assessment.incident
    incident.jurisdiction = jurisdiction  # read already, with the address
    return incident, rounds[0]
