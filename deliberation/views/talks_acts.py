"""What the desk's acts on talks share: finding the round for whoever may act, and showing each act first."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from assessments.reads import incident_or_404
from deliberation.casework.pages import refuse
from deliberation.days import told_how_days_were_read
from deliberation.models import DeliberationRound
from deliberation.room import reads
from deliberation.room.addresses import desk_of
from deliberation.rules import require_facilitator
from deliberation.views.desk import rights_of
from deliberation.views.desk_acts import UNPROCESSABLE
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.scope import ScopedRequest

FORM, CHECK = "deliberation/desk/talks/form.html", "deliberation/desk/talks/check.html"


def talks_for(request: ScopedRequest, ref: str, assessment: int, number: int, *any_of: Permission) -> DeliberationRound:
    """Return a round of talks of a case, for whoever holds one of the rights."""
    incident = incident_or_404(request.jurisdiction, ref)
    require_one_of(request, incident.assessments.filter(number=assessment).first(), *any_of)
    return reads.talks_or_404(incident, number, assessment)


def require_one_of(request: ScopedRequest, assessment: Assessment | None, *any_of: Permission) -> None:
    """Refuse whoever holds none of the rights on an assessment, whether it has talks or not."""
    if not rights_of(request, assessment) & set(any_of):
        raise Refused("not_allowed", _("Your role here does not include this."), status=403)


def led_talks_for(request: ScopedRequest, ref: str, assessment: int, number: int) -> DeliberationRound:
    """Return a round of talks of a case for a facilitator who neither sells nor answers for such systems."""
    one = talks_for(request, ref, assessment, number, Permission.FACILITATE)
    require_facilitator(person_of(request), one.case, clock.now())
    return one


def shown_then_done(
    request: ScopedRequest,
    one: DeliberationRound,
    form: forms.Form,
    act: Callable[[Person], object],
    title: Promise,
    *,
    more: Callable[[], Mapping[str, Any]] = dict,
    about: Mapping[str, Any] | None = None,
    clash: Callable[[], Mapping[str, Any]] = dict,
) -> HttpResponse:
    """Show the form, then everything it says once more; once that is confirmed, act.

    ``more`` works out what the second page says of the consequences, and may refuse; ``about`` is what both say beside
    the form. ``clash`` lays both versions side by side where somebody was faster, with the name of what stands now.
    """
    facts = {"incident": one.case.assessment.incident, "talks": one, "form": form, "title": title, **(about or {})}
    if request.method != "POST":
        return render(request, FORM, facts)
    if not form.is_valid():
        return render(request, FORM, facts, status=UNPROCESSABLE)
    try:
        if "confirmed" not in request.POST:
            return render(request, CHECK, facts | {"said": said_on(form), **more()})
        act(person_of(request))
    except Refused as refused:
        facts |= clash() if refused.code == "changed_meanwhile" else {}
        return render(request, FORM, facts, status=refuse(form, refused, seen=facts.get("seen", "")))
    told_how_days_were_read(request, form)
    messages.success(request, _("Done. Everybody can read it on the page of the talks."))
    return redirect(desk_of(one))


def person_of(request: ScopedRequest) -> Person:
    """Return who acts."""
    if request.person is None:
        raise Http404
    return request.person


def said_on(form: forms.Form) -> list[tuple[Any, Any]]:
    """Return labels with what was typed or chosen, without what was left empty."""
    rows = []
    for field in form.visible_fields():
        named = {str(code): label for code, label in getattr(field.field, "choices", ())}
        typed = field.value()
        if typed not in (None, "", False):
            rows.append((field.label, _("yes") if typed in (True, "on") else named.get(str(typed), typed)))
    return rows
