"""Looking up a receipt. Holding it is enough to see whether the answer still counts, and never what it says."""

from typing import ClassVar

from django.http import Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import receipts
from assessments.receipt_reads import sent_under, status_under
from assessments.status import AnswerStatus
from deliberation.open_data.schemas import closed
from lastvote.access import Permission
from lastvote.rest.operations import Operation
from lastvote.rest.queries import asked
from lastvote.rest.sections import OWN
from stakeholders.api.place import PlaceView

_KNOWN = closed({
    "receipt": {"type": "string", "description": _("The receipt as people read it")},
    "status": {"type": "string", "enum": [*AnswerStatus.values], "description": _("What became of the answer")},
})  # fmt: skip


class Receipt(PlaceView):
    """Say what became of an answer."""

    needs: ClassVar = {"GET": Permission.READ_PUBLIC}
    operations: ClassVar = {
        "GET": Operation(
            "receipt", OWN, _("Look up a receipt"),
            _("Says whether the answer still counts. Unknown and mistyped receipts get the same 404."),
            {200: _KNOWN}, etag=False,
        ),
    }  # fmt: skip

    def get(self, request: Request, receipt: str) -> Response:
        asked(request.query_params, ())
        detail = sent_under(self.jurisdiction, receipt)
        if detail is None:
            raise Http404
        response = Response({"receipt": receipts.shown(detail.receipt), "status": status_under(detail).value})
        patch_cache_control(response, no_store=True, private=True)
        return response
