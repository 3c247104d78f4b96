"""What the secretariat's form pages share: who may write, keys of forms, refusals, and what was taken out."""

import secrets

from django import forms
from django.http import Http404, QueryDict
from django.views.decorators.http import require_http_methods

from deliberation.days import told_how_days_were_read
from deliberation.refusals import put_on_form
from lastvote import clock
from lastvote.access import Permission
from lastvote.errors import Refused
from lastvote.web.forms import PlainForm
from lastvote.web.taken_out import told_what_was_taken_out
from stakeholders.models import Person
from stakeholders.rules import require
from stakeholders.scope import ScopedRequest

form_page = require_http_methods(["GET", "HEAD", "POST"])
KEY_BYTES = 16
RENEWED = {"key_reused": "key"}
"""Refusals after which a form needs a new key to be sent again."""


def writer(request: ScopedRequest) -> Person:
    """Return the person, who must be allowed to keep these records."""
    require(request.person, Permission.MANAGE_INCIDENTS, on=clock.local_date(clock.now(), request.jurisdiction.zone))
    if request.person is None:
        raise Http404
    return request.person


def told_what_was_changed(request: ScopedRequest, form: PlainForm) -> None:
    """Say what was stored otherwise than it was typed, or could have been: signs taken out, days read in two ways."""
    told_what_was_taken_out(request, form)
    told_how_days_were_read(request, form)


def new_key() -> str:
    """Return a key for a form that is about to be shown."""
    return secrets.token_hex(KEY_BYTES)


def body_of(request: ScopedRequest) -> bytes:
    """Return what was sent, without the parts that differ each time a page is shown."""
    fields = sorted((name, request.POST.getlist(name)) for name in request.POST)
    return repr([field for field in fields if field[0] not in {"csrfmiddlewaretoken", "key"}]).encode()


def refuse(form: forms.Form, refused: Refused, *, seen: str = "") -> int:
    """Put a refusal on the form and return the status; the form can be sent again as a choice of the person.

    Whoever has both versions before them says with the second sending that theirs is to stand.
    """
    status = put_on_form(form, refused)
    fresh: QueryDict = QueryDict(mutable=True)
    fresh.update(form.data)
    if refused.code == "changed_meanwhile":
        fresh["seen"] = seen
    if refused.code == "key_reused":
        fresh["key"] = new_key()
    form.data = fresh
    return status
