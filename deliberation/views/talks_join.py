"""The author of a reason decides whether it is joined to another that says the same."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from assessments.reads import incident_or_404
from assessments.wording import item_of
from deliberation.actions.facilitating import answer_join, can_stand_under
from deliberation.models import Statement
from deliberation.room import reads
from deliberation.views.desk_acts import UNPROCESSABLE, form_page
from deliberation.views.talks_reasons import is_author
from lastvote import clock
from lastvote.errors import Refused
from stakeholders.scope import ScopedRequest, in_jurisdiction, signed_in_person

CONFLICT = 409
ANSWERS = {"join": True, "leave": False}


@in_jurisdiction
@signed_in_person
@form_page
def join(request: ScopedRequest, ref: str, number: int, token: str) -> HttpResponse:
    """Show both reasons and two buttons of the same weight. Nobody but the author comes here."""
    statement = reads.reason_in_case_or_404(incident_or_404(request.jurisdiction, ref), number, token)
    one = statement.round
    if request.person is None or not is_author(statement, request.person):
        raise Http404
    facts = {
        "incident": one.case.assessment.incident, "talks": one, "statement": statement,
        "other": statement.join_proposed_to, "may_join": _may_join(statement),
        "item": item_of(one.basis.assessment.scheme, statement.item),
    }  # fmt: skip
    page = "deliberation/room/join.html"
    if statement.join_proposed_to is None:
        return render(request, page, facts, status=CONFLICT)
    if request.method != "POST":
        return render(request, page, facts)
    agree = ANSWERS.get(request.POST.get("answer", ""))
    if agree is None:
        problem = _("Choose what happens to the two reasons")
        return render(request, page, facts | {"problem": problem}, status=UNPROCESSABLE)
    try:
        answer_join(statement=statement, agree=agree, by=request.person, now=clock.now())
    except Refused as refused:
        return render(request, page, facts | {"problem": refused.message}, status=refused.status)
    messages.success(request, _("The two reasons are joined.") if agree else _("Both reasons stay as they are."))
    return redirect("talks_reason", request.jurisdiction.slug, ref, number, token)


def _may_join(statement: Statement) -> bool:
    """Whether the proposal can still be agreed to: either reason may have been joined otherwise since."""
    return statement.join_proposed_to is not None and can_stand_under(statement, statement.join_proposed_to)
