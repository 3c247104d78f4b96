"""The page for people who have numbers ready."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from assessments.wording import Item
from lastvote.web.forms import PlainForm
from lastvote.web.numbers import HIDDEN, NumberError, read_number

WHOLE = Decimal(100)
A_HUNDREDTH = Decimal("0.01")


class PointsField(forms.CharField):
    """Any number from 0, as people write it; empty stays empty and is asked about later."""

    def __init__(self, *, item: Item) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"})
        label = _("%(item)s, points") % {"item": item.name}
        scale = _("from: %(lowest)s · to: %(worst)s") % {"lowest": item.lowest, "worst": item.worst}
        super().__init__(required=False, strip=False, label=label, help_text=scale, widget=widget)
        self.item = item

    def clean(self, value: Any) -> dict[str, str]:
        """Return the text as typed and the number it was read as; both empty when nothing was typed."""
        typed = str(value or "")
        if nothing_typed(typed):
            return {"typed": "", "number": ""}
        return {"typed": typed.strip(), "number": format(self._number(typed), "f")}

    def _number(self, typed: str) -> Decimal:
        names = {"item": self.item.name}
        try:
            number = read_number(typed)
        except NumberError as error:
            sentence = _("Points for %(item)s must be a number, like 25 or 12.5") % names
            raise forms.ValidationError(sentence, code=error.code) from error
        if number < 0:
            raise forms.ValidationError(_("Points for %(item)s must be 0 or more") % names, code="min_value")
        return number


class PointsForm(PlainForm):
    """One box for each item. Any positive total will do; while it is being filled in, none at all."""

    def __init__(self, *args: Any, items: Sequence[Item], unfinished: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        self.unfinished = unfinished
        for item in items:
            self.fields[item.code] = PointsField(item=item)

    def clean(self) -> dict[str, Any]:
        """Refuse a box that came twice, and a finished form that gives nothing to anything."""
        cleaned = dict(super().clean() or {})
        self._refuse_boxes_that_came_twice()
        if (
            not self.errors
            and not self.unfinished
            and not any(Decimal(cleaned[item.code]["number"] or "0") for item in self.items)
        ):
            sentence = _("Give at least one of them more than 0")
            self.add_error(self.items[0].code, forms.ValidationError(sentence, code="weights_zero"))
        return cleaned

    def _refuse_boxes_that_came_twice(self) -> None:
        came = self.data.lists() if isinstance(self.data, QueryDict) else ()
        twice = {name for name, values in came if len(values) > 1}
        for item in self.items:
            if item.code in twice:
                sentence = _("Type the points for %(item)s once") % {"item": item.name}
                self.add_error(item.code, forms.ValidationError(sentence, code="duplicate_key"))


def nothing_typed(typed: str) -> bool:
    """Whether a box is empty, or holds only what nobody can see."""
    return not "".join(sign for sign in typed if sign not in HIDDEN).strip()


def total_of(entries: Mapping[str, Mapping[str, str]]) -> Decimal:
    """Add up what was typed."""
    return sum((Decimal(entry["number"] or "0") for entry in entries.values()), Decimal(0))


def rest_shared(entries: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Share what is missing to 100 equally among the empty boxes; boxes with a number stay as they are."""
    empty = [code for code, entry in entries.items() if not entry["number"]]
    rest = WHOLE - total_of(entries)
    if not empty or rest <= 0:
        return {code: dict(entry) for code, entry in entries.items()}
    share = plain_number((rest / len(empty)).quantize(A_HUNDREDTH))
    return {
        code: {"typed": share, "number": share} if code in empty else dict(entry) for code, entry in entries.items()
    }


def plain_number(number: Decimal) -> str:
    """Write a number without noughts that say nothing and without an exponent."""
    return format(number.normalize(), "f")
