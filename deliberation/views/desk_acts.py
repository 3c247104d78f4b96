"""Acts on a round. Each is a form, then a page that says what will happen, then the act, then a redirect."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from assessments import policy
from assessments.actions import rounds
from assessments.models import Assessment, Incident, WeightRound
from deliberation import desk as work
from deliberation.forms import AnnounceForm, CloseEarlyForm, ConfirmForm, ExtendForm
from deliberation.reads import newest_round
from deliberation.refusals import put_on_form
from deliberation.views.desk import desk_case
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

form_page = require_http_methods(["GET", "HEAD", "POST"])
UNPROCESSABLE = 422
"""Status of a form that comes back with errors."""


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def announce(request: ScopedRequest, ref: str) -> HttpResponse:
    """Propose a round; the chair announces it by confirming."""
    incident, assessment = desk_case(request, ref, Permission.PROPOSE_ROUND)
    rules = policy.read(assessment.policy).clock
    form = AnnounceForm(posted(request), zone=request.jurisdiction.zone, hour=rules.closing_hour)

    def act(by: Person) -> None:
        opens_at, closes_at = form.window()
        rounds.propose_announcement(
            assessment=assessment, opens_at=opens_at, closes_at=closes_at, by=by, now=clock.now()
        )

    return _form_then_act(
        request, "announce", incident, form, act, _("The round is proposed. The chair must confirm it."), rules=rules
    )


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def extend(request: ScopedRequest, ref: str) -> HttpResponse:
    """Give a round more time, once."""
    incident, assessment = desk_case(request, ref, Permission.EXTEND_ROUND)
    weight_round = _round_or_404(assessment)
    rules = policy.read(assessment.policy).clock
    form = ExtendForm(posted(request), zone=request.jurisdiction.zone, hour=rules.closing_hour)

    def act(by: Person) -> None:
        reason = form.cleaned_data["reason"]
        rounds.extend_round(weight_round=weight_round, closes_at=form.end(), reason=reason, by=by, now=clock.now())

    return _form_then_act(
        request, "extend", incident, form, act, _("The round has more time."), rules=rules, weight_round=weight_round
    )


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def close_early(request: ScopedRequest, ref: str) -> HttpResponse:
    """Propose to close a round before its time; the chair closes it by confirming."""
    incident, assessment = desk_case(request, ref, Permission.PROPOSE_ROUND)
    weight_round = _round_or_404(assessment)
    form = CloseEarlyForm(posted(request))

    def act(by: Person) -> None:
        reason = form.cleaned_data["reason"]
        rounds.propose_early_close(weight_round=weight_round, reason=reason, by=by, now=clock.now())

    return _form_then_act(
        request,
        "close",
        incident,
        form,
        act,
        _("Closing early is proposed. The chair must confirm it."),
        weight_round=weight_round,
    )


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def open_now(request: ScopedRequest, ref: str) -> HttpResponse:
    """Open an announced round whose time has come, should the system not have done it yet."""
    incident, assessment = desk_case(request, ref, Permission.PROPOSE_ROUND)
    weight_round = _round_or_404(assessment)
    form = forms.Form(posted(request))

    def act(_by: Person) -> None:
        rounds.open_round(weight_round=weight_round, now=clock.now())

    return _confirm_page(request, "open", incident, form, act, _("The round is open."), weight_round=weight_round)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def confirm(request: ScopedRequest, ref: str) -> HttpResponse:
    """Say yes, as the second person, to exactly what is shown."""
    incident, assessment = desk_case(request, ref, Permission.CONFIRM_ROUND)
    proposal = work.waiting_proposal(assessment, clock.now())
    if proposal is None:
        status = 409 if request.method == "POST" else 200
        return render(request, "deliberation/desk/nothing_waiting.html", {"incident": incident}, status=status)
    form = ConfirmForm(posted(request), initial={"digest": proposal.digest})

    def act(by: Person) -> None:
        if form.cleaned_data["digest"] != proposal.digest:
            raise Refused("content_changed", _CHANGED, status=409)
        rounds.confirm_proposal(proposal=proposal, by=by, now=clock.now())

    return _confirm_page(
        request, "confirm", incident, form, act, _("Confirmed."), proposal=proposal, weight_round=proposal.round
    )


_CHANGED = gettext_lazy("What is proposed is no longer what you saw. Read it again before you confirm.")


def posted(request: ScopedRequest) -> QueryDict | None:
    """What was sent, even if it is nothing; none while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def _form_then_act(  # noqa: PLR0917 -- called right above, in this order
    request: ScopedRequest,
    name: str,
    incident: Incident,
    form: forms.Form,
    act: Callable[[Person], None],
    done: str | Promise,
    **context: Any,
) -> HttpResponse:
    """Show the form; once it makes sense show what will happen; once that is confirmed, act."""
    context |= {"incident": incident, "form": form}
    if request.method != "POST":
        return render(request, f"deliberation/desk/{name}.html", context)
    if not form.is_valid():
        return render(request, f"deliberation/desk/{name}.html", context, status=UNPROCESSABLE)
    if "confirmed" not in request.POST:
        return render(request, f"deliberation/desk/{name}_check.html", context)
    return _act(request, f"deliberation/desk/{name}.html", context, act, done)


def _confirm_page(  # noqa: PLR0917 -- called right above, in this order
    request: ScopedRequest,
    name: str,
    incident: Incident,
    form: forms.Form,
    act: Callable[[Person], None],
    done: str | Promise,
    **context: Any,
) -> HttpResponse:
    """Show what will happen; once that is confirmed, act."""
    context |= {"incident": incident, "form": form}
    template = f"deliberation/desk/{name}.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=UNPROCESSABLE)
    return _act(request, template, context, act, done)


def _act(
    request: ScopedRequest,
    template: str,
    context: dict[str, Any],
    act: Callable[[Person], None],
    done: str | Promise,
) -> HttpResponse:
    if request.person is None:
        raise Http404
    try:
        act(request.person)
    except Refused as refused:
        status = put_on_form(context["form"], refused, list(groups_of(request.jurisdiction)))
        return render(request, template, context, status=status)
    messages.success(request, str(done))
    return redirect("desk_round", request.jurisdiction.slug, context["incident"].reference)


def _round_or_404(assessment: Assessment) -> WeightRound:
    weight_round = newest_round(assessment)
    if weight_round is None:
        raise Http404
    return weight_round
