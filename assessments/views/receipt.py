"""Looking up a reference. Holding it is enough to see whether the answer still counts, and never what it says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import receipts
from assessments.forms.receipt import ReceiptForm
from assessments.models import CurrentAnswer, SubmissionDetail
from assessments.status import AnswerStatus, status_of
from assessments.views.weigh_scope import unseen_by_others
from stakeholders.models import Jurisdiction
from stakeholders.scope import ScopedRequest, in_jurisdiction

NO_CODE = "-" * 11
"""Looked up in place of what cannot be a reference, so that both take the same time."""


@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
def receipt(request: ScopedRequest) -> HttpResponse:
    """Show the box; once sent, the status, or one sentence for everything that we do not find."""
    if request.method != "POST":
        return render(request, "assessments/receipt.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.POST)
    form.is_valid()
    typed = form.cleaned_data.get("reference", "")
    detail = _detail(request.jurisdiction, receipts.read(typed) or NO_CODE)
    if detail is None:
        form.add_error("reference", _not_found())
        return render(request, "assessments/receipt.html", {"form": form}, status=422)
    facts = {
        "form": ReceiptForm(),
        "detail": detail,
        "round": detail.submission.roll_entry.round,
        "reference": receipts.shown(detail.receipt),
        "status": _status(detail),
    }
    return render(request, "assessments/receipt.html", facts)


def _not_found() -> str:
    return _("We cannot find this reference. After LV- we never use the letters I, L, O or U.")


def _detail(jurisdiction: Jurisdiction, code: str) -> SubmissionDetail | None:
    return (
        SubmissionDetail.objects.filter(receipt=code, submission__assessment__incident__jurisdiction=jurisdiction)
        .select_related("submission__roll_entry__round__assessment__incident", "submission__roll_entry__group")
        .first()
    )


def _status(detail: SubmissionDetail) -> AnswerStatus:
    entry = detail.submission.roll_entry
    current = CurrentAnswer.objects.select_related("submission").filter(roll_entry=entry).first()
    return status_of(detail.submission, current.submission if current else None, entry)
