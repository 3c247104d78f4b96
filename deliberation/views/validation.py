"""The framework tried on past cases: the list with its tallies, one case, and the other ways to put groups together."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.policy_reads import policy_in_force
from assessments.reads import incident_or_404
from deliberation.validation.alternatives import compared
from deliberation.validation.alternatives_page import by_case, by_history, over_cases
from deliberation.validation.forms import KnownByForm
from deliberation.validation.lessons import lessons
from deliberation.validation.pages import case_lines, evidence_by_day, outcome_rows, sections, tally_lines
from deliberation.validation.past_cases import past_cases
from lastvote import clock
from stakeholders.scope import ScopedRequest, in_jurisdiction

UNPROCESSABLE = 422


@require_safe
@in_jurisdiction
def validation(request: ScopedRequest) -> HttpResponse:
    """List the tests on past cases, what they add up to, and what they cannot show."""
    found = past_cases(request.jurisdiction)
    context = {"found": found, "lines": case_lines(found), "tallies": tally_lines(found)}
    return render(request, "deliberation/validation/list.html", context)


@require_safe
@in_jurisdiction
def past_case(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show one past case, its evidence as of a day if one is asked for; the scores never change with that day."""
    incident = incident_or_404(request.jurisdiction, ref)
    found = past_cases(request.jurisdiction, incident.reference).cases
    if not found:
        raise Http404
    case = found[0]
    form = KnownByForm(request.GET or None)
    day = form.day()
    context = {
        "case": case,
        "incident": case.incident,
        "form": form,
        "day": day,
        "sections": sections(case, day),
        "evidence": evidence_by_day(case, day),
        "outcomes": outcome_rows(case),
        "lessons": lessons(case),
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "deliberation/validation/case.html", context, status=status)


@require_safe
@in_jurisdiction
def alternatives(request: ScopedRequest) -> HttpResponse:
    """Compare other ways to put groups together with the published one."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    found = compared(request.jurisdiction, policy_in_force(request.jurisdiction, today))
    context = {"found": found, "rules": over_cases(found), "cases": by_case(found), "histories": by_history(found)}
    return render(request, "deliberation/validation/alternatives.html", context)
