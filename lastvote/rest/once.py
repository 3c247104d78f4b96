"""The header Idempotency-Key: a request sent twice is one act."""

import hashlib

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lastvote.errors import Refused

LONGEST = 255
HEADER = "Idempotency-Key"


def key_of(request: HttpRequest) -> str:
    """Return a name of the key of fixed length, which no form of a page can have.

    Refuses 400 ``key_required`` without the header and ``key_format`` for one that is too long or not ASCII.
    """
    key = request.headers.get(HEADER, "")
    if not key:
        raise Refused(
            "key_required",
            _("Send the header Idempotency-Key with a new random value for each act. Keep it when you try again."),
            status=400,
        )
    if len(key) > LONGEST or not (key.isascii() and key.isprintable()):
        raise Refused("key_format", _("An Idempotency-Key has at most 255 printable ASCII signs."), status=400)
    return "api:" + hashlib.sha256(key.encode()).hexdigest()
