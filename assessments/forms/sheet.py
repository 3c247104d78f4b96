"""What stands on a sheet of paper, as a helper types it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from assessments import placing
from assessments.forms.choices import COMPARE_LABELS
from assessments.forms.points import PointsField, nothing_typed
from assessments.forms.why import EVERYTHING, ReasonField
from assessments.questionnaire import NO_LEAST, SAME, Questionnaire
from assessments.scoring.errors import ScoringError
from assessments.states import AnswerMethod
from assessments.wording import Item
from lastvote.web.forms import PlainForm
from lastvote.web.numbers import NumberError, read_number

CHOOSING, POINTS, ORDER = "choosing", "points", "order"
PARTS = {CHOOSING: ("most", "least", "compare_"), POINTS: ("points_",), ORDER: ("place_",)}
"""How the names of the fields of each part begin."""
NOTHING = ""


class PlaceField(forms.CharField):
    """The number that somebody wrote beside an item; the same number may stand beside several."""

    def __init__(self, *, item: Item, size: int) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"})
        label = _("%(item)s, place") % {"item": item.name}
        super().__init__(required=False, strip=False, label=label, widget=widget)
        self.item = item
        self.size = size

    def clean(self, value: Any) -> int | None:
        """Return the place; nothing where nothing was typed."""
        typed = str(value or "")
        if nothing_typed(typed):
            return None
        try:
            number = read_number(typed)
        except NumberError:
            number = Decimal(0)
        if number not in map(Decimal, range(1, self.size + 1)):
            words = {"item": self.item.name, "size": self.size}
            sentence = _("The place of %(item)s must be a whole number from 1 to %(size)s") % words
            raise forms.ValidationError(sentence, code="not_a_place")
        return int(number)


class SheetForm(PlainForm):
    """What stands on a sheet. Only the fields of the part that the person filled in are used, and the reasons."""

    def __init__(self, *args: Any, items: tuple[Item, ...], questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.blank = questionnaire
        names = [(item.code, item.name) for item in items]
        self.fields["way"] = forms.ChoiceField(
            label=_("Which part did the person fill in?"),
            choices=[
                (CHOOSING, _("Part A: one, then the others next to it")),
                (POINTS, _("Part B: points")),
                (ORDER, _("Part C: an order")),
            ],
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
        for item in items:
            self.fields[f"place_{item.code}"] = PlaceField(item=item, size=len(items))
        for code, name in [*names, (EVERYTHING, _("In general"))]:
            self.fields[f"why_{code}"] = _reason(_("%(item)s, reason") % {"item": name})

    def compare_boxes(self) -> list[forms.BoundField]:
        """Return the comparisons in the order of the sheet."""
        return [self[f"compare_{item.code}"] for item in self.items]

    def points_boxes(self) -> list[forms.BoundField]:
        """Return the points in the order of the sheet."""
        return [self[f"points_{item.code}"] for item in self.items]

    def place_boxes(self) -> list[forms.BoundField]:
        """Return the places in the order of the sheet."""
        return [self[f"place_{item.code}"] for item in self.items]

    def reason_boxes(self) -> list[forms.BoundField]:
        """Return the reasons in the order of the sheet, and the one in general last."""
        return [self[name] for name in self.fields if name.startswith("why_")]

    def has_reasons(self) -> bool:
        """Whether any reason was typed so far."""
        return any(box.value() for box in self.reason_boxes())

    def clean(self) -> dict[str, Any]:
        """Ask for whatever the chosen part lacks, and forget the other parts."""
        cleaned = dict(super().clean() or {})
        checks = {CHOOSING: self._check_choosing, POINTS: self._check_points, ORDER: self._check_order}
        way = cleaned.get("way")
        if way:
            self._drop_errors_beside(way)
            checks[way](cleaned)
        return cleaned

    def _drop_errors_beside(self, way: str) -> None:
        """A slip in a part that does not count stops nobody."""
        others = tuple(name for part, names in PARTS.items() if part != way for name in names)
        for name in [name for name in self.errors if name.startswith(others)]:
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

    def _check_order(self, cleaned: Mapping[str, Any]) -> None:
        for item in self.items:
            name = f"place_{item.code}"
            if name not in self.errors and cleaned.get(name) is None:
                sentence = _("Type the place of %(item)s. If none is written, ask the person") % {"item": item.name}
                self.add_error(name, _error(sentence))

    def questionnaire(self) -> Questionnaire:
        """Return what the sheet says, as the form on the screen would have kept it."""
        read = {CHOOSING: self._choosing, POINTS: self._pointed, ORDER: self._ordered}
        return read[self.cleaned_data["way"]](self.cleaned_data).having(reasons=self._reasons())

    def _pointed(self, cleaned: Mapping[str, Any]) -> Questionnaire:
        return self.blank.with_points({item.code: cleaned[f"points_{item.code}"] for item in self.items})

    def _choosing(self, cleaned: Mapping[str, Any]) -> Questionnaire:
        most = cleaned["most"]
        begun = self.blank.with_most(most)
        if begun.method == AnswerMethod.EQUAL:
            return begun
        labels = {item.code: cleaned[f"compare_{item.code}"] for item in self.items if item.code != most}
        return begun.having(least=cleaned.get("least") or NO_LEAST).with_compared(labels)

    def _ordered(self, cleaned: Mapping[str, Any]) -> Questionnaire:
        numbers = {item.code: cleaned[f"place_{item.code}"] for item in self.items}
        return self.blank.with_places(placing.by_number(numbers))

    def _reasons(self) -> dict[str, str]:
        written = {code: self.cleaned_data[f"why_{code}"] for code in (EVERYTHING, *(item.code for item in self.items))}
        return {code: words for code, words in written.items() if words}

    def typed(self) -> dict[str, str]:
        """Return every field as it was sent, so that the next page can send it again; reasons as they are kept."""
        return {name: str(self[name].value() or "") for name in self.fields} | {
            box.name: self.cleaned_data[box.name] for box in self.reason_boxes()
        }


def _pick(label: str, choices: Sequence[tuple[str, Any]]) -> forms.ChoiceField:
    """Return a list to pick from; it may stay as it is, since only one part is used."""
    listed = [(NOTHING, _("Nothing ticked")), *choices]
    wrong = _("Choose from the list")
    return forms.ChoiceField(required=False, label=label, choices=listed, error_messages={"invalid_choice": wrong})


def _reason(label: str) -> ReasonField:
    return ReasonField(required=False, label=label, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}))


def _error(sentence: str) -> forms.ValidationError:
    return forms.ValidationError(sentence, code="required")
