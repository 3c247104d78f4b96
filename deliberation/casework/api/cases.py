"""Recording cases and their evidence by program, with the actions of the desk."""

from typing import ClassVar

from django.http import Http404
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.actions import evidence, incidents
from assessments.actions.evidence import seen_of
from assessments.actions.incidents import IncidentFacts
from assessments.models import EvidenceItem, Incident
from assessments.reads import incident_or_404
from deliberation.casework.api import documented
from deliberation.casework.api.bodies import CASE, EVIDENCE, case_facts, known_fields, statement
from deliberation.casework.api.seen import case_seen, evidence_seen
from deliberation.casework.api.writing import Adding, Changing
from lastvote import clock


class NewCase(Adding):
    """Record a case under the next reference of its year."""

    operations: ClassVar = documented.ADD_CASE

    def post(self, _request: Request) -> Response:
        known_fields(self.body, CASE, changes=False)
        facts = case_facts(self.body, self.jurisdiction, None)

        def act() -> int:
            told = vars(facts)
            return incidents.create_incident(
                jurisdiction=self.jurisdiction, retrospective=False, by=self.somebody, now=clock.now(), **told
            ).pk

        case = Incident.objects.select_related("system").get(pk=self.once("case", act))
        return self.made("api_case", case.reference, **shown_case(case))


class ChangedCase(Changing):
    """Describe a case anew; what stood there before is kept."""

    operations: ClassVar = documented.CHANGE_CASE

    def patch(self, _request: Request, ref: str) -> Response:
        case = incident_or_404(self.jurisdiction, ref)
        known_fields(self.body, CASE, changes=True)
        facts = case_facts(self.body, self.jurisdiction, case)
        changed = self.changed(
            lambda seen: incidents.change_incident(
                incident=case, facts=facts, seen=seen, by=self.somebody, now=clock.now()
            ),
            lambda: IncidentFacts.of(Incident.objects.select_related("system").get(pk=case.pk)).plain(),
        )
        return Response(shown_case(changed))


class NewEvidence(Adding):
    """Add one dated statement with its sources."""

    operations: ClassVar = documented.ADD_EVIDENCE

    def post(self, _request: Request, ref: str) -> Response:
        case = incident_or_404(self.jurisdiction, ref)
        known_fields(self.body, EVIDENCE, changes=False)
        content, sources = statement(self.body, self.jurisdiction, None)

        def act() -> int:
            told = vars(content)
            return evidence.add_evidence(incident=case, sources=sources, by=self.somebody, now=clock.now(), **told).pk

        item = EvidenceItem.objects.get(pk=self.once(f"evidence/{case.pk}", act))
        return self.made("api_one_evidence", ref, item.number, **shown_evidence(item))


class ChangedEvidence(Changing):
    """Say a row of evidence anew, as a new version."""

    operations: ClassVar = documented.CHANGE_EVIDENCE

    def patch(self, _request: Request, ref: str, number: int) -> Response:
        item = self._newest(ref, number)
        known_fields(self.body, EVIDENCE, changes=True)
        content, sources = statement(self.body, self.jurisdiction, item)
        changed = self.changed(
            lambda seen: evidence.change_evidence(
                item=item, content=content, sources=sources, seen=seen, by=self.somebody, now=clock.now()
            ),
            lambda: seen_of(self._newest(ref, number)),
        )
        return Response(shown_evidence(changed))

    def _newest(self, ref: str, number: int) -> EvidenceItem:
        rows = incident_or_404(self.jurisdiction, ref).evidence.filter(number=number).order_by("-version")
        item = rows.select_related("incident__jurisdiction").prefetch_related("sources").first()
        if item is None:
            raise Http404
        return item


def shown_case(case: Incident) -> dict[str, object]:
    """Return what a writer needs of a case: its name, its version, and the name of what they now see."""
    return {"reference": case.reference, "version": case.version, "seen": case_seen(case)}


def shown_evidence(item: EvidenceItem) -> dict[str, object]:
    """Return the same of a row of evidence."""
    return {"number": item.number, "version": item.version, "seen": evidence_seen(item)}
