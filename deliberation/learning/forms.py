"""Forms by which a file of past cases is chosen, and by which its columns get a meaning."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from assessments.actions.histories import Origin
from assessments.history_table.mapping import ColumnMapping
from assessments.history_table.sheet import Sheet
from assessments.scoring.schemes import SCHEMES
from assessments.wording import items_of
from lastvote.texts import text
from lastvote.web.forms import PlainForm
from lastvote.web.numbers import NumberError, read_number

MOST_COLUMNS = 60
"""A wider file would make a form that nobody reads to its end; the command takes any width."""
LONGEST_NAME, LONGEST_SOURCE = 100, 500
EXAMPLES = 3
OWN = "own"

_PURPOSES: tuple[tuple[str, Promise], ...] = (
    ("", _("Not used")),
    ("name", _("Name of the case")),
    ("label", _("Label: how bad it turned out to be")),
    ("raters", _("How many people labelled the case")),
    ("day", _("Day of the case")),
    (OWN, _("A factor of its own, called like the column")),
)


def factor_choices() -> list[tuple[str, str]]:
    """Return the factors of every scheme with their names."""
    return [(item.code, f"{item.code}: {item.name}") for code in SCHEMES for item in items_of(code)]


class FileForm(PlainForm):
    """Which file."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Saved as CSV UTF-8, 2 MB at most. The first row names the columns."),
        error_messages={
            "required": _("Choose a file"),
            "missing": _("Choose a file"),
            "invalid": _("Choose a file"),
            "empty": _("The file is empty. Choose another one"),
        },
    )


class ColumnsForm(PlainForm):
    """What the file is, and what each of its columns is."""

    name = forms.CharField(
        label=_("Name of the history"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the history a name")},
    )
    source = forms.CharField(
        label=_("Where the cases come from"),
        help_text=_("Who published them, and when. Everybody can read this."),
        max_length=LONGEST_SOURCE,
        error_messages={"required": _("Say where the cases come from")},
    )
    licence = forms.CharField(label=_("Licence, if there is one"), max_length=LONGEST_SOURCE, required=False)
    synthetic = forms.BooleanField(label=_("These cases are made up"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, sheet: Sheet) -> None:
        super().__init__(data)
        self.sheet = sheet
        for place, heading in enumerate(sheet.heading):
            self.fields[f"use_{place}"] = forms.ChoiceField(
                label=_use_label(heading, place),
                help_text=_examples(sheet, place),
                choices=[*_PURPOSES, *factor_choices()],
                required=False,
                initial=_guess(heading),
                error_messages={"invalid_choice": _("Choose one of the list")},
            )
            self.fields[f"worst_{place}"] = forms.CharField(
                label=_("Number that means “the worst there is”"),
                required=False,
                max_length=40,
                initial="1",
                widget=forms.TextInput(attrs={"class": "short", "inputmode": "decimal"}),
            )

    def column_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return both fields of each column, in the order of the file."""
        return [(self[f"use_{place}"], self[f"worst_{place}"]) for place in range(len(self.sheet.heading))]

    def clean(self) -> dict[str, Any]:
        """Ask for one label, for a name, and for numbers as scales; the file's reader checks all the rest."""
        if not self._columns("name"):
            self.add_error(None, _("Say which column names the cases."))
        if len(self._columns("label")) != 1:
            self.add_error(None, _("Say which one column is the label."))
        for purpose, sentence in _ONLY_ONCE.items():
            if len(self._columns(purpose)) > 1:
                self.add_error(None, str(sentence))
        factors = [self._purpose(place) for place in self._factor_places() if self._purpose(place) != OWN]
        if len(set(factors)) < len(factors):
            self.add_error(None, _("Two columns are given to the same factor."))
        for place in self._scaled_places():
            self._read_scale(place)
        return self.cleaned_data

    def mapping(self) -> ColumnMapping:
        """Return what the columns mean; factors of a scheme in its order, others as they stand in the file."""
        factors = {self._factor(place): self.sheet.heading[place] for place in self._factor_places()}
        ordered = sorted(factors, key=_place_in_a_scheme)
        return ColumnMapping(
            names=tuple(self._columns("name")),
            factors={factor: factors[factor] for factor in ordered},
            label=self._columns("label")[0],
            scales={self.sheet.heading[place]: self.cleaned_data[f"worst_{place}"] for place in self._scaled_places()},
            raters=next(iter(self._columns("raters")), None),
            day=next(iter(self._columns("day")), None),
        )

    def origin(self) -> Origin:
        """Return what people can read about the history."""
        facts = self.cleaned_data
        return Origin(text(facts["name"]), text(facts["source"]), text(facts["licence"]), facts["synthetic"])

    def _purpose(self, place: int) -> str:
        return str(self.cleaned_data.get(f"use_{place}", ""))

    def _columns(self, purpose: str) -> list[str]:
        return [heading for place, heading in enumerate(self.sheet.heading) if self._purpose(place) == purpose]

    def _factor_places(self) -> list[int]:
        others = {purpose for purpose, _words in _PURPOSES} - {OWN}
        return [place for place in range(len(self.sheet.heading)) if self._purpose(place) not in others]

    def _scaled_places(self) -> list[int]:
        labels = [place for place in range(len(self.sheet.heading)) if self._purpose(place) == "label"]
        return [*self._factor_places(), *labels]

    def _factor(self, place: int) -> str:
        purpose = self._purpose(place)
        return self.sheet.heading[place] if purpose == OWN else purpose

    def _read_scale(self, place: int) -> None:
        try:
            worst = read_number(self.cleaned_data.get(f"worst_{place}") or "1")
        except NumberError:
            worst = Decimal(0)
        if worst <= 0:
            self.add_error(f"worst_{place}", _("Enter a number above 0, like 1 or 10"))
        self.cleaned_data[f"worst_{place}"] = worst


_ONLY_ONCE: dict[str, Promise] = {
    "raters": _("Only one column can say how many people labelled the case."),
    "day": _("Only one column can be the day of the case."),
}


def _use_label(heading: str, place: int) -> str:
    return heading or gettext("Column %(number)s, without a heading") % {"number": place + 1}


def _examples(sheet: Sheet, place: int) -> str:
    shown = [row.cells[place] for row in sheet.rows[:EXAMPLES] if row.cells[place]]
    return (
        gettext("First rows: %(cells)s") % {"cells": " · ".join(shown)}
        if shown
        else gettext("The first rows are empty")
    )


def _guess(heading: str) -> str:
    """Propose the meaning that the heading itself names."""
    plain = heading.strip().lower()
    codes = {code.lower(): code for scheme in SCHEMES.values() for code in scheme.factors}
    named = {"name": "name", "case": "name", "label": "label", "raters": "raters", "day": "day", "date": "day"}
    return named.get(plain) or codes.get(plain, "")


def _place_in_a_scheme(factor: str) -> int:
    """Sort key: a scheme's own order first; the others keep the order in which they came."""
    order = [code for scheme in SCHEMES.values() for code in scheme.factors]
    return order.index(factor) if factor in order else len(order)
