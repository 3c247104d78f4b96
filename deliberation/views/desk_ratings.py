"""The desk's part in rating a case: open an assessment, appoint evaluators, fix the ratings, look at an alarm."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assessments import rating_reads
from assessments.actions import appointments, peak_looks, ratings
from assessments.models import Assessment, EvaluatorAppointment, Incident
from assessments.policy_reads import policy_in_force
from assessments.reads import current_assessment, incident_or_404, running_round
from assessments.scoring.record import digest
from assessments.states import SchemeName
from deliberation.peaks import peak_alarm
from deliberation.rating_forms import AppointForm, DecideAppointmentForm, LookForm, OpenAssessmentForm
from deliberation.refusals import put_on_form
from deliberation.views.desk import desk_case, require_desk, rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, form_page, posted
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

PLACE = "deliberation/desk/ratings"


@in_jurisdiction
@signed_in_person
@require_safe
def desk_ratings(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show who has rated a case and who has not, what comes next, and never a value before all are fixed."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    require_desk(request, assessment)
    context: dict[str, Any] = {
        "incident": incident,
        "assessment": assessment,
        "alarm": peak_alarm(assessment, rating_reads.peaks_of(assessment) if assessment else []),
        "earlier": list(incident.assessments.order_by("-number")[1:]),
        **_standing(request, assessment),
    }
    context |= _acts(request, assessment, enough=assessment is not None and context["standing"].enough)
    context["can_open"] &= incident.merged_into is None
    return render(request, f"{PLACE}/overview.html", context)


def _standing(request: ScopedRequest, assessment: Assessment | None) -> dict[str, Any]:
    if assessment is None:
        return {}
    return {
        "seats": rating_reads.seats_of(assessment, _today(request)),
        "standing": rating_reads.standings([assessment.pk])[assessment.pk],
    }


def _acts(request: ScopedRequest, assessment: Assessment | None, *, enough: bool) -> dict[str, bool]:
    """What this person can do now; the actions check again."""
    rights = rights_of(request, assessment)
    manages = Permission.MANAGE_INCIDENTS in rights
    rating = assessment is not None and assessment.ratings_frozen_at is None
    idle = assessment is None or (not rating and running_round(assessment) is None)
    waiting = [one for one in _proposed(assessment) if one.proposed_by_id != _person(request).pk]
    return {
        "can_open": manages and idle,
        "can_appoint": manages and rating,
        "can_freeze": manages and rating and enough,
        "can_confirm": rating and bool(waiting) and Permission.GRANT_ROLE in rights,
        "can_look": Permission.RECORD_LOOK in rights,
    }


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def open_assessment(request: ScopedRequest, ref: str) -> HttpResponse:
    """Open an assessment under the policy in force today, or score the case anew."""
    incident = incident_or_404(request.jurisdiction, ref)
    require(request.person, Permission.MANAGE_INCIDENTS, on=_today(request))
    policy = policy_in_force(request.jurisdiction, _today(request))
    form = OpenAssessmentForm(posted(request), today=_today(request))
    context: dict[str, Any] = {"incident": incident, "form": form, "policy": policy, "today": _today(request)}

    def act(by: Person) -> None:
        if policy is None:
            raise Refused("policy_not_in_force", _("No policy is in force yet, so nothing can be rated."), status=409)
        ratings.open_assessment(
            incident=incident, policy_version=policy, opened_on=_today(request), by=by, now=clock.now(),
            **_wanted(incident, form),
        )  # fmt: skip

    if request.method == "POST" and form.is_valid() and "confirmed" not in request.POST:
        wanted = _wanted(incident, form)
        if wanted["supersedes"] is None or wanted["rescored_because"]:
            return render(request, f"{PLACE}/open_check.html", context | wanted)
        form.add_error("rescored_because", _("This case was rated in this way before. Say why it is rated again"))
    return _page(request, "open", context, act, _("The assessment is open. Appoint two evaluators."))


def _wanted(incident: Incident, form: OpenAssessmentForm) -> dict[str, Any]:
    scheme = SchemeName(form.cleaned_data["scheme"])
    before = incident.assessments.filter(scheme=scheme, superseded_by=None).order_by("-number").first()
    return {
        "scheme": scheme,
        "evidence_cutoff": form.cleaned_data["evidence_cutoff"],
        "supersedes": before,
        "rescored_because": form.cleaned_data["rescored_because"] if before else "",
    }


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def appoint(request: ScopedRequest, ref: str) -> HttpResponse:
    """Propose an evaluator; a second person confirms."""
    incident, assessment = desk_case(request, ref, Permission.MANAGE_INCIDENTS)
    people = rating_reads.candidates(assessment, _today(request)).exclude(pk=_person(request).pk)
    form = AppointForm(posted(request), people=people)

    def act(by: Person) -> None:
        appointments.propose_evaluator(
            assessment=assessment, person=form.cleaned_data["person"], supervised=form.cleaned_data["supervised"],
            by=by, now=clock.now(),
        )  # fmt: skip

    context = {
        "incident": incident,
        "form": form,
        "assessment": assessment,
        "standing": rating_reads.standings([assessment.pk])[assessment.pk],
    }
    return _page(request, "appoint", context, act, _("The evaluator is proposed. A second person must confirm."))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def confirm(request: ScopedRequest, ref: str) -> HttpResponse:
    """Confirm or decline, as the second person, an evaluator who was proposed."""
    incident, assessment = desk_case(request, ref, Permission.GRANT_ROLE)
    waiting = {_mark(one): one for one in _proposed(assessment) if one.proposed_by_id != _person(request).pk}
    form = DecideAppointmentForm(posted(request))
    context = {"incident": incident, "form": form, "waiting": list(waiting.items())}
    if not waiting:
        status = 409 if request.method == "POST" else 200
        return render(request, f"{PLACE}/nothing_waiting.html", context, status=status)

    def act(by: Person) -> None:
        found = waiting.get(form.cleaned_data["mark"])
        if found is None:
            raise Refused("already_decided", _("Somebody has decided this already."), status=409)
        if form.cleaned_data["decision"] == form.CONFIRM:
            appointments.confirm_evaluator(appointment=found, by=by, now=clock.now())
        else:
            appointments.decline_evaluator(appointment=found, by=by, now=clock.now())

    declined = form.data.get("decision") == form.DECLINE
    return _page(request, "confirm", context, act, _("Declined.") if declined else _("Confirmed."))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def freeze(request: ScopedRequest, ref: str) -> HttpResponse:
    """Fix the ratings and make them public."""
    incident, assessment = desk_case(request, ref, Permission.MANAGE_INCIDENTS)

    def act(by: Person) -> None:
        ratings.freeze_ratings(assessment=assessment, by=by, now=clock.now())

    context = {
        "incident": incident,
        "form": forms.Form(posted(request)),
        "assessment": assessment,
        "standing": rating_reads.standings([assessment.pk])[assessment.pk],
        "seats": rating_reads.seats_of(assessment, _today(request)),
    }
    return _page(request, "freeze", context, act, _("The ratings are fixed and public."))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def look(request: ScopedRequest, ref: str) -> HttpResponse:
    """Write down what a person saw who looked at a part that reached the High line."""
    incident, assessment = desk_case(request, ref, Permission.RECORD_LOOK)
    form = LookForm(posted(request))

    def act(by: Person) -> None:
        peak_looks.record_look(assessment=assessment, note=form.cleaned_data["note"], by=by, now=clock.now())

    context = {"incident": incident, "form": form, "alarm": peak_alarm(assessment, rating_reads.peaks_of(assessment))}
    return _page(request, "look", context, act, _("Your note stands on the page of the case."))


def _page(
    request: ScopedRequest, name: str, context: dict[str, Any], act: Callable[[Person], None], done: str
) -> HttpResponse:
    """Show the form; once it makes sense act, and go back to the ratings of the case."""
    form: forms.Form = context["form"]
    template = f"{PLACE}/{name}.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=UNPROCESSABLE)
    try:
        act(_person(request))
    except Refused as refused:
        return render(request, template, context, status=put_on_form(form, refused))
    messages.success(request, done)
    return redirect("desk_ratings", request.jurisdiction.slug, context["incident"].reference)


def _proposed(assessment: Assessment | None) -> list[EvaluatorAppointment]:
    if assessment is None:
        return []
    rows = assessment.appointments.filter(confirmed_at=None).select_related(
        "person__jurisdiction", "proposed_by", "assessment__incident__jurisdiction"
    )
    return list(rows.order_by("proposed_at", "pk"))


def _mark(appointment: EvaluatorAppointment) -> str:
    """Name one proposal without saying which row of the database it is."""
    said = f"{appointment.pk} {appointment.supervised} {appointment.proposed_at.isoformat()}"
    return digest(said.encode())


def _person(request: ScopedRequest) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _today(request: ScopedRequest) -> dt.date:
    return clock.local_date(clock.now(), request.jurisdiction.zone)
