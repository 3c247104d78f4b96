"""Who the site thinks is asking, and what they may do."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from lastvote.access import Permission, TokenScope
from lastvote.rest.operations import Operation
from lastvote.rest.sections import OWN
from stakeholders.api.place import PlaceView
from stakeholders.models import AccessToken

ME = {
    "type": "object",
    "properties": {
        "known": {"type": "boolean"},
        "permissions": {"type": "array", "items": {"type": "string", "enum": [*Permission]}},
        "token": {
            "type": ["object", "null"],
            "properties": {
                "scopes": {"type": "array", "items": {"enum": [*TokenScope]}},
                "case": {"type": ["string", "null"]},
                "expires_at": {"type": "string", "format": "date-time"},
            },
        },
    },
    "required": ["known", "permissions", "token"],
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
        return Response(
            {
                "known": self.person is not None,
                "permissions": sorted(self.permissions),
                "token": _shown(self.token) if self.token else None,
            }
        )


def _shown(token: AccessToken) -> dict[str, Any]:
    return {"scopes": token.scopes, "case": token.case_reference or None, "expires_at": token.expires_at}
