"""Public pages of the policy: one version in words, and what differs between two of them."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessments.models import PolicyVersion
from assessments.policy_reads import policies_of
from deliberation.lines import voice_rows
from deliberation.policies.body import tree_of
from deliberation.policies.changes import ChangedSection, changes_between
from deliberation.policies.forms import CompareForm
from deliberation.policies.sections import sections_of
from deliberation.policies.tables import tables_of
from lastvote import clock
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction

FEWEST = 2
"""Versions that it takes to compare any."""


@require_safe
@in_jurisdiction
def policy_version(request: ScopedRequest, number: int) -> HttpResponse:
    """Show every number of one version, who stands behind it, and what it changed."""
    versions = {version.number: version for version in policies_of(request.jurisdiction)}
    version = _or_404(versions, number)
    tree = tree_of(version)
    context = {
        "version": version,
        "voices": voice_rows(request.jurisdiction, version),
        "mode": tree["parameters"]["voices"],
        "tables": tables_of(sections_of(list(groups_of(request.jurisdiction)), tree), tree),
        "before": versions.get(number - 1),
        "after": versions.get(number + 1),
        "changes": _changes(request, versions[number - 1], version) if number - 1 in versions else [],
        "proposed_at": _proposed_at(version),
        "today": clock.local_date(clock.now(), request.jurisdiction.zone),
    }
    return render(request, "deliberation/policies/version.html", context)


@require_safe
@in_jurisdiction
def policy_compare(request: ScopedRequest) -> HttpResponse:
    """Lay two versions side by side; without a choice the newest and the one before it."""
    versions = {version.number: version for version in policies_of(request.jurisdiction)}
    if len(versions) < FEWEST:
        return render(request, "deliberation/policies/compare.html", {"versions": versions})
    newest = max(versions)
    chosen = {"before": newest - 1, "after": newest}
    asked = {**{name: str(number) for name, number in chosen.items()}, **request.GET.dict()}
    form = CompareForm(asked, numbers=sorted(versions), initial=chosen)
    if not form.is_valid():
        raise Http404
    before, after = versions[form.cleaned_data["before"]], versions[form.cleaned_data["after"]]
    context = {
        "versions": versions,
        "form": form,
        "before": before,
        "after": after,
        "changes": _changes(request, before, after),
    }
    return render(request, "deliberation/policies/compare.html", context)


def _changes(request: ScopedRequest, before: PolicyVersion, after: PolicyVersion) -> list[ChangedSection]:
    old, new = tree_of(before), tree_of(after)
    return changes_between(sections_of(list(groups_of(request.jurisdiction)), old, new), old, new)


def _or_404(versions: dict[int, PolicyVersion], number: int) -> PolicyVersion:
    if number not in versions:
        raise Http404
    return versions[number]


def _proposed_at(version: PolicyVersion) -> object:
    """When it was proposed; the first version of a place was adopted on the spot."""
    proposal = getattr(version, "proposal", None)
    return proposal.proposed_at if proposal else None
