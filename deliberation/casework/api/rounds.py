"""Proposing a round by program. It binds others, so it needs a person who has just shown who they are."""

from typing import ClassVar

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import rounds
from assessments.models import RoundProposal
from assessments.reads import current_assessment, incident_or_404
from deliberation.casework.api import documented
from deliberation.casework.api.writing import Adding
from lastvote import clock
from lastvote.access import Permission
from lastvote.rest.body import each, refuse_unknown
from lastvote.rest.times import instant_from

WINDOW = ("opens_at", "closes_at")


class NewRound(Adding):
    """Propose a round on the newest assessment of a case; the chair announces it by confirming."""

    needs: ClassVar = {"POST": Permission.PROPOSE_ROUND}
    operations: ClassVar = documented.PROPOSE_ROUND

    def post(self, _request: Request, ref: str) -> Response:
        self.require_recent_proof()
        assessment = current_assessment(incident_or_404(self.jurisdiction, ref))
        if assessment is None:
            raise Http404
        refuse_unknown(self.body, WINDOW)
        pairs = [(name, self.body.get(name)) for name in WINDOW]
        opens_at, closes_at = each(pairs, instant_from)

        def act() -> int:
            return rounds.propose_announcement(
                assessment=assessment, opens_at=opens_at, closes_at=closes_at, by=self.somebody, now=clock.now()
            ).pk

        proposal = RoundProposal.objects.select_related("round").get(pk=self.once(f"round/{assessment.pk}", act))
        told = {
            "state": "proposed",
            "digest": proposal.digest,
            "opens_at": proposal.round.opens_at,
            "closes_at": proposal.round.closes_at,
        }
        return Response(told, status=201)
