"""Forms of the public list and of the desk. They parse what people type; actions decide."""

import datetime as dt
import zoneinfo
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.forms.why import ReasonField
from deliberation.days import DayField
from deliberation.reads import CaseFilter
from deliberation.states import CaseOrder, CaseStage
from lastvote.web.forms import PlainForm

WORDS_LENGTH = 100


class CaseFilterForm(PlainForm):
    """What a visitor asks the case list for. Anything it does not know is left out, never an error."""

    q = forms.CharField(label=_("Search"), required=False, max_length=WORDS_LENGTH)
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[("", _("All stages")), *CaseStage.choices])
    sort = forms.ChoiceField(label=_("Order"), required=False, choices=CaseOrder.choices)

    def wanted(self) -> CaseFilter:
        """Return the filter; what makes no sense is left out."""
        self.is_valid()
        return CaseFilter(
            words=self.cleaned_data.get("q", ""),
            stage=self.cleaned_data.get("stage", ""),
            order=self.cleaned_data.get("sort") or CaseOrder.NEWEST,
        )


class _RoundForm(PlainForm):
    """A form about days in the jurisdiction's own time, closing at the policy's hour."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, zone: zoneinfo.ZoneInfo, hour: int, **kw: Any) -> None:
        super().__init__(data, **kw)
        self.zone = zone
        self.hour = hour

    def _at_hour(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(self.hour), tzinfo=self.zone)

    def _day(self, name: str, missing: Any) -> dt.date | None:
        day: dt.date | None = self.cleaned_data.get(name)
        if day is None and name not in self.errors:
            self.add_error(name, missing)
        return day


class AnnounceForm(_RoundForm):
    """When a round opens and closes."""

    opens_at = DayField(
        label=_("Day the round opens"),
        help_text=_("For example 3 June 2027."),
        error_messages={"invalid": _("The opening day must be a real date, like 3 June 2027")},
    )
    closes_at = DayField(
        label=_("Day the round closes"),
        help_text=_("For example 24 June 2027."),
        error_messages={"invalid": _("The closing day must be a real date, like 24 June 2027")},
    )

    def clean(self) -> dict[str, Any]:
        self._day("opens_at", _("Enter the day the round opens"))
        self._day("closes_at", _("Enter the day the round closes"))
        opens, closes = self.cleaned_data.get("opens_at"), self.cleaned_data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("The closing day must be after the opening day"))
        return self.cleaned_data

    def window(self) -> tuple[dt.datetime, dt.datetime]:
        """Return the instants of opening and of closing."""
        return self._at_hour(self.cleaned_data["opens_at"]), self._at_hour(self.cleaned_data["closes_at"])


class ExtendForm(_RoundForm):
    """A later closing day, and why."""

    closes_at = DayField(
        label=_("New closing day"),
        help_text=_("For example 24 June 2027."),
        error_messages={"invalid": _("The new closing day must be a real date, like 24 June 2027")},
    )
    reason = ReasonField(
        label=_("Why the round needs more time"),
        help_text=_("Everybody can read this reason."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        self._day("closes_at", _("Enter the new closing day"))
        check_reason(self)
        return self.cleaned_data

    def end(self) -> dt.datetime:
        """Return the new instant of closing."""
        return self._at_hour(self.cleaned_data["closes_at"])


class CloseEarlyForm(PlainForm):
    """Why a round should close before its time."""

    reason = ReasonField(
        label=_("Why the round can close now"),
        help_text=_("Everybody can read this reason."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def clean(self) -> dict[str, Any]:
        check_reason(self)
        return self.cleaned_data


class ConfirmForm(PlainForm):
    """The second person's yes, to exactly what the first proposed."""

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)


def check_reason(form: forms.Form) -> None:
    """Ask for a reason."""
    if not form.cleaned_data.get("reason") and "reason" not in form.errors:
        form.add_error("reason", _("Enter your reason"))
