"""The desk of a round of talks: sessions, minutes and the last word. Each act is shown once more first."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assessments.actions.changes_seen import fingerprint
from assessments.reads import current_assessment, incident_or_404
from deliberation.actions.facilitating import write_close_note
from deliberation.actions.sessions import (
    CHANGED,
    change_session,
    check_ahead,
    check_change,
    meeting_of,
    minute_session,
    plan_session,
    takes_change,
    takes_minutes,
)
from deliberation.actions.timing import pause_days_left
from deliberation.casework.conflict import conflict_of
from deliberation.models import DeliberationRound
from deliberation.protected import protected_of
from deliberation.room import reads
from deliberation.room.addresses import desk_of
from deliberation.room.days import parts_of
from deliberation.room.desk_forms import ChangedSessionForm, MinutesForm, NoteForm, SessionForm, shown_meeting
from deliberation.room.offered import offered
from deliberation.rules import LEADING, may_facilitate, require_session_keeper
from deliberation.views.desk_acts import form_page, posted
from deliberation.views.talks_acts import led_talks_for, person_of, require_one_of, shown_then_done, talks_for
from lastvote import clock
from lastvote.access import Permission, Role
from stakeholders.models import Person
from stakeholders.reads import groups_of
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person


@in_jurisdiction
@signed_in_person
@require_safe
def newest(request: ScopedRequest, ref: str, page: str = "desk_talks") -> HttpResponse:
    """Lead to the newest talks of a case; lists and old messages name none."""
    incident = incident_or_404(request.jurisdiction, ref)
    require_one_of(request, current_assessment(incident), *LEADING)
    return redirect(desk_of(reads.newest_talks_or_404(incident), page))


@in_jurisdiction
@signed_in_person
@require_safe
def overview(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Show where a round of talks stands, and what this person can do about it."""
    one = talks_for(request, ref, assessment, number, *LEADING)
    sessions = reads.sessions_of(one)
    facts = {
        "incident": one.case.assessment.incident,
        "talks": one,
        "protected": protected_of(one.case.assessment, list(groups_of(request.jurisdiction))),
        "parts": parts_of(reads.clocks_of(one), clock.now()),
        "sessions": sessions,
        "to_change": [session for session in sessions if takes_change(session, clock.now())],
        "to_minute": [session for session in sessions if takes_minutes(session, clock.now())],
        "others": [other for other in reads.talks_in(one.case.assessment.incident) if other.pk != one.pk],
        "pause_left": pause_days_left(one),
        "offered": offered(one, sessions, request.person, clock.now()),
    }
    return render(request, "deliberation/desk/talks/overview.html", facts)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def plan(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Plan the next session."""
    one = talks_for(request, ref, assessment, number, Permission.PLAN_SESSION)
    form = SessionForm(posted(request), zone=request.jurisdiction.zone, facilitators=_facilitators(one))

    def act(by: Person) -> None:
        plan_session(one=one, by=by, now=clock.now(), **form.wanted())

    return shown_then_done(request, one, form, act, _("Plan a session"))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def change(request: ScopedRequest, ref: str, assessment: int, number: int, session: int) -> HttpResponse:
    """Move a session before it begins, or say anew where it is or what is there."""
    one = talks_for(request, ref, assessment, number, Permission.PLAN_SESSION, Permission.FACILITATE)
    require_session_keeper(person_of(request), one.case, clock.now())
    planned, zone = reads.session_or_404(one, session), request.jurisdiction.zone
    if request.method != "POST":
        check_ahead(planned, clock.now())
    shown, seen = shown_meeting(planned, zone), fingerprint(asdict(meeting_of(planned)))
    form = ChangedSessionForm(posted(request), zone=zone, initial={**shown, "seen": seen})

    def act(by: Person) -> None:
        typed = form.cleaned_data["seen"]
        change_session(session=planned, meeting=form.meeting(), seen=typed, by=by, now=clock.now())

    def then() -> Mapping[str, Any]:
        check_change(planned, form.meeting(), form.cleaned_data["seen"], clock.now())
        return {}

    def clash() -> Mapping[str, Any]:
        conflict = conflict_of(form, shown, "case", one.case_id, kind=CHANGED)
        return {"seen": seen, "conflict": conflict}

    return shown_then_done(request, one, form, act, _("Change the session"), more=then, clash=clash)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def minutes(request: ScopedRequest, ref: str, assessment: int, number: int, session: int) -> HttpResponse:
    """Write down what was said in a session, and who was there."""
    one = led_talks_for(request, ref, assessment, number)
    held = reads.session_or_404(one, session)
    form = MinutesForm(posted(request), groups=reads.groups_in(one))

    def act(by: Person) -> None:
        minute_session(
            session=held, minutes=form.cleaned_data["minutes"], present=form.present(), by=by, now=clock.now()
        )

    return shown_then_done(request, one, form, act, _("Publish the minutes"))


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def note(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """Publish what is agreed, narrower, or still differs."""
    one = led_talks_for(request, ref, assessment, number)
    form = NoteForm(posted(request))

    def act(by: Person) -> None:
        write_close_note(one=one, note=form.note(), by=by, now=clock.now())

    return shown_then_done(request, one, form, act, _("Publish the note"))


def _facilitators(one: DeliberationRound) -> list[Person]:
    """Return everybody who may lead a session of this case today, by name."""
    place = one.case.assessment.incident.jurisdiction
    named = Person.objects.filter(jurisdiction=place, role_grants__role=Role.FACILITATOR).distinct().order_by("name")
    return [person for person in named if may_facilitate(person, one.case, clock.now())]
