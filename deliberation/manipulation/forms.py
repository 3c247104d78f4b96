"""The form in which somebody writes down what they concluded from a report."""

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.why import ReasonField
from lastvote.web.forms import PlainForm


class ReportLookForm(PlainForm):
    """What somebody concluded who looked. The action decides."""

    conclusion = ReasonField(
        label=_("What do you conclude?"),
        help_text=_("Whoever may read the report can read this, for good. Name nobody. It changes no score."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
