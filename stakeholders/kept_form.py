"""A form that was interrupted by signing in. Its fields wait in the session and are offered once, to send again."""

from typing import TypedDict

from django.http import HttpRequest

from lastvote.web.resend import SECRETS

_KEY = "kept_form"


class KeptForm(TypedDict):
    """Where the form goes and what it holds, in the order it was sent."""

    path: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest) -> None:
    """Keep what was posted, secrets left out; opening a page drops what was kept before."""
    request.session.pop(_KEY, None)
    if request.method == "POST":
        request.session[_KEY] = KeptForm(path=request.get_full_path(), fields=_fields(request))


def take(request: HttpRequest, *, path: str) -> KeptForm | None:
    """Hand out what was kept for ``path``, once."""
    kept: KeptForm | None = request.session.pop(_KEY, None)
    return kept if kept and kept["path"] == path else None


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in SECRETS)
        for value in values
        if isinstance(value, str)
    ]
