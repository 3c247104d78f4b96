"""Who the site thinks is asking, and what they may do."""

from typing import ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from lastvote.access import Permission
from stakeholders.api.place import PlaceView


class Me(PlaceView):
    """Say what whoever asks may do in this jurisdiction. A program tries its token here."""

    needs: ClassVar = {"GET": Permission.READ_PUBLIC}

    def get(self, _request: Request) -> Response:
        return Response({"known": self.person is not None, "permissions": sorted(self.permissions)})
