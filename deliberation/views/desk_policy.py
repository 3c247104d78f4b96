"""The desk's part in changing a policy: one person proposes with a form, another reads what differs and decides."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments.actions import policy_proposals
from assessments.models import PolicyProposal, PolicyVersion
from assessments.policy_reads import newest_policy, policy_in_force, policy_proposals_of, waiting_policy
from deliberation.policies.body import read_tree, tree_of
from deliberation.policies.changes import changes_between
from deliberation.policies.effect import lines_effect
from deliberation.policies.forms import ADOPT, DECLINE, DecideForm, PolicyForm
from deliberation.policies.sections import sections_of
from deliberation.refusals import put_on_form
from deliberation.views.desk import rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, form_page, posted
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.reads import groups_of
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

LOOKS = (Permission.PROPOSE_POLICY, Permission.CONFIRM_POLICY, Permission.READ_DESK)
"""Whoever has one of these may look at what is proposed."""


@in_jurisdiction
@signed_in_person
@require_safe
def desk_policy(request: ScopedRequest) -> HttpResponse:
    """Show the version in force, what waits, and what was decided before."""
    rights = rights_of(request)
    if rights.isdisjoint(LOOKS):
        _require(request, Permission.READ_DESK)
    waiting = waiting_policy(request.jurisdiction, clock.now())
    context = {
        "in_force": policy_in_force(request.jurisdiction, _today(request)),
        "newest": newest_policy(request.jurisdiction),
        "waiting": waiting,
        "waiting_is_own": waiting is not None and waiting.proposed_by == request.person,
        "can_decide": Permission.CONFIRM_POLICY in rights,
        "can_propose": Permission.PROPOSE_POLICY in rights,
        "has_desk": Permission.READ_DESK in rights,
        "proposals": list(policy_proposals_of(request.jurisdiction)),
    }
    return render(request, "deliberation/policies/desk.html", context)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def propose(request: ScopedRequest) -> HttpResponse:
    """Change numbers of the newest version, look at what would change, then propose it."""
    _require(request, Permission.PROPOSE_POLICY)
    base = newest_policy(request.jurisdiction)
    if base is None:
        raise Http404
    form = _form(request, base)
    context: dict[str, Any] = {"form": form, "base": base, "today": _today(request)}
    if request.method != "POST":
        return render(request, "deliberation/policies/propose.html", context)
    if not form.is_valid():
        return render(request, "deliberation/policies/propose.html", context, status=UNPROCESSABLE)
    try:
        _check_base(request, base)
        policy_proposals.check_change(base=base, body=form.body(), effective_from=form.day(), now=clock.now())
        if "confirmed" not in request.POST:
            return render(request, "deliberation/policies/check.html", context | _effect(request, base, form))
        policy_proposals.propose_policy(
            base=base, body=form.body(), reason=form.why(), effective_from=form.day(), by=_person(request),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        status = put_on_form(form, refused)
        return render(request, "deliberation/policies/propose.html", context, status=status)
    messages.success(request, _("The change is proposed. The chair must adopt it."))
    return redirect("desk_policy", request.jurisdiction.slug)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def decide(request: ScopedRequest) -> HttpResponse:
    """Adopt or decline, as the second person, exactly what is shown."""
    _require(request, Permission.CONFIRM_POLICY)
    proposal = _proposal(request)
    if proposal is None:
        status = 409 if request.method == "POST" else 200
        return render(request, "deliberation/policies/nothing_waiting.html", status=status)
    form = DecideForm(posted(request), initial={"digest": proposal.digest})
    context = {"form": form, "proposal": proposal, "base": proposal.base} | _proposed(request, proposal)
    if request.method != "POST":
        return render(request, "deliberation/policies/decide.html", context)
    if not form.is_valid():
        return render(request, "deliberation/policies/decide.html", context, status=UNPROCESSABLE)
    try:
        done = _decide(proposal, form, _person(request), clock.now())
    except Refused as refused:
        return render(request, "deliberation/policies/decide.html", context, status=put_on_form(form, refused))
    messages.success(request, done)
    return redirect("desk_policy", request.jurisdiction.slug)


def _decide(proposal: PolicyProposal, form: DecideForm, by: Person, now: dt.datetime) -> str:
    answer = form.cleaned_data
    if answer["decision"] == DECLINE:
        policy_proposals.decline_proposal(
            proposal=proposal, seen=answer["digest"], reason=answer["declined_because"], by=by, now=now
        )
        return _("Declined. The policy stays as it is.")
    version = policy_proposals.adopt_proposal(proposal=proposal, seen=answer["digest"], by=by, now=now)
    return _("Adopted. Version %(number)s is public now.") % {"number": version.number}


def _proposal(request: ScopedRequest) -> PolicyProposal | None:
    """The proposal that was looked at, so that a late answer is told what became of it; else the one that waits."""
    seen = request.POST.get("digest")
    found = policy_proposals_of(request.jurisdiction).filter(digest=seen).first() if seen else None
    return found or waiting_policy(request.jurisdiction, clock.now())


def _form(request: ScopedRequest, base: PolicyVersion) -> PolicyForm:
    tree = tree_of(base)
    sections = sections_of(list(groups_of(request.jurisdiction)), tree)
    return PolicyForm(posted(request), base=base, tree=tree, sections=sections)


def _check_base(request: ScopedRequest, base: PolicyVersion) -> None:
    """Refuse a form that was opened on another version than the newest: its numbers would undo what came since."""
    if request.POST.get("base") != str(base.number):
        sentence = _("Another version of the policy was adopted meanwhile. Compare your numbers with it.")
        raise Refused("policy_outdated", sentence, status=409)


def _effect(request: ScopedRequest, base: PolicyVersion, form: PolicyForm) -> dict[str, Any]:
    """What the check page shows."""
    body, today = form.body(), _today(request)
    return {
        "changes": changes_between(form.sections, form.tree, read_tree(body)),
        "effect": lines_effect(base, body, day=form.day(), today=today),
        "day": form.day(),
    }


def _proposed(request: ScopedRequest, proposal: PolicyProposal) -> dict[str, Any]:
    """What the second person reads."""
    before, after = tree_of(proposal.base), read_tree(proposal.body)
    sections = sections_of(list(groups_of(request.jurisdiction)), before, after)
    return {
        "changes": changes_between(sections, before, after),
        "effect": lines_effect(proposal.base, proposal.body, day=proposal.effective_from, today=_today(request)),
        "day": proposal.effective_from,
        "adopt": ADOPT,
        "decline": DECLINE,
    }


def _require(request: ScopedRequest, permission: Permission) -> None:
    require(request.person, permission, on=_today(request))


def _person(request: ScopedRequest) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _today(request: ScopedRequest) -> dt.date:
    return clock.local_date(clock.now(), request.jurisdiction.zone)
