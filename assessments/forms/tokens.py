"""Making an access token."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.models import Incident
from lastvote.access import TOKEN_PERMISSIONS, Permission, TokenScope
from lastvote.web.forms import PlainForm, TwoLines
from stakeholders.access_tokens import LONGEST_NAME
from stakeholders.models import Jurisdiction

SCOPES: dict[TokenScope, TwoLines] = {
    TokenScope.ANSWER: TwoLines(
        gettext_lazy("Answer for me"), gettext_lazy("Send, read, change and withdraw my own answers.")
    ),
    TokenScope.CASEWORK: TwoLines(
        gettext_lazy("Keep records"), gettext_lazy("Write cases, evidence, systems, deployers and sources.")
    ),
}
LIVES = ((30, gettext_lazy("30 days")), (90, gettext_lazy("90 days")), (365, gettext_lazy("A year")))
CHOOSE = gettext_lazy("Choose one of the list")


class TokenForm(PlainForm):
    """What it is for, what it may do, for which case and how long."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("By which you will know it again, like “my laptop”. Only you see it."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
        error_messages={"required": gettext_lazy("Enter a name")},
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("What it may do"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose what it may do"), "invalid_choice": CHOOSE},
    )
    case = forms.CharField(
        label=gettext_lazy("Only for one case"),
        help_text=gettext_lazy("The reference of the case. Leave this empty for all cases."),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it works"),
        choices=LIVES,
        coerce=int,
        initial=LIVES[0][0],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how long it works"), "invalid_choice": CHOOSE},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, place: Jurisdiction, permissions: frozenset[Permission]
    ) -> None:
        super().__init__(data)
        self.place = place
        offered = [
            scope for scope in SCOPES if scope == TokenScope.ANSWER or TOKEN_PERMISSIONS[scope].issubset(permissions)
        ]
        field = self.fields["scopes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(scope.value, SCOPES[scope]) for scope in offered]

    def clean_case(self) -> str:
        reference: str = self.cleaned_data["case"].strip().upper()
        if reference and not Incident.objects.filter(jurisdiction=self.place, reference=reference).exists():
            raise forms.ValidationError(_("There is no case with this reference here"), code="unknown_case")
        return reference
