"""The box for a reference."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lastvote.web.forms import PlainForm

LONGEST = 100


class ReceiptForm(PlainForm):
    """A reference, in any case, with or without dashes. Whether it exists is not asked here."""

    reference = forms.Field(
        required=False,
        label=_("Your reference"),
        help_text=_("It looks like LV-7K2M-9QTD-3XW."),
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_reference(self) -> str:
        """Return what was typed, cut to a length that is worth looking up."""
        typed: Any = self.cleaned_data["reference"]
        return str(typed or "")[:LONGEST]
