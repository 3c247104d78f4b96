"""Days as people type them, and saying in words which day was understood."""

import datetime as dt
import unicodedata
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext as _

YEARS = range(2000, 2200)
MONTHS = 12


@dataclass(frozen=True)
class Understood:
    """What somebody typed in digits alone, and the day that it was read as."""

    typed: str
    day: dt.date

    @property
    def two_ways(self) -> bool:
        """Whether others would read another day: we put the day first, some put the month there."""
        year_first = self.typed[:4].isdecimal()
        return not year_first and self.day.day <= MONTHS and self.day.day != self.day.month

    def __str__(self) -> str:
        facts = {"typed": self.typed, "day": date_format(self.day, "j F Y")}
        if self.two_ways:
            sentence = _("%(typed)s was read as %(day)s. If you mean another day, type it with the month as a word.")
            return sentence % facts
        return _("%(typed)s was read as %(day)s.") % facts


class DayField(forms.DateField):
    """A day typed as people type it, in any script's digits, in years that a round can lie in."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})
    years = YEARS

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d"],
            **kwargs,
        )
        self.understood: Understood | None = None
        """How digits that were typed last were read; none where the month was typed as a word."""

    def to_python(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().to_python(_in_plain_digits(value) if isinstance(value, str) else value)
        if day is not None and day.year not in self.years:
            raise forms.ValidationError(self.error_messages["invalid"], code="out_of_range")
        self.understood = _understood(value, day)
        return day


def told_how_days_were_read(request: HttpRequest, form: forms.Form) -> None:
    """Say which day was understood wherever what was typed could be read as two."""
    for field in form.fields.values():
        if isinstance(field, DayField) and field.understood and field.understood.two_ways:
            messages.info(request, str(field.understood))


def _understood(value: Any, day: dt.date | None) -> Understood | None:
    if day is None or not isinstance(value, str) or any(sign.isalpha() for sign in value):
        return None
    return Understood(value.strip(), day)


def _in_plain_digits(typed: str) -> str:
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in typed)
