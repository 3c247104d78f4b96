"""One sheet before a helper: typing it, checking that, sending it. Once sent, no answer shows what was typed."""

import secrets

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from assessments import paper_codes, sheet_reads
from assessments.actions.answers import Answer
from assessments.actions.sheets import MOST_TYPED, discard_typed, type_sheet
from assessments.forms.sheet import SheetForm
from assessments.models import PaperSheet
from assessments.own_questionnaire import order_for
from assessments.questionnaire import Questionnaire
from assessments.scoring.schemes import SCHEMES
from assessments.states import SheetState
from assessments.views.in_words import answered, named_reasons
from assessments.views.paper_help import Helping, helper_page
from assessments.views.weigh import typed
from assessments.views.weigh_check import is_key
from assessments.views.weigh_scope import KEY_BYTES
from assessments.wording import WORDING_VERSION, in_order
from lastvote.errors import Refused
from lastvote.web.taken_out import told_what_was_taken_out
from stakeholders.scope import ScopedRequest

CHECK, SEND, DISCARD = "check", "send", "discard"


@helper_page
@sensitive_variables("form")
def sheet(request: ScopedRequest, helping: Helping, token: str) -> HttpResponse:
    """Take what stands on a sheet, have it checked, and put it down; afterwards only say how the sheet stands."""
    found = sheet_reads.sheet_of_round(helping.round, token)
    if found is None:
        raise Http404
    if found.printer_id == helping.person.pk:
        return _state_page(request, helping, found, status=403)
    do = request.POST.get("do", "")
    if do == DISCARD:
        return _discard(request, helping, found)
    if found.state != SheetState.PRINTED and do != SEND:
        return _state_page(request, helping, found, status=409 if request.method == "POST" else 200)
    blank = _blank(found)
    items = in_order(helping.round.assessment.scheme, blank.order)
    form = SheetForm(typed(request), items=items, questionnaire=blank)
    if request.method == "POST" and form.is_valid():
        if do == SEND:
            return _send(request, helping, found, form)
        if do == CHECK:
            told_what_was_taken_out(request, form)
            return _check_page(request, helping, found, form)
    return _form_page(request, helping, found, form)


def _blank(found: PaperSheet) -> Questionnaire:
    codes = SCHEMES[found.roll_entry.round.assessment.scheme].factors
    return Questionnaire(codes=codes, order=order_for(found.roll_entry, codes), data={})


def _form_page(request: ScopedRequest, helping: Helping, found: PaperSheet, form: SheetForm) -> HttpResponse:
    facts = {"helping": helping, "number": paper_codes.shown(found.number), "form": form}
    facts["interrupted"] = request.method == "GET" and form.is_bound
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "assessments/paper/type.html", facts, status=status)


def _check_page(
    request: ScopedRequest, helping: Helping, found: PaperSheet, form: SheetForm, problem: str = ""
) -> HttpResponse:  # fmt: skip
    said = form.questionnaire()
    facts = {
        "helping": helping,
        "number": paper_codes.shown(found.number),
        "rows": answered(said, form.items),
        "reasons": named_reasons(said, form.items),
        "typed": form.typed(),
        "left": MOST_TYPED - found.times_typed - 1,
        "key": secrets.token_urlsafe(KEY_BYTES),
        "problem": problem,
    }
    return render(request, "assessments/paper/type_check.html", facts, status=422 if problem else 200)


def _send(request: ScopedRequest, helping: Helping, found: PaperSheet, form: SheetForm) -> HttpResponse:
    key = request.POST.get("key", "")
    if not is_key(key):
        return _check_page(request, helping, found, form, problem=_("Check the sheet and send it again."))
    try:
        type_sheet(sheet=found, by=helping.person, answer=_answer(form), key=key, now=helping.now)
    except Refused as refusal:
        if refusal.code != "key_reused":
            raise
        return _check_page(request, helping, found, form, problem=str(refusal.message))
    return redirect(request.path)


def _answer(form: SheetForm) -> Answer:
    questionnaire = form.questionnaire()
    return Answer(
        points=questionnaire.points(),
        method=questionnaire.method,
        raw=questionnaire.raw(),
        order_shown=list(questionnaire.order),
        reasons=questionnaire.reasons,
        language=get_language() or settings.LANGUAGE_CODE,
        wording_version=WORDING_VERSION,
    )


def _discard(request: ScopedRequest, helping: Helping, found: PaperSheet) -> HttpResponse:
    typing = request.POST.get("typing", "")
    number = int(typing) if typing.isascii() and typing.isdigit() and len(typing) == 1 else 0
    discard_typed(sheet=found, typing=number, by=helping.person, now=helping.now)
    messages.success(request, _("What was typed is gone."))
    return redirect(request.path)


def _state_page(request: ScopedRequest, helping: Helping, found: PaperSheet, *, status: int) -> HttpResponse:
    facts = {
        "helping": helping,
        "sheet": found,
        "number": paper_codes.shown(found.number),
        "state": SheetState(found.state),
        "own_print": found.printer_id == helping.person.pk,
        "mine": found.typist_id == helping.person.pk,
        "left": MOST_TYPED - found.times_typed,
    }
    return render(request, "assessments/paper/state.html", facts, status=status)
