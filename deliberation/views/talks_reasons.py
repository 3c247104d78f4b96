"""Saying why one's group weighs as it does, and answering others."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments.reads import incident_or_404
from assessments.views.weigh import typed
from assessments.wording import item_of, items_of
from deliberation import rules
from deliberation.actions.late_words import keep_late_words
from deliberation.actions.statements import Reason, items_unsaid, make_statement, may_adopt, reply
from deliberation.casework.pages import new_key, refuse
from deliberation.models import DeliberationRound, Statement
from deliberation.room import reads
from deliberation.room.forms import ReasonForm, ReplyForm
from deliberation.room.standing import standing_of
from deliberation.states import ClockKind, DeliberationState
from deliberation.views.desk_acts import UNPROCESSABLE
from lastvote import clock
from lastvote.errors import Refused
from lastvote.web.deadlines import told
from stakeholders.models import Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

form_page = require_http_methods(["GET", "HEAD", "POST"])
CLOSED = "talks_closed"
CONFLICT = 409


@in_jurisdiction
@signed_in_person
@form_page
def new(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> HttpResponse:
    """Take a reason, from whoever takes part while statements are open. What comes late stays on the page."""
    one = reads.talks_or_404(incident_or_404(request.jurisdiction, ref), number, assessment)
    by = taking_part(one, request)
    unsaid = items_unsaid(one, by)
    items = [item for item in items_of(one.basis.assessment.scheme) if request.method == "POST" or item.code in unsaid]
    form = ReasonForm(
        typed(request), items=items, agenda=one.agenda,
        evidence=reads.evidence_to_cite(one), initial={"key": new_key(), "item": request.GET.get("item", "")},
    )  # fmt: skip
    facts = {"incident": one.case.assessment.incident, "talks": one, "form": form}
    facts |= {
        "until": one.clocks.get(kind=ClockKind.STATEMENTS).due_at,
        "open": rules.takes_statements(one, clock.now()),
        "all_said": not unsaid,
    }
    page = "deliberation/room/reason_new.html"
    facts["kept"] = not facts["open"] and one.late_words.filter(person=by).exists()
    if request.method != "POST":
        return render(request, page, facts, status=200 if facts["open"] and unsaid else CONFLICT)
    if not form.is_valid():
        return render(request, page, facts, status=UNPROCESSABLE)
    said, key = form.reason(_language()), form.cleaned_data["key"]
    try:
        made = make_statement(one=one, by=by, reason=said, key=key, now=clock.now())
    except Refused as refused:
        status = _too_late(form, one, by, said, request) if refused.code == CLOSED else refuse(form, refused)
        return render(request, page, facts | {"kept": refused.code == CLOSED}, status=status)
    messages.success(request, _("Your reason is published. Thank you."))
    return redirect("talks_reason", request.jurisdiction.slug, ref, number, made.token)


def _too_late(form: ReasonForm, one: DeliberationRound, by: Person, said: Reason, request: ScopedRequest) -> int:
    """Keep words that came too late, and say so where they still stand."""
    keep_late_words(one=one, by=by, reason=said, now=clock.now())
    closed_at = one.clocks.get(kind=ClockKind.STATEMENTS).due_at
    when = told(closed_at, request.jurisdiction.zone)
    sentence = (
        _("This round closed at %(when)s, and its talks have ended. Nobody can accept your words late. We saved them.")
        if one.state == DeliberationState.ENDED
        else _("This round closed at %(when)s. We saved your words; ask the committee to accept them late.")
    )
    form.add_error(None, sentence % {"when": when})
    return CONFLICT


@in_jurisdiction
@form_page
def reason(request: ScopedRequest, ref: str, number: int, token: str) -> HttpResponse:
    """Show a reason with everything that was said to it; whoever takes part can answer."""
    statement = reads.reason_in_case_or_404(incident_or_404(request.jurisdiction, ref), number, token)
    one = statement.round
    if request.method == "POST":
        return _reply(request, one, statement)
    return _reason_page(request, one, statement, _reply_form(request, one, statement))


@signed_in_person
def _reply(request: ScopedRequest, one: DeliberationRound, statement: Statement) -> HttpResponse:
    by = taking_part(one, request)
    form = _reply_form(request, one, statement)
    if not form.is_valid():
        return _reason_page(request, one, statement, form, status=UNPROCESSABLE)
    key = form.cleaned_data["key"]
    try:
        reply(statement=statement, by=by, response=form.response(_language()), key=key, now=clock.now())
    except Refused as refused:
        status = _refused(form, refused, one.follow_up.closed_at or one.follow_up.closes_at, request)
        return _reason_page(request, one, statement, form, status=status)
    messages.success(request, _("Your reply is published."))
    return redirect(request.get_full_path())


def _reply_form(request: ScopedRequest, one: DeliberationRound, statement: Statement) -> ReplyForm:
    return ReplyForm(
        typed(request), may_adopt=may_adopt(statement, request.person), evidence=reads.evidence_to_cite(one),
        initial={"key": new_key()},
    )  # fmt: skip


def _reason_page(
    request: ScopedRequest, one: DeliberationRound, statement: Statement, form: ReplyForm, *, status: int = 200
) -> HttpResponse:
    facts = {
        "incident": one.case.assessment.incident,
        "talks": one,
        "statement": statement,
        "item": item_of(one.basis.assessment.scheme, statement.item),
        "replies": reads.replies_to(statement),
        "standing": standing_of(one, request.person, clock.now()),
        "asked_to_join": statement.join_proposed_to_id is not None and is_author(statement, request.person),
        "form": form,
    }
    return render(request, "deliberation/room/reason.html", facts, status=status)


def is_author(statement: Statement, person: Person | None) -> bool:
    """Whether somebody wrote a reason; nobody is the author of erased words."""
    return person is not None and statement.person_id == person.pk


def taking_part(one: DeliberationRound, request: ScopedRequest) -> Person:
    """Return the person, who must stand on the roll of the round that showed the difference."""
    if request.person is None or rules.place_in(one, request.person) is None:
        raise Http404
    return request.person


def _refused(form: Any, refused: Refused, closed_at: Any, request: ScopedRequest) -> int:
    """Put a refusal on the form; one that comes too late is told when the time was over."""
    if refused.code != CLOSED:
        return refuse(form, refused)
    when = told(closed_at, request.jurisdiction.zone)
    form.add_error(
        None, _("This closed at %(when)s. Your words are still below, so that you can keep them.") % {"when": when}
    )
    return refused.status


def _language() -> str:
    return get_language() or "en"
