"""A person's own words that came too late: they are kept, and one press asks to have them accepted."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.reads import incident_or_404
from assessments.wording import item_of
from deliberation.actions.late_words import ask_to_take
from deliberation.room import reads
from deliberation.states import DeliberationState
from deliberation.views.desk_acts import form_page
from deliberation.views.talks_reasons import taking_part
from lastvote import clock
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person


@in_jurisdiction
@signed_in_person
@form_page
def late_words(request: ScopedRequest, ref: str, number: int, assessment: int | None = None) -> HttpResponse:
    """Show the words, to nobody but their author."""
    one = reads.talks_or_404(incident_or_404(request.jurisdiction, ref), number, assessment)
    by = taking_part(one, request)
    kept = list(one.late_words.filter(person=by).order_by("kept_at", "pk"))
    if request.method != "POST":
        scheme = one.basis.assessment.scheme
        facts = {
            "incident": one.case.assessment.incident, "talks": one, "ended": one.state == DeliberationState.ENDED,
            "rows": [(row, item_of(scheme, row.item)) for row in kept],
        }  # fmt: skip
        return render(request, "deliberation/room/late_words.html", facts)
    chosen = next((row for row in kept if row.item == request.POST.get("item")), None)
    if chosen is None:
        raise Http404
    ask_to_take(late=chosen, by=by, now=clock.now())
    messages.success(request, _("The committee is asked to accept your words late."))
    return redirect(request.path)
