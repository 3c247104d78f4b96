"""A form that was interrupted by signing in. Its fields wait in the session and are offered once, to send again.

Only whoever was signed in on this browser when the form was opened is offered it: the next person at a shared computer
sees nothing of it.
"""

from typing import TypedDict

from django.http import HttpRequest

from lastvote.web.resend import SECRETS
from stakeholders import last_account
from stakeholders.models import Account

_KEY = "kept_form"


class KeptForm(TypedDict):
    """Whose it is (a mark), where the form goes and what it holds, in the order it was sent."""

    owner: str
    path: str
    fields: list[tuple[str, str]]


def keep(request: HttpRequest) -> None:
    """Keep what was posted, secrets left out; opening a page drops what was kept before."""
    request.session.pop(_KEY, None)
    if request.method == "POST":
        request.session[_KEY] = KeptForm(
            owner=last_account.left_by(request), path=request.get_full_path(), fields=_fields(request)
        )


def take(request: HttpRequest, *, path: str) -> KeptForm | None:
    """Hand out what was kept for ``path``, once and to its owner; whoever else comes makes it vanish."""
    kept: KeptForm | None = request.session.pop(_KEY, None)
    if kept is None or kept["path"] != path:
        return None
    is_owner = isinstance(request.user, Account) and last_account.is_mark_of(kept["owner"], request.user)
    return kept if is_owner else None


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not any(word in name.lower() for word in SECRETS)
        for value in values
        if isinstance(value, str)
    ]
