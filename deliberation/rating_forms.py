"""Forms with which the desk opens an assessment, appoints evaluators and records a look. Actions decide."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.forms.why import ReasonField
from assessments.states import SchemeName
from deliberation.days import DayField
from lastvote.web.forms import PlainForm, TwoLines
from stakeholders.models import Person

SCHEMES = [
    (SchemeName.CLASSIC.value, TwoLines(_("Screening: four factors"), _("minutes to an hour of work"))),
    (SchemeName.TAXONOMY.value, TwoLines(_("Decision: seven kinds of risk"), _("three parts each, 21 values"))),
]


class OpenAssessmentForm(PlainForm):
    """What the case is rated on, and up to which day evidence counts."""

    scheme = forms.ChoiceField(
        label=_("What is this assessment for?"),
        choices=SCHEMES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what this assessment is for"),
                        "invalid_choice": _("Choose what this assessment is for")},
    )  # fmt: skip
    evidence_cutoff = DayField(
        label=_("Last day of evidence"),
        help_text=_("Leave empty to rate on everything that is known. For example 3 June 2027."),
        error_messages={"invalid": _("The last day of evidence must be a real date, like 3 June 2027")},
    )
    rescored_because = ReasonField(
        label=_("Why the case is rated again"),
        help_text=_("Only where it was rated in this way before. Everybody can read this."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_evidence_cutoff(self) -> dt.date | None:
        """Refuse a day that has not come: nobody knows what will be known then."""
        day: dt.date | None = self.cleaned_data["evidence_cutoff"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("The last day of evidence cannot lie ahead"), code="out_of_range")
        return day


class AppointForm(PlainForm):
    """Who is to rate, and whether they are still learning."""

    person = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("Who is to rate?"),
        help_text=_("People who answer for a group or for the system are not listed."),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Choose who is to rate"), "invalid_choice": _("Choose a person from the list")},
    )
    supervised = forms.BooleanField(
        required=False, label=_("Still learning: the rating counts only once a supervisor has signed it off")
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 -- declared right above
        field.queryset = people


class DecideAppointmentForm(PlainForm):
    """The second person's word about one proposed evaluator."""

    CONFIRM, DECLINE = "confirm", "decline"
    mark = forms.CharField(widget=forms.HiddenInput, max_length=64)
    decision = forms.ChoiceField(choices=[(CONFIRM, CONFIRM), (DECLINE, DECLINE)], widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Say it in one sentence: the fields themselves are not shown."""
        if self.errors:
            self.add_error(None, _("Choose whether this person is to rate"))
        return self.cleaned_data


class LookForm(PlainForm):
    """What somebody saw who looked."""

    note = ReasonField(
        label=_("What did you see?"),
        help_text=_("Everybody can read this. It changes no score."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
