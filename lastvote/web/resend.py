"""What of a refused form may be shown again, with a fresh protection token, for the person to send."""

from urllib.parse import urlsplit

from django.http import HttpRequest

SECRETS = ("password", "csrf", "code", "token", "secret", "otp")
"""A field whose name holds one of these is never shown again."""


def fields_to_send_again(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the posted fields, or nothing when the form came from another site: its words are not the person's."""
    if _is_from_elsewhere(request):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not _is_secret(name)
        for value in values
        if isinstance(value, str)
    ]


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Browsers name the sending site in at least one of these two headers; a form without either is not trusted."""
    sender = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(sender).netloc != request.get_host()


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRETS)
