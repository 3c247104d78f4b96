"""The desk of a round of talks: sessions, minutes, more time and the last word. Each act is shown once more first."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assessments.reads import current_assessment, incident_or_404
from deliberation.actions.facilitating import write_close_note
from deliberation.actions.sessions import minute_session, plan_session
from deliberation.actions.timing import extend_talks
from deliberation.models import DeliberationRound
from deliberation.protected import protected_of
from deliberation.refusals import put_on_form
from deliberation.room import reads
from deliberation.room.days import parts_of
from deliberation.room.desk_forms import MinutesForm, MoreDaysForm, NoteForm, SessionForm
from deliberation.rules import may_facilitate
from deliberation.views.desk import rights_of
from deliberation.views.desk_acts import UNPROCESSABLE, form_page, posted
from lastvote import clock
from lastvote.access import Permission, Role
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

WORKERS = frozenset({Permission.READ_DESK, Permission.FACILITATE, Permission.PLAN_SESSION})


@in_jurisdiction
@signed_in_person
@require_safe
def overview(request: ScopedRequest, ref: str) -> HttpResponse:
    """Show where the newest round of talks stands, and what this person can do about it."""
    one = _talks(request, ref, *WORKERS)
    facts = {
        "incident": one.case.assessment.incident,
        "talks": one,
        "protected": protected_of(one.case.assessment, list(groups_of(request.jurisdiction))),
        "parts": parts_of(reads.clocks_of(one), clock.now()),
        "sessions": reads.sessions_of(one),
        "rights": {right.value: True for right in rights_of(request, one.case.assessment)},
    }
    return render(request, "deliberation/desk/talks/overview.html", facts)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def plan(request: ScopedRequest, ref: str) -> HttpResponse:
    """Plan the next session."""
    one = _talks(request, ref, Permission.PLAN_SESSION)
    form = SessionForm(posted(request), zone=request.jurisdiction.zone, facilitators=_facilitators(one))

    def act(by: Person) -> None:
        plan_session(one=one, by=by, now=clock.now(), **form.wanted())

    return _shown_then_done(request, one, form, act, _("Plan a session"))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def minutes(request: ScopedRequest, ref: str) -> HttpResponse:
    """Write down what was said in the newest session, and who was there."""
    one = _talks(request, ref, Permission.FACILITATE)
    session = one.sessions.select_related("round__case__assessment__incident__jurisdiction").order_by("-number").first()
    if session is None:
        raise Http404
    form = MinutesForm(posted(request), groups=reads.groups_in(one))

    def act(by: Person) -> None:
        minute_session(
            session=session, minutes=form.cleaned_data["minutes"], present=form.present(), by=by, now=clock.now()
        )

    return _shown_then_done(request, one, form, act, _("Publish the minutes"))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def note(request: ScopedRequest, ref: str) -> HttpResponse:
    """Publish what is agreed, narrower, or still differs."""
    one = _talks(request, ref, Permission.FACILITATE)
    form = NoteForm(posted(request))

    def act(by: Person) -> None:
        write_close_note(one=one, note=form.cleaned_data["note"], by=by, now=clock.now())

    return _shown_then_done(request, one, form, act, _("Publish the note"))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def more_days(request: ScopedRequest, ref: str) -> HttpResponse:
    """Give the round more days, once."""
    one = _talks(request, ref, Permission.EXTEND_ROUND)
    form = MoreDaysForm(posted(request))

    def act(by: Person) -> None:
        said = form.cleaned_data
        extend_talks(one=one, days=int(said["days"]), reason=said["reason"], by=by, now=clock.now())

    return _shown_then_done(request, one, form, act, _("Give the talks more time"))


def _talks(request: ScopedRequest, ref: str, *any_of: Permission) -> DeliberationRound:
    """Return the newest round of talks of a case, for whoever holds one of the rights."""
    incident = incident_or_404(request.jurisdiction, ref)
    assessment = current_assessment(incident)
    if not rights_of(request, assessment) & set(any_of):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)
    return reads.newest_talks_or_404(assessment)


def _facilitators(one: DeliberationRound) -> list[Person]:
    """Return everybody who may lead a session of this case today, by name."""
    place = one.case.assessment.incident.jurisdiction
    named = Person.objects.filter(jurisdiction=place, role_grants__role=Role.FACILITATOR).distinct().order_by("name")
    return [person for person in named if may_facilitate(person, one.case, clock.now())]


def _shown_then_done(
    request: ScopedRequest, one: DeliberationRound, form: forms.Form, act: Callable[[Person], None], title: Promise
) -> HttpResponse:
    """Show the form, then everything it says once more; once that is confirmed, act."""
    facts = {"incident": one.case.assessment.incident, "talks": one, "form": form, "title": title}
    page = "deliberation/desk/talks/form.html"
    if request.method != "POST":
        return render(request, page, facts)
    if not form.is_valid():
        return render(request, page, facts, status=UNPROCESSABLE)
    if "confirmed" not in request.POST:
        return render(request, "deliberation/desk/talks/check.html", facts | {"said": _said(form)})
    try:
        act(_person(request))
    except Refused as refused:
        return render(request, page, facts, status=put_on_form(form, refused))
    messages.success(request, _("Done. Everybody can read it on the page of the talks."))
    return redirect("desk_talks", request.jurisdiction.slug, one.case.assessment.incident.reference)


def _person(request: ScopedRequest) -> Person:
    if request.person is None:
        raise Http404
    return request.person


def _said(form: forms.Form) -> list[tuple[Any, Any]]:
    """Return labels with what was typed or chosen, without what was left empty."""
    rows = []
    for field in form.visible_fields():
        named = {str(code): label for code, label in getattr(field.field, "choices", ())}
        typed = field.value()
        if typed not in (None, "", False):
            rows.append((field.label, _("yes") if typed in (True, "on") else named.get(str(typed), typed)))
    return rows
