"""Who asks: somebody with an access token, or with a session and the protection token of forms."""

from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from lastvote import clock
from lastvote.errors import Refused
from stakeholders.access_tokens import PREFIX, note_use, token_of
from stakeholders.models import AccessToken, Account

SCHEME = "bearer"


class Token(BaseAuthentication):
    """Believe ``Authorization: Bearer lv_...``. Whoever sends one is asked nothing else; addresses hold no tokens."""

    def authenticate(self, request: Request) -> tuple[Account, AccessToken] | None:
        scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        token = _working_token(secret.strip())
        account = token.person.account
        if account is None or not account.is_active:
            raise _no_token()
        note_use(token, clock.local_date(clock.now(), token.person.jurisdiction.zone))
        return account, token


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


def _working_token(secret: str) -> AccessToken:
    token = token_of(secret) if secret.startswith(PREFIX) else None
    if token is None:
        raise _no_token()
    if token.revoked_at is not None:
        raise Refused("token_revoked", _("This access token was taken back. Make a new one."), status=401)
    if token.expires_at <= clock.now():
        raise Refused("token_expired", _("This access token has run out. Make a new one."), status=401)
    return token


def _no_token() -> Refused:
    return Refused("token_unknown", _("This is no access token. Check that you copied all of it."), status=401)
