"""The lines in force, their history, and the policy they come from."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.charts.lines_over_time import lines_over_time
from assessments.policy_reads import policies_of, policy_in_force
from deliberation.lines import lines_today
from lastvote import clock
from lastvote.access import Permission
from stakeholders.scope import ScopedRequest, in_jurisdiction


@require_safe
@in_jurisdiction
def lines(request: ScopedRequest) -> HttpResponse:
    """Show today's lines, how they move over the years, and every version of the policy."""
    today = clock.local_date(clock.now(), request.jurisdiction.zone)
    version = policy_in_force(request.jurisdiction, today)
    found = lines_today(request.jurisdiction, version, today) if version else None
    start = request.jurisdiction.roadmap_start
    context = {
        "version": version,
        "today": found,
        "chart": lines_over_time(parameters=found.parameters, start=start, today=today) if found else None,
        "versions": list(policies_of(request.jurisdiction)),
        "day": today,
        "can_propose": Permission.PROPOSE_POLICY in request.permissions,
    }
    return render(request, "deliberation/lines.html", context)
