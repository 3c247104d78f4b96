"""Rounds of talks and their reasons as files for machines."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from assessments.reads import incident_or_404
from assessments.wording import items_of
from deliberation.models import DeliberationRound
from deliberation.open_data.files import REASON, REASON_LIST, TALKS_FILE
from deliberation.open_data.talks_contents import all_reasons, one_reason, one_talks, reason_rows
from deliberation.results import PublishedScore
from deliberation.room import reads
from deliberation.room.forms import FilterForm
from deliberation.views.case import score_of_round
from deliberation.views.twins import answer
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction


@in_jurisdiction
@require_safe
def talks_file(request: ScopedRequest, ref: str, number: int, kind: str, assessment: int | None = None) -> HttpResponse:
    """Serve a round of talks without its reasons, which have a file of their own."""
    one = _talks(request, ref, number, assessment)
    return answer(request, TALKS_FILE, one_talks(one, score_before(one)), kind, ref)


@in_jurisdiction
@require_safe
def reasons_file(
    request: ScopedRequest, ref: str, number: int, kind: str, assessment: int | None = None
) -> HttpResponse:
    """Serve every reason that the page lists under the same filters, on all its pages."""
    one = _talks(request, ref, number, assessment)
    groups = reads.groups_in(one)
    form = FilterForm(request.GET, items=items_of(one.basis.assessment.scheme), groups=groups)
    rows = reason_rows(one, all_reasons(one, form.wanted()), groups)
    return answer(request, REASON_LIST, {"reasons": rows}, kind, ref)


@in_jurisdiction
@require_safe
def reason_file(request: ScopedRequest, ref: str, number: int, token: str, kind: str) -> HttpResponse:
    """Serve one reason with all that was said to it."""
    statement = reads.reason_in_case_or_404(incident_or_404(request.jurisdiction, ref), number, token)
    return answer(request, REASON, one_reason(statement), kind, ref)


def score_before(one: DeliberationRound) -> PublishedScore:
    """Return what the round before the talks published; without it there is no page, and no file."""
    score = score_of_round(one.basis, list(groups_of(one.case.assessment.incident.jurisdiction)))
    if score is None:
        raise Http404
    return score


def _talks(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> DeliberationRound:
    return reads.talks_or_404(incident_or_404(request.jurisdiction, ref), number, assessment)
