"""More time for talks at the desk: the one extension, pauses, and days given back. Dates are worked out beforehand."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from deliberation.actions.timing import (
    check_extension,
    check_outage,
    check_pause,
    check_pause_runs,
    days_back,
    end_pause,
    extend_talks,
    open_talks,
    pause_days_left,
    pause_talks,
    record_outage,
)
from deliberation.refusals import put_on_form
from deliberation.room import foreseen
from deliberation.room.desk_forms import EndPauseForm, MoreDaysForm, OutageForm, PauseForm
from deliberation.views.desk_acts import UNPROCESSABLE, form_page, posted
from deliberation.views.talks_acts import person_of, said_on, shown_then_done, talks_for
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def more_days(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Give the round more days, once."""
    one = talks_for(request, ref, assessment, number, Permission.EXTEND_ROUND)
    form = MoreDaysForm(posted(request))

    def act(by: Person) -> None:
        said = form.cleaned_data
        extend_talks(one=one, days=int(said["days"]), reason=said["reason"], by=by, now=clock.now())

    def then() -> Mapping[str, Any]:
        days = int(form.cleaned_data["days"])
        check_extension(one, days)
        return {"moved": foreseen.with_more_days(one, days, clock.now())}

    return shown_then_done(request, one, form, act, _("Give the talks more time"), more=then)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def pause(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Let the round stand still from today to a last day, for one of the listed reasons."""
    one = talks_for(request, ref, assessment, number, Permission.HOLD_UP_CLOCK)
    form = PauseForm(posted(request), left=pause_days_left(one))

    def act(by: Person) -> None:
        pause_talks(one=one, by=by, now=clock.now(), **form.cleaned_data)

    def then() -> Mapping[str, Any]:
        now = clock.now()
        today = clock.local_date(now, request.jurisdiction.zone)
        reason, last = form.cleaned_data["reason"], form.cleaned_data["last_day"]
        check_pause(one, today, last)
        return {"moved": foreseen.with_pause(one, reason, today, last, now)}

    return shown_then_done(request, one, form, act, _("Let the talks stand still"), more=then)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def end_of_pause(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Let talks that stand still go on before the day that was told."""
    one = talks_for(request, ref, assessment, number, Permission.HOLD_UP_CLOCK)
    form = EndPauseForm(posted(request))

    def act(by: Person) -> None:
        end_pause(one=one, reason=form.cleaned_data["reason"], by=by, now=clock.now())

    def then() -> Mapping[str, Any]:
        now = clock.now()
        return {"moved": foreseen.with_pause_ended(one, check_pause_runs(one, now), now)}

    return shown_then_done(request, one, form, act, _("Let the talks go on"), more=then)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def outages(request: ScopedRequest) -> HttpResponse:
    """Record days on which people could not reach the site, and give them back to every round of talks."""
    now = clock.now()
    require(request.person, Permission.HOLD_UP_CLOCK, on=clock.local_date(now, request.jurisdiction.zone))
    form = OutageForm(posted(request))
    facts: dict[str, Any] = {"form": form, "outages": request.jurisdiction.outages.order_by("-first_day")}
    if request.method != "POST":
        return render(request, "deliberation/desk/outages.html", facts)
    if not form.is_valid():
        return render(request, "deliberation/desk/outages.html", facts, status=UNPROCESSABLE)
    try:
        if "confirmed" not in request.POST:
            facts |= {"said": said_on(form), "talks": _given_back(request, form, now)}
            return render(request, "deliberation/desk/outages_check.html", facts)
        record_outage(jurisdiction=request.jurisdiction, by=person_of(request), now=now, **form.cleaned_data)
    except Refused as refused:
        return render(request, "deliberation/desk/outages.html", facts, status=put_on_form(form, refused))
    messages.success(request, _("Done. The days are given back to every round of talks that ran then."))
    return redirect("desk_outages", request.jurisdiction.slug)


def _given_back(request: ScopedRequest, form: OutageForm, now: dt.datetime) -> list[Any]:
    """Return each round of talks that gets days back, with how its dates move."""
    first, last = form.cleaned_data["first_day"], form.cleaned_data["last_day"]
    check_outage(request.jurisdiction, first, last, clock.local_date(now, request.jurisdiction.zone))
    rows = [(one, days_back(one, first, last)) for one in open_talks(request.jurisdiction, now)]
    return [
        (one, days, foreseen.with_days_back(one, days, now)) for one, days in rows if days
    ]  # fmt: skip
