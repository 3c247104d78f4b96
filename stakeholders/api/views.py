"""Who the site thinks is asking, and what they may do."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from lastvote.access import Permission
from lastvote.rest.operations import Operation
from lastvote.rest.sections import OWN
from stakeholders.api.place import PlaceView

ME = {
    "type": "object",
    "properties": {
        "known": {"type": "boolean"},
        "permissions": {"type": "array", "items": {"type": "string", "enum": [*Permission]}},
    },
    "required": ["known", "permissions"],
    "additionalProperties": False,
}


class Me(PlaceView):
    """Say what whoever asks may do in this jurisdiction. A program tries its token here."""

    needs: ClassVar = {"GET": Permission.READ_PUBLIC}
    operations: ClassVar = {
        "GET": Operation(
            "me", OWN, _("Ask what you may do"),
            _("Says whether the jurisdiction knows you, and your permissions. A program tries its token here."),
            {200: ME}, query=None, etag=False,
        ),
    }  # fmt: skip

    def get(self, _request: Request) -> Response:
        return Response({"known": self.person is not None, "permissions": sorted(self.permissions)})
