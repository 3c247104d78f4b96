"""The form of one item: for each of its parts a value, a reason, and the evidence it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from assessments.forms.why import ReasonField
from assessments.models import EvidenceItem
from assessments.parts import Part
from assessments.rating_sheet import Entry
from assessments.states import Visibility
from lastvote.web.forms import PlainForm, TwoLines
from lastvote.web.numbers import HIDDEN, PER_CENT, NumberError, read_number

PLACES = 4
Parts = Sequence[tuple[int, Part]]


def read_rating(typed: str) -> Decimal:
    """Return the rating that ``typed`` means: 0.7, 0,7 and 70% are the same. Raise ``NumberError`` otherwise."""
    number = read_number(typed)
    if any(sign in PER_CENT for sign in typed):
        number = number.scaleb(-2)
    return abs(number.normalize()) if number == 0 else number.normalize()


class RatingField(forms.CharField):
    """A number from 0 to 1 with at most 4 decimals, as people write it. Empty is asked about by the form."""

    def __init__(self, *, name: str | Promise) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"})
        super().__init__(
            required=False, strip=False, widget=widget, label=_("Rating of “%(part)s”, from 0 to 1") % {"part": name},
            help_text=_("For example 0.65 or 65%."),
        )  # fmt: skip
        self.name = name

    def clean(self, value: Any) -> dict[str, str]:
        """Return the text as typed and the number it was read as; both empty when nothing was typed."""
        typed = str(value or "")
        if not "".join(sign for sign in typed if sign not in HIDDEN).strip():
            return {"typed": "", "number": ""}
        return {"typed": typed.strip(), "number": format(self._number(typed), "f")}

    def _number(self, typed: str) -> Decimal:
        names = {"part": self.name}
        try:
            number = read_rating(typed)
        except NumberError as error:
            sentence = _("The rating of “%(part)s” must be a number, like 0.65 or 65%%") % names
            raise forms.ValidationError(sentence, code=error.code) from error
        if not 0 <= number <= 1:
            raise forms.ValidationError(_("The rating of “%(part)s” must be between 0 and 1") % names, code="range")
        if -int(number.as_tuple().exponent) > PLACES:
            sentence = _("The rating of “%(part)s” has more than 4 decimals") % names
            raise forms.ValidationError(sentence, code="max_decimal_places")
        return number


@dataclass(frozen=True)
class Block:
    """What a page shows for one part: the wording, and the fields under it."""

    part: Part
    fields: Sequence[forms.BoundField]


class RatingItemForm(PlainForm):
    """One item. ``unfinished`` keeps what is there and asks for nothing that is missing."""

    def __init__(
        self, *args: Any, parts: Parts, evidence: Sequence[EvidenceItem], unfinished: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.unfinished = unfinished
        for number, part in parts:
            self.fields |= _fields(number, part, evidence)

    def blocks(self) -> Iterator[Block]:
        """Return each part with its fields."""
        for number, part in self.parts:
            yield Block(part, [self[f"{name}_{number}"] for name in NAMES if f"{name}_{number}" in self.fields])

    def clean(self) -> dict[str, Any]:
        """Ask for whatever a finished page still lacks."""
        cleaned = dict(super().clean() or {})
        for number, part in self.parts:
            self._check_grounds(number, part, cleaned)
            if not self.unfinished:
                self._ask_for_missing(number, part, cleaned)
        return cleaned

    def _ask_for_missing(self, number: int, part: Part, cleaned: dict[str, Any]) -> None:
        names = {"part": part.name}
        if f"value_{number}" in cleaned and not cleaned[f"value_{number}"]["number"]:
            self._refuse(f"value_{number}", _("Rate “%(part)s”") % names, "missing_sub_risk")
        if f"reason_{number}" in cleaned and not cleaned[f"reason_{number}"]:
            self._refuse(f"reason_{number}", _("Give a reason for your rating of “%(part)s”") % names,
                         "rationale_required")  # fmt: skip
        if f"evidence_{number}" not in self.errors and not (
            cleaned.get(f"evidence_{number}") or cleaned.get(f"none_{number}")
        ):
            sentence = _("Link at least one piece of evidence to “%(part)s”, or say that none was found") % names
            self._refuse(self._grounds_field(number), sentence, "evidence_required")

    def _check_grounds(self, number: int, part: Part, cleaned: dict[str, Any]) -> None:
        if cleaned.get(f"evidence_{number}") and cleaned.get(f"none_{number}"):
            sentence = _("You linked evidence to “%(part)s” and said that none was found. Choose one of the two")
            self._refuse(self._grounds_field(number), sentence % {"part": part.name}, "evidence_required")

    def _grounds_field(self, number: int) -> str:
        return f"evidence_{number}" if f"evidence_{number}" in self.fields else f"none_{number}"

    def _refuse(self, field: str, sentence: str, code: str) -> None:
        self.add_error(field, forms.ValidationError(sentence, code=code))

    def entries(self) -> dict[str, Entry]:
        """Return what was filled in, by part."""
        return {str(number): self._entry(number) for number, _part in self.parts}

    def _entry(self, number: int) -> Entry:
        given = self.cleaned_data
        return {
            **given[f"value_{number}"],
            "reason": given[f"reason_{number}"],
            "evidence": [int(one) for one in given.get(f"evidence_{number}", [])],
            "none_found": given[f"none_{number}"],
        }


NAMES = ("value", "reason", "evidence", "none")


def _fields(number: int, part: Part, evidence: Sequence[EvidenceItem]) -> dict[str, forms.Field]:
    names = {"part": part.name}
    found: dict[str, forms.Field] = {
        f"value_{number}": RatingField(name=part.name),
        f"reason_{number}": ReasonField(
            required=False,
            label=_("Why you rate “%(part)s” like this") % names,
            help_text=_("Everybody can read this once the ratings are fixed."),
            widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        ),
    }
    if evidence:
        found[f"evidence_{number}"] = forms.MultipleChoiceField(
            required=False,
            label=_("Evidence for your rating of “%(part)s”") % names,
            choices=[(str(item.number), _choice(item)) for item in evidence],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": _("Choose from the evidence that is listed")},
        )
    found[f"none_{number}"] = forms.BooleanField(
        required=False, label=_("I looked, and found no evidence about “%(part)s”") % names
    )
    return found


def _choice(item: EvidenceItem) -> TwoLines:
    names = {"day": item.as_of_words}
    withheld = item.visibility == Visibility.RESTRICTED
    detail = _("as of %(day)s, withheld from the public") % names if withheld else _("as of %(day)s") % names
    return TwoLines(f"{item.number}. {item.statement}", detail)


def initial_of(parts: Parts, entries: dict[str, Entry]) -> dict[str, Any]:
    """Return what the boxes of an item hold at first."""
    found: dict[str, Any] = {}
    for number, _part in parts:
        entry = entries.get(str(number), {})
        found[f"value_{number}"] = entry.get("typed", "")
        found[f"reason_{number}"] = entry.get("reason", "")
        found[f"evidence_{number}"] = [str(one) for one in entry.get("evidence", [])]
        found[f"none_{number}"] = entry.get("none_found", False)
    return found


class SendRatingForm(PlainForm):
    """The yes to exactly what the check page showed."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
