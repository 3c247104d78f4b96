"""Who asks: somebody with a session. The protection token of forms is asked for as on pages."""

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from lastvote.errors import Refused


class Session(SessionAuthentication):
    """Believe the session cookie; whatever is not a plain read must also carry the protection token."""

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied as denied:
            raise Refused(
                "csrf_failed",
                _("With a session, send the header X-CSRFToken with the token of the page. Or use an access token."),
                status=403,
            ) from denied
