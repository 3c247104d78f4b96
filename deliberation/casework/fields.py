"""Fields of the forms by which cases, evidence, systems and sources are described."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.actions.days import YEARS
from deliberation.days import DayField
from lastvote.hidden_characters import without_hidden_characters
from lastvote.web.forms import refuse_null_characters
from lastvote.web.numbers import NumberError, read_number

IN_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}([.,][0-9]{3})+")
"""A number that some would read as thousands and others as a fraction."""
WRONG_DAY = gettext_lazy("This must be a real date, like 3 June 2025")


class WordsField(forms.Field):
    """Words that everybody may read. What nobody can see is taken out, too much is refused with the limit named."""

    def __init__(self, *, longest: int, missing: Any = "", rows: int = 0, **kwargs: Any) -> None:
        widget: forms.Widget = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"})
        if rows:
            widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
        super().__init__(required=False, widget=widget, **kwargs)
        self.longest, self.missing = longest, missing
        self.took_out = False
        """Whether signs were taken out of what was typed last."""

    def to_python(self, value: Any) -> str:
        typed = str(value or "").replace("\r\n", "\n").strip()
        refuse_null_characters(typed)
        clean = without_hidden_characters(typed)
        self.took_out = any(sign not in clean for sign in typed)
        return clean

    def validate(self, value: str) -> None:
        if self.missing and not value:
            raise forms.ValidationError(str(self.missing), code="blank")
        if len(value) > self.longest:
            sentence = _("This has %(found)s characters. Use %(most)s or fewer.")
            raise forms.ValidationError(sentence % {"found": len(value), "most": self.longest}, code="max_length")


class FigureField(forms.Field):
    """A number as people type it: a comma or a point, spaces between thousands, digits of any script.

    What could be thousands or a fraction is refused: a figure that is wrong by a thousand is worse than none.
    """

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"class": "short", "inputmode": "decimal", "autocomplete": "off"})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        if not value:
            return None
        if IN_THOUSANDS.fullmatch(str(value).strip()):
            sentence = _("Leave out the marks between thousands, like 1200, so that nobody reads 1.2")
            raise forms.ValidationError(sentence, code="ambiguous")
        try:
            return read_number(str(value))
        except NumberError as error:
            if error.code == "empty":
                return None
            raise forms.ValidationError(_("Enter a number, like 1200 or 0.5"), code="not_a_number") from error


class PastDayField(DayField):
    """A day on which something may have happened, long ago or lately."""

    years = YEARS

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid": WRONG_DAY})
        super().__init__(**kwargs)


def typed_day(day: dt.date | None) -> str:
    """Return a day as the form shows it."""
    return day.isoformat() if day else ""
