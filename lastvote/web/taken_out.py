"""Saying that signs were taken out of what somebody typed."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from lastvote.web.forms import PlainForm


def told_what_was_taken_out(request: HttpRequest, form: PlainForm) -> None:
    """Say that signs were taken out of what the person typed, if any were."""
    if form.took_out:
        messages.info(request, _("Signs that nobody can see were taken out of your text."))
