"""Files by which a score string can be checked: exact bytes under stable addresses."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from assessments.models import Assessment, Incident
from assessments.policy_reads import policies_of
from assessments.publication_record import evidence_body
from assessments.reads import current_assessment, incident_or_404, record_of
from assessments.scoring.record import canonical_bytes, digest
from deliberation.governing import finding_of, found_in
from deliberation.reads import round_or_404
from stakeholders.scope import ScopedRequest, in_jurisdiction


@in_jurisdiction
@require_safe
def round_record(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> HttpResponse:
    """Serve what the close of a round published."""
    weight_round = round_or_404(incident_or_404(request.jurisdiction, ref), number, assessment)
    record = record_of(weight_round)
    if record is None:
        raise Http404
    return exact(request, record.body.encode(), record.sha256)


@in_jurisdiction
@require_safe
def evidence(request: ScopedRequest, ref: str, assessment: int | None = None) -> HttpResponse:
    """Serve the evidence bundle that ratings rest on, once the ratings are frozen."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = current_assessment(incident) if assessment is None else _numbered(incident, assessment)
    if found is None or found.ratings_frozen_at is None:
        raise Http404
    body = canonical_bytes(evidence_body(found))
    return exact(request, body, digest(body))


@in_jurisdiction
@require_safe
def protection(request: ScopedRequest, ref: str, assessment: int | None = None) -> HttpResponse:
    """Serve the record of the protective default, with both outcomes and the rule, where it holds.

    Under the number of an assessment stands only what was found in it.
    """
    incident = incident_or_404(request.jurisdiction, ref)
    found = current_assessment(incident) if assessment is None else _numbered(incident, assessment)
    finding = finding_of(found) if assessment is None else found_in(found)
    if finding is None:
        raise Http404
    return exact(request, finding.body.encode(), finding.sha256)


@in_jurisdiction
@require_safe
def policy_file(request: ScopedRequest, number: int) -> HttpResponse:
    """Serve one version of the policy."""
    version = policies_of(request.jurisdiction).filter(number=number).first()
    if version is None:
        raise Http404
    return exact(request, version.body.encode(), version.sha256)


def _numbered(incident: Incident, number: int) -> Assessment | None:
    return incident.assessments.select_related("incident").filter(number=number).first()


def exact(request: HttpRequest, body: bytes, sha256: str, *, content_type: str = "application/json") -> HttpResponse:
    """Answer with these very bytes; their hash is the ETag, and whoever has them already gets 304."""
    etag = f'"{sha256}"'
    response = HttpResponse(body, content_type=content_type, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response
