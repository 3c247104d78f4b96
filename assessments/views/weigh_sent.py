"""After sending: the receipt of an answer, and taking an answer back."""

import secrets

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from assessments import receipts, rules
from assessments.actions.answers import keep_answer, withdraw_answer
from assessments.models import Submission
from assessments.states import SubmissionKind
from assessments.status import status_of
from assessments.views.weigh_check import is_key
from assessments.views.weigh_scope import KEY_BYTES, Weighing, own_page, weigh_page
from stakeholders.scope import ScopedRequest


@require_safe
@own_page
def sent(request: ScopedRequest, weighing: Weighing, receipt: str) -> HttpResponse:
    """Show the receipt: a reference, a time and what happens next; never a number that was sent."""
    submission = _submission_or_404(weighing, receipt)
    facts = {
        "weighing": weighing,
        "reference": receipts.shown(submission.detail.receipt),
        "submission": submission,
        "withdrawal": submission.kind == SubmissionKind.WITHDRAWAL,
        "status": status_of(submission, weighing.own.submission, weighing.entry),
        "closed_at": weighing.round.closed_at or weighing.round.closes_at,
        "open": rules.accepts_answers(weighing.round, weighing.now),
    }
    return render(request, "assessments/weigh/sent.html", facts)


@weigh_page
def keep(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Keep what was carried over from the round before: one press on the first page, which shows it."""
    if request.method != "POST":
        return redirect(weighing.url("weigh"))
    key = request.POST.get("key", "")
    key = key if is_key(key) else secrets.token_urlsafe(KEY_BYTES)
    kept = keep_answer(weight_round=weighing.round, by=weighing.person, key=key, now=weighing.now)
    return redirect(weighing.url("weigh_sent", kept.receipt))


@weigh_page
def withdraw(request: ScopedRequest, weighing: Weighing) -> HttpResponse:
    """Ask whether to take the standing answer back; then do it."""
    if request.method == "POST":
        key = request.POST.get("key", "")
        key = key if is_key(key) else secrets.token_urlsafe(KEY_BYTES)
        taken = withdraw_answer(weight_round=weighing.round, by=weighing.person, key=key, now=weighing.now)
        return redirect(weighing.url("weigh_sent", taken.receipt))
    if weighing.own.submission is None:
        return redirect(weighing.url("weigh"))
    facts = {"weighing": weighing, "key": secrets.token_urlsafe(KEY_BYTES)}
    return render(request, "assessments/weigh/withdraw.html", facts)


def _submission_or_404(weighing: Weighing, receipt: str) -> Submission:
    code = receipts.read(receipt)
    own = {row.detail.receipt: row for row in weighing.own.versions}
    if code is None or code not in own:
        raise Http404
    return own[code]
