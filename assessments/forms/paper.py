"""The forms around a sheet of paper: finding somebody, naming a sheet, and opening it by its code."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lastvote.web.forms import PlainForm
from stakeholders.models import Group

LONGEST_NAME = 120
LONGEST_CODE = 100


class PlaceForm(PlainForm):
    """Whose sheet: the name that the person says, and the group for which they answer."""

    name = forms.CharField(
        label=gettext_lazy("Full name, as the person says it"),
        help_text=gettext_lazy("The whole name is needed. Nobody can look through the list."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Enter the full name")},
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {group.code: group for group in groups}
        self.fields["group"] = forms.ChoiceField(
            label=_("Group for which they answer"),
            choices=list(self.groups.items()),
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the group"), "invalid_choice": _("Choose the group")},
        )

    def clean_group(self) -> Group:
        """Return the group itself."""
        return self.groups[self.cleaned_data["group"]]


class NumberForm(PlainForm):
    """Which sheet: the number printed at its top."""

    number = forms.CharField(
        label=gettext_lazy("Number of the sheet"),
        help_text=gettext_lazy("It stands at the top, like 7K2M-9QTD."),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"class": "code short", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter the number of the sheet")},
    )


class CodeForm(NumberForm):
    """Number and code, as they stand on the half that the person kept."""

    code = forms.CharField(
        label=gettext_lazy("Your secret code"),
        help_text=gettext_lazy("It has three times four characters, like 3F6H-8JWQ-2RTX."),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(attrs={"class": "code", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Enter your secret code")},
    )
