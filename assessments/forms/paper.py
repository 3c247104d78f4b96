"""The forms around a sheet of paper: finding somebody, naming a sheet, typing it, and opening it by its code."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.forms.choices import COMPARE_LABELS
from assessments.forms.points import PointsField
from assessments.questionnaire import NO_LEAST, SAME, Questionnaire
from assessments.scoring.errors import ScoringError
from assessments.states import AnswerMethod
from assessments.wording import Item
from lastvote.web.forms import PlainForm
from stakeholders.models import Group

CHOOSING, POINTS = "choosing", "points"
NOTHING = ""
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


class SheetForm(PlainForm):
    """What stands on a sheet. Only the fields of the part that the person filled in are used."""

    def __init__(self, *args: Any, items: tuple[Item, ...], questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.blank = questionnaire
        names = [(item.code, item.name) for item in items]
        self.fields["way"] = forms.ChoiceField(
            label=_("Which part did the person fill in?"),
            choices=[(CHOOSING, _("Part A: one, then the others next to it")), (POINTS, _("Part B: points"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the part"), "invalid_choice": _("Choose the part")},
        )
        self.fields["most"] = _pick(
            _("The one ticked as first to stop"), [*names, (SAME, _("They all matter the same"))]
        )
        if questionnaire.asks_least:
            self.fields["least"] = _pick(_("The one ticked as least"), names)
        for item in items:
            self.fields[f"compare_{item.code}"] = _pick(
                _("%(item)s, next to it") % {"item": item.name}, list(COMPARE_LABELS.items())
            )
        for item in items:
            self.fields[f"points_{item.code}"] = PointsField(item=item)

    def compare_boxes(self) -> list[forms.BoundField]:
        """Return the comparisons in the order of the sheet."""
        return [self[f"compare_{item.code}"] for item in self.items]

    def points_boxes(self) -> list[forms.BoundField]:
        """Return the points in the order of the sheet."""
        return [self[f"points_{item.code}"] for item in self.items]

    def clean(self) -> dict[str, Any]:
        """Ask for whatever the chosen part lacks, and forget the other part."""
        cleaned = dict(super().clean() or {})
        way = cleaned.get("way")
        if way == CHOOSING:
            self._drop_errors("points_")
            self._check_choosing(cleaned)
        elif way == POINTS:
            self._drop_errors("most", "least", "compare_")
            self._check_points(cleaned)
        return cleaned

    def _drop_errors(self, *beginnings: str) -> None:
        """A slip in the part that does not count stops nobody."""
        for name in [name for name in self.errors if name.startswith(beginnings)]:
            del self.errors[name]

    def _check_choosing(self, cleaned: Mapping[str, Any]) -> None:
        most = cleaned.get("most")
        if not most:
            self.add_error("most", _error(_("Choose the one that is ticked first, or 'They all matter the same'")))
            return
        if most == SAME:
            return
        for item in self.items:
            if item.code != most and not cleaned.get(f"compare_{item.code}"):
                sentence = _("Choose what is ticked for %(item)s, or 'Not sure'") % {"item": item.name}
                self.add_error(f"compare_{item.code}", _error(sentence))
        if "least" in self.fields and cleaned.get("least") == most:
            self.add_error("least", _error(_("The same one cannot be first and least")))
        if not self.errors and self._choosing(cleaned).nothing_compared:
            first = next(item for item in self.items if item.code != most)
            sentence = _("At least one comparison is needed. Ask the person, or choose 'They all matter the same'")
            self.add_error(f"compare_{first.code}", _error(sentence))

    def _check_points(self, cleaned: Mapping[str, Any]) -> None:
        if self.errors:
            return
        try:
            self._pointed(cleaned).points()
        except ScoringError:
            self.add_error(f"points_{self.items[0].code}", _error(_("Give at least one of them more than 0")))

    def questionnaire(self) -> Questionnaire:
        """Return what the sheet says, as the form on the screen would have kept it."""
        cleaned = self.cleaned_data
        return self._pointed(cleaned) if cleaned["way"] == POINTS else self._choosing(cleaned)

    def _pointed(self, cleaned: Mapping[str, Any]) -> Questionnaire:
        return self.blank.with_points({item.code: cleaned[f"points_{item.code}"] for item in self.items})

    def _choosing(self, cleaned: Mapping[str, Any]) -> Questionnaire:
        most = cleaned["most"]
        begun = self.blank.with_most(most)
        if begun.method == AnswerMethod.EQUAL:
            return begun
        labels = {item.code: cleaned[f"compare_{item.code}"] for item in self.items if item.code != most}
        return begun.having(least=cleaned.get("least") or NO_LEAST).with_compared(labels)

    def typed(self) -> dict[str, str]:
        """Return every field as it was sent, so that the next page can send it again."""
        return {name: str(self[name].value() or "") for name in self.fields}


def _pick(label: str, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    """Return a list to pick from; it may stay as it is, since only one part is used."""
    listed = [(NOTHING, _("Nothing ticked")), *choices]
    wrong = _("Choose from the list")
    return forms.ChoiceField(required=False, label=label, choices=listed, error_messages={"invalid_choice": wrong})


def _error(sentence: str) -> forms.ValidationError:
    return forms.ValidationError(sentence, code="required")
