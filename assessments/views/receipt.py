"""Looking up a reference. Holding it is enough to see whether the answer still counts, and never what it says."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import receipts
from assessments.forms.receipt import ReceiptForm
from assessments.receipt_reads import sent_under, status_under
from assessments.views.weigh_scope import unseen_by_others
from stakeholders.scope import ScopedRequest, in_jurisdiction


@unseen_by_others
@require_http_methods(["GET", "HEAD", "POST"])
@in_jurisdiction
def receipt(request: ScopedRequest) -> HttpResponse:
    """Show the box; once sent, the status, or one sentence for everything that we do not find."""
    if request.method != "POST":
        return render(request, "assessments/receipt.html", {"form": ReceiptForm()})
    form = ReceiptForm(request.POST)
    form.is_valid()
    detail = sent_under(request.jurisdiction, form.cleaned_data.get("reference", ""))
    if detail is None:
        form.add_error("reference", _not_found())
        return render(request, "assessments/receipt.html", {"form": form}, status=422)
    facts = {
        "form": ReceiptForm(),
        "detail": detail,
        "round": detail.submission.roll_entry.round,
        "reference": receipts.shown(detail.receipt),
        "status": status_under(detail),
    }
    return render(request, "assessments/receipt.html", facts)


def _not_found() -> str:
    return _("We cannot find this reference. After LV- we never use the letters I, L, O or U.")
