"""What every address that writes a record shares: who may, once only, and what somebody else changed meanwhile."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.urls import reverse
from rest_framework.response import Response

from assessments.actions.changes_seen import fingerprint
from assessments.actions.sent_once import done_once
from deliberation.casework.api.bodies import pointing
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.rest.canonical import canonical_json
from lastvote.rest.once import key_of
from stakeholders.api.place import PlaceView


class Adding(PlaceView):
    """An address at which a row is made."""

    needs: ClassVar = {"POST": Permission.MANAGE_INCIDENTS}

    def once(self, scope: str, act: Callable[[], int]) -> int:
        """Do an act for this request's key, or return what it made before."""
        key, body = key_of(self.request), canonical_json(self.body)
        with pointing(self.body):
            return done_once(scope=f"api/{scope}/{self.somebody.pk}", key=key, body=body, now=clock.now(), act=act)

    def made(self, name: str, *slots: Any, **told: Any) -> Response:
        """Answer with what was made and where it is."""
        url = reverse(name, args=[self.jurisdiction.slug, *slots])
        return Response({**told, "links": {"self": url}}, status=201, headers={"Location": url})


class Changing(PlaceView):
    """An address at which a row is changed by whoever says which version of it they have seen."""

    needs: ClassVar = {"PATCH": Permission.MANAGE_INCIDENTS}

    def changed(self, act: Callable[[str], Any], now: Callable[[], Mapping[str, Any]]) -> Any:
        """Do an act; where somebody was faster, tell under which name what now stands is seen."""
        try:
            with pointing(self.body):
                return act(self.body["seen"])
        except Refused as refused:
            if refused.code == "changed_meanwhile":
                refused.details = {"seen": fingerprint(now())}
            raise
