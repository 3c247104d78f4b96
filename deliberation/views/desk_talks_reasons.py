"""Reasons at the desk: the facilitator proposes to join those that say the same, and marks what was dealt with."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assessments.wording import item_of
from deliberation import listing
from deliberation.actions.facilitating import move_on, propose_join
from deliberation.actions.late_words import CHANGED, check_can_be_taken, take_late_words, version_of
from deliberation.models import DeliberationRound, Statement
from deliberation.results import item_name
from deliberation.room import reads
from deliberation.room.addresses import desk_of, reason_of
from deliberation.room.desk_forms import JoinForm
from deliberation.views.desk_acts import form_page, posted
from deliberation.views.talks_acts import led_talks_for, person_of, shown_then_done
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.models import Person
from stakeholders.scope import ScopedRequest, in_jurisdiction, recently_signed_in, signed_in_person

PAGE_SIZE = 20


@in_jurisdiction
@signed_in_person
@require_safe
def reasons(request: ScopedRequest, ref: str, assessment: int, number: int) -> HttpResponse:
    """List every reason of a round with what was done about it."""
    one = led_talks_for(request, ref, assessment, number)
    every = reads.reasons_of(one)
    page = Paginator(every, PAGE_SIZE).get_page(request.GET.get("page"))
    standing = Counter(row.item for row in every if row.words and row.joined_to_id is None)
    stood_under = {row.joined_to_id for row in every}
    facts = {
        "incident": one.case.assessment.incident, "talks": one, "page": page,
        "pages": listing.page_links(request.GET, page),
        "late": [(row, item_name(one.basis.assessment, row.item)) for row in reads.late_words_asked(one)],
        "rows": [
            (row, item_name(one.basis.assessment, row.item),
             row.words and standing[row.item] > 1 and row.pk not in stood_under)
            for row in page.object_list
        ],
    }  # fmt: skip
    return render(request, "deliberation/desk/talks/reasons.html", facts)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def join(request: ScopedRequest, ref: str, assessment: int, number: int, token: str) -> HttpResponse:
    """Ask the author of a reason whether it says the same as another."""
    one = led_talks_for(request, ref, assessment, number)
    statement = reads.reason_or_404(one, token)
    form = JoinForm(posted(request), others=_others(one, statement))

    def act(by: Person) -> None:
        propose_join(statement=statement, to=form.other(), by=by, now=clock.now())

    title = _("Ask whether two reasons say the same")
    about = {"statement": statement, "item": item_of(one.basis.assessment.scheme, statement.item)}
    return shown_then_done(request, one, form, act, title, about=about)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def dealt_with(request: ScopedRequest, ref: str, assessment: int, number: int, token: str) -> HttpResponse:
    """Mark that the talks have dealt with a reason; it stays readable."""
    one = led_talks_for(request, ref, assessment, number)
    statement = reads.reason_or_404(one, token)
    if request.method == "POST":
        move_on(statement=statement, by=person_of(request), now=clock.now())
        messages.success(request, _("Done. Everybody can read it on the page of the talks."))
        return redirect(desk_of(one, "desk_talks_reasons"))
    facts = {
        "incident": one.case.assessment.incident, "talks": one, "statement": statement,
        "item": item_of(one.basis.assessment.scheme, statement.item),
    }  # fmt: skip
    return render(request, "deliberation/desk/talks/dealt_with.html", facts)


@in_jurisdiction
@signed_in_person
@recently_signed_in
@form_page
def late(request: ScopedRequest, ref: str, assessment: int, number: int, token: str) -> HttpResponse:
    """Accept words that came too late, as their author asked."""
    one = led_talks_for(request, ref, assessment, number)
    words = get_object_or_404(one.late_words.exclude(asked_at=None).select_related("person"), token=token)
    words.round = one
    facts: dict[str, Any] = {"incident": one.case.assessment.incident, "talks": one, "late": words}
    facts |= {"can_be_taken": True, "version": version_of(words)}
    facts["item"] = item_of(one.basis.assessment.scheme, words.item)
    page = "deliberation/desk/talks/late.html"
    try:
        check_can_be_taken(words)
        if request.method != "POST":
            return render(request, page, facts)
        read = request.POST.get("version", "")
        taken = take_late_words(late=words, read=read, by=person_of(request), now=clock.now())
    except Refused as refused:
        facts |= {"problem": refused.message, "can_be_taken": refused.code == CHANGED}
        return render(request, page, facts, status=refused.status)
    messages.success(request, _("Done. Everybody can read it on the page of the talks."))
    return redirect(reason_of(taken))


def _others(one: DeliberationRound, statement: Statement) -> list[Statement]:
    """Return the reasons on the same thing to which this one could be joined."""
    return [
        row for row in reads.reasons_of(one)
        if row.item == statement.item and row.pk != statement.pk and row.joined_to_id is None and row.words
    ]  # fmt: skip
