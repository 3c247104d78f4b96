"""Where people say yes or no to what was typed from their sheet. No signing in: number and code say who it is."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from assessments import paper_codes, receipts, rules
from assessments.actions.sheet_confirming import (
    answer_on,
    confirm_sheet,
    open_sheet,
    refuse_sheet,
    stands,
    unknown_code,
    withdraw_sheet,
)
from assessments.actions.why_changed import Change, differs_from_before
from assessments.charts.shares import shares
from assessments.forms.change import ChangeForm
from assessments.forms.paper import CodeForm
from assessments.models import PaperSheet
from assessments.questionnaire import Questionnaire, draft_of_answer
from assessments.reasons_to_read import reasons_to_read
from assessments.receipt_reads import sent_under, status_under
from assessments.scoring.schemes import SCHEMES
from assessments.states import Channel, SheetState
from assessments.views.in_words import answered, named_reasons, place_shares
from assessments.views.weigh_scope import unseen_by_others
from assessments.wording import in_order, items_of
from lastvote import clock
from lastvote.errors import Refused
from stakeholders import limits
from stakeholders.scope import ScopedRequest, in_jurisdiction

CONFIRM, REFUSE, WITHDRAW = "confirm", "refuse", "withdraw"


@dataclass(frozen=True)
class Opener:
    """What somebody typed to open a sheet."""

    number: str
    code: str


@sensitive_post_parameters("code")
@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
@sensitive_variables("form", "opener")
def confirm(request: ScopedRequest) -> HttpResponse:
    """Ask for number and code; show the sheet that they open; take the yes or the no."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    limits.spend(request, "paper_code")
    opener = Opener(form.cleaned_data["number"], form.cleaned_data["code"])
    try:
        return _act(request, opener)
    except Refused as refusal:
        if refusal.code != unknown_code().code:
            raise
        form.add_error("code", str(refusal.message))
        return _form_page(request, form)


@require_safe
@unseen_by_others
@in_jurisdiction
def confirmed(request: ScopedRequest, receipt: str) -> HttpResponse:
    """Show the reference of an answer that came on paper, and whether it counts; never what it says."""
    detail = sent_under(request.jurisdiction, receipt)
    if detail is None or detail.channel != Channel.PAPER:
        raise Http404
    facts = {
        "reference": receipts.shown(detail.receipt),
        "round": detail.submission.roll_entry.round,
        "status": status_under(detail),
    }
    return render(request, "assessments/paper/confirmed.html", facts)


@sensitive_variables("opener")
def _act(request: ScopedRequest, opener: Opener) -> HttpResponse:
    place, now, do = request.jurisdiction, clock.now(), request.POST.get("do", "")
    named: dict[str, Any] = {"jurisdiction": place, "number": opener.number, "code": opener.code, "now": now}
    if do == CONFIRM:
        return _say_yes(request, opener, named)
    if do == REFUSE:
        refuse_sheet(**named, typing=_typing(request))
        messages.success(request, _("You said no. What was typed is gone. Give your sheet to the helper again."))
        return redirect("paper_confirm", place.slug)
    if do == WITHDRAW:
        withdraw_sheet(**named)
        messages.success(request, _("Your answer is taken back. It does not count."))
        return redirect("paper_confirm", place.slug)
    sheet = open_sheet(**named)
    if sheet is None:
        raise unknown_code()
    return _sheet_page(request, sheet, opener)


@sensitive_variables("opener", "named")
def _say_yes(request: ScopedRequest, opener: Opener, named: dict[str, Any]) -> HttpResponse:
    """Take the yes; in a later round also why the answer differs from before, which is asked again if it is missing."""
    change = Change(request.POST.get("change_reason", ""), request.POST.get("reason_read", ""))
    try:
        accepted = confirm_sheet(**named, typing=_typing(request), change=change)
    except Refused as refusal:
        sheet = open_sheet(**named) if refusal.fields else None
        if sheet is None:
            raise
        return _sheet_page(request, sheet, opener, refusal)
    return redirect("paper_confirmed", request.jurisdiction.slug, accepted.receipt)


def _typing(request: ScopedRequest) -> int:
    typed = request.POST.get("typing", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 1 else 0


def _form_page(request: ScopedRequest, form: CodeForm) -> HttpResponse:
    return render(request, "assessments/paper/confirm.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_variables("opener")
def _sheet_page(
    request: ScopedRequest, sheet: PaperSheet, opener: Opener, refusal: Refused | None = None
) -> HttpResponse:  # fmt: skip
    """Show what was typed, to the holder of its code, until they have decided; then only how it stands."""
    weight_round = sheet.roll_entry.round
    facts = {
        "sheet": sheet,
        "number": paper_codes.shown(sheet.number),
        "opener": opener,
        "round": weight_round,
        "incident": weight_round.assessment.incident,
        "group": sheet.roll_entry.group,
        "state": SheetState(sheet.state),
        "open": rules.accepts_answers(weight_round, clock.now()),
        "stands": stands(sheet),
        "reference": receipts.shown(sheet.submission.detail.receipt) if sheet.submission else "",
    }
    if sheet.state != SheetState.TYPED:
        return render(request, "assessments/paper/how_it_stands.html", facts)
    facts |= _typed(sheet) | {"form": _change_form(request, sheet, refusal)}
    return render(request, "assessments/paper/decide.html", facts, status=refusal.status if refusal else 200)


def _change_form(request: ScopedRequest, sheet: PaperSheet, refusal: Refused | None) -> ChangeForm | None:
    """Return the question why the answer differs from the one of the round before, for those whose does."""
    if not differs_from_before(sheet.roll_entry, (sheet.typed or {})["points"]):
        return None
    form = ChangeForm(request.POST if refusal else None, to_read=reasons_to_read(sheet.roll_entry.round))
    for name, sentences in (refusal.fields if refusal and form.is_valid() else {}).items():
        form.add_error(name if name in form.fields else "change_reason", [str(one) for one in sentences])
    return form


def _typed(sheet: PaperSheet) -> dict[str, object]:
    scheme, kept = sheet.roll_entry.round.assessment.scheme, sheet.typed or {}
    reasons = answer_on(sheet).reasons
    data = draft_of_answer(method=kept["method"], raw=kept["raw"], first_points=None, reasons=reasons)
    said = Questionnaire(codes=SCHEMES[scheme].factors, order=tuple(kept["order_shown"]), data=data)
    current = getattr(sheet.roll_entry, "current", None)
    items = in_order(scheme, said.order)
    return {
        "rows": answered(said, items),
        "reasons": named_reasons(said, items),
        "place_shares": place_shares(said),
        "chart": shares(kept["points"], [item.name for item in items_of(scheme)]),
        "replaces": current is not None and current.submission_id is not None,
    }
